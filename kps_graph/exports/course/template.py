"""The workbook in which a course is planned: modules, what there is to teach, a count, help."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kps_graph.courses.boxes import EQUIPMENT
from kps_graph.courses.resolve import Part, Parts
from kps_graph.courses.suggest import Proposal
from kps_graph.exports.workbook import Sheet, add_sheet
from kps_graph.model import Standard
from kps_graph.printable import printable
from kps_graph.standards.inherited import Inherited, inherited
from kps_graph.words import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from kps_graph.model import Unit

__all__ = ["suggested", "template"]

#: Names of the sheets, in Chinese and English.
_SHEETS: Final = (
    ("課程單元", "units"),
    ("職能內涵", "competencies"),
    ("涵蓋", "coverage"),
    ("課程資訊", "course"),
    ("說明", "help"),
)
#: What the cover and part 壹 of the report state once, to be filled in beside it.
_STATED: Final = (
    ("申請單位", "applicant"),
    ("協力單位", "partner"),
    ("辦訓期間", "period"),
    ("訓練需求", "need"),
    ("課程簡介", "introduction"),
    ("課程目的", "purpose"),
    ("課程時數", "total hours"),
    ("課程職能級別", "course level"),
    ("主要對象(參訓資格)", "audience"),
    ("先備條件(資格條件)", "admission"),
)
#: Heading, width in characters, and field of each column of the sheet of modules.
_COLUMNS: Final = (
    ("模組", "module", 16, "group"),
    ("單元名稱", "unit name", 26, "name"),
    ("課程級別", "level", 10, "level"),
    ("教學目標", "goal", 32, "goal"),
    ("行為指標(P)", "indicators(P)", 24, "indicators"),
    ("知識(K)", "knowledge(K)", 20, "knowledge"),
    ("技能(S)", "skills(S)", 20, "skills"),
    ("態度(A)", "attitudes(A)", 14, "attitudes"),
    ("時數", "hours", 8, "hours"),
    ("教學方法", "teaching method", 16, "methods"),
    ("評量方式", "assessment", 16, "assessments"),
    ("評量工具", "assessment tool", 16, "tools"),
    ("先修單元", "prerequisite", 18, "prerequisites"),
    ("課程大綱內容", "outline", 30, "outline"),
    ("教材", "materials", 18, "materials"),
    ("教具/設備", "equipment", 18, "equipment"),
    ("授課教師", "teachers", 20, "teachers"),
    ("評量人員", "assessors", 18, "assessors"),
    ("課程協助人員", "assistants", 18, "assistants"),
    ("學習成果證據項目", "evidence", 20, "evidence"),
    ("備註", "note", 18, "note"),
)
#: Choices of the official form; other words may be typed.
_CHOICES: Final = {
    "level": ("1", "2", "3", "4", "5", "6"),
    "methods": ("講述教學", "討論教學", "演練教學", "協同教學", "專題教學", "示範教學", "案例教學"),
    "assessments": ("測驗", "作業評量", "實作評量", "口頭報告", "無"),
    "tools": ("測驗卷", "評量題目", "意見回饋表", "檢核表", "無"),
    "equipment": EQUIPMENT,
}
_FIRST: Final = 5  # the first row of modules, 0-based
_ROWS: Final = 100  # room for so many
_KIND_COLUMNS: Final = {"P": "E", "K": "F", "S": "G", "A": "H"}
_ASSESSED: Final = "K"
_HELP: Final = (
    (
        "每一列是一個課程單元。先以工作任務各列一個單元，請依課程需要改名、合併、拆分或刪除。",
        "Each row is a course unit. To begin with there is one for each activity: rename, merge, split or delete them.",
    ),
    (
        "P、K、S 欄寫代碼，以「、」隔開；「職能內涵」工作表列出所有可選的代碼與內容。",
        "Write codes in the columns P, K and S, with 、 between them; the sheet of competencies lists them all.",
    ),
    (
        "「涵蓋」工作表隨填寫即時計算每一項由幾個單元教授、幾個單元評量。範圍（P1.1.1~P1.1.5）檢核時看得懂，但即時計算只認逐一列出的代碼。",
        "The sheet of coverage counts while you type how many units teach and assess each item. Ranges (P1.1.1~P1.1.5) are understood by the check, but counted there only if written out.",
    ),
    (
        "級別、教學方法、評量方式與評量工具可從清單選取，也可以自行填寫；多項以「、」隔開。",
        "Level, method, assessment and tool can be chosen from a list or written freely, several with 、 between them.",
    ),
    (
        "單元名稱在報告書各表須逐字相同；態度（A）與工作產出（O）在官方表件中沒有欄位。",
        "A unit has the same name in every table of the report; attitudes (A) and outputs (O) have no place in the official form.",
    ),
    (
        "課程大綱至學習成果證據各欄與「課程資訊」工作表供報告書填表用（封面、壹與表4、6、7、11），檢核時可先空著；表7 寫資格條件，不寫姓名。",
        "The columns from outline to evidence and the sheet of the course are for the report (cover, 壹, tables 4, 6, 7 and 11) and may stay empty at first; table 7 states qualifications, no names.",
    ),
    (
        "填完後檢核：kps-graph course check 這個檔案.xlsx",
        "When it is filled in: kps-graph course check THIS-FILE.xlsx",
    ),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A module to begin with: an activity, or a task without any."""

    group: str
    name: str
    level: str
    codes: Mapping[str, Sequence[str]]
    prerequisites: str = ""


def template(standard: Standard, tasks: Sequence[str], lang: Language) -> bytes:
    """The workbook for a course on ``standard``, or on some of its tasks or activities.

    Raises:
        ResourceError: if the standard has no such task.
    """
    chosen = Parts(standard).chosen(tasks)
    return _workbook(standard, chosen, list(_modules(standard, chosen)), (), lang)


def suggested(
    standard: Standard,
    tasks: Sequence[str],
    proposals: Sequence[Proposal],
    sheets: Sequence[Sheet],
    lang: Language,
) -> bytes:
    """The same workbook with the modules that are proposed, to be edited.

    Args:
        standard: of which.
        tasks: the tasks or activities that were chosen; empty for all.
        proposals: the modules, in their order.
        sheets: what else it shows: the reasons, and what the course prepares for.
        lang: of headings and reasons.
    """
    rows = [
        _Row(
            p.group,
            p.name,
            str(p.level or ""),
            {"P": p.indicators, "K": p.knowledge, "S": p.skills},
            "；".join(p.before),
        )
        for p in proposals
    ]
    return _workbook(standard, Parts(standard).chosen(tasks), rows, sheets, lang)


def _workbook(
    standard: Standard,
    chosen: Sequence[str],
    rows: Sequence[_Row],
    more: Sequence[Sheet],
    lang: Language,
) -> bytes:
    import xlsxwriter

    parts = Parts(standard)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": standard.name, "author": "kps-graph"})
    sheets = [book.add_worksheet(lang.pick(names)) for names in _SHEETS]
    listed = [p for p in parts.by_code.values() if _belongs(p, chosen)]
    writer = _Writer(book, lang)
    writer.modules(sheets[0], standard, chosen, rows)
    writer.competencies(sheets[1], listed)
    writer.coverage(sheets[2], listed, rows)
    writer.stated(sheets[3])
    writer.help(sheets[4])
    for sheet in more:
        add_sheet(book, sheet)
    book.close()
    return out.getvalue()


def _belongs(part: Part, chosen: Sequence[str]) -> bool:
    return part.kind == "A" or not chosen or not set(chosen).isdisjoint(part.units)


def _modules(standard: Standard, chosen: Sequence[str]) -> Iterator[_Row]:
    for unit in inherited(standard):
        line = [u.code for u in (*unit.above, unit.part) if u.code]
        if unit.part.units or (chosen and set(chosen).isdisjoint(line)):
            continue
        task = unit.above[0] if unit.above else unit.part
        codes: dict[str, list[str]] = {
            "P": [p.code for p in unit.part.indicators if p.code],
            "K": _needed(unit, "K"),
            "S": _needed(unit, "S"),
        }
        group = " ".join(filter(None, (task.code, task.name))) if unit.above else ""
        yield _Row(group, unit.part.name, _level(unit), codes)


def _needed(unit: Inherited[Unit], kind: str) -> list[str]:
    codes = dict.fromkeys(unit.needs(kind))
    for indicator in unit.indicators():
        codes |= dict.fromkeys(indicator.needs(kind))
    return list(codes)


def _level(unit: Inherited[Unit]) -> str:
    levels = {p.level for p in unit.indicators()} or {unit.level}
    (level,) = levels if len(levels) == 1 else (None,)
    return str(level) if isinstance(level, int) else ""


class _Writer:
    """Writes the sheets in one language."""

    def __init__(self, book: Workbook, lang: Language) -> None:
        self.book, self.lang = book, lang
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DFE9F4", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.bold = book.add_format({"bold": True})
        self.gap = book.add_format({"bg_color": "#FBE3E6"})
        self.half = book.add_format({"bg_color": "#FFF3D6"})

    def _name(self, number: int) -> str:
        return self.lang.pick(_SHEETS[number])

    def _heads(self, sheet: Worksheet, row: int, heads: Sequence[tuple[str, int]]) -> None:
        for column, (head, width) in enumerate(heads):
            sheet.write_string(row, column, head, self.head)
            sheet.set_column(column, column, width)

    def modules(
        self, sheet: Worksheet, standard: Standard, chosen: Sequence[str], rows: Sequence[_Row]
    ) -> None:
        """The sheet in which the course is planned."""
        pick = self.lang.pick
        basis = " ".join(filter(None, (standard.code, standard.name)))
        sheet.write_string(0, 0, pick(("課程名稱：", "course: ")), self.bold)
        sheet.write_string(1, 0, pick((f"對應職能基準：{basis}", f"standard: {basis}")))
        if chosen:
            tasks = "、".join(chosen)
            sheet.write_string(2, 0, pick((f"課程範圍：{tasks}", f"tasks: {tasks}")))
        head = _FIRST - 1
        self._heads(sheet, head, [(pick((zh, en)), width) for zh, en, width, _ in _COLUMNS])
        last = _FIRST + max(_ROWS, len(rows)) - 1
        for number in range(_FIRST, last + 1):
            row = rows[number - _FIRST] if number - _FIRST < len(rows) else None
            for column, (_, _, _, field) in enumerate(_COLUMNS):
                self._module_cell(sheet, number, column, field, row)
        for column, (_, _, _, field) in enumerate(_COLUMNS):
            if field in _CHOICES:
                rule: dict[str, Any] = {
                    "validate": "list",
                    "source": list(_CHOICES[field]),
                    "show_error": False,
                }
                sheet.data_validation(_FIRST, column, last, column, rule)
        sheet.write_string(last + 1, 0, pick(("合計", "total")), self.head)
        sum_of = f"=SUM(I{_FIRST + 1}:I{last + 1})"
        sheet.write_formula(last + 1, 8, sum_of, self.head, 0)
        sheet.freeze_panes(_FIRST, 2)
        self._printed(sheet, head)

    def _module_cell(
        self, sheet: Worksheet, number: int, column: int, field: str, row: _Row | None
    ) -> None:
        kind = {"indicators": "P", "knowledge": "K", "skills": "S"}.get(field)
        text = ""
        if row is not None:
            text = "、".join(row.codes[kind]) if kind else getattr(row, field, "")
        if text and field == "level":
            sheet.write_number(number, column, int(text), self.plain)
        elif text:
            sheet.write_string(number, column, printable(text), self.plain)
        else:
            sheet.write_blank(number, column, None, self.plain)

    def competencies(self, sheet: Worksheet, listed: Sequence[Part]) -> None:
        """The sheet of what there is to teach."""
        heads = (
            ("代碼", "code", 10),
            ("內容", "text", 80),
            ("級別", "level", 8),
            ("所屬任務", "units", 24),
        )
        self._heads(sheet, 0, [(self.lang.pick((zh, en)), width) for zh, en, width in heads])
        for number, part in enumerate(listed, 1):
            level = str(part.level) if part.level else ""
            for column, text in enumerate((part.code, part.text, level, "、".join(part.units))):
                sheet.write_string(number, column, printable(text), self.plain)
        sheet.freeze_panes(1, 1)
        self._printed(sheet, 0)

    def coverage(self, sheet: Worksheet, listed: Sequence[Part], rows: Sequence[_Row]) -> None:
        """The sheet that counts, for each item, the units that teach and assess it."""
        heads = (
            ("代碼", "code", 10),
            ("內容", "text", 70),
            ("教授的單元數", "units that teach it", 14),
            ("有評量的單元數", "of these assessed", 14),
            ("狀態", "state", 12),
        )
        self._heads(sheet, 0, [(self.lang.pick((zh, en)), width) for zh, en, width in heads])
        gap, unassessed, done = self.lang.pick(
            (("缺", "未評量", "✓"), ("gap", "not assessed", "✓"))
        )
        for number, part in enumerate(listed, 1):
            sheet.write_string(number, 0, part.code, self.plain)
            sheet.write_string(number, 1, printable(part.text), self.plain)
            met = self._met(number + 1, part.kind, len(rows))
            taught = sum(part.code in row.codes.get(part.kind, ()) for row in rows)
            sheet.write_formula(number, 2, f"=SUMPRODUCT({met})", self.plain, taught)
            units = (
                f"'{self._name(0)}'!${_ASSESSED}${_FIRST + 1}:${_ASSESSED}${self._last(len(rows))}"
            )
            sheet.write_formula(
                number, 3, f'=SUMPRODUCT({met}*({units}<>"")*({units}<>"無"))', self.plain, 0
            )
            state = f'=IF(C{number + 1}=0,"{gap}",IF(D{number + 1}=0,"{unassessed}","{done}"))'
            sheet.write_formula(number, 4, state, self.plain, unassessed if taught else gap)
        area = (1, 0, max(1, len(listed)), 4)
        sheet.conditional_format(
            *area, {"type": "formula", "criteria": "=$C2=0", "format": self.gap}
        )
        sheet.conditional_format(
            *area, {"type": "formula", "criteria": "=$D2=0", "format": self.half}
        )
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(listed)), 4)
        self._printed(sheet, 0)

    def _last(self, rows: int) -> int:
        return _FIRST + max(_ROWS, rows)

    def _met(self, row: int, kind: str, rows: int) -> str:
        """Whether each unit lists the code in the first column, as 1 or 0."""
        column = _KIND_COLUMNS[kind]
        cells = f"'{self._name(0)}'!${column}${_FIRST + 1}:${column}${self._last(rows)}"
        for mark in ('" "', "CHAR(10)", '","', '"，"', '"；"', '";"'):
            cells = f'SUBSTITUTE({cells},{mark},"、")'
        return f'ISNUMBER(SEARCH("、"&$A{row}&"、","、"&{cells}&"、"))*1'

    def stated(self, sheet: Worksheet) -> None:
        """The sheet of what the report states once."""
        for number, names in enumerate(_STATED):
            sheet.write_string(number, 0, self.lang.pick(names), self.head)
            sheet.write_blank(number, 1, None, self.plain)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)

    def help(self, sheet: Worksheet) -> None:
        """The page of instructions, in both languages."""
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 100)
        texts = [zh for zh, _ in _HELP], [en for _, en in _HELP]
        for number, text in enumerate((*texts[0], "", *texts[1])):
            sheet.write_string(number, 0, text, wrapped)

    def _printed(self, sheet: Worksheet, head: int) -> None:
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
