"""One document, written by real LibreOffice in every format, is read alike from all of them."""

import re
from io import BytesIO

import pytest

from kps_graph.folding import glyphs
from kps_graph.readers import read
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import GridTable, Para, grid, to_html
from tests.support.shown import blocks
from tests.support.variety import CASES

GRIDS = {name: grid(*case) for name, case in CASES.items()}
names = pytest.mark.parametrize("name", GRIDS)


@pytest.fixture(scope="module")
def made(office):
    """The documents by file name: DOCX, PDF on long pages, PDF on ordinary ones."""
    long = {f"{n}.odt": to_odt(g, page=(42, 120), footer=False) for n, g in GRIDS.items()}
    paged = {f"{n}-paged.odt": to_odt(g, page=(29.7, 12)) for n, g in GRIDS.items()}
    return {**convert(long, "docx"), **convert({**long, **paged}, "pdf")}


@names
def test_html_gives_the_grid(name):
    document = read(to_html(GRIDS[name]).encode(), "a.html")
    assert blocks(document.blocks) == blocks(GRIDS[name])


@names
def test_odt_gives_the_grid(name):
    assert blocks(read(to_odt(GRIDS[name]), "a.odt").blocks) == blocks(GRIDS[name])


@names
def test_docx_gives_the_grid(name, made):
    assert blocks(read(made[f"{name}.docx"], "a.docx").blocks) == blocks(GRIDS[name])


BEGINS = re.compile(r"[TOPKSA0]\s?\d+(\.\d+)*\.?(?![A-Za-z\d.])")
BULLET = re.compile("[•◦▪\uf06c] ?")


def rejoined(paragraphs):
    """Visual lines as paragraphs again, as an extractor joins them: at codes and bullets."""
    found = []
    for p in paragraphs:
        if p.soft and not BEGINS.match(p.text):
            found[-1] += p.text
        else:
            found.append(p.text)
    return [glyphs(BULLET.sub("", text, count=1)) for text in found]


def expected(paras):
    return [glyphs(BULLET.sub("", p.text, count=1)) for p in paras]


@names
def test_pdf_gives_the_grid_with_every_merge_and_space(name, made):
    document = read(made[f"{name}.pdf"], "a.pdf")
    wanted = [b for b in GRIDS[name] if isinstance(b, GridTable)]
    assert [
        [(c.row, c.column, c.rowspan, c.colspan, rejoined(c.paragraphs)) for c in t.cells]
        for t in document.tables
    ] == [
        [(c.row, c.column, c.rowspan, c.colspan, expected(c.paras)) for c in t.cells]
        for t in wanted
    ]
    assert rejoined(document.paragraphs) == expected(b for b in GRIDS[name] if isinstance(b, Para))


def compact(text):
    return "".join(glyphs(BULLET.sub("", text)).split())


def by_column(tables, width, skip):
    """All text of each column of the tables with this many columns."""
    columns = ["" for _ in range(width)]
    for cells in tables:
        if max(c.column + c.colspan - 1 for c in cells) == width:
            for c in cells:
                if c.row > skip:
                    columns[c.column - 1] += compact(c.text)
    return columns


@names
def test_a_table_over_many_pages_loses_and_moves_no_character(name, made):
    document = read(made[f"{name}-paged.pdf"], "a.pdf")
    assert len({t.page for t in document.tables}) > 1
    (body,) = (b for b in GRIDS[name] if isinstance(b, GridTable) and len(b.widths) >= 7)
    assert by_column([t.cells for t in document.tables], len(body.widths), 1) == by_column(
        [body.cells], len(body.widths), 1
    )


@names
def test_page_footers_are_reported_and_nowhere_in_the_text(name, made):
    document = read(made[f"{name}-paged.pdf"], "a.pdf")
    pages = max(t.page for t in document.tables)
    footers = [words for rule, words, _ in document.warnings if rule == "E19"]
    assert footers[:pages] == [f"第{n}頁，總共{len(footers)}頁" for n in range(1, pages + 1)]
    assert not any("總共" in p.text for p in document.paragraphs)


@names
def test_a_second_extractor_finds_the_same_cells(name, made):
    pdfplumber = pytest.importorskip("pdfplumber", reason="the oracle is a development dependency")
    data = made[f"{name}-paged.pdf"]
    ours = read(data, "a.pdf").tables
    with pdfplumber.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            theirs = [compact(c or "") for t in page.extract_tables() for row in t for c in row]
            found = [compact(c.text) for t in ours if t.page == number for c in t.cells]
            assert sorted(filter(None, found)) == sorted(filter(None, theirs)), f"page {number}"
