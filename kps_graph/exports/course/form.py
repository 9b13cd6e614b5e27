"""The official report of a course (職能導向課程規劃與執行報告書) as data: its parts, filled as far as known.

The heads, widths, choices and notes are those of the form of 2025-04-15, its quirks included: stages
numbered 1, 3 and 6, no note 4, two widths of the slash in one heading. What the tables of the course
do not tell stays empty, to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kps_graph.courses.boxes import ASSESSMENTS, EQUIPMENT, METHODS, TOOLS, boxes
from kps_graph.courses.check import CourseCheck
from kps_graph.courses.hang_together import prerequisites
from kps_graph.courses.outcome import STANDARDS
from kps_graph.courses.resolve import Parts, meant
from kps_graph.courses.stakeholders import STAGES
from kps_graph.courses.values import Module
from kps_graph.exports.course.blocks import Block, FormLine, FormMap, FormTable
from kps_graph.exports.course.course_map import Stop, course_map
from kps_graph.model import Standard
from kps_graph.standards.inherited import inherited

__all__ = ["LIMIT", "Block", "FormLine", "FormMap", "FormTable", "form"]

_NAME: Final = "課程(單元)名稱"
_HAN: Final = f"{_NAME}_中文"
_KINDS: Final = (
    "新申請",
    "展延",
    "類別1，與原課程一致",
    "類別2，課程部分調整",
    "類別3，職能依據及課程皆部分調整",
    "變更",
)
_EMPTY_PERSON: Final = "姓名：\n資格："
#: What the form says beside a field of the platform that takes 1,000 characters.
LIMIT: Final = "（上傳字數限1000字）"


class _Filler:
    """Fills the tables of one course."""

    def __init__(self, check: CourseCheck, standard: Standard, english: bool) -> None:
        self.check, self.standard, self.english = check, standard, english
        self.course = check.course
        self.parts = Parts(standard)
        said = meant(check.course, self.parts)
        self.named = said.named
        self.chosen = frozenset(c.part.code for c in check.covered if c.chosen)
        #: English names of tasks, by the codes of what table 1 has beside them.
        self.tasks = {
            code: task.text("english")
            for task in check.course.analysis
            for code in said.analysis[task.name]
            if code[:1] == "P"
        }

    def fact(self, name: str) -> str:
        given = self.course.facts.get(name)
        return given.text if given else ""

    def listed(self, module: Module, kind: str) -> str:
        """What the module lists of P, K or S: code and text, a line each."""
        codes: dict[str, None] = {}
        for code in self.named[module.name]:
            codes |= dict.fromkeys(c for c in self.parts.taught_with(code) if c[:1] == kind)
        return self.texts(codes)

    def texts(self, codes: Mapping[str, None] | Sequence[str]) -> str:
        return "\n".join(f"{code} {self.parts.text(code)}".strip() for code in codes)

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        cells: Sequence[str],
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> FormTable:
        """A table with a row for each module; ``cells`` are fields, ``fields`` those with boxes."""
        rows = [
            [
                boxes(m.text(c), fields[c]) if fields and c in fields else self._cell(m, c)
                for c in cells
            ]
            for m in self.course.modules
        ]
        return FormTable(widths, rows, heads)

    def _cell(self, module: Module, name: str) -> str:
        if name == "name":
            return module.name
        if name in "PKS":
            return self.listed(module, name)
        if name == "level":
            return str(module.level or "")
        if name == "hours":
            return "" if module.hours is None else f"{module.hours:g}"
        return module.text(name) or (_EMPTY_PERSON if name.endswith("-named") else "")


def form(check: CourseCheck, standard: Standard, *, english: bool = False) -> tuple[Block, ...]:
    """The whole report.

    Args:
        check: the course, held against its standard.
        standard: the standard.
        english: with the columns of English names, which only an English certificate needs.
    """
    filler = _Filler(check, standard, english)
    return (
        *_cover(filler),
        *_information(filler),
        *_analysis(filler),
        *_design(filler),
        *_running(filler),
        *_evidence(filler),
    )


def _cover(f: _Filler) -> Iterator[Block]:
    basis = " ".join(filter(None, (f.standard.code, f.standard.name)))
    yield FormLine("title", "勞動部勞動力發展署")
    yield FormLine("title", "職能導向課程規劃與執行報告書")
    rows = [
        ["申請日期：", "", "（免填）"],
        ["申請案號：", "", "（免填）"],
        ["課程名稱：", "中文", f.course.title],
        *([["", "英文", f.fact("title-english")]] if f.english else []),
        ["職能依據：", "", f"■職能基準 {basis}\n□職能單元\n□自行職能分析"],
        ["類型：", "", _kinds(f.fact("kind"))],
        ["申請單位：", "中文", f.fact("applicant")],
        *([["", "英文", f.fact("applicant-english")]] if f.english else []),
        ["協力單位：", "", f.fact("partner")],
        ["辦訓期間：", "", f.fact("period") or "年　月　日至　年　月　日"],
    ]
    yield FormTable((3.6, 2.0, 11.2), rows, labels=True)
    yield FormLine(
        "note",
        "註：本報告書格式僅供課程使用，iCAP課程認證申請格式請依職能發展應用平台（簡稱iCAP平台）線上申請系統為準",
    )


def _kinds(said: str) -> str:
    """The kinds of application, those ticked that the table states."""
    chosen = said.split("、")
    lines = [f"{'■' if kind in chosen else '□'}{kind}" for kind in _KINDS]
    (item,) = [s.partition("：")[2] for s in chosen if s.startswith("變更項目")] or ("",)
    return "\n".join([*lines, f"{'■' if item else '□'}變更項目：{item}"])


def _information(f: _Filler) -> Iterator[Block]:
    hours = f"{f.course.hours[0]:g}" if f.course.hours else ""
    level = str(f.course.level[0]) if f.course.level else ""
    rows = [
        [f"訓練需求\n{LIMIT}", f.fact("need")],
        [f"課程簡介\n{LIMIT}", f.fact("introduction")],
        [f"課程目的\n{LIMIT}", f.fact("purpose")],
        ["課程時數", hours],
        ["課程職能級別", level],
        ["主要對象\n(參訓資格)", f.fact("audience")],
        ["先備條件\n(資格條件)", f.fact("admission")],
    ]
    yield FormLine("part", "壹、課程資訊")
    yield FormTable((4.2, 12.6), rows, labels=True)


def _analysis(f: _Filler) -> Iterator[Block]:
    rows = []
    for unit in inherited(f.standard):
        line = [u.code for u in (*unit.above, unit.part) if u.code]
        if unit.part.units or (f.check.tasks and set(f.check.tasks).isdisjoint(line)):
            continue
        standing = f.parts.taught_with(unit.part.code) if unit.part.code else ()
        codes = [code for code in standing if code in f.chosen]
        levels = dict.fromkeys(str(p.level) for p in unit.indicators() if p.level)
        kinds = {kind: f.texts([c for c in codes if c[:1] == kind]) for kind in "PKS"}
        name = " ".join(filter(None, (unit.part.code, unit.part.name)))
        level = "、".join(levels) or str(unit.level or "")
        english = next(filter(None, map(f.tasks.get, codes)), "")
        rows.append(
            [name, *([english] if f.english else []), kinds["P"], level, kinds["K"], kinds["S"]]
        )
    heads = ["工作任務_中文", "對應之行為指標(P)", "職能級別(L)", "對應之知識(K)", "對應之技能(S)"]
    widths = [3.4, 4.6, 1.4, 3.6, 3.9]  # the room of the English column, shared
    if f.english:
        heads.insert(1, "工作任務_英文*1")
        widths = [3.4, 3.0, 3.6, 1.4, 2.6, 2.9]
    yield FormLine("part", "貳、課程規劃內容")
    yield FormLine("stage", "1、分析階段")
    yield FormLine("table", "表1　本課程之職能表")
    yield FormTable(widths, rows, heads)
    if f.english:
        yield FormLine("note", "註1：如有發放英文證書，請填寫工作任務英文名稱。")
    yield FormLine("table", "表2　課程地圖")
    yield _map(f)


def _map(f: _Filler) -> FormMap:
    """The units of each group in order, with hours, level, tasks and what stands before."""
    before = prerequisites(f.course)
    numbers = {m.name: n for n, m in enumerate(f.course.modules, 1)}
    stops = []
    for number, module in enumerate(f.course.modules, 1):
        taught = [c for n in f.named[module.name] for c in f.parts.taught_with(n)]
        units = [
            f.parts.by_code[c].units for c in taught if c[:1] == "P" and f.parts.by_code[c].units
        ]
        tasks = tuple(dict.fromkeys(u[-1] for u in units))
        above = "\n".join(f"{c} {f.parts.text(c)}" for c in dict.fromkeys(u[0] for u in units))
        stops.append(
            Stop(
                number,
                module.name,
                "" if module.hours is None else f"{module.hours:g}",
                str(module.level or ""),
                tasks,
                module.text("group") or above,
                tuple(numbers[name] for name in before.get(module.name, ())),
            )
        )
    total = sum(m.hours or 0 for m in f.course.modules)
    return FormMap(course_map(stops, f"合計 {total:g} 小時"))


def _design(f: _Filler) -> Iterator[Block]:
    heads = [
        _HAN,
        "課程(單元)職能級別",
        "教學／訓練目標",
        "對應行為指標",
        "對應之知識(K)",
        "對應之技能(S)",
    ]
    widths = [2.7, 2.1, 2.9, 3.0, 3.0, 3.1]
    cells = ["name", "level", "goal", "P", "K", "S"]
    if f.english:
        heads.insert(1, f"{_NAME}_英文*2")
        widths = [2.7, 2.2, 2.1, 2.3, 2.5, 2.5, 2.5]
        cells.insert(1, "english")
    yield FormLine("stage", "3、設計與發展階段")
    yield FormLine("table", "表3　教學訓練目標與職能內涵")
    yield f.table(heads, widths, cells)
    if f.english:
        yield FormLine("note", "註2：如有發放英文證書，請填寫課程單元英文名稱。")
    for title, columns, wide, names, lists in (
        (
            "表4　課程內容",
            (_NAME, "課程時數", "課程大綱內容"),
            (3.7, 3.0, 10.2),
            ("name", "hours", "outline"),
            None,
        ),
        (
            "表5　教學方法",
            (_NAME, "教學/訓練目標", "教學方法"),
            (5.7, 7.8, 3.5),
            ("name", "goal", "methods"),
            {"methods": METHODS},
        ),
        (
            "表6　教材與教學資源",
            (_NAME, "教材", "教具/設備"),
            (6.7, 4.6, 5.6),
            ("name", "materials", "equipment"),
            {"equipment": EQUIPMENT},
        ),
        (
            "表7　師資條件",
            (_NAME, "授課教師", "評量人員", "課程協助人員"),
            (3.9, 6.6, 3.0, 3.5),
            ("name", "teachers", "assessors", "assistants"),
            None,
        ),
        (
            "表8　學習成果評量方式",
            (_NAME, "評量方式", "相對應的評量工具"),
            (6.0, 4.9, 6.1),
            ("name", "assessments", "tools"),
            {"assessments": ASSESSMENTS, "tools": TOOLS},
        ),
    ):
        yield FormLine("table", title)
        yield f.table(columns, wide, names, lists)


def _running(f: _Filler) -> Iterator[Block]:
    yield FormLine("stage", "6、實施與評估階段")
    yield FormLine("table", "表9　實際執行人員資格")
    heads = (_NAME, "授課教師", "評量人員", "課程協助人員")
    yield f.table(
        heads,
        (3.9, 4.4, 4.3, 4.3),
        ("name", *(f"{who}-named" for who in ("teachers", "assessors", "assistants"))),
    )
    yield FormLine("table", "表10　試辦班的執行成果")
    yield FormLine("note", "■試辦班結訓資訊")
    day = "年　月　日"
    yield FormTable(
        (3.4, 3.4, 3.0, 3.0, 4.1),
        [
            [
                *(f.fact(name) or day for name in ("trial-from", "trial-to")),
                *(f.fact(name) for name in ("enrolled", "completed", "qualified")),
            ]
        ],
        (
            "辦訓期間_起",
            "辦訓期間_訖",
            "參訓人數\n（填數字）",
            "完訓人數\n（填數字）",
            "結訓人數\n（符合iCAP結訓標準）\n（填數字）",
        ),
    )
    yield FormLine("table", "表11　學習成果證據")
    yield f.table((_NAME, "學習成果證據項目"), (7.4, 9.6), ("name", "evidence"))
    yield FormLine("table", "表12　課程結訓標準*3")
    rows = [
        [head, boxes(f.fact(name), () if head == "其他" else ("通過",))]
        for head, name in STANDARDS.items()
    ]
    yield FormTable((5.0, 11.8), rows, labels=True)
    yield FormLine("note", "註3：至少勾選一個結訓標準。")


def _evidence(f: _Filler) -> Iterator[Block]:
    took = {stage: f.fact(name) for stage, name in STAGES.items()}
    yield FormLine("part", "參、課程發展相關佐證資料")
    rows = [
        ["A分析", "1.1職能依據\n1.2課程地圖", took["A"], "1. 職能分析文件"],
        [
            "D設計\nD發展",
            "2.1教學／訓練目標\n2.2課程內容\n3.1教學方法\n3.2教材與教學資源",
            took["D"],
            "2. 課程教材\n3. 實際執行人員資格佐證文件",
        ],
        ["I執行", "4.1課程辦理", took["I"], "4. 招生簡章\n5. 滿意度調查\n6. 課程實施紀錄"],
        [
            "E評估",
            "5.1學習成果評量\n5.2學習成果證據\n5.3管控評估",
            took["E"],
            "7. 學員名單及成績總表\n8. 評量工具及評分標準\n9. 學習成果證據\n10. 管控機制佐證文件",
        ],
        ["", "", took[""], "11. 利益關係人參與紀錄"],
    ]
    yield FormTable(
        (2.2, 4.8, 4.6, 5.2), rows, ("階段", "指標", "利益關係人參與紀錄*5", "佐證資料*6")
    )
    yield FormLine(
        "note",
        "註5：利益關係人參與紀錄次數視課程發展需求而定，不論次數整合為一份檔案上傳。",
    )
    yield FormLine("note", "註6：系統所上傳佐證資料。")
