"""Courses for other standards, as workbooks: complete ones are without a finding, a planted fault is at its cell."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from openpyxl.styles import Font

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.resolve import Parts
from tests.support.project import ROOT
from tests.support.standards import example, standard_of

HEADS = ["單元名稱", "單元級別", "教學目標", "行為指標", "知識", "技能", "態度", "時數"]
HEADS += ["教學方法", "評量方式", "評量工具", "先修單元"]
FIRST = 4  # the row of the first module
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.yaml"))


def joined(codes, kind):
    return "、".join(code for code in codes if code[0] == kind)


def complete(standard):
    """The rows of a course that teaches all of a standard, a module for each task."""
    parts = Parts(standard)
    taught = {task.code: parts.taught_with(task.code) for task in standard.tasks}
    others = set(parts.by_code).difference(*taught.values())
    rows = [["課程名稱", "產業實務班"], ["職能基準", standard.code], HEADS]
    for number, codes in enumerate(taught.values(), 1):
        if number == 1:
            codes = [code for code in parts.by_code if code in others or code in codes]
        levels = [parts.by_code[code].level for code in codes if code[0] == "P"]
        kinds = [joined(codes, kind) for kind in "PKSA"]
        aim = [f"第{number}課", min(levels, default=None), "能說明重點"]
        rows.append([*aim, *kinds, 3, "講述教學", "測驗", "測驗卷", "無"])
    return [*rows, ["合計", *[None] * 6, 3 * len(taught)]]


def findings(rows, standard, tasks=(), change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([value if value != "" else None for value in row])
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    course = read_course(course_document(out.getvalue(), "map.xlsx"))
    return [
        (f.rule, f.span.pointer.removeprefix("Sheet!"))
        for f in check_course(course, standard, tasks).findings
    ]


def put(cell, value):
    return lambda sheet: sheet.__setitem__(cell, value)


def more(cell, value):
    return lambda sheet: sheet.__setitem__(cell, f"{sheet[cell].value or ''}{value}".strip("、"))


def both(*changes):
    return lambda sheet: [change(sheet) for change in changes]


def hide(sheet):
    sheet.row_dimensions[FIRST].hidden = True


def strike(sheet):
    sheet["I4"].font = Font(strike=True)


FAULTS = {
    "a code that is none": (more("E4", "、K999"), [("C01", "E4")]),
    "words that are none": (more("F4", "\n觀測外星訊號"), [("C02", "F4")]),
    "a range that runs back": (more("E4", "、K9~K3"), [("C03", "E4")]),
    "a formula without a value": (put("L4", '=CONCAT("無")'), [("C04", "L4")]),
    "a level that none of its indicators has": (put("B4", 1), [("C09", "B4")]),
    "hours that do not add up": (put("H4", 4), [("C10", "H{last}")]),
    "a practical aim": (put("C4", "能操作機台"), [("C11", "J4")]),
    "practice without its assessment": (put("I4", "演練教學"), [("C12", "J4")]),
    "an assessment without a tool": (put("K4", None), [("C13", "A4")]),
    "no aim": (put("C4", None), [("C15", "A4")]),
    "an aim to be written": (put("C4", "待補"), [("C15", "C4")]),
    "no assessment": (both(put("J4", None), put("K4", None)), [("C15", "A4")]),
    "a cycle": (both(put("L4", "第2課"), put("L5", "第1課")), [("C16", "L4")]),
    "a cycle of one": (put("L5", "第2課"), [("C16", "L5")]),
    "two cycles": (both(put("L4", "第1課"), put("L5", "第2課")), [("C16", "L4"), ("C16", "L5")]),
    "a prerequisite from outside": (put("L4", "入門"), [("C17", "L4")]),
    "a certificate in the name": (put("B1", "產業證照班"), [("C18", "B1")]),
    "a level in the name": (put("B1", "產業第五級班"), [("C18", "B1")]),
    "a profession in the name": (put("B1", "產業技師班"), [("C18", "B1")]),
    "too much in the name": (put("B1", "產業保證就業班"), [("C18", "B1")]),
    "another version": (more("B2", "9"), [("C19", "B2")]),
    "a low level": (put("C2", "課程級別：2"), [("C20", "C2")]),
    "a column that is not known": (both(put("M3", "權重"), put("M4", 3)), [("C21", "M3")]),
    "a column without a head": (put("M4", "隨手記"), [("C21", "M4")]),
    "an assessment of nothing": (both(*(put(f"{c}5", None) for c in "DEFG")), [("C22", "J5")]),
    "practice that is only heard of": (put("J4", "實作評量"), [("C27", "J4")]),
    "none and something": (put("J4", "測驗、無"), [("C28", "J4")]),
    "tools of none and something": (put("K4", "測驗卷、無"), [("C28", "K4")]),
    "what is to be written": (put("L4", "○○○"), [("C31", "L4")]),
    "as above": (put("I5", "同上"), [("C32", "I5")]),
    "what is struck out": (strike, [("C33", "I4")]),
    "a hidden row": (hide, [("C34", "A4")]),
}
#: What follows from a fault: what nobody assesses, or teaches any more, is a finding of each part.
FOLLOWING = {"C06", "C07"}


@pytest.fixture(scope="module", params=EXAMPLES)
def standard(request, examples):
    return example(examples / request.param)


def test_a_complete_course_has_no_finding(standard):
    assert not findings(complete(standard), standard)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_at_its_cell_and_nothing_else(fault, standard):
    rows = complete(standard)
    change, expected = FAULTS[fault]
    found = [f for f in findings(rows, standard, change=change) if f[0] not in FOLLOWING]
    assert found == [(rule, cell.format(last=len(rows))) for rule, cell in expected]


def test_what_is_not_taught_or_too_much_is_told_by_code(standard):
    parts, rows = Parts(standard), complete(standard)
    first, second = standard.tasks[0].code, standard.tasks[1].code
    code = next(c for c in parts.taught_with(second) if c not in parts.taught_with(first))
    column = "PKSA".index(code[0]) + 3
    for row in rows[3:-1]:
        row[column] = "、".join(c for c in row[column].split("、") if c != code)
    assert [rule for rule, _ in findings(rows, standard)] == ["C06"]
    own = [joined(parts.taught_with(first), kind) for kind in "PKS"]
    only = [*rows[:3], [*rows[3][:3], *own, *rows[3][6:]]]
    assert not findings(only, standard, (first,))
    cell = f"{'ABCDEFG'[column]}4"
    assert findings(only, standard, (first,), more(cell, f"、{code}")) == [("C08", cell)]


def test_a_complete_course_for_any_standard_of_the_corpus_has_no_finding(corpus_dir):
    """Forty documents of others; what their own cells name and their lists lack is said (C01)."""
    for path in sorted(corpus_dir.glob("*.json"))[::20]:
        standard = standard_of(json.loads(path.read_text("utf-8")), path.name)
        if standard.tasks:
            found = findings(complete(standard), standard)
            assert {rule for rule, _ in found} <= {"C01"}, path.name
