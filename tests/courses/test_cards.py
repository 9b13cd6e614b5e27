"""A block of labels for each unit, as lesson plans have it: one sheet or one table for all or for each."""

from __future__ import annotations

import io
from html import escape

import openpyxl
import pytest

from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from tests.support.docx import to_docx

LABELS = ["單元名稱", "單元級別", "教學目標", "行為指標(P)", "知識(K)", "時數", "評量方式"]
UNITS = [
    ["市場調查", 5, "能調查市場", "P1.1.1", "K1、K2", 6, "測驗"],
    ["風險評估", 6, "能評估風險", "P2.3.1", "K12", 12, "口頭報告"],
]
COVER = [["課程名稱", "國際市場開發班"], ["職能基準", "KPS1420-001v2"], ["課程總時數", 18]]


def block(unit, across):
    """The rows of a unit, so many labels in each."""
    pairs = list(zip(LABELS, unit, strict=True))
    return [
        [text for pair in pairs[n : n + across] for text in pair]
        for n in range(0, len(pairs), across)
    ]


def sheets(*tables):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in tables:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def one_sheet(across):
    return sheets([row for unit in UNITS for row in (*block(unit, across), [])])


def sheet_each(across):
    return sheets(*(block(unit, across) for unit in UNITS))


def cover_first(across):
    return sheets(COVER, *(block(unit, across) for unit in UNITS))


def document(across):
    def cell(text):
        return f"<w:tc><w:p><w:r><w:t>{escape(str(text))}</w:t></w:r></w:p></w:tc>"

    def table(rows):
        lines = ("".join(map(cell, row)) for row in rows)
        return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl><w:p/>"

    return to_docx("".join(table(block(unit, across)) for unit in UNITS)), "map.docx"


@pytest.mark.parametrize("across", [1, 2])
@pytest.mark.parametrize("layout", [one_sheet, sheet_each, cover_first, document])
def test_each_block_is_a_unit(layout, across):
    course = read_course(course_document(*layout(across)))
    assert [
        [
            m.name,
            m.level,
            m.text("goal"),
            *("、".join(r.code for r in m.references if r.code[0] == kind) for kind in "PK"),
            m.hours,
            m.text("assessments"),
        ]
        for m in course.modules
    ] == UNITS
    assert not course.findings


def test_a_cover_with_the_name_of_the_course_is_no_unit():
    course = read_course(course_document(*cover_first(1)))
    assert (course.title, course.standard, course.hours[0]) == (
        "國際市場開發班",
        "KPS1420-001v2",
        18,
    )


def test_what_a_block_says_has_its_own_cell():
    course = read_course(course_document(*sheet_each(2)))
    assert course.modules[1].references[0].span.pointer == "Sheet1!D2"


def test_a_label_of_a_block_that_is_not_known_is_said():
    rows = [*block(UNITS[0], 1), ["教室", "301"]]
    course = read_course(course_document(*sheets(rows)))
    assert [(f.rule, f.value, f.span.pointer) for f in course.findings] == [
        ("C21", "教室", "Sheet!B8")
    ]
