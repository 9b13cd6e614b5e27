"""A heading over two columns heads both: codes beside texts, and codes that a border cuts."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read as read_file
from kps_graph.words import Language
from tests.support.document import rules

HEADINGS = ("主要職責", "工作任務", "工作產出", "行為指標", "職能級別", "知識（K）", "技能（S）")
ROW = ("T1 甲", "T1.1 乙", "O1.1.1 表", "P1.1.1 做。", "4", "K01 甲學", "S01 甲力")


def read(rows, wide=(), headings=HEADINGS):
    """The tables of these rows, the columns with the numbers ``wide`` headed two at a time."""
    head = "".join(
        f"<th{' colspan=2' if n in wide else ''}>{h}</th>" for n, h in enumerate(headings)
    )
    body = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    return extract(read_file(f"<table><tr>{head}</tr>{body}</table>".encode(), "case.html"))


WHOLE = read([ROW]).standard


@pytest.mark.parametrize("column", [0, 1, 2, 3, 5, 6])
def test_codes_and_texts_below_one_heading_are_read_together(column):
    code, text = ROW[column].split()
    found = read([[*ROW[:column], code, text, *ROW[column + 1 :]]], {column})
    assert found.standard.tasks == WHOLE.tasks
    assert (found.standard.knowledge, found.standard.skills) == (WHOLE.knowledge, WHOLE.skills)
    assert rules(found) == []
    assert found.read == found.placed + found.unplaced


@pytest.mark.parametrize(
    ("column", "left", "right"),
    [
        (5, "K", "01 甲學"),
        (5, "K0", "1 甲學"),
        (3, "P1.1.", "1 做。"),
        (3, "P", "1.1.1 做。"),
        (6, "S0", "1 甲力"),
    ],
)
def test_a_code_that_a_border_cuts_is_whole(column, left, right):
    found = read([[*ROW[:column], left, right, *ROW[column + 1 :]]], {column})
    assert [(u.code, u.indicators) for u in found.standard.units()] == [
        (u.code, u.indicators) for u in WHOLE.units()
    ]
    assert (found.standard.knowledge, found.standard.skills) == (WHOLE.knowledge, WHOLE.skills)
    assert found.read == found.placed + found.unplaced


def test_items_in_both_columns_below_one_heading_are_read():
    found = read([[*ROW[:5], "K01 甲學", "K02 乙學", ROW[6]]], {5})
    assert [k.code for k in found.standard.knowledge] == ["K01", "K02"]
    assert rules(found) == []


@pytest.mark.parametrize("codes", ["K0<br>1<br>K0<br>2", "<p>K</p><p>01</p><p>K</p><p>02</p>"])
def test_codes_that_their_column_is_too_narrow_for_are_whole(codes):
    headings = (*HEADINGS[:5], "知識代碼", *HEADINGS[5:])
    row = (*ROW[:5], codes, "<p>甲學</p><p>乙學</p>", ROW[6])
    found = read([row], headings=headings)
    assert [(k.code, k.name) for k in found.standard.knowledge] == [
        ("K01", "甲學"),
        ("K02", "乙學"),
    ]
    assert rules(found) == []


def test_digits_alone_in_a_column_of_codes_are_named():
    headings = (*HEADINGS[:5], "知識代碼", *HEADINGS[5:])
    found = read([(*ROW[:5], "<p>01</p><p>02</p>", "<p>甲學</p><p>乙學</p>", ROW[6])], (), headings)
    assert [k.name for k in found.standard.knowledge] == ["甲學", "乙學"]
    (said,) = [f for f in found.findings if f.rule == "E37"]
    assert "01 02" in said.messages[Language.ENGLISH]
