"""How wide the columns of a standard are: as the document has them, and only where it says so."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.standards.versions import changes
from tests.support.checks import seed_odt

HEADS = ("主要職責", "工作任務", "工作產出", "行為指標", "職能級別", "知識", "技能")
ROW = ("T1 甲", "T1.1 乙", "O1.1.1 丙", "P1.1.1 丁", "3", "K01 戊", "S01 己")
WIDTHS = (10, 20, 10, 30, 5, 15, 10)


def table(widths, *rows):
    """A table in HTML; a cell is its text, or its text and how many columns it covers."""

    def cell(given):
        text, wide = given if isinstance(given, tuple) else (given, 1)
        return f'<td colspan="{wide}">{text}</td>'

    columns = "".join(f'<col width="{w}">' for w in widths)
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<table><colgroup>{columns}</colgroup>{body}</table>"


def standard(*tables):
    head = "<table><tr><td>職能基準代碼</td><td>ZZZ1234-001v1</td></tr></table>"
    return extract(read(f"{head}{''.join(tables)}".encode(), "a.html")).standard


def test_they_are_in_percent_of_the_table():
    assert standard(table(WIDTHS, HEADS, ROW)).column_widths == WIDTHS
    assert standard(table([3 * w for w in WIDTHS], HEADS, ROW)).column_widths == WIDTHS


def test_of_an_odt_they_are_those_of_its_styles(examples):
    content = read(seed_odt(examples), "draft.odt")
    stated = next(t.widths for t in content.tables if len(t.widths) == 7)
    found = extract(content).standard.column_widths
    assert found == pytest.approx([100 * w / sum(stated) for w in stated], abs=0.051)


def test_a_column_of_codes_counts_with_its_texts():
    heads = ("主要職責", "工作任務", "產出代碼", *HEADS[2:])
    row = (*ROW[:2], "O1.1.1", "丙", *ROW[3:])
    found = standard(table((10, 20, 4, 6, 30, 5, 15, 10), heads, row))
    assert found.tasks[0].units[0].outputs[0].code == "O1.1.1"
    assert found.column_widths == WIDTHS


def test_a_cell_over_several_columns_of_the_grid_is_one_column():
    heads = (HEADS[0], (HEADS[1], 2), *HEADS[2:])
    row = (ROW[0], (ROW[1], 2), *ROW[2:])
    assert standard(table((10, 12, 8, 10, 30, 5, 15, 10), heads, row)).column_widths == WIDTHS


def test_a_column_of_remarks_is_no_part_of_the_table():
    found = standard(table((*WIDTHS, 100), (*HEADS, "備註"), (*ROW, "無")))
    assert found.column_widths == WIDTHS


def test_the_first_table_of_the_body_counts():
    other = ("T2 甲", "T2.1 乙", "O2.1.1 丙", "P2.1.1 丁", "3", "K02 戊", "S02 己")
    found = standard(table(WIDTHS, HEADS, ROW), table([1] * 7, HEADS, other))
    assert len(found.tasks) == 2
    assert found.column_widths == WIDTHS


@pytest.mark.parametrize("widths", [(), WIDTHS[:6], (*WIDTHS[:6], 0), (*WIDTHS[:6], 99_999)])
def test_a_document_that_does_not_say_or_says_nonsense_has_none(widths):
    assert standard(table(widths, HEADS, ROW)).column_widths == ()


def test_a_table_with_k_and_s_in_one_column_has_none():
    heads, row = (*HEADS[:5], "職能內涵"), (*ROW[:5], "K01 戊<br>S01 己")
    found = standard(table(WIDTHS[:6], heads, row))
    assert (len(found.knowledge), len(found.skills)) == (1, 1)
    assert found.column_widths == ()


def test_another_width_is_no_change_of_the_standard():
    one, other = standard(table(WIDTHS, HEADS, ROW)), standard(table([1] * 7, HEADS, ROW))
    assert one.column_widths != other.column_widths
    assert one == other
    assert {c.status.value for c in changes(one, other).changes} == {"kept"}
