"""What a course says of itself, held against itself: hours, assessments, prerequisites, names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Final

from kps_graph.courses.boxes import METHODS, chosen, parts, ticked
from kps_graph.courses.notices import notice
from kps_graph.courses.outcome import outcome_findings
from kps_graph.courses.values import REQUIRED, Course, Module
from kps_graph.document import Span
from kps_graph.folding import fold
from kps_graph.placeholders import placeholder
from kps_graph.report import Finding
from kps_graph.words import Bilingual

__all__ = ["inner_findings", "prerequisites"]

#: Work of the hands, or with a machine: what a written test alone cannot show. The list is ours.
_PRACTICAL: Final = re.compile(
    "操作|實作|維修|檢修|保養|維護設備|安裝|組裝|拆裝|裝配|製作|加工|施工|施作|駕駛|烹調|調製|焊接|"
    "量測|測繪|繪製|示範|演示|實際執行|急救|護理技術|剪裁|縫製|美容|按摩"
)
#: An aim to know something, be it work of the hands: that can be asked for in writing.
_KNOWING: Final = re.compile(
    "^(?:學員|學習者)?(?:能夠?|可以?|會)?(?:正確)?(?:說明|說出|了解|瞭解|理解|認識|知道|描述|敘述|解釋|列舉|辨別|比較|熟悉)"
)
_CLAUSE: Final = re.compile(r"[，,。；;\n]|並(?=能|可)|且(?=能|可)")
_WRITTEN: Final = re.compile(
    "測驗|筆試|紙筆|考試|試卷|選擇題|問答題|是非題|written|test|exam|quiz", re.I
)
_BY_PRACTICE: Final = re.compile(
    "實作|操作|演練|術科|實務|實習|practical|practice|hands-on|demonstration", re.I
)
_PRACTISED: Final = re.compile("演練|實作|實習|實地操作|practice|hands-on", re.I)
#: Methods of the form in which nobody does anything with the hands.
_HEARD: Final = frozenset(("講述教學", "討論教學", "協同教學", "案例教學"))
_APART: Final = re.compile(r"[、,，;；/\n]+")
_NO_PREREQUISITE: Final = frozenset(("", "無", "-", "none", "no", "n/a"))
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "goal": ("教學／訓練目標", "aim"),
    "hours": ("時數", "hours"),
    "assessments": ("評量方式", "assessment"),
}
_TICKED: Final[Mapping[str, tuple[str, str]]] = {
    "assessments": ("評量方式", "assessment"),
    "tools": ("評量工具", "tools of assessment"),
}
#: What a name of a course may not say (rules 2 to 4 and 6 to 8), and how the finding ends.
_NAMES: Final = (
    (
        re.compile(r"第?[一二三四五六1-6]\s*級(?!距)|\blevel\s*[1-6]\b|\bL[1-6]\b", re.I),
        Bilingual("含有級別（原則六）", "holds a level (rule 6)"),
    ),
    (
        re.compile("認證|證明|證照|能力鑑定"),
        Bilingual(
            "含有「認證、證明、證照、能力鑑定」等字（原則七）", "speaks of certificates (rule 7)"
        ),
    ),
    (
        re.compile("職能(?:模型|地圖|基準|單元|課程)"),
        Bilingual(
            "含有「職能模型、職能地圖、職能基準、職能單元、職能課程」等字（原則八）",
            "holds a word such as 職能基準 (rule 8)",
        ),
    ),
    (
        re.compile("技師|律師|會計師|建築師|醫師|藥師|護理師|社工師|心理師|地政士|記帳士|技術士"),
        Bilingual(
            "含有專門職業或技能檢定的名稱（原則二）", "suggests a licensed profession (rule 2)"
        ),
    ),
    (
        re.compile("政府(?:授權|認可|指定)|唯一|官方指定"),
        Bilingual("暗示政府專屬授權（原則四）", "suggests an authorisation by government (rule 4)"),
    ),
    (
        re.compile("保證|速成|最強|第一名|必過|包過|100%"),
        Bilingual("誇大效果（原則三）", "promises too much (rule 3)"),
    ),
)


def inner_findings(course: Course, teaching: Collection[str], occupation: str) -> Iterator[Finding]:
    """What does not fit within a course.

    Args:
        course: as it was read.
        teaching: the names of the modules that teach some part of a standard.
        occupation: the name of the standard, where the course is for a part of it, and so may not
            bear that name alone; "" for a course of the whole occupation.
    """
    yield from _hours(course)
    for module in course.modules:
        yield from _missing(course, module)
        yield from _assessment(course, module, module.name in teaching)
        yield from _none_and_more(module)
    yield from _prerequisites(course)
    yield from _title(course, occupation)
    yield from outcome_findings(course)
    if course.level and course.level[0] < 3:
        yield notice("C20", course.level[1], level=str(course.level[0]))


def _hours(course: Course) -> Iterator[Finding]:
    """Each sum that is stated, held against the hours of the units; one cell counts once."""
    hours = {module.place("hours"): module.hours for module in course.modules}
    if any(stated is None for stated in hours.values()):
        return
    total = sum(stated for stated in hours.values() if stated is not None)
    for stated, span in dict.fromkeys(course.totals) or filter(None, (course.hours,)):
        if abs(total - stated) > 0.001:
            told = {"value": f"{stated:g}", "sum": f"{total:g}", "stated": f"{stated:g}"}
            yield notice("C10", span, **told)


def _missing(course: Course, module: Module) -> Iterator[Finding]:
    for name in REQUIRED:
        said = ticked(module.text(name))
        # 無 is an assessment of the form, and no aim
        if name in course.columns and (not said or (name == "goal" and placeholder(said))):
            what = Bilingual(*_WORDS[name])
            yield notice("C15", module.place(name), module=module.name, what=what)


def _assessment(course: Course, module: Module, teaches: bool) -> Iterator[Finding]:
    stated, tools = ticked(module.text("assessments")), ticked(module.text("tools"))
    methods, goal = ticked(module.text("methods")), module.text("goal")
    place = module.place("assessments")
    if not stated or placeholder(stated):
        return
    kinds = [kind for kind in _APART.split(stated) if kind.strip()]
    written = all(_WRITTEN.search(kind) and not _BY_PRACTICE.search(kind) for kind in kinds)
    if written and any(
        _PRACTICAL.search(each) and not _KNOWING.match(each.strip(" 0123456789.、"))
        for each in _CLAUSE.split(goal)
    ):
        yield notice("C11", place, value=stated, module=module.name)
    elif _PRACTISED.search(methods) and not _BY_PRACTICE.search(stated):
        yield notice("C12", place, value=stated, module=module.name)
    taught = chosen(methods, METHODS)
    if _HEARD.issuperset(taught) and taught and re.search("實作|術科|操作", stated):
        yield notice("C27", place, value="、".join(taught), module=module.name)
    if "tools" in course.columns and (not tools or placeholder(tools)):
        yield notice("C13", module.place("tools"), value=stated, module=module.name)
    if not teaches:
        yield notice("C22", place, value=stated, module=module.name)


def _none_and_more(module: Module) -> Iterator[Finding]:
    for name, words in _TICKED.items():
        listed = parts(module.text(name))
        if "無" in listed and len(set(listed)) > 1:
            place, value = module.place(name), "、".join(listed)
            yield notice("C28", place, value=value, module=module.name, what=Bilingual(*words))


def prerequisites(course: Course) -> dict[str, list[str]]:
    """The names of the modules that stand before each, as far as the course has them."""
    before: dict[str, list[str]] = {}
    for module, _, first in _stated(course):
        if first is not None and first.name not in before.setdefault(module.name, []):
            before[module.name].append(first.name)
    return before


def _stated(course: Course) -> Iterator[tuple[Module, str, Module | None]]:
    """Each prerequisite that a module states, and the module that it means."""
    by_name = {fold(module.name): module for module in course.modules}
    for module in course.modules:
        for name in _names(module.text("prerequisites"), by_name):
            yield module, name, by_name.get(fold(name)) or _numbered(name, course)


def _prerequisites(course: Course) -> Iterator[Finding]:
    for module, name, first in _stated(course):
        if first is None:
            yield notice("C17", module.place("prerequisites"), value=name)
    names = {module.name: module for module in course.modules}
    for cycle in _cycles(prerequisites(course)):
        place, way = names[cycle[0]].place("prerequisites"), " → ".join(cycle)
        yield notice("C16", place, value=cycle[0], cycle=way)


def _cycles(before: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Cycles that share no module, until none is left."""
    left = dict(before)
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
            yield cycle
            left = {name: first for name, first in left.items() if name not in cycle}
        else:
            return


def _names(text: str, known: Mapping[str, Module]) -> Iterator[str]:
    """The names in a cell, where 、 may part names or stand in one."""
    for part in re.split(r"[;；\n]+", text):
        whole = fold(part) in known
        for name in (part,) if whole else _APART.split(part):
            if name.strip().casefold() not in _NO_PREREQUISITE:
                yield name.strip()


def _numbered(name: str, course: Course) -> Module | None:
    """The module that a number means: the one that bears it, or 單元 3, M3, 3."""
    if bearing := [m for m in course.modules if fold(m.text("number")) == fold(name)]:
        return bearing[0]
    match = re.fullmatch(
        r"(?:單元|模組|課程|第|module|unit|m)?\s*(\d{1,3})\s*(?:單元|課)?", name.strip(), re.I
    )
    number = int(match[1]) if match else 0
    return course.modules[number - 1] if 0 < number <= len(course.modules) else None


def _title(course: Course, occupation: str) -> Iterator[Finding]:
    if not course.title:
        return
    given = course.facts.get("title")
    span = given.span if given else Span(course.source)
    for pattern, reason in _NAMES:
        if pattern.search(course.title):
            yield notice("C18", span, value=course.title, reason=reason)
    if occupation and fold(course.title) == fold(occupation):
        reason = Bilingual(
            "就是職業名稱：課程若未涵蓋整個職業，不能單以職業為名（原則一）",
            "is that of an occupation, which a course for a part of it may not bear (rule 1)",
        )
        yield notice("C18", span, value=course.title, reason=reason)
