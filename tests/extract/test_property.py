"""Whatever the page breaks and the markup, the document gives back the standard."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph.extract import extract
from kps_graph.readers.markdown import read_markdown
from tests.support.generate import standards
from tests.support.markdown import documents


@st.composite
def rendered(draw, breaks=True):
    standard = draw(standards())
    return standard, draw(documents(standard, breaks))


@given(rendered(breaks=False))
@settings(
    max_examples=settings.default.max_examples * 3 // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_a_document_without_page_breaks_gives_back_its_standard(case):
    standard, text = case
    assert extract(read_markdown(text, "generated.md")).standard == standard


@given(rendered())
@settings(
    max_examples=settings.default.max_examples * 3 // 2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_page_breaks_anywhere_change_nothing(case):
    standard, text = case
    extraction = extract(read_markdown(text, "generated.md"))
    assert extraction.standard == standard
    assert extraction.read == extraction.placed
