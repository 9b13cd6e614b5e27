"""The help of the command line in Chinese: the catalogue of what commands say of themselves.

A test holds it to every paragraph and option of every command.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["EXTRAS", "HELP"]

#: What click adds to the help of an option.
EXTRAS: Final = MappingProxyType(
    {
        "default: by the ending of OUTPUT, else text": "預設：依 OUTPUT 的副檔名，否則為 text",
        "default: by locale, else zh-Hant": "預設：依系統語言，否則為 zh-Hant",
        "default: one per processor": "預設：每顆處理器一個",
        "default: as remembered": "預設：沿用資料庫記得的",
        "default: the store's": "預設：資料庫的",
        "default: you": "預設：目前的使用者",
        "default: 30 in a table, all in a file": "預設：表格 30 列，檔案全部",
        "default: import for a third party's JSON, else draft": "預設：第三方 JSON 用 import，其餘用 draft",
        "default: ": "預設：",
        "env var: ": "環境變數：",
        "required": "必填",
    }
)

#: English paragraph or option -> the same in Chinese.
HELP: Final = MappingProxyType(
    {
        # headings and click's own
        "Options": "選項",
        "Commands": "指令",
        "Show this message and exit.": "顯示這份說明。",
        "Show the version and exit.": "顯示版本。",
        # the program
        "Competency standards (職能基準) as a validated, queryable knowledge graph.": "把職能基準變成可檢核、可查詢的知識圖譜。",
        "Begin with: kps-graph demo": "請先試試：kps-graph demo",
        "Show the traceback of an error.": "發生錯誤時顯示程式追蹤資訊。",
        # what many commands share
        "Language of messages.": "訊息的語言。",
        "Directory of the store.": "資料庫所在的目錄。",
        "Namespace of the data IRIs.": "資料 IRI 的命名空間。",
        "Write to a file instead.": "寫入檔案，不印在畫面上。",
        "Only knowledge, skills or attitudes.": "只看知識（K）、技能（S）或態度（A）。",
        "Only the first N rows, 0 for all.": "只列前 N 列，0 為全部。",
        "What counts as one competency: identical texts, texts that say the same, or related ones too.": "什麼算同一項職能：文字相同（identical）、意思相同（same），或連相關的也算（related）。",
        "draft, review, import, or your own (docs/profiles.md).": "draft（草稿）、review（審查）、import（匯入），或自訂的檔案（docs/profiles.md）。",
        # the commands in one line
        "Build the examples and show what the graph can do.": "示範：用範例建立圖譜，看看能做什麼",
        "Read a document and print it as JSON, YAML or RDF.": "解析：讀取文件，印成 JSON、YAML 或 RDF",
        "Check documents against the rules.": "檢核：依規則檢查文件",
        "Go through the 21 conditions of the certification.": "審查：逐項檢視品質認證的 21 項條件",
        "Check a document again whenever it is saved.": "監看：每次存檔就重新檢核",
        "List the rules, or explain one.": "規則：列出規則，或說明其中一條",
        "Build or update a store from documents.": "建置：用文件建立或更新資料庫",
        "List what a store was built of.": "來源：列出資料庫由哪些文件建成",
        "List the queries of the library.": "查詢一覽：列出內建的查詢",
        "Ask a query of the library, or any SPARQL.": "查詢：執行內建的查詢或任何 SPARQL",
        "Draw the tree of what a code touches.": "追溯：畫出一個代碼關聯到的一切",
        "What a list of courses teaches of a standard.": "課程涵蓋：一份課程清單教到基準的哪些部分",
        "All pairs of occupations that share enough.": "職業對：共用夠多職能的所有職業組合",
        "Competencies that several occupations share.": "共通職能：多個職業共用的職能",
        "The occupations most like one, and why.": "相近職業：與某職業最相近的職業與原因",
        "What two or more occupations share, and what not.": "比較：職業之間共有與各自獨有的職能",
        "What a move between two occupations needs.": "落差：由一個職業轉到另一個需要補什麼",
        "The smallest steps from one occupation to another.": "轉職路徑：每一步落差最小的轉職順序",
        "How widely each competency is reused.": "共用程度：每項職能被多少職業使用",
        "Groups of like occupations or competencies.": "群集：相近的職業或職能",
        "The competencies that join the groups.": "橋接職能：把各群連在一起的職能",
        "Judge, match and curate which texts say the same.": "對齊：判斷、比對並審定哪些文字意思相同",
        "Draw a standard, a map, an overlap, a competency.": "繪圖：基準、職業地圖、重疊矩陣或一項職能",
        "Write a standard or network as GraphML or RDF.": "匯出：把基準或網路寫成 GraphML 或 RDF",
        # demo
        "Build the example standards in a temporary store and show what the graph can do.": "用範例職能基準建立一個暫時的資料庫，看看圖譜能做什麼。",
        # parse
        "Read FILE, whatever its format, and print the standard in it.": "讀取 FILE（任何支援的格式），印出其中的職能基準。",
        "What is odd about the document is said on standard error; kps-graph validate tells all.": "文件中的異狀會寫到標準錯誤輸出；完整的檢核請用 kps-graph validate。",
        "What to print.": "要印出的格式。",
        "RDF: with inherited K, S and levels.": "RDF：連同繼承而來的 K、S 與級別。",
        # validate
        "Check SOURCES (documents and folders of them) against the rules of a good standard.": "依職能基準的規則檢核 SOURCES（文件，或放文件的資料夾）。",
        "Explain a rule instead of checking.": "不檢核，只說明一條規則。",
        "The format of the report.": "報告的格式。",
        "Write the report to a file.": "把報告寫入檔案。",
        "Write a copy of the one SOURCE, a .docx or .odt, with each finding as a comment at its place.": "另存一份 .docx 或 .odt 複本，每項發現都以註解標在所在的位置。",
        "Exit with 1 if there is a finding at least this severe.": "有這個程度以上的發現時，結束代碼為 1。",
        "A store of other standards, which the rules that look across standards see too.": "另一個資料庫：需要比對其他基準的規則也會參照其中的基準。",
        "Report only what this file of known findings does not list.": "只報告這個基準線檔案（已知的發現）沒有列出的發現。",
        "Write the findings to a file, as the baseline of later checks.": "把目前的發現寫成基準線檔案，供日後檢核比對。",
        # review
        "Go through the 21 conditions of the certification (職能基準品質認證) for FILE.": "以職能基準品質認證的 21 項條件逐項檢視 FILE。",
        "What the rules decide is decided; the rest is put as questions, with what the document says. "
        "Exits with 1 if a condition is not met.": "規則能判定的直接判定；其餘列為問題，並附上文件中的內容。有條件不符時，結束代碼為 1。",
        # watch
        "Check FILE, and again whenever it is saved, until Ctrl-C.": "檢核 FILE，之後每次存檔都重新檢核，按 Ctrl-C 結束。",
        "First the whole report; after each save what is new and what is fixed, then the count. Enter "
        "prints the whole report again.": "先列出完整報告；每次存檔後列出新增與已改正的發現，再列出總數。按 Enter 重印完整報告。",
        "Print the whole report after each save.": "每次存檔後都印出完整報告。",
        # rules
        "List the rules, or explain rule NUMBER: its basis, an example of a breach and its fix.": "列出所有規則，或說明編號 NUMBER 的規則：依據、違反的例子與改法。",
        # build and sources
        "Read SOURCES (files and folders) and bring the store up to date with them.": "讀取 SOURCES（檔案與資料夾），更新資料庫。",
        "Unchanged files are skipped, changed ones replace their standard. The store is replaced in "
        "one step: a build that is stopped leaves the old one.": "沒有變動的檔案略過，有變動的取代原來的基準。資料庫一次換新：中途停止時保留原來的資料庫。",
        "Start from nothing, whatever is there.": "不管現有內容，從頭建置。",
        "Remove sources that are not among SOURCES.": "移除不在 SOURCES 之中的來源。",
        "Worker processes.": "平行處理的程序數。",
        "Seconds that one file may take.": "一個檔案最多可用的秒數。",
        "MiB of memory that one file may take.": "一個檔案最多可用的記憶體（MiB）。",
        "Apply the rules to what changed.": "對有變動的部分進行檢核。",
        "Find out which texts say the same.": "比對哪些文字意思相同。",
        "What people decided about matches (SSSOM TSV).": "人工審定的比對結果（SSSOM TSV）。",
        "List the documents that the store was built of, and what became of each.": "列出資料庫由哪些文件建成，以及每份文件的結果。",
        "Only what could not be loaded.": "只列出無法載入的文件。",
        # queries
        "List the queries of the library; with NAME, what that one takes and gives.": "列出內建的查詢；加上 NAME 則說明該查詢的參數與欄位。",
        "Ask NAME: a query of the library, SPARQL, a FILE.rq with it, or - for standard input.": "執行查詢 NAME：內建查詢的名稱、SPARQL 文字、FILE.rq，或以 - 代表標準輸入。",
        "A parameter of the query; may be repeated.": "查詢的參數，可重複使用。",
        # trace
        "Draw the tree from CODE (K1, S1, A01, T1, T1.1, O1.1.1, P1.1.1) to all it touches.": "由 CODE（K1、S1、A01、T1、T1.1、O1.1.1、P1.1.1）畫出它關聯到的一切。",
        "A K or S: its sub-items, and the tasks, activities, outputs and indicators that need it. A "
        "unit, output or indicator: where it belongs, what is in it, and the K and S it needs. A K, S "
        "or A also lists where other standards say the same, with their words if they differ. Codes "
        "are positions in one document, so name the standard with --in, or write STANDARD/CODE.": "K 或 S：它的細項，以及需要它的工作任務、工作活動、工作產出與行為指標。"
        "任務、產出或指標：它屬於何處、包含什麼、需要哪些 K 與 S。"
        "K、S、A 還會列出其他基準中意思相同的項目；用字不同時一併列出。"
        "代碼只是一份文件裡的位置，請以 --in 指定基準，或寫成「基準/代碼」。",
        "A tree; JSON; or a row for each part, with the codes above it.": "樹狀圖、JSON，或每個部分一列並附上層代碼的表格。",
        # courses
        "Compare a TABLE of courses with a standard: which indicators, K, S and A do they teach?": "把課程清單 TABLE 與職能基準比對：課程教到哪些行為指標、K、S 與 A？",
        "TABLE is a CSV, TSV or .xlsx file with the columns course and codes (課程, 代碼): in each row "
        "a course and the codes that it teaches, of K, S, A, indicators (P1.1.1) or whole "
        "units (T1.1). An indicator is taught if a course names it; prepared, if the courses "
        "teach all K and S that it needs. Exits with 1 if the table names a code that the "
        "standard does not have.": "TABLE 是 CSV、TSV 或 .xlsx 檔，有「課程」與「代碼」兩欄（course、codes）："
        "每列一門課程與它所教的代碼，"
        "可以是 K、S、A、行為指標（P1.1.1）或整個任務（T1.1）。"
        "課程列出某指標，該指標即為教到；"
        "課程教到某指標所需的全部 K 與 S，該指標即為有準備。"
        "清單中有基準沒有的代碼時，結束代碼為 1。",
        "With --by course a row is what a syllabus says of a course: its level, P, K, S and A.": "--by course 的每一列是課程大綱對一門課程的說明：級別、P、K、S 與 A。",
        "A workbook (.xlsx) to write, with a sheet for each --by.": "要寫入的活頁簿（.xlsx），每種 --by 一張工作表。",
        "The standard: its code or name in the store, or a document.": "職能基準：資料庫中的代碼或名稱，或一份文件。",
        "What a row is.": "每一列代表什麼。",
        "Only what is not covered.": "只列出沒有涵蓋的部分。",
        "Code or name of the standard.": "職能基準的代碼或名稱。",
        # shared
        "The competencies that at least --min occupations share, the most shared first.": "至少 --min 個職業共用的職能，共用最多的排在前面。",
        "The other words that these occupations have for it stand in brackets.": "括號內是這些職業對同一職能的其他寫法。",
        "At least this many occupations.": "至少多少個職業。",
        "Within each job category (職類別) or base level.": "依職類別（category）或基準級別（level）分別計算。",
        "With --by: only this category (or the letter of its cluster) or level.": "搭配 --by：只看這個職類別（或其首字母）或級別。",
        # pairs
        "All pairs of occupations that share at least --min competencies, the most alike first.": "至少共用 --min 項職能的所有職業組合，最相近的排在前面。",
        "Similarity is as in `nearest`. As a file, a list of edges for R, Gephi or pandas.": "相似度與 nearest 相同。寫成檔案時是邊的清單，可供 R、Gephi 或 pandas 使用。",
        "At least this many competencies.": "至少多少項職能。",
        # nearest
        "The occupations most like OCCUPATION (code or name), and why.": "與 OCCUPATION（代碼或名稱）最相近的職業，以及原因。",
        "Similarity is the part of all that the two use which they share, every competency weighed by "
        "its rarity: what few occupations use says more than what everyone does.": "相似度：兩個職業共有的職能占全部職能的比重，每項職能依稀有程度加權；"
        "少數職業才有的職能，比人人都有的更能說明相近。",
        "How many occupations.": "列出幾個職業。",
        "A row for each shared competency.": "每項共有的職能各一列。",
        # compare, gap, path
        "Compare two or more occupations: what all need, some, or only one, and at what level.": "比較兩個以上的職業：哪些職能全都需要、部分需要、只有一個需要，以及需要的級別。",
        "A cell gives the codes under which an occupation lists the competency, and the highest level "
        "at which it needs it.": "每一格是該職業列出這項職能的代碼，以及需要的最高級別。",
        "What a move from occupation A to B needs: what most tasks of B need comes first.": "由職業 A 轉到 B 需要什麼：B 有較多工作任務需要的排在前面。",
        "What A lacks is to be acquired; what A has at a lower level, to be raised.": "A 沒有的要補上；A 有但級別較低的要提升。",
        "The chain of occupations from A to B whose largest step is as small as can be.": "由 A 到 B 的一連串職業，使其中最大的一步盡量小。",
        "A step is as large as the number of competencies that it needs anew; of chains with equal "
        "largest steps, the one that needs least in all.": "一步的大小是需要新學的職能數；最大的一步相同時，取總數最少的。",
        # reuse, communities, bridges
        "How widely each competency is reused, after ESCO: transversal to occupation-specific.": "每項職能被共用的程度（仿 ESCO）：由跨領域共通到職業專屬。",
        "A sector is a cluster of job categories (the first letter of 職類別). Transversal: used in at "
        "least half of the sectors. Sector-specific: four fifths of its users are in one. Occupation- "
        "specific: one user.": "領域指職類（職類別代碼的首字母）。跨領域：至少半數領域使用；"
        "領域專屬：五分之四的使用者在同一領域；"
        "職業專屬：只有一個使用者。",
        "Only competencies of this level.": "只看這個共用程度的職能。",
        "Groups that share more among themselves than with others, named by their most telling.": "彼此共用多於對外共用的群集，以最具代表性的成員命名。",
        "Louvain's communities of the network in which each keeps its nearest, weighed by rarity. What "
        "more than a tenth of all occupations use ties everything with everything and is left out.": "以 Louvain 方法分群；網路中每個成員只保留最相近者，依稀有程度加權。超過十分之一職業"
        "使用的職能會把一切連在一起，因此不計。",
        "What is grouped.": "要分群的是職業還是職能。",
        "A row for each member.": "每個成員各一列。",
        "The competencies that tie communities of occupations together, the strongest first.": "把職業群集連在一起的職能，連結最強的排在前面。",
        "Score: rarity times the pairs of users that it joins across communities. What more than a "
        "tenth of all occupations use joins everything with everything and is left out.": "分數：稀有程度乘以它跨群連接的職業對數。超過十分之一的職業都用的職能，"
        "等於把所有職業連在一起，不列入。",
        "How many competencies.": "列出幾項職能。",
        # align
        "Judge, match and curate which K, S and A say the same.": "判斷、比對並審定哪些 K、S、A 意思相同。",
        "A file of decisions (SSSOM TSV); they always win.": "審定結果的檔案（SSSOM TSV），一律優先採用。",
        "Align the store anew, with DECISIONS or with those that it remembers.": "依 DECISIONS 或資料庫記得的審定結果，重新對齊資料庫。",
        "The store keeps its alignment: queries answer over it, and builds renew it. Give an empty "
        "file to forget all decisions.": "對齊結果存在資料庫裡：查詢依它回答，建置時更新。指定空的檔案即可清除所有審定。",
        "Print the clusters of names that say the same, the most used first, as TSV.": "以 TSV 列出意思相同的名稱群集，最常用的排在前面。",
        "Only the first clusters.": "只列前幾個群集。",
        "Say how the texts A and B are judged, and why.": "說明文字 A 與 B 的判斷結果與理由。",
        "They are those that the store keeps; decisions count once they were applied.": "取自資料庫所存的對齊結果；審定結果在套用（align apply）之後才算數。",
        "Write the links that the store keeps as SSSOM TSV.": "把資料庫所存的對應關係寫成 SSSOM TSV。",
        "Add the decisions in the file THEIRS to your own; conflicts are listed and yours stay.": "把 THEIRS 檔案的審定結果併入自己的檔案；有衝突時列出，並保留自己的。",
        "The file of decisions to add to.": "要併入的審定檔案。",
        "Print the pairs of the TSV file PAIRS (kind, a, b) with label, score and method.": "為 TSV 檔 PAIRS（kind、a、b）的每一對文字印出判斷（label）、分數與方法。",
        "The weights of words are those of the store; without a store, the built-in ones.": "字詞權重取自資料庫；沒有資料庫時使用內建的權重。",
        "Folder of a local sentence embedding model.": "本機語句嵌入模型的資料夾。",
        "Go through the least certain links, one key per decision.": "逐一審定最不確定的對應，每次按一個鍵。",
        "s same, r related, d different, space to skip, u to undo, q to end. Each decision is written "
        "at once, so that you can stop at any time and go on another day. The store follows with "
        "kps-graph align apply.": "s 相同、r 相關、d 不同、空白鍵略過、u 復原、q 結束。每個審定立即寫入檔案，"
        "隨時可以停下，改天再繼續。執行 kps-graph align apply 後資料庫才會採用。",
        "The file of decisions (SSSOM TSV); made if need be.": "審定結果的檔案（SSSOM TSV）；沒有時會建立。",
        "Who decides.": "審定者。",
        "At most so many links.": "最多審定幾個對應。",
        "Count the links of the store by kind, relation, method and status, and its clusters.": "依種類、關係、方法與狀態統計資料庫的對應與群集。",
        # draw and export
        "Draw a picture as SVG, or as a page that can be searched and explored without a network.": "畫成 SVG 圖，或不需網路就能搜尋與瀏覽的網頁。",
        "\b\n"
        "STANDARD         its tasks and activities, and the K, S and A that they need\n"
        "overlap A B C    how much chosen occupations share (all of the store if none is named)\n"
        "map              all occupations: what shares rare competencies stands close together\n"
        "competency X     who uses a competency (its text), and what is needed together with it": "\b\n"
        "STANDARD         一份基準的工作任務與活動，以及所需的 K、S、A\n"
        "overlap A B C    所選職業彼此共用多少（不指定則為全部職業）\n"
        "map              所有職業：共有稀有職能的職業靠在一起\n"
        "competency X     哪些職業使用一項職能（以其文字指定），以及常一起需要的職能",
        "STANDARD is a code or name in the store, or a document to read.": "STANDARD 是資料庫中的代碼或名稱，或要讀取的文件。",
        "The file to write: .svg or .html.": "要寫入的檔案：.svg 或 .html。",
        "In a STANDARD: write indicators out, or only their codes.": "STANDARD：寫出行為指標的文字，或只寫代碼。",
        "Write a standard, a network or the whole store to a file.": "把一份基準、一個網路或整個資料庫寫成檔案。",
        "A STANDARD (code, name or document) as GraphML or in any RDF format; ``occupations``: which "
        "occupations share competencies, and how many; ``competencies``: who uses which; ``store``: "
        "everything as N-Quads.": "STANDARD（代碼、名稱或文件）：寫成 GraphML 或任何 RDF 格式；"
        "occupations：哪些職業共用多少職能；"
        "competencies：哪個職業使用哪些職能；store：全部內容，N-Quads 格式。",
        "The file to write; its ending chooses the format: .graphml, .nq, or for a standard .ttl .trig "
        ".jsonld .nt .rdf .yaml .json.": "要寫入的檔案，副檔名決定格式：.graphml、.nq；"
        "基準還可用 .ttl .trig .jsonld .nt .rdf .yaml .json。",
    }
)
