"""The name of a page's file: on every platform one, and inside the folder of the site."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from kps_graph.exports.site.frame import file_of
from kps_graph.saving import refused_by_windows
from kps_graph.terms import local_name
from kps_graph.words import Language

CODES = (
    st.text(min_size=1, max_size=20)
    | st.text("職1", min_size=60, max_size=300)
    | st.text("./\\\\:%=CONUL~", min_size=1, max_size=8)
)


def file(code):
    return PurePosixPath(file_of(f"/id/{local_name(code)}", Language.CHINESE))


@given(CODES)
def test_no_code_leads_out_of_the_folder_or_to_a_name_that_windows_has_not(code):
    assert file(code).parent == PurePosixPath("id")
    assert not refused_by_windows(file(code).name)
    assert len(file(code).name.encode()) < 255


def test_a_download_of_a_long_code_keeps_its_ending():
    names = {file_of(f"/id/{'職' * 200}{n}.json", Language.CHINESE) for n in (1, 2)}
    assert len(names) == 2
    assert all(n.endswith(".json") for n in names)


@given(CODES, CODES)
@example(".", "..")
@example("CON", "=43ON")
def test_two_codes_have_two_files(one, other):
    assert (file(one) == file(other)) == (local_name(one) == local_name(other))


def test_a_code_as_it_is_issued_is_the_name_of_its_file():
    assert str(file("KPS1420-001v2")) == "id/KPS1420-001v2.html"
