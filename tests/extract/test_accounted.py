"""Nothing is swallowed: every text of a damaged document is in the standard or in a finding."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kps_graph.readers.pdf
from kps_graph.errors import NotAStandard
from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.readers.limits import DEFAULT
from kps_graph.readers.pdf_page import pages
from tests.support.damage import accounted, damaged, is_mark, marked, marks_in, samples
from tests.support.docx import grid_to_docx
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import grid, to_html, to_markdown
from tests.support.variety import CASES

WRITERS = {
    "html": lambda blocks: to_html(blocks).encode(),
    "odt": to_odt,
    "docx": grid_to_docx,
    "md": lambda blocks: to_markdown(blocks).encode(),
}
SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


def unaccounted(data, name, wanted):
    """The marks of a document that come out nowhere; none if it is refused aloud."""
    try:
        return wanted - accounted(extract(read(data, name)))
    except NotAStandard:
        return set()


@cache
def whole(name):
    standard, style = CASES[name]
    return grid(marked(standard), style)


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
@SETTINGS
def test_every_text_of_a_damaged_table_is_accounted_for(name, format, data):
    blocks = data.draw(damaged(whole(name)))
    document = WRITERS[format](blocks)
    assert not unaccounted(document, f"damaged.{format}", marks_in(blocks))


@pytest.fixture(scope="module")
def documents(office):
    """The same documents as DOCX and as PDF, which LibreOffice makes of them."""
    odts = {f"{name}.odt": to_odt(whole(name)) for name in CASES}
    return {**convert(odts, "docx"), **convert(odts, "pdf")}


@pytest.mark.parametrize("format", ["docx", "pdf"])
@pytest.mark.parametrize("name", CASES)
def test_every_text_of_an_office_document_is_accounted_for(documents, name, format):
    file = f"{name}.{format}"
    assert not unaccounted(documents[file], file, marks_in(whole(name)))


@pytest.fixture(scope="module")
def harmed(office):
    """Damaged documents, each with its PDF."""
    made = {f"{c}-{n}.odt": b for c in CASES for n, b in enumerate(samples(whole(c), 4))}
    drawn = convert({name: to_odt(blocks) for name, blocks in made.items()}, "pdf")
    return [(made[f"{name.removesuffix('.pdf')}.odt"], name, pdf) for name, pdf in drawn.items()]


def test_every_text_of_a_damaged_table_in_a_pdf_is_accounted_for(harmed):
    assert harmed
    for blocks, name, pdf in harmed:
        assert not unaccounted(pdf, name, marks_in(blocks)), name


@pytest.mark.parametrize("name", CASES)
@given(data=st.data())
@SETTINGS
def test_every_text_of_a_pdf_is_accounted_for_whatever_lines_are_gone(documents, name, data):
    file = f"{name}.pdf"
    drawn = list(pages(documents[file], file, DEFAULT))
    for page in drawn:
        for rules in (page.horizontal, page.vertical):
            gone = data.draw(st.sets(st.integers(0, max(0, len(rules) - 1)), max_size=3))
            rules[:] = [rule for n, rule in enumerate(rules) if n not in gone]
    wanted = {c for page in drawn for run in page.runs for c in run.text if is_mark(c)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kps_graph.readers.pdf, "pages", lambda *_: iter(drawn))
        assert not unaccounted(documents[file], file, wanted)
