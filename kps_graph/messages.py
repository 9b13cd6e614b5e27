"""Error messages in Chinese: the catalogue of what :mod:`kps_graph.errors` says.

Errors are raised with an English sentence, which is what Python callers, logs and the manifest of
a store hold. For a person, :func:`in_chinese` finds the sentence in the catalogue, fills in what it
was raised with, and leaves what it does not know as it is. A test holds the catalogue to every
sentence in the source.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CATALOGUE", "in_chinese"]

_HINT: Final = "\n  → "

#: English sentence -> Chinese sentence; ``{}`` stands for a value, ``{0}`` for the first of them.
CATALOGUE: Final[dict[str, str]] = {
    # writing reports and comments
    "writing {} needs the package {}, which is not installed":
        "寫出{0}需要套件 {1}，目前尚未安裝",
    "the name ends in no format of a report": "檔名的結尾不是報告的格式",
    "use one of {}, or --format": "請使用 {0} 之一，或加上 --format",
    "a workbook cannot be shown in a terminal": "試算表無法顯示在終端機",
    "name a file with -o": "請以 -o 指定檔案",
    "the file cannot be written: {}": "無法寫入檔案：{0}",
    "{} cannot hold comments": "{0} 檔無法加上註解",
    "save the document as .docx or .odt, or write a page: -o report.html":
        "請將文件另存為 .docx 或 .odt，或改寫成網頁報告：-o report.html",
    "a copy with comments is of one document, and there are {}":
        "註解版是一份文件的複本，但指定了 {0} 份",
    "name one file": "請只指定一個檔案",
    "only .docx and .odt files can hold comments": "只有 .docx 與 .odt 檔可以加上註解",
    "name a copy that ends like the document": "請讓複本的副檔名與文件相同",
    "the copy of a {} file must end in {} too": "{0} 檔的複本，副檔名也必須是 {1}",
    "or save the document as {} with Word or LibreOffice first, and check that":
        "或先以 Word 或 LibreOffice 將文件另存為 {0}，再檢核那個檔案",
    "the copy would replace the document itself": "複本會蓋掉原來的文件",
    "name another file": "請指定另一個檔名",
    # reading files
    "there is no such file or folder": "沒有這個檔案或資料夾",
    "no documents were found": "沒有找到任何文件",
    "a folder is searched for files ending in {}": "資料夾中只讀取副檔名為 {0} 的檔案",
    "the file cannot be read: {}": "無法讀取檔案：{0}",
    "the file is empty": "檔案是空的",
    "give a PDF, ODT, DOCX, HTML, markdown, YAML or JSON file":
        "請提供 PDF、ODT、DOCX、HTML、markdown、YAML 或 JSON 檔",
    "give a PDF, ODT, DOCX, HTML, markdown, YAML or JSON file; save UTF-16 text with a byte order "
    "mark or as UTF-8":
        "請提供 PDF、ODT、DOCX、HTML、markdown、YAML 或 JSON 檔；UTF-16 文字檔請加上"
        "位元組順序記號，或另存為 UTF-8",
    "binary data, not a document of a known kind": "這是二進位資料，不是可辨識的文件",
    "XML, but neither HTML nor an office file": "這是 XML，但既不是 HTML 也不是文書檔",
    "unpack it and give the files inside": "請先解壓縮，再提供裡面的檔案",
    "neither {} nor Big5 text: byte {} cannot be read":
        "文字既不是 {0} 也不是 Big5：無法解讀位元組 {1}",
    "save the file as UTF-8": "請將檔案另存為 UTF-8",
    "reading {} needs the package {}, which is not installed":
        "讀取{0}需要套件 {1}，目前尚未安裝",
    "pip install 'kps-graph[{}]'": "請執行 pip install 'kps-graph[{0}]'",
    "this document is no competency standard: it has neither a table with 行為指標 and 職能內涵 "
    "nor a header with 職能基準代碼":
        "這份文件不是職能基準：找不到含「行為指標」與「職能內涵」的表格，也沒有「職能基準代碼」欄",
    "use the official template, or the YAML form (kps-graph parse --format yaml)":
        "請使用官方範本，或 YAML 格式（kps-graph parse --format yaml）",
    "too large: {} {}, at most {} are read": "檔案過大：{1} 有 {0}，最多讀取 {2}",
    "a competency standard is far smaller; check that this is the right file":
        "職能基準不會這麼大，請確認檔案是否正確",
    "protected by a password": "檔案有密碼保護",
    "save it without the password": "請移除密碼後另存新檔",
    "a damaged or incomplete PDF": "PDF 檔已損壞或不完整",
    "page {} is damaged": "第 {0} 頁已損壞",
    "download it again, or print it to a new PDF": "請重新下載，或另行列印成新的 PDF",
    "a scanned PDF: it has images but no text layer": "這是掃描的 PDF：只有影像，沒有文字層",
    "run character recognition (OCR) on it first": "請先進行文字辨識（OCR）",
    "a PDF without any text": "PDF 中沒有任何文字",
    "a Word file in the strict variant of the format": "這是嚴格格式（Strict）的 Word 檔",
    "save it as a Word document (.docx), not as Strict Open XML":
        "請另存為 Word 文件（.docx），不要選 Strict Open XML",
    "a Word file without a text in it": "Word 檔中沒有內文",
    "an OpenDocument file without a text in it": "OpenDocument 檔中沒有內文",
    "a damaged or incomplete office file ({})": "文書檔已損壞或不完整（{0}）",
    "damaged: {} is not well-formed XML ({})": "檔案已損壞：{0} 不是正確的 XML（{1}）",
    "{} declares XML entities, which no office program does":
        "{0} 宣告了 XML 實體，一般文書軟體不會如此",
    "open the file in LibreOffice or Word and save it again":
        "請以 LibreOffice 或 Word 開啟後重新存檔",
    "not readable as HTML ({})": "無法以 HTML 解讀（{0}）",
    "not readable as HTML: there is no element in it": "無法以 HTML 解讀：其中沒有任何元素",
    "too large or too deeply nested HTML ({})": "HTML 過大或巢狀過深（{0}）",
    "this is not valid JSON: {}": "不是正確的 JSON：{0}",
    "the key {} stands twice in one object": "同一物件中鍵 {0} 出現兩次",
    "a number in this JSON is too long to be one": "JSON 中有過長的數字",
    "the JSON is nested too deeply": "JSON 巢狀過深",
    "an escape in this JSON is half a character (\\ud800 to \\udfff without its pair)":
        "JSON 中有不完整的跳脫字元（\\ud800 至 \\udfff 未成對）",
    "a JSON object was expected": "應為 JSON 物件",
    "a mapping with code, name, tasks, … was expected": "應為含 code、name、tasks 等鍵的對應",
    "kps-graph parse --format yaml shows the authoring format":
        "kps-graph parse --format yaml 可顯示撰寫格式",
    "this is not valid YAML: {}": "不是正確的 YAML：{0}",
    "the YAML is nested too deeply": "YAML 巢狀過深",
    "the YAML is nested or repeated beyond any standard": "YAML 的巢狀或重複超出任何職能基準所需",
    "a key must be a text": "鍵必須是文字",
    "the key {} stands twice in one mapping": "同一對應中鍵 {0} 出現兩次",
    "this is not the shape of a standard:\n  {}": "不符合職能基準的資料格式：\n  {0}",
    "the shape is described by ontology/standard.schema.json":
        "資料格式見 ontology/standard.schema.json",
    "it took longer than {} seconds": "讀取超過 {0} 秒",
    "it needs more memory than one file may use": "所需記憶體超過單一檔案的上限",
    "it is nested too deeply": "巢狀過深",
    "the worker that read it died ({})": "讀取的處理程序意外結束（{0}）",
    "kps-graph failed on it ({}: {})": "kps-graph 處理時發生錯誤（{0}：{1}）",
    "the worker processes cannot be started": "無法啟動讀取的處理程序",
    "see what they print on standard error": "請看它們寫到標準錯誤輸出的訊息",
    "it has changed while the store was built": "建置期間檔案有變動",
    "its content is that of {}": "內容與 {0} 相同",
    # graphs, queries and rules
    "there is no query {}": "沒有名為 {0} 的查詢",
    "one of {}": "可用的有 {0}",
    "did you mean {}?": "您是指 {0} 嗎？",
    "{} has no parameter {}": "{0} 沒有參數 {1}",
    "{} needs the parameter {} ({})": "{0} 需要參數 {1}（{2}）",
    "{} is not of the form key=value": "{0} 不是「名稱=值」的形式",
    "{} is not a code: it holds white space": "{0} 不是代碼：含有空白",
    "{} is not a whole number": "{0} 不是整數",
    "{} is not a level from 1 to 6": "{0} 不是 1 至 6 的級別",
    "{} is not a code of the scheme {}": "{0} 不是 {1} 的代碼",
    "{} is no value": "{0} 不是可用的值",
    "{} is none of {}": "{0} 不在 {1} 之中",
    "{} is not an absolute IRI": "{0} 不是絕對 IRI",
    "write it as https://…": "請寫成 https://…",
    "{} is not text: it holds half of a surrogate pair": "{0} 不是文字：含有不成對的代理字元",
    "?{} cannot be set: the query gives it a value itself": "無法設定 ?{0}：查詢本身會給它值",
    "{} is an update, and queries only read": "{0} 是更新指令，查詢只能讀取",
    "the store is read-only: it is built from documents by kps-graph build":
        "圖譜是唯讀的：內容由 kps-graph build 從文件建置",
    "the prefix {}: is not declared": "前置詞 {0}: 沒有宣告",
    "known without a declaration: {}": "不必宣告的有：{0}",
    "did you mean {}:? known without a declaration: {}": "您是指 {0}: 嗎？不必宣告的有：{1}",
    "{} is no term of the vocabulary": "詞彙中沒有 {0}",
    "docs/ontology.md lists the terms": "詞彙見 docs/ontology.md",
    "the scheme {} has no {}, and no standard states it":
        "分類 {0} 沒有 {1}，也沒有職能基準使用它",
    "kps-graph query categories lists those that standards state":
        "kps-graph query categories 可列出職能基準所用的職類別",
    "least is {}: a pair shares at least one competency":
        "least 為 {0}：兩個職業至少要共用一項職能",
    "ask only what the store holds; put spaces around < and > in comparisons":
        "只能查詢圖譜本身的內容；比較運算的 < 與 > 前後請加空格",
    "a graph has no {} form; use --format turtle": "圖沒有 {0} 格式；請用 --format turtle",
    "a SELECT gives rows; turtle is for CONSTRUCT and DESCRIBE":
        "SELECT 的結果是列；turtle 適用於 CONSTRUCT 與 DESCRIBE",
    "the query cannot be read: {}": "無法讀取查詢：{0}",
    "this is not valid SPARQL: {}": "不是正確的 SPARQL：{0}",
    "a SELECT query was expected here": "此處應為 SELECT 查詢",
    "this query gives no rows": "這個查詢的結果不是列",
    "use query() for ASK and CONSTRUCT": "ASK 與 CONSTRUCT 請用 query()",
    "the store holds no standard {}": "圖譜中沒有職能基準 {0}",
    "kps-graph query standards lists them": "kps-graph query standards 可列出全部",
    "{} is the name of several standards": "名為 {0} 的職能基準不只一份",
    "say which: {}": "請指明：{0}",
    "the store holds {} standards; say which with --in (for instance {})":
        "圖譜中有 {0} 份職能基準；請以 --in 指明（例如 {1}）",
    "{} has no {}": "{0} 沒有 {1}",
    "it has codes such as {}; kps-graph query task-tree lists its units":
        "其代碼如 {0}；kps-graph query task-tree 可列出各單元",
    "there is no rule {}": "沒有規則 {0}",
    "kps-graph rules lists them": "kps-graph rules 可列出全部",
    "a comparison needs at least two different standards": "比較至少需要兩份不同的職能基準",
    "a matrix needs at least two different standards": "矩陣至少需要兩份不同的職能基準",
    "no standard {} here": "此處沒有職能基準 {0}",
    "no competency {} here": "此處沒有職能 {0}",
    "{} is neither .svg nor .html": "{0} 既不是 .svg 也不是 .html",
    "{} is no format; use .graphml .ttl .trig .nq .nt .jsonld .rdf .yaml or .json":
        "{0} 不是可用的格式；請用 .graphml .ttl .trig .nq .nt .jsonld .rdf .yaml 或 .json",
    "the store is written as N-Quads: name a file ending in .nq":
        "整個圖譜以 N-Quads 輸出：檔名請以 .nq 結尾",
    "a network is written as GraphML: name a file ending in .graphml (kps-graph pairs "
    "--format csv lists its edges)":
        "網絡以 GraphML 輸出：檔名請以 .graphml 結尾（kps-graph pairs --format csv 可列出各邊）",
    "the store holds no competency {}": "圖譜中沒有職能 {0}",
    "kps-graph query where --param text=… finds words in names":
        "kps-graph query where --param text=… 可依文字尋找",
    "{} names several competencies": "名為 {0} 的職能不只一項",
    "{} is no workbook: name a file ending in .xlsx": "{0} 不是活頁簿；檔名請以 .xlsx 結尾",
    "no occupation is of the group {}": "沒有職業屬於 {0}",
    "name one competency by its text": "請指定一項職能的文字（有空格時加引號）",
    "the map shows all occupations: name none": "職業地圖包含所有職業，請勿指定職業",
    "{} is no picture of several: overlap, map or competency":
        "{0} 不是多個職業的圖；可用 overlap、map 或 competency",
    "a data frame needs pandas": "資料框需要套件 pandas",
    "pip install 'kps-graph[data]'": "請執行 pip install 'kps-graph[data]'",
    "there are {}": "共有 {0}",
    "try a smaller --min": "請把 --min 改小",
    # profiles and baselines
    "there is no profile {}": "沒有名為 {0} 的檢核設定",
    "the profile cannot be read: {}": "無法讀取檢核設定：{0}",
    "the profile is not UTF-8": "檢核設定不是 UTF-8",
    "the profile is not TOML: {}": "檢核設定不是正確的 TOML：{0}",
    "unknown {} {}": "無法辨識的 {0}：{1}",
    "use {}": "請用 {0}",
    "{} must be a text": "{0} 必須是文字",
    "{} must be a table: [{}]": "{0} 必須是表：[{1}]",
    "{} must be a list of paths": "{0} 必須是路徑的清單",
    "'title' must be one text, or one each in zh-Hant and en":
        "'title' 必須是一段文字，或 zh-Hant 與 en 各一段",
    "{} is switched off without a reason": "關閉 {0} 卻沒有寫明理由",
    'write {} = "the reason" below [off]': '請在 [off] 之下寫 {0} = "理由"',
    "{} has the unknown severity {}": "{0} 的嚴重程度 {1} 無法辨識",
    "the baseline cannot be read: {}": "無法讀取基準檔：{0}",
    "this is no baseline": "這不是基準檔",
    "make one with kps-graph validate --write-baseline FILE":
        "請以 kps-graph validate --write-baseline 檔案 產生",
    "a query that checks takes no parameters": "用於檢核的查詢不能有參數",
    "a query that checks must select ?focus, the IRI of what is at fault":
        "用於檢核的查詢必須選出 ?focus，即有問題者的 IRI",
    "the query is not UTF-8": "查詢檔不是 UTF-8",
    "the file is not UTF-8 text": "檔案不是 UTF-8 文字",
    "save it as UTF-8": "請另存為 UTF-8",
    "{} is {}, which is none of {}": "{0} 的值 {1} 不在 {2} 之中",
    "least is {}: at least one occupation uses a competency": "least 為 {0}：至少要有一個職業",
    # the command line
    "there is no room left on the disk": "磁碟空間不足",
    "make room, or write to another place": "請清出空間，或改寫到其他位置",
    "Missing argument '{}'.": "缺少引數 '{0}'。",
    "Missing option '{}'.": "缺少選項 '{0}'。",
    "No such option {}. (Did you mean one of: {}?)": "沒有這個選項：{0}。您是指 {1} 嗎？",
    "No such option {}. Did you mean {}?": "沒有這個選項：{0}。您是指 {1} 嗎？",
    "No such option {}.": "沒有這個選項：{0}",
    "No such command {}.": "沒有 {0} 這個指令。",
    "No such command {}. Did you mean {}?": "沒有 {0} 這個指令，您是指 {1} 嗎？",
    "Invalid value for {}: {} is not one of {}.": "{0} 的值不正確：{1} 不在 {2} 之中。",
    "Invalid value for {}: {}": "{0} 的值不正確：{1}",
    "Option '{}' requires an argument.": "選項 '{0}' 需要一個值。",
    "Got unexpected extra argument ({})": "多了引數（{0}）",
    "Got unexpected extra arguments ({})": "多了引數（{0}）",
    "No such file or directory": "沒有這個檔案或資料夾",
    "Permission denied": "沒有權限",
    "Is a directory": "這是資料夾",
    # stores
    "there is no store here": "此處沒有圖譜（store）",
    "make one with: kps-graph build SOURCE...": "請先執行 kps-graph build 來源…",
    "this is a file, not a store": "這是檔案，不是圖譜",
    "name a directory with --store": "請以 --store 指定資料夾",
    "the store has format {}, this version of kps-graph reads format {}":
        "圖譜的格式為 {0}，此版本的 kps-graph 讀取格式 {1}",
    "build it again with kps-graph build --rebuild, or use the version of kps-graph that wrote it":
        "請以 kps-graph build --rebuild 重建，或使用當初建置的 kps-graph 版本",
    "build it again with kps-graph build --rebuild": "請以 kps-graph build --rebuild 重建",
    "the store cannot be written: {}": "無法寫入圖譜：{0}",
    "the store cannot be opened: {}": "無法開啟圖譜：{0}",
    "the store cannot be read: {}": "無法讀取圖譜：{0}",
    "the store's manifest cannot be read: {}": "無法讀取圖譜的清單：{0}",
    "name another place with --store": "請以 --store 指定其他位置",
    "this directory holds other things ({})": "這個資料夾放有其他東西（{0}）",
    "name an empty or new directory with --store": "請以 --store 指定空的或新的資料夾",
    "another process is writing to this store": "另一個程序正在寫入這個圖譜",
    "wait for it to finish, or build into another place with --store":
        "請等它完成，或以 --store 指定其他位置",
    "the store's IRIs begin with {}, not with {}": "圖譜的 IRI 以 {0} 開頭，不是 {1}",
    "add --rebuild to change them": "如要更改，請加上 --rebuild",
    # decisions and pairs
    "these decisions lack the columns {}": "判定檔缺少欄位 {0}",
    "an SSSOM TSV file, as `kps-graph align export` writes it":
        "請提供 SSSOM TSV 檔，即 `kps-graph align export` 輸出的格式",
    "the column {} {}": "欄位 {0}{1}",
    "is missing": "缺少",
    "stands twice": "出現兩次",
    "a tab separated file with the columns kind, a and b is expected":
        "應為以定位字元分隔、含 kind、a、b 三欄的檔案",
    "{} is no kind: K, S or A": "{0} 不是種類：應為 K、S 或 A",
    "a pair needs two texts": "一對需要兩段文字",
    "there is no embedding model here": "此處沒有嵌入模型",
    "an embedding model needs the package sentence-transformers":
        "嵌入模型需要套件 sentence-transformers",
    "pip install sentence-transformers, or do without --embedding":
        "請執行 pip install sentence-transformers，或不用 --embedding",
    # courses
    "a table in CSV, TSV or .xlsx is expected": "應為 CSV、TSV 或 .xlsx 的表格",
    "save the table as .xlsx, or as CSV in UTF-8": "請將表格另存為 .xlsx，或 UTF-8 的 CSV",
    "a damaged workbook ({})": "活頁簿已損壞（{0}）",
    "reading a workbook needs the package {}, which is not installed":
        "讀取活頁簿需要套件 {0}，目前尚未安裝",
    "a table with the columns course and codes is expected": "應為含「課程」與「代碼」兩欄的表",
    "begin with the line course,codes (or 課程,代碼), then a course in each row":
        "第一列請寫「課程,代碼」，之後每列一門課程",
    "this course has no name": "這門課程沒有名稱",
    "there is no course in this table": "表中沒有任何課程",
    "write a course and its codes in each row below the heading":
        "請在標題列之下，每列寫一門課程及其代碼",
    # shapes
    "there is no shape with a target, so nothing would be checked":
        "沒有任何有目標（target）的 shape，什麼都不會檢查",
    "give a shape a sh:targetClass": "請為 shape 加上 sh:targetClass",
    "this file holds no shape with a target, so it would check nothing":
        "這個檔案沒有任何有目標（target）的 shape，什麼都不會檢查",
    "give a shape a sh:targetClass, or leave the file out":
        "請為 shape 加上 sh:targetClass，或不要使用這個檔案",
    "the shapes file cannot be read: {}": "無法讀取 shapes 檔：{0}",
    "the shapes file is not UTF-8": "shapes 檔不是 UTF-8",
    "the shapes file is not Turtle: {}": "shapes 檔不是正確的 Turtle：{0}",
    "a query of the shape <{}> is not valid: {}": "shape <{0}> 的查詢不正確：{1}",
    "see its sh:select": "請看它的 sh:select",
    "sh:deactivated of the shape {} is {}": "shape {0} 的 sh:deactivated 是 {1}",
    "write true or false, without quotes": "請寫 true 或 false，不加引號",
    "the shape {} has more than one sh:path": "shape {0} 有一個以上的 sh:path",
    "a target of the shape {} is no IRI": "shape {0} 的目標（target）不是 IRI",
    "write it as <IRI> or with a prefix": "請寫成 <IRI> 或使用前綴",
    "the property shape {} of <{}> has no sh:path":
        "<{1}> 的 property shape {0} 沒有 sh:path",
    "say what it is about, or refer to it by sh:node": "請寫明它的對象，或以 sh:node 引用",
    "a sh:sparql of the shape {} has no sh:select": "shape {0} 的 sh:sparql 沒有 sh:select",
    "a query of the shape {} does not select $this, the node that is checked":
        "shape {0} 的查詢沒有選出 $this（受檢的節點）",
    "begin it with SELECT $this ?value": "請以 SELECT $this ?value 開頭",
    "the shape <{}> has the unknown severity <{}>": "shape <{0}> 的嚴重程度 <{1}> 無法辨識",
    "use sh:Violation, sh:Warning or sh:Info": "請用 sh:Violation、sh:Warning 或 sh:Info",
    "{} <{}> is named, which is not in the vocabulary, so it would be met nowhere":
        "{0} <{1}> 不在詞彙之中，永遠不會符合",
    "the terms are in ontology/kps.ttl": "詞彙見 ontology/kps.ttl",
    "no shape meets a node of the data, so nothing was checked":
        "沒有任何 shape 符合資料中的節點，什麼都沒有檢查",
    "is this the graph of a standard?": "這是職能基準的圖嗎？",
    # what a file is, and what there is too much of
    "a PNG image": "PNG 影像",
    "a JPEG image": "JPEG 影像",
    "a TIFF image": "TIFF 影像",
    "a GIF image": "GIF 影像",
    "a BMP image": "BMP 影像",
    "a WebP image or a sound or video file": "WebP 影像或影音檔",
    "an old Word file (.doc) or a password-protected one": "舊版 Word 檔（.doc）或有密碼保護的檔案",
    "a rich text file (.rtf)": "RTF 檔（.rtf）",
    "a gzip archive": "gzip 壓縮檔",
    "a 7z archive": "7z 壓縮檔",
    "a RAR archive": "RAR 壓縮檔",
    "a ZIP archive": "ZIP 壓縮檔",
    "a PostScript file": "PostScript 檔",
    "a SQLite database": "SQLite 資料庫",
    "an Excel workbook": "Excel 活頁簿",
    "a PowerPoint presentation": "PowerPoint 簡報",
    "an EPUB book": "EPUB 電子書",
    "an OpenDocument file that is not a text": "不是文字文件的 OpenDocument 檔",
    "convert it to PDF": "請轉成 PDF",
    "open it in LibreOffice or Word and save it as ODT or DOCX":
        "請以 LibreOffice 或 Word 開啟，另存為 ODT 或 DOCX",
    "make a PDF with a text layer from it (character recognition) first":
        "請先進行文字辨識（OCR），做成有文字層的 PDF",
    "bytes": "位元組",
    "bytes unpacked": "解壓縮後的位元組",
    "times its packed size": "倍壓縮後大小",
    "pages": "頁",
    "table cells": "表格儲存格",
    "levels of nesting": "層巢狀",
    "characters and lines on one page": "單頁字元與線條",
    "{}, which cannot be read": "{0}，無法讀取",
    "the shape <{}> meets no node, so it checks nothing":
        "shape <{0}> 沒有符合的節點，等於沒有檢查",
    "see whether its target is spelled right": "請確認其目標（target）的拼寫",
}


def in_chinese(text: str) -> str:
    """``text`` in Chinese as far as the catalogue knows it: a sentence, its place and its hint."""
    sentence, _, hint = text.partition(_HINT)
    return _HINT.join(_placed(part) for part in (sentence, hint) if part)


def _placed(text: str) -> str:
    """A sentence that may stand behind its place: ``file:3:7: …``."""
    start = 0
    while True:
        if (found := _known(text[start:])) is not None:
            return f"{text[:start].removesuffix(': ')}：{found}" if start else found
        start = text.find(": ", start) + 2
        if start < 2:
            return text


def _known(sentence: str) -> str | None:
    if (found := CATALOGUE.get(sentence)) is not None:
        return found
    for english, chinese in CATALOGUE.items():
        if "{}" in english:
            pattern = "(.*?)".join(map(re.escape, english.split("{}")))
            match = re.fullmatch(pattern, sentence, re.DOTALL)
            # what stands before a colon is the place of the sentence and no part of it
            if match and not (english.startswith("{}") and ": " in match[1]):
                return chinese.format(*(CATALOGUE.get(value, value) for value in match.groups()))
    return None
