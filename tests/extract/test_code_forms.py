"""Items of a cell in every form: as paragraphs, lines or running text, with blanks or glued."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph.extract import extract
from kps_graph.readers import read
from tests.support.forms import Form, forms
from tests.support.generate import standards
from tests.support.items import silent
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import Style, grid, to_html, to_markdown
from tests.support.variety import MIXED, WIDE

FORMS = list(forms())
#: The forms that leave nothing to guess.
CLEAR = [f for f in FORMS if f.gap or (f.layout == "paragraphs" and f.beginning == "Chinese")]
GLYPHS = Style(bullets="• ")


def again(standard, form, kind="html"):
    blocks = grid(standard, form.style(GLYPHS))
    data = to_html(blocks) if kind == "html" else to_markdown(blocks)
    return extract(read(data.encode(), f"a.{kind}"))


@given(standards(), st.sampled_from(CLEAR), st.integers(0, 99), st.sampled_from(["html", "md"]))
@settings(
    max_examples=settings.default.max_examples * 3 // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_codes_with_a_blank_give_back_the_standard_in_every_form(standard, form, seed, kind):
    wanted = form.standard(standard, seed)
    assert again(wanted, form, kind).standard == wanted


@given(standards(), st.sampled_from(FORMS), st.integers(0, 99), st.sampled_from(["html", "md"]))
@settings(
    max_examples=settings.default.max_examples * 3 // 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_item_is_lost_in_silence_in_any_form(standard, form, seed, kind):
    wanted = form.standard(standard, seed)
    assert silent(wanted, again(wanted, form, kind)) == []


@pytest.fixture(scope="module")
def documents(office):
    """Two standards in every form, as ODT, and as DOCX and PDF made by LibreOffice."""
    cases = {
        f"{n}-{name}": (form, form.standard(standard, n))
        for n, form in enumerate(FORMS)
        for name, standard in (("wide", WIDE), ("mixed", MIXED))
        if form.gaps == (name == "mixed")
    }
    odt = {
        f"{name}.odt": to_odt(grid(standard, form.style(GLYPHS)))
        for name, (form, standard) in cases.items()
    }
    return cases, {"odt": odt, "docx": convert(odt, "docx"), "pdf": convert(odt, "pdf")}


@pytest.mark.parametrize("kind", ["odt", "docx", "pdf"])
def test_office_files_give_back_every_form_or_say_what_they_do_not(documents, kind):
    cases, made = documents
    assert len(made[kind]) == len(cases)
    for file, data in made[kind].items():
        _, standard = cases[file.rsplit(".", 1)[0]]
        assert silent(standard, extract(read(data, file))) == [], file


@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_office_files_give_back_codes_with_a_blank_whole(documents, kind):
    cases, made = documents
    for file, data in made[kind].items():
        form, standard = cases[file.rsplit(".", 1)[0]]
        if form.gap:
            assert extract(read(data, file)).standard == standard, (file, str(form))


def test_a_form_is_named_by_what_it_is():
    assert str(Form("running", "", "digits", True)) == "running glued digits gaps"
