"""Comments are no text; an item that stands in one alone is said."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.readers.comments import AUTHOR
from tests.support.docx import to_docx
from tests.support.odt import document, pack
from tests.support.pdf import lattice, text, to_pdf

HEADINGS = ("主要職責", "工作任務", "工作產出", "行為指標", "職能級別", "知識（K）", "技能（S）")
ROW = ("T1 甲", "T1.1 乙", "O1.1.1 表", "P1.1.1 做。", "4", "K01 甲學", "S01 甲力")


def docx(comment, author="委員"):
    """A Word file with a comment at its K."""
    mark = '<w:r><w:commentReference w:id="7"/></w:r>'

    def cell(words):
        at = mark if words == ROW[5] else ""
        return f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r>{at}</w:p></w:tc>"

    rows = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in (HEADINGS, ROW))
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in comment.split("\n"))
    said = f'<w:comment w:id="7" w:author="{author}">{lines}</w:comment>'
    return to_docx(f"<w:tbl>{rows}</w:tbl>", comments=said)


def odt(comment, author="委員"):
    """An ODT file with a comment at its K."""
    lines = "".join(f"<text:p>{line}</text:p>" for line in comment.split("\n"))
    said = (
        '<office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{author}</dc:creator>{lines}</office:annotation>"
    )

    def cell(words):
        at = said if words == ROW[5] else ""
        return f"<table:table-cell><text:p>{words}{at}</text:p></table:table-cell>"

    rows = (
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (HEADINGS, ROW)
    )
    return pack(document(f"<table:table>{''.join(rows)}</table:table>"))


def html(comment):
    cells = ("".join(f"<td>{c}</td>" for c in row) for row in (HEADINGS, ROW))
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<table>{rows}</table>\n<p>說明</p><!-- {comment} -->".encode()


def markdown(comment):
    return "\n".join(["\t".join(HEADINGS), "\t".join(ROW) + f"<!-- {comment} -->", ""]).encode()


WRITERS = {"docx": docx, "odt": odt, "html": html, "md": markdown}


def said(kind, *comment):
    found = extract(read(WRITERS[kind](*comment), f"a.{kind}"))
    return [(f.code, f.value, f.span) for f in found.findings if f.rule == "E45"]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    ("comment", "code"),
    [("K02 乙學", "K02"), ("請增列：P1.1.2 檢查。", "P1.1.2"), ("另有「S2 乙力」", "S2")],
)
def test_an_item_that_stands_in_a_comment_alone_is_named_at_its_place(kind, comment, code):
    ((named, value, span),) = said(kind, comment)
    assert (named, value) == (code, comment)
    assert (span.table, span.row, span.column) == (1, 2, 6) or span.line is not None


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(
    "comment", ["請補充。", "K01 應改為乙學", "K1、P1.1.1 是否重複？", "請用 A4 紙張", "厚 T1.5 mm"]
)
def test_a_remark_on_what_the_document_has_needs_no_word(kind, comment):
    assert said(kind, comment) == []


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_what_this_program_remarks_is_no_content(kind):
    assert said(kind, "K02 沒有內容", AUTHOR) == []


def test_what_only_programs_read_in_html_is_no_comment():
    assert said("html", "[if gte mso 9]><p>K02 乙學</p><![endif]") == []


GRID = lattice([20, 120, 220], [100, 150, 200])


def annotation(kind, entries):
    box = "/Rect [30 110 90 140]"
    return f"<< /Type /Annot /Subtype /{kind} {box} {entries} >>"


def pdf(*annotations):
    return read(
        to_pdf(GRID + text(30, 180, "A"), page=f"/Annots [{' '.join(annotations)}]"), "a.pdf"
    )


def test_a_comment_on_a_pdf_page_is_one():
    found = pdf(annotation("Text", "/Contents (K02 B)"), annotation("Highlight", "/Contents (C)"))
    assert [(r, v, s.page) for r, v, s in found.warnings] == [("E45", "K02 B", 1), ("E45", "C", 1)]


def test_what_is_laid_over_a_pdf_page_and_shown_is_said_as_not_read():
    found = pdf(
        annotation("FreeText", "/Contents (K02 B)"), annotation("Widget", "/FT /Tx /V (K03 C)")
    )
    assert [(rule, value) for rule, value, _ in found.warnings] == [
        ("E16", "K02 B"),
        ("E16", "K03 C"),
    ]


def test_links_and_their_popups_are_no_comments():
    assert not pdf(
        annotation("Link", "/Contents (x)"), annotation("Popup", "/Contents (x)")
    ).warnings


def test_a_comment_is_one_finding_whatever_it_names():
    assert len(said("docx", "K02 乙學\nK03 丙學")) == 1
