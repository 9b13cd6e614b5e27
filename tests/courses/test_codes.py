"""Codes as people write them in the cells of a course table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.courses.codes import expand, pieces


def codes(text, kind=""):
    found = []
    for piece in pieces(text, kind):
        found += expand(*piece.codes) or ["?"] if len(piece.codes) == 2 else piece.codes
    return found


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("K01、K02", "K", ["K01", "K02"]),
        ("k1,K2；K3/K4 K5", "", ["K1", "K2", "K3", "K4", "K5"]),
        ("P2.1.1\nP2.1.2", "", ["P2.1.1", "P2.1.2"]),
        ("Ｐ１．１．１", "", ["P1.1.1"]),
        ("P.1.1.3", "", ["P1.1.3"]),
        ("1-3、7", "K", ["K1", "K2", "K3", "K7"]),
        ("K01、02、05~06", "", ["K01", "K02", "K5", "K6"]),
        ("P1.1.1、2、3", "", ["P1.1.1", "P1.1.2", "P1.1.3"]),
        ("K01 國際貿易實務、K02 稅務", "K", ["K01", "K02"]),
        ("T3.1", "", ["T3.1"]),
        ("無", "K", []),
        ("T1.5 mm 螺絲", "", ["T1.5"]),
        ("RF01 模組", "", []),
        ("MK01", "", []),
    ],
)
def test_single_codes_and_lists(text, kind, expected):
    assert codes(text, kind) == expected


@pytest.mark.parametrize("mark", ["~", "～", "-", "–", "—", "至", "到", " ~ ", " to "])
@pytest.mark.parametrize("short", [False, True])
def test_a_range_counts_up_at_the_last_number(mark, short):
    last = "5" if short else "P2.3.5"
    assert codes(f"P2.3.1{mark}{last}") == [f"P2.3.{n}" for n in range(1, 6)]


@pytest.mark.parametrize("text", ["P1.1.1~P2.1.3", "K3~S5", "K9-K3", "T1~T1.2", "K1~K900"])
def test_a_range_from_one_unit_or_kind_to_another_is_none(text):
    assert codes(text) == ["?"]


@given(
    kind=st.sampled_from("KSA"),
    low=st.integers(1, 60),
    more=st.integers(0, 60),
    width=st.sampled_from(["", "02"]),
    mark=st.sampled_from(["~", "～", "-", "至"]),
)
def test_every_code_between_the_ends_is_named_once(kind, low, more, width, mark):
    text = f"{kind}{low:{width}d}{mark}{kind}{low + more:{width}d}"
    assert codes(text) == [f"{kind}{n}" for n in range(low, low + more + 1)]


@given(st.text(max_size=200))
def test_no_text_makes_codes_of_more_than_it_says(text):
    for piece in pieces(text):
        assert len(piece.codes) <= 2
        assert all(code[0] in "TOPKSA" for code in piece.codes)
