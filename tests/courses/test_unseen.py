"""What a table strikes out or hides: left out or counted, and said either way."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from tests.support.docx import to_docx

ROWS = [["單元名稱", "知識", "時數"], ["市場調查", "K1", 3], ["風險評估", "K12", 6]]


def workbook(change):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    change(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "map.xlsx"


def read(change):
    return read_course(course_document(*workbook(change)))


def codes(course):
    return [[r.code for r in module.references] for module in course.modules]


def said(course):
    return [(f.rule, f.span.pointer, f.value) for f in course.findings]


def ods(content, styles=""):
    out = io.BytesIO()
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{content}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue(), "map.ods"


STRUCK = (
    '<style:style style:name="x" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
)


def sheet(rows, hidden=()):
    lines = "".join(
        f"<table:table-row table:visibility='{'collapse' if n in hidden else 'visible'}'>"
        + "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in row)
        + "</table:table-row>"
        for n, row in enumerate(rows, 1)
    )
    return f'<table:table table:name="課程">{lines}</table:table>'


def test_a_cell_that_is_struck_out_is_left_out_and_said():
    def change(_, sheet):
        sheet["B3"].font = Font(strike=True)

    course = read(change)
    assert codes(course) == [["K1"], []]
    assert said(course) == [("C33", "Sheet!B3", "K12")]


def test_of_a_cell_only_what_is_struck_out_is_left_out():
    def change(_, sheet):
        sheet["B2"] = CellRichText("K1、", TextBlock(InlineFont(strike=True), "K2"), "、K3")

    course = read(change)
    assert codes(course) == [["K1", "K3"], ["K12"]]
    assert said(course) == [("C33", "Sheet!B2", "K2")]


def test_what_is_struck_out_in_open_document_is_left_out_too():
    struck = 'K1、<text:span text:style-name="x">K2</text:span>、K3'
    course = read_course(course_document(*ods(sheet([ROWS[0], ["甲", struck, "3"]]), STRUCK)))
    assert codes(course) == [["K1", "K3"]]
    assert said(course) == [("C33", "課程!B2", "K2")]


def test_what_is_struck_out_in_a_document_is_said():
    def row(*texts):
        return "".join(f"<w:tc><w:p>{text}</w:p></w:tc>" for text in texts)

    def run(text, struck=""):
        return f"<w:r><w:rPr>{struck}</w:rPr><w:t>{text}</w:t></w:r>"

    lines = [
        row(*map(run, ("單元名稱", "知識"))),
        row(run("市場調查"), run("K1") + run("K2", "<w:strike/>")),
    ]
    body = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    course = read_course(course_document(to_docx(f"<w:tbl>{body}</w:tbl>"), "map.docx"))
    assert codes(course) == [["K1"]]
    assert [(f.rule, f.value) for f in course.findings] == [("C33", "K2")]


@pytest.mark.parametrize(
    ("what", "cell"), [("row", "Sheet!A3"), ("column", "Sheet!C2"), ("sheet", "Sheet!A2")]
)
def test_a_hidden_part_counts_and_is_said(what, cell):
    def change(book, sheet):
        if what == "row":
            sheet.row_dimensions[3].hidden = True
        elif what == "column":
            sheet.column_dimensions["C"].hidden = True
        else:
            book.create_sheet("說明")
            sheet.sheet_state = "hidden"
            book.active = 1

    course = read(change)
    assert codes(course) == [["K1"], ["K12"]]
    assert said(course) == [("C34", cell, "")]


def test_a_hidden_row_of_open_document_counts_and_is_said():
    rows = [[str(text) for text in row] for row in ROWS]
    course = read_course(course_document(*ods(sheet(rows, hidden={3}))))
    assert codes(course) == [["K1"], ["K12"]]
    assert said(course) == [("C34", "課程!A3", "")]


def test_hidden_rows_in_which_no_unit_stands_are_not_said():
    def change(_, sheet):
        sheet.append(["備註：小班制"])
        sheet.row_dimensions[4].hidden = True

    assert not read(change).findings


def test_of_columns_hidden_to_the_end_of_a_sheet_some_are_looked_at():
    def change(book, sheet):
        last = sheet.column_dimensions["C"]
        last.min, last.max, last.hidden = 3, 16384, True

    document = course_document(*workbook(change))
    assert len(document.hidden) == 1000
    assert said(read_course(document)) == [("C34", "Sheet!C2", "")]
