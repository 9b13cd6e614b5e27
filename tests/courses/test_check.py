"""A course held against a standard: every planted fault is found, and nothing else is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.resolve import Parts
from kps_graph.courses.values import FIELDS, Course, Field, Module, Reference
from kps_graph.document import Span
from kps_graph.errors import ResourceError
from kps_graph.pipeline.reading import read_file
from kps_graph.pipeline.sources import SourceFile
from kps_graph.standards.inherited import inherited
from tests.support.project import ROOT

STANDARD = read_file(SourceFile.at(ROOT / "examples" / "KPS1420-001v2.md")).standard
PARTS = Parts(STANDARD)
HERE = Span("map.xlsx", table=1)


def module(name, codes, *, level=None, hours=6.0, **fields):
    span = replace(HERE, row=sum(map(ord, name)))
    texts = {
        "goal": "能說明",
        "methods": "講述教學",
        "assessments": "測驗",
        "tools": "測驗卷",
        "hours": "6",
    } | fields
    references = tuple(Reference(code, span) for code in codes)
    return Module(
        name, span, references, hours, level, {k: Field(v, span) for k, v in texts.items()}
    )


def complete(tasks=()):
    """A course that teaches and assesses all of the standard, or of some tasks: a module a unit."""
    modules = []
    for unit in inherited(STANDARD):
        line = {u.code for u in (*unit.above, unit.part)}
        if unit.part.units or (tasks and line.isdisjoint(tasks)):
            continue
        codes = dict.fromkeys(PARTS.taught_with(unit.part.code))
        levels = {p.level for p in unit.indicators()}
        modules.append(module(unit.part.name, codes, level=min(levels)))
    columns = frozenset(FIELDS) - {"attitudes", "codes", "tasks"}
    total = sum(m.hours for m in modules)
    return Course(
        "map.xlsx",
        "國際貿易實務",
        "KPS1420-001v2",
        (total, HERE),
        (5, HERE),
        tuple(modules),
        {},
        columns,
    )


def changed(course, number, **changes):
    """``course`` with one module otherwise; ``fields`` are added to its own."""
    modules = list(course.modules)
    fields = changes.pop("fields", {})
    old = modules[number]
    texts = {**old.fields, **{k: Field(v, old.span) for k, v in fields.items()}}
    modules[number] = replace(old, fields=texts, **changes)
    return replace(course, modules=tuple(modules))


def found(course, tasks=()):
    return [(f.rule, f.code) for f in check_course(course, STANDARD, tasks).findings]


def without(course, code):
    modules = tuple(
        replace(m, references=tuple(r for r in m.references if r.code != code))
        for m in course.modules
    )
    return replace(course, modules=modules)


CODES = [code for code in PARTS.by_code if code[0] in "PKS"]
BELONG = {code: PARTS.by_code[code].units for code in CODES}


@pytest.mark.parametrize("tasks", [(), ("T1",), ("T2", "T3"), ("T1.2",)])
def test_a_complete_course_has_no_finding(tasks):
    assert found(complete(tasks), tasks) == []


def test_what_a_course_says_that_it_is_for_is_what_it_is_held_against():
    course = complete(("T2", "T3"))
    stated = replace(course, facts={**course.facts, "scope": Field("T2、T3", HERE)})
    assert ("C06", "P1.1.1") in found(course)
    assert found(stated) == []
    assert ("C06", "P1.1.1") in found(stated, ("T1",))


@pytest.mark.parametrize("code", CODES[::6][:20])
def test_what_no_module_teaches_is_a_gap(code):
    assert found(without(complete(), code)) == [("C06", code)]


OUTSIDE = [code for code in CODES if "T1" not in BELONG[code]][::5][:20]


@pytest.mark.parametrize("code", OUTSIDE)
def test_what_was_not_chosen_is_too_much(code):
    course = complete(("T1",))
    old = course.modules[1]
    more = changed(course, 1, references=(*old.references, Reference(code, old.span)), level=None)
    assert found(more, ("T1",)) == [("C08", code)]


FAULTS = {
    "level too low": (lambda c: changed(c, 0, level=3), ["C09"]),
    "level too high": (lambda c: changed(c, 3, level=1), ["C09"]),
    "hours": (lambda c: changed(c, 0, hours=7.5), ["C10"]),
    "total": (lambda c: replace(c, hours=(1.0, HERE)), ["C10"]),
    "cycle of two": (
        lambda c: changed(
            changed(c, 0, fields={"prerequisites": c.modules[1].name}),
            1,
            fields={"prerequisites": c.modules[0].name},
        ),
        ["C16"],
    ),
    "cycle of one": (lambda c: changed(c, 0, fields={"prerequisites": c.modules[0].name}), ["C16"]),
    "two cycles": (
        lambda c: changed(
            changed(c, 0, fields={"prerequisites": c.modules[0].name}),
            1,
            fields={"prerequisites": c.modules[1].name},
        ),
        ["C16", "C16"],
    ),
    "prerequisite from outside": (
        lambda c: changed(c, 0, fields={"prerequisites": "貿易入門"}),
        ["C17"],
    ),
    "practice by a written test": (
        lambda c: changed(c, 0, fields={"goal": "能獨立操作報關系統", "assessments": "筆試"}),
        ["C11"],
    ),
    "practised, not assessed by practice": (
        lambda c: changed(
            c, 0, fields={"methods": "■演練教學 □講述教學", "assessments": "口頭報告"}
        ),
        ["C12"],
    ),
    "assessed by practice, only heard of": (
        lambda c: changed(
            c, 0, fields={"methods": "■講述教學 □演練教學", "assessments": "實作評量"}
        ),
        ["C27"],
    ),
    "none, and something else": (
        lambda c: changed(c, 0, fields={"assessments": "■測驗 ■無"}),
        ["C28"],
    ),
    "an assessment without a tool": (lambda c: changed(c, 0, fields={"tools": "無"}), ["C13"]),
    "no goal": (lambda c: changed(c, 0, fields={"goal": ""}), ["C15"]),
    "no hours": (lambda c: changed(c, 0, hours=None, fields={"hours": ""}), ["C15"]),
    "another version": (
        lambda c: replace(
            c, standard="KPS1420-001v1", facts={"standard": Field("KPS1420-001v1", HERE)}
        ),
        ["C19"],
    ),
    "low level": (lambda c: replace(c, level=(2, HERE)), ["C20"]),
    "the level in the name": (lambda c: replace(c, title="國際貿易第五級班"), ["C18"]),
    "a certificate in the name": (lambda c: replace(c, title="國際貿易認證班"), ["C18"]),
    "the standard in the name": (lambda c: replace(c, title="貿易職能基準課程"), ["C18"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_and_nothing_else(fault):
    plant, rules = FAULTS[fault]
    assert [rule for rule, _ in found(plant(complete()))] == rules


def test_what_only_unassessed_modules_teach_is_not_assessed():
    course = changed(complete(), 0, fields={"assessments": "無"})
    rules = found(course)
    assert ("C07", "P1.1.1") in rules
    assert {rule for rule, _ in rules} == {"C07"}


def test_an_unknown_code_is_named_at_its_cell_with_what_may_be_meant():
    old = complete().modules[0]
    course = changed(
        complete(),
        0,
        references=(*old.references, Reference("K88", replace(HERE, row=9, column=6))),
    )
    (finding,) = check_course(course, STANDARD).findings
    assert (finding.rule, finding.code, finding.span.row, finding.span.column) == (
        "C01",
        "K88",
        9,
        6,
    )
    assert "您是指" in finding.message()


def test_a_text_in_the_place_of_a_code_is_found_by_its_words_and_shown():
    course = without(complete(), "K11")
    old = course.modules[0]
    course = changed(
        course, 0, references=(*old.references, Reference("", HERE, text="市場分析工具"))
    )
    (finding,) = check_course(course, STANDARD).findings
    assert (finding.rule, finding.code) == ("C05", "K11")
    course = changed(course, 0, references=(*old.references, Reference("", HERE, text="量子力學")))
    assert sorted(f.rule for f in check_course(course, STANDARD).findings) == ["C02", "C06"]


def test_findings_of_analysis_and_evaluation_come_first():
    course = changed(without(complete(), "K11"), 0, fields={"goal": "", "tools": ""})
    assert [rule for rule, _ in found(course)] == ["C06", "C13", "C15"]


def test_a_kind_that_the_table_has_no_column_for_is_not_asked_for():
    course = replace(
        without(complete(), "K11"), columns=frozenset(("name", "indicators", "skills", "hours"))
    )
    assert found(course) == []


def test_a_task_that_the_standard_lacks_is_refused():
    with pytest.raises(ResourceError, match="has no 'T9'"):
        check_course(complete(), STANDARD, ("T9",))
    with pytest.raises(ResourceError, match="no task or activity"):
        check_course(complete(), STANDARD, ("K1",))


def test_a_course_of_the_whole_occupation_may_bear_its_name_and_one_for_a_part_may_not():
    whole = replace(complete(), title=STANDARD.name)
    assert [f.rule for f in check_course(whole, STANDARD).findings] == []
    part = check_course(whole, STANDARD, [STANDARD.tasks[0].code]).findings
    assert "C18" in [f.rule for f in part]
    first = whole.modules[0]
    left = replace(whole, modules=(replace(first, references=first.references[:1]),))
    assert "C18" in [f.rule for f in check_course(left, STANDARD).findings]
