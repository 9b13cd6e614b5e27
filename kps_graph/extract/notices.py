"""The E rules: what extraction notices, in what words, what to do about it, and an example."""

from __future__ import annotations

from typing import Final

from kps_graph.extract.notice import Notice
from kps_graph.extract.notices_of_forms import FORMS
from kps_graph.report import Severity

__all__ = ["RULES", "Notice"]

_V, _W, _I = Severity.VIOLATION, Severity.WARNING, Severity.INFO

RULES: Final[dict[str, Notice]] = {
    "E01": Notice(
        _W,
        ("每段文字都在所屬的欄位裡", "Every text stands in a field"),
        (
            "無法判斷這段文字屬於何處，已原樣保留：「{value}」",
            "This text could not be placed; it is kept as it stands: “{value}”",
        ),
        ("請移到它所屬的欄位，或刪除。", "Move it into the field it belongs to, or delete it."),
        "表格右側另有一格「待討論」。",
        "刪除這一格，或寫入「說明與補充事項」。",
    ),
    "E02": Notice(
        _W,
        ("每一項都印在代碼所屬的列", "Every item stands in the row of its code"),
        (
            "{code} 印在 {row} 的列中，依代碼應屬 {unit}，已依代碼歸位",
            "{code} is printed in the row of {row} but its code belongs to {unit}; "
            "it was placed by its code",
        ),
        (
            "請移到代碼所屬的列，或更正代碼。",
            "Move it into the row that its code belongs to, or correct the code.",
        ),
        "P1.2.3 印在 T1.3 的列中。",
        "移到 T1.2 的列，或改為 P1.3.1。",
    ),
    "E03": Notice(
        _W,
        ("代碼寫法合於規則", "Codes are spelled regularly"),
        (
            "代碼寫法不規則：「{value}」，讀作 {code}",
            "Irregular spelling of a code: “{value}” was read as {code}",
        ),
        (
            "請依 T1.1、O1.1.1、P1.1.1、K01、S01、A01 的寫法更正代碼，代碼與文字之間空一格。",
            "Write the code like T1.1, O1.1.1, P1.1.1, K01, S01 or A01, and a blank behind it.",
        ),
        "P.1.1.3 核對訂單內容",
        "P1.1.3 核對訂單內容",
    ),
    "E04": Notice(
        _W,
        ("每一項都有代碼", "Every item has a code"),
        ("沒有代碼：「{value}」", "There is no code: “{value}”"),
        ("請在文字之前加上代碼。", "Put a code before the text."),
        "行為指標：核對訂單內容",
        "行為指標：P1.1.1 核對訂單內容",
    ),
    "E05": Notice(
        _W,
        ("官方表格的欄位齊全", "The fields of the official table are there"),
        ("找不到「{value}」欄", "There is no field “{value}” ({other})"),
        (
            "請依官方表格補上這個欄位；代碼由 iCAP 核發，可留白。",
            "Add this field of the official table; a code is issued, and may be left blank.",
        ),
        "表頭沒有「職能基準代碼」。",
        "補上「職能基準代碼」欄，內容留白。",
    ),
    "E07": Notice(
        _V,
        ("代碼所指的工作存在", "The unit that a code names exists"),
        ("{code} 所屬的 {unit} 不存在", "{code} belongs to {unit}, which does not exist"),
        ("請更正代碼，或補上所屬的工作。", "Correct the code, or add the unit it belongs to."),
        "列有 T3.1，但沒有 T3。",
        "補上 T3，或改為既有職責之下的代碼。",
    ),
    "E09": Notice(
        _W,
        ("文字檔以 UTF-8 儲存", "Text files are UTF-8"),
        (
            "檔案編碼不是 UTF-8，以 {value} 解讀",
            "The file is not encoded as UTF-8; it was decoded as {value}",
        ),
        ("請另存為 UTF-8。", "Save the file as UTF-8."),
        "以 Big5 儲存的檔案。",
        "另存新檔，編碼選 UTF-8。",
    ),
    "E11": Notice(
        _I,
        ("職能內涵的適用範圍明確", "It is clear what K and S cover"),
        (
            "這一格沒有寫出適用範圍，依版面視為適用於 {unit}",
            "The cell does not state what it covers; by the layout it was taken to cover {unit}",
        ),
        (
            "若適用範圍不是如此，請調整合併儲存格。",
            "If it covers something else, merge the cells accordingly.",
        ),
        "T1.2 旁的 K、S 兩格空白，上一列也未與它合併。",
        "合併 T1.1 與 T1.2 的 K、S 儲存格。",
    ),
    "E12": Notice(
        _W,
        ("類別的代碼與名稱一一對應", "Codes and names of classes pair up"),
        (
            "欄位有兩個以上的代碼或名稱，數量不一致：「{value}」",
            "Several codes or names in one field do not pair up: “{value}”",
        ),
        ("請讓每個代碼各有一個名稱。", "Give every code one name."),
        "行業別兩個名稱，行業別代碼只有一個。",
        "各列一個代碼，一個名稱一個代碼。",
    ),
    "E14": Notice(
        _W,
        ("一個欄位只有一個值", "A field has one value"),
        (
            "同一欄位有兩個不同的值：「{value}」與「{other}」，採用後者",
            "One field has two different values, “{value}” and “{other}”; the latter is used",
        ),
        ("請刪除其中一個。", "Delete one of them."),
        "基準級別兩處，一處 3、一處 4。",
        "只留一處。",
    ),
    "E15": Notice(
        _W,
        ("引用時寫代碼", "A reference is a code"),
        (
            "{code} 引用了不存在的代碼形式：「{value}」",
            "{code} holds something that is not a reference: “{value}”",
        ),
        ("請改寫為代碼。", "Write a code."),
        "knowledge: [進出口法規]",
        "knowledge: [K01]",
    ),
    "E16": Notice(
        _W,
        ("檔案完整", "The file is whole"),
        ("檔案內容有部分無法讀取：{value}", "Part of the file could not be read: {value}"),
        (
            "請以 Word 或 LibreOffice 開啟並另存新檔，再檢核一次。",
            "Open the file in Word or LibreOffice, save it anew, and check it again.",
        ),
        "檔案傳送中斷，樣式部分損壞。",
        "開啟並另存新檔。",
    ),
    "E17": Notice(
        _I,
        ("同一代碼的文字前後一致", "A code has the same text wherever it stands"),
        (
            "{code} 的文字出現兩種寫法：「{other}」與「{value}」，採用前者",
            "{code} is written in two ways, “{other}” and “{value}”; the former is used",
        ),
        ("請統一為一種寫法。", "Write it in one way."),
        "K01 進出口法規；另一格 K01 進出口 法規",
        "兩格都寫 K01 進出口法規。",
    ),
    "E19": Notice(
        _I,
        ("內容不寫在頁首與頁尾", "No content in page headers and footers"),
        (
            "頁首或頁尾文字未納入內容：「{value}」",
            "A page header or footer was left out of the content: “{value}”",
        ),
        (
            "不需處理；若它是內容，請移出頁首或頁尾。",
            "Nothing, unless it is content: then move it out of the header or footer.",
        ),
        "頁首寫有適用對象。",
        "移到「說明與補充事項」。",
    ),
    "E20": Notice(
        _W,
        ("內容不寫在註腳", "No content in footnotes"),
        ("註腳未納入內容：「{value}」", "A footnote was left out of the content: “{value}”"),
        (
            "若它是內容，請移到正文或「說明與補充事項」。",
            "If it is content, move it into the text or the notes.",
        ),
        "名詞解釋寫在註腳。",
        "移到「說明與補充事項」。",
    ),
    "E21": Notice(
        _W,
        ("沒有隱藏、劃掉或被蓋住的文字", "No text is hidden, struck out or covered"),
        (
            "隱藏、刪除（含刪除線）或被合併儲存格蓋住的文字未納入內容：「{value}」",
            "Hidden, deleted, struck out or covered text was left out of the content: “{value}”",
        ),
        (
            "若它是內容，請取消隱藏或合併；否則請刪除。",
            "If it is content, show it; otherwise delete it.",
        ),
        "追蹤修訂中仍有已刪除的文字。",
        "接受全部修訂後再檢核。",
    ),
    "E22": Notice(
        _W,
        ("文字完整，沒有中途斷開", "No text breaks off"),
        ("來源資料的文字在中途斷開：「{value}」", "The source breaks this text off: “{value}”"),
        ("請對照原始文件補上。", "Complete it from the original document."),
        "程式語言（如 Python、",
        "程式語言（如 Python、R）",
    ),
    "E26": Notice(
        _W,
        ("一段一項工作產出", "One output to a paragraph"),
        (
            "一段文字裡有兩項工作產出，依其中的代碼 {code} 分開：「{value}」",
            "One text holds two outputs; it was parted at the code {code}: “{value}”",
        ),
        (
            "請更正後一項的代碼，並分行書寫。",
            "Correct the second code, and write the outputs on lines of their own.",
        ),
        "會議紀錄03.2.2意見表",
        "O3.2.1 會議紀錄；另起一行 O3.2.2 意見表",
    ),
    "E27": Notice(
        _I,
        ("一項一段，每項以代碼開頭", "One item to a paragraph, each with its code"),
        (
            "這裡沒有讀作另一項，已併入 {row}：「{value}」",
            "This was not read as an item of its own; it was taken for more of {row}: “{value}”",
        ),
        (
            "若為另一項，請另起一段，以代碼開頭，代碼後空一格（O、I、l 易與 0、1 混淆）；"
            "若為同一項，請接在同一段；若只是提到代碼，不需處理。",
            "If it is another item, give it a paragraph that begins with its code and a blank (O, I "
            "and l are easily taken for 0 and 1); if it is the same, write both as one paragraph; "
            "if it only mentions a code, nothing.",
        ),
        "P1.1.1 核對訂單；下一段「安排出貨」沒有代碼。",
        "P1.1.1 核對訂單；P1.1.2 安排出貨",
    ),
    "E28": Notice(
        _W,
        ("每一項都在代碼所屬的欄", "Every item stands in the column of its code"),
        (
            "{code} 寫在{row}欄，依代碼應屬{unit}，已依代碼歸類",
            "{code} stands in the column of another kind; it was placed by its code",
        ),
        (
            "請移到代碼所屬的欄，或更正代碼。",
            "Move it into the column that its code belongs to, or correct the code.",
        ),
        "知識欄裡有 S03 溝通協調能力。",
        "將 S03 移到技能欄。",
    ),
    "E29": Notice(
        _V,
        ("一個檔案一份職能基準", "A file holds one standard"),
        (
            "檔案中還有另一份職能基準「{value}」，由此起的內容未讀取",
            "The file holds another standard, “{value}”; nothing from here on was read",
        ),
        ("請將各份職能基準存成各自的檔案。", "Save each standard as a file of its own."),
        "兩項職業的職能基準表前後排在同一個檔案。",
        "存成兩個檔案。",
    ),
    **FORMS,
}
