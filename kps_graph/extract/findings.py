"""What extraction notices: the E rules, each with its severity and its messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kps_graph.document import Span
from kps_graph.report import Finding, Severity

__all__ = ["REMEDIES", "RULES", "Notes", "Noticed"]

_V, _W, _I = Severity.VIOLATION, Severity.WARNING, Severity.INFO

#: Number -> severity, message in Chinese, message in English. ``{}`` fields are filled by name.
RULES: Final[dict[str, tuple[Severity, str, str]]] = {
    "E01": (_W, "無法判斷這段文字屬於何處，已原樣保留：「{value}」",
            "This text could not be placed; it is kept as it stands: “{value}”"),
    "E02": (_W, "{code} 印在 {row} 的列中，依代碼應屬 {unit}，已依代碼歸位",
            "{code} is printed in the row of {row} but its code belongs to {unit}; "
            "it was placed by its code"),
    "E03": (_W, "代碼寫法不規則：「{value}」，讀作 {code}",
            "Irregular spelling of a code: “{value}” was read as {code}"),
    "E04": (_W, "沒有代碼：「{value}」", "There is no code: “{value}”"),
    "E05": (_W, "找不到「{value}」欄", "There is no field {value}"),
    "E07": (_V, "{code} 所屬的 {unit} 不存在", "{code} belongs to {unit}, which does not exist"),
    "E09": (_W, "檔案編碼不是 UTF-8，以 {value} 解讀",
            "The file is not encoded as UTF-8; it was decoded as {value}"),
    "E11": (_I, "這一格沒有寫出適用範圍，依版面視為適用於 {unit}",
            "The cell does not state what it covers; by the layout it was taken to cover {unit}"),
    "E12": (_W, "欄位有兩個以上的代碼或名稱，數量不一致：「{value}」",
            "Several codes or names in one field do not pair up: “{value}”"),
    "E14": (_W, "同一欄位有兩個不同的值：「{value}」與「{other}」，採用後者",
            "One field has two different values, “{value}” and “{other}”; the latter is used"),
    "E15": (_W, "{code} 引用了不存在的代碼形式：「{value}」",
            "{code} holds something that is not a reference: “{value}”"),
    "E16": (_W, "檔案內容有部分無法讀取：{value}", "Part of the file could not be read: {value}"),
    "E17": (_I, "{code} 的文字出現兩種寫法：「{other}」與「{value}」，採用前者",
            "{code} is written in two ways, “{other}” and “{value}”; the former is used"),
    "E19": (_I, "頁首或頁尾文字未納入內容：「{value}」",
            "A page header or footer was left out of the content: “{value}”"),
    "E20": (_W, "註腳未納入內容：「{value}」",
            "A footnote was left out of the content: “{value}”"),
    "E21": (_W, "隱藏、刪除或被合併儲存格蓋住的文字未納入內容：「{value}」",
            "Hidden, deleted or covered text was left out of the content: “{value}”"),
    "E22": (_W, "來源資料的文字在中途斷開：「{value}」",
            "The source breaks this text off: “{value}”"),
    "E23": (_W, "來源資料遺失了職能級別（寫作「{value}」）",
            "The source has lost this level (it says “{value}”)"),
    "E27": (_I, "這一段沒有可辨識的代碼，已併入 {code}：「{value}」",
            "This paragraph has no code that could be read; it was taken for more of {code}: "
            "“{value}”"),
    "E28": (_W, "{code} 寫在{row}欄，依代碼應屬{unit}，已依代碼歸類",
            "{code} stands in the column of another kind; it was placed by its code"),
    "E26": (_W, "一段文字裡有兩項工作產出，依其中的代碼 {code} 分開：「{value}」",
            "One text holds two outputs; it was parted at the code {code}: “{value}”"),
}

#: What to do about it, by number, in Chinese and in English.
REMEDIES: Final[dict[str, tuple[str, str]]] = {
    "E27": ("若為另一項，請補上代碼（O、I、l 易與 0、1 混淆）；若為同一項，請接在同一段。",
            "Give it a code if it is another item (O, I and l are easily taken for 0 and 1); "
            "else write both as one paragraph."),
    "E28": ("請移到代碼所屬的欄，或更正代碼。",
            "Move it into the column that its code belongs to, or correct the code."),
    "E01": ("請移到它所屬的欄位，或刪除。", "Move it into the field it belongs to, or delete it."),
    "E02": ("請移到代碼所屬的列，或更正代碼。",
            "Move it into the row that its code belongs to, or correct the code."),
    "E03": ("請依 T1.1、O1.1.1、P1.1.1、K01、S01、A01 的寫法更正代碼。",
            "Write the code like T1.1, O1.1.1, P1.1.1, K01, S01 or A01."),
    "E04": ("請在文字之前加上代碼。", "Put a code before the text."),
    "E05": ("請依官方表格補上這個欄位；代碼由 iCAP 核發，可留白。",
            "Add this field of the official table; a code is issued, and may be left blank."),
    "E07": ("請更正代碼，或補上所屬的工作。", "Correct the code, or add the unit it belongs to."),
    "E09": ("請另存為 UTF-8。", "Save the file as UTF-8."),
    "E11": ("若適用範圍不是如此，請調整合併儲存格。",
            "If it covers something else, merge the cells accordingly."),
    "E12": ("請讓每個代碼各有一個名稱。", "Give every code one name."),
    "E14": ("請刪除其中一個。", "Delete one of them."),
    "E15": ("請改寫為代碼。", "Write a code."),
    "E16": ("請以 Word 或 LibreOffice 開啟並另存新檔，再檢核一次。",
            "Open the file in Word or LibreOffice, save it anew, and check it again."),
    "E17": ("請統一為一種寫法。", "Write it in one way."),
    "E19": ("不需處理；若它是內容，請移出頁首或頁尾。",
            "Nothing, unless it is content: then move it out of the header or footer."),
    "E20": ("若它是內容，請移到正文或「說明與補充事項」。",
            "If it is content, move it into the text or the notes."),
    "E21": ("若它是內容，請取消隱藏或合併；否則請刪除。",
            "If it is content, show it; otherwise delete it."),
    "E22": ("請對照原始文件補上。", "Complete it from the original document."),
    "E23": ("請對照原始文件補上級別。", "Complete the level from the original document."),
    "E26": ("請更正後一項的代碼，並分行書寫。",
            "Correct the second code, and write the outputs on lines of their own."),
}


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that extraction noticed, before it is known which standard it concerns."""

    rule: str
    span: Span
    value: str = ""
    code: str = ""
    row: str = ""
    unit: str = ""
    other: str = ""

    def finding(self, standard: str) -> Finding:
        """The finding about the standard whose code or identity is ``standard``."""
        severity, zh, en = RULES[self.rule]
        fields = {n: getattr(self, n) for n in ("value", "code", "row", "unit", "other")}
        return Finding(
            rule=self.rule,
            severity=severity,
            messages={"zh-Hant": zh.format(**fields), "en": en.format(**fields)},
            standard=standard,
            code=self.code,
            value=self.value,
            span=self.span,
        )


class Notes:
    """Collects what one extraction notices, and accounts for every character it was given.

    Attributes:
        noticed: in the order of noticing.
        read, placed, unplaced: characters other than white space.
    """

    __slots__ = ("noticed", "placed", "read", "unplaced")

    def __init__(self) -> None:
        self.noticed: list[Noticed] = []
        self.read = 0
        self.placed = 0
        self.unplaced = 0

    def add(self, rule: str, span: Span, **fields: str) -> None:
        """Notes that ``rule`` applies at ``span``."""
        self.noticed.append(Noticed(rule, span, **fields))
