"""Codes that only refer to items: however people join them, they are references and no names."""

from __future__ import annotations

import pytest

from tests.support.document import NEW, read, rules

FIRST = "T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|" + "<br>".join(
    f"K{n:02d} {name}學" for n, name in enumerate("甲乙丙丁戊己", 1)
)


def second(cell):
    """What is read where ``cell`` stands in the column of K, below six that have names."""
    return read(f"{FIRST}|S01 己", f"|T1.2 庚|O1.2.1 辛|P1.2.1 壬|3|{cell}|S02 癸", head=NEW)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("K03及K04", "K03 K04"),
        ("K01、K03和K05", "K01 K03 K05"),
        ("K03－K06", "K03 K04 K05 K06"),
        ("K03−K05", "K03 K04 K05"),
        ("K03∼K05", "K03 K04 K05"),
        ("K03…K05", "K03 K04 K05"),
        ("K03、04、06", "K03 K04 K06"),
        ("K01,03~05", "K01 K03 K04 K05"),
        ("（K03、K04）", "K03 K04"),
        ("同K03", "K03"),
        ("參見K03、K04", "K03 K04"),
        ("K03、K04等", "K03 K04"),
        ("K03。", "K03"),
    ],
)
def test_codes_alone_are_references_however_they_are_joined(cell, expected):
    extraction = second(cell)
    assert extraction.standard.tasks[0].units[1].knowledge == tuple(expected.split())
    assert len(extraction.standard.knowledge) == 6
    assert rules(extraction) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("K03 K04 K07 庚學", "K03 K04 K07"),
        ("K03 K07 庚學", "K03 K07"),
        ("K03~05、06、K07 庚學", "K03 K04 K05 K06 K07"),
        ("K07 庚學；K03。", "K03 K07"),
        ("K07 庚學、K03及K04", "K03 K04 K07"),
    ],
)
def test_references_beside_an_item_with_a_name(cell, expected):
    extraction = second(cell)
    assert extraction.standard.tasks[0].units[1].knowledge == tuple(expected.split())
    assert [k.name for k in extraction.standard.knowledge if k.code == "K07"] == ["庚學"]
    assert len(extraction.standard.knowledge) == 7
    assert rules(extraction) == []


def test_a_code_whose_text_says_nothing_refers_to_what_is_defined_elsewhere():
    extraction = second("K03（同上）")
    assert extraction.standard.tasks[0].units[1].knowledge == ("K03",)
    assert rules(extraction) == ["E41"]
