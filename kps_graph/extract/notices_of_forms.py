"""The E rules from E31 on: the forms that tables, columns and marks take."""

from __future__ import annotations

from typing import Final

from kps_graph.extract.notice import Notice
from kps_graph.report import Severity

__all__ = ["FORMS"]

_V, _W, _I = Severity.VIOLATION, Severity.WARNING, Severity.INFO

FORMS: Final[dict[str, Notice]] = {
    "E31": Notice(
        _I,
        ("討論與備註不屬於職能基準", "Remarks are no part of a standard"),
        (
            "「{row}」欄不屬於職能基準，其中 {other} 格未納入內容：「{unit}」",
            "The column “{row}” is no part of a standard; {other} cells in it were left out: “{unit}”",
        ),
        (
            "不需處理；定稿前可刪除這一欄。",
            "Nothing; the column may be deleted when the standard is finished.",
        ),
        "表格右側另有一欄「專家意見」。",
        "定稿時刪除這一欄。",
    ),
    "E32": Notice(
        _W,
        ("表格只有官方的欄位", "The table has the official columns only"),
        (
            "「{row}」不是官方表格的欄位，其中 {other} 格未納入內容：「{unit}」",
            "“{row}” is no column of the official table; {other} cells in it were left out: “{unit}”",
        ),
        (
            "若它是官方欄位，請改用官方名稱；若不是，請移到「說明與補充事項」或刪除。",
            "Give it its official heading if it is one; else move it into the notes, or delete it.",
        ),
        "表格另有一欄「所需設備」。",
        "將內容移到「說明與補充事項」。",
    ),
    "E33": Notice(
        _W,
        ("內容是文字，不是圖", "Content is text, not a picture"),
        (
            "這裡有圖片或圖形「{value}」，其中若有文字，未能讀取",
            "There is a picture or drawing here, “{value}”; any text in it was not read",
        ),
        (
            "若圖中有內容，請改以文字輸入。",
            "If there is content in it, type it as text.",
        ),
        "行為指標一格貼了掃描的圖片。",
        "將圖中的文字打入這一格。",
    ),
    "E34": Notice(
        _W,
        ("每一頁都有文字", "Every page has text"),
        (
            "這一頁只有影像、沒有文字，未能讀取",
            "This page is an image without text; nothing of it was read",
        ),
        (
            "請先辨識文字（OCR），或以原始檔另存為 PDF。",
            "Recognise its text (OCR) first, or save a PDF from the original file.",
        ),
        "第 3 頁是掃描的附件。",
        "以文字輸入附件的內容。",
    ),
    "E35": Notice(
        _W,
        ("字型說明每個字元是什麼字", "Fonts say which character each glyph is"),
        (
            "有 {value} 個字元的字型沒有說明是什麼字，未能讀取",
            "{value} characters could not be read: their font does not say what they are",
        ),
        (
            "請以原始檔另存為 PDF，並嵌入字型。",
            "Save the PDF from the original file again, with its fonts embedded.",
        ),
        "PDF 複製出來是亂碼。",
        "由 Word 另存為 PDF。",
    ),
    "E36": Notice(
        _I,
        ("內容的文字方向一致", "Content runs in one direction"),
        (
            "斜向或倒置的文字（如浮水印）未納入內容：「{value}」",
            "Text that is not upright (a watermark, for instance) was left out: “{value}”",
        ),
        (
            "不需處理；若它是內容，請改為橫書或直書。",
            "Nothing, unless it is content: then write it upright.",
        ),
        "每一頁都有斜印的「僅供參考」。",
        "移除浮水印後再另存為 PDF。",
    ),
    "E37": Notice(
        _W,
        ("項目以代碼編號", "Items are numbered by codes"),
        (
            "本欄 {value} 項以 {row} 編號，請改為 {unit}",
            "{value} items of this column are numbered {row}; number them {unit}",
        ),
        (
            "請將項目編號改為代碼；Word 的自動編號請先取消。",
            "Replace the numbers by codes; turn off automatic numbering first.",
        ),
        "行為指標：1. 核對訂單內容　2. 安排出貨",
        "行為指標：P1.1.1 核對訂單內容　P1.1.2 安排出貨",
    ),
    "E38": Notice(
        _I,
        ("文件是職能基準", "The document is a competency standard"),
        (
            "這是職能單元「{value}」，不是職能基準，已依職能單元讀取",
            "This is a competency unit, “{value}”, not a standard; it was read as what it is",
        ),
        (
            "不需處理；職能單元沒有職業與行業類別，相關檢核可略過。",
            "Nothing; a unit has no occupation and industry, and what is said of these may be ignored.",
        ),
        "表頭為「職能單元代碼」。",
        "檢核職能基準時，請提供職能基準的檔案。",
    ),
    "E40": Notice(
        _W,
        (
            "欄位裡是內容，不是提示",
            "Fields hold content, no fillers and no printed hints",
        ),
        (
            "「{value}」是待補記號或範本提示，不是內容，視為空白",
            "“{value}” holds the place of content and is none; it was taken for blank",
        ),
        ("請填寫內容，或刪除。", "Write the content, or delete it."),
        "行為指標：P3.2.1 （請填寫行為指標）",
        "行為指標：P3.2.1 依保存期限選用包裝材料，並檢查密封。",
    ),
    "E41": Notice(
        _I,
        ("沒有內容的欄位留白", "A field without content is left blank"),
        (
            "「{value}」表示沒有內容，視為空白",
            "“{value}” says that there is no content; it was taken for blank",
        ),
        ("請留白；若有內容，請填寫。", "Leave it blank, or write the content if there is any."),
        "工作產出：－",
        "工作產出留白。",
    ),
    "E42": Notice(
        _W,
        ("內容裡沒有待補記號", "No text says that a part of it is still to be written"),
        (
            "內容裡還留有待補記號「{value}」；其餘文字視為內容",
            "“{value}” says that something is still to be written; the rest was read as content",
        ),
        ("請補齊內容，並刪除記號。", "Write what is missing, and delete the mark."),
        "K02 倉儲原理（待補）",
        "K02 倉儲原理",
    ),
    "E43": Notice(
        _W,
        ("職能基準代碼依核發的寫法", "The code of a standard is spelled as it was issued"),
        (
            "職能基準代碼「{value}」的寫法不合規則，讀作「{other}」",
            "The code of the standard is not spelled regularly: “{value}” was read as “{other}”",
        ),
        (
            "請依核發的代碼更正，寫法如 KPS1420-001v2；尚未核發時請留白。",
            "Write the code as it was issued, like KPS1420-001v2; leave it blank if none was.",
        ),
        "職能基準代碼：KPS 1420_001V2",
        "職能基準代碼：KPS1420-001v2",
    ),
    "E44": Notice(
        _V,
        ("職類與職業擇一填寫", "The name is that of a 職類 or of a 職業, one of the two"),
        (
            "職能基準名稱在{unit}（「{other}」）與{row}（「{value}」）兩欄都有填寫，採用{unit}",
            "The name is filled in for both {unit} (“{other}”) and {row} (“{value}”); that of the {unit} is used",
        ),
        ("請擇一填寫，另一欄留白。", "Fill in one of the two, and leave the other blank."),
        "職類：餐飲服務；職業：咖啡師",
        "職類留白；職業：咖啡師",
    ),
    "E45": Notice(
        _W,
        ("項目不只寫在註解", "No item stands in a comment alone"),
        (
            "註解提到內容裡沒有的代碼 {other}，註解未納入內容：「{value}」",
            "A comment names {other}, which the content does not have; it was left out: “{value}”",
        ),
        (
            "若它是內容，請移入表格；若只是意見，處理後刪除註解。",
            "If it is content, move it into the table; if it is a remark, delete it when it is settled.",
        ),
        "K 欄只有 K01；註解寫著「K02 乙學」。",
        "將 K02 乙學打入 K 欄。",
    ),
}
