"""Codes that a page cuts, that stand in brackets, or that are spelled otherwise; ends of names."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read

HEADER = """| 職能基準代碼 | {code} |
|---|---|
| 職能基準名稱 | 倉儲人員 |
| 工作描述 | 管理貨品。 |
| 基準級別 | 4 |

"""
HEADINGS = """| 主要職責 | 工作任務 | 工作產出 | 行為指標 | 職能級別 | 職能內涵K | 職能內涵S |
|---|---|---|---|---|---|---|
"""
FIRST = "| T1 管理貨品 | T1.1 規劃倉位 | {o} | {p} | 4 | {k} | {s} |\n"
NEXT = "| | | {o} | {p} | | {k} | {s} |\n"


def reading(
    code="KPS1420-001v2",
    o="O1.1.1 倉位表",
    p="P1.1.1 依規定規劃倉位。",
    k="K01 倉儲原理",
    s="S01 規劃能力",
    rest="",
    headings=HEADINGS,
):
    body = HEADINGS + FIRST.format(o=o, p=p, k=k, s=s) + (f"\n{headings}{rest}" if rest else "")
    return extract(read((HEADER.format(code=code) + body).encode(), "a.md"))


def knowledge(extraction):
    return [(e.code, e.name) for e in extraction.standard.knowledge]


def rules(extraction):
    return [f.rule for f in extraction.findings]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("K01 倉儲原理 K0", "2 統計概論 K03 品質管理"),
        ("K01 倉儲原理 K", "02 統計概論 K03 品質管理"),
        ("K01 倉儲原理、K0", "2統計概論、K03品質管理"),
        ("K01 倉儲原理<br>K0", "2 統計概論<br>K03 品質管理"),
    ],
)
def test_a_code_that_a_page_cuts_is_one(before, after):
    found = reading(k=before, rest=NEXT.format(o="", p="", k=after, s=""))
    assert knowledge(found) == [("K01", "倉儲原理"), ("K02", "統計概論"), ("K03", "品質管理")]
    assert rules(found) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("P1", ".1.2 依規定點收。"),
        ("P1.", "1.2 依規定點收。"),
        ("P1.1.", "2 依規定點收。"),
        ("P", "1.1.2 依規定點收。"),
    ],
)
def test_an_indicator_whose_code_a_page_cuts_is_one(before, after):
    found = reading(
        p=f"P1.1.1 依規定規劃倉位。{before}", rest=NEXT.format(o="", p=after, k="", s="")
    )
    stated = [(p.code, p.text) for u in found.standard.units() for p in u.indicators]
    assert stated == [("P1.1.1", "依規定規劃倉位。"), ("P1.1.2", "依規定點收。")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("K01 維生素 K", "2 種來源"), ("K01 乙烯 K12", "3 型"), ("K01 原理", "02 統計")],
)
def test_what_a_page_cuts_and_is_no_code_for_certain_stays_where_it_is(before, after):
    found = reading(s=f"S01 {before[4:]}", rest=NEXT.format(o="", p="", k="", s=after))
    assert before[4:] in found.standard.skills[0].name


def listed(letter, *numbers):
    """Codes of these numbers, each with a name of its own."""
    return " ".join(f"{letter}{n} {'甲乙丙丁戊己庚辛壬癸子丑寅卯'[n - 1]}類規範" for n in numbers)


@pytest.mark.parametrize("mark", [" ", "<br>"])
def test_a_code_that_a_page_leaves_half_of_is_whole_where_the_sequence_lacks_it(mark):
    before = listed("K", *range(1, 12)).replace(" K", f"{mark}K")
    found = reading(
        k=f"{before}{mark}K1", rest=NEXT.format(o="", p="", k=f"2 統計概論{mark}K13 品質管理", s="")
    )
    assert knowledge(found)[10:] == [("K11", "子類規範"), ("K12", "統計概論"), ("K13", "品質管理")]
    assert rules(found) == []


def test_a_code_that_a_line_leaves_half_of_is_whole():
    cell = f"{listed('K', *range(1, 12))}<br>K1<br>2 統計概論<br>K13 品質管理"
    assert knowledge(reading(k=cell))[11:] == [("K12", "統計概論"), ("K13", "品質管理")]


def test_an_indicator_or_skill_that_a_page_leaves_half_of_the_code_of_is_whole():
    above = " ".join(f"P1.1.{n} 依規定點收{n * 10}件。" for n in range(1, 12))
    found = reading(
        p=f"{above}P1.1.1",
        s=f"{listed('S', *range(1, 10))} S1",
        rest=NEXT.format(o="", p="2 依規定寄出。", k="", s="0 溝通能力 S11 協調能力"),
    )
    indicators = [p.code for u in found.standard.units() for p in u.indicators]
    assert indicators[-2:] == ["P1.1.11", "P1.1.12"]
    assert [s.code for s in found.standard.skills][-2:] == ["S10", "S11"]
    assert rules(found) == []


def test_an_output_a_task_and_an_attitude_that_a_page_leaves_half_of_the_code_of_are_whole():
    tasks = "".join(
        f"| | T1.{n} 處理{n * 10}件貨品 | | P1.{n}.1 依規定處理。 | 4 | K01 倉儲原理 | |\n"
        for n in range(2, 12)
    )
    outputs = " ".join(f"O1.1.{n} {'甲乙丙丁戊己庚辛壬癸子'[n - 1]}表" for n in range(1, 12))
    body = (
        f"{HEADINGS}{FIRST.format(o=outputs, p='P1.1.1 依規定規劃。', k='K01 倉儲原理', s='S01 規劃')}"
        f"{tasks}| | T1.1 | O1.1.1 | | | | |\n\n{HEADINGS}"
        "| | 2 寄出貨品 | 2 寄件單 | P1.12.1 依規定寄出。 | 4 | K01 倉儲原理 | S01 規劃 |\n\n"
    )
    attitudes = listed("A", *range(1, 12))
    ending = (
        f"| 職能內涵 (A=attitude 態度) | {attitudes} A1 |\n|---|---|\n\n"
        "| | 2 主動積極 A13 謹慎細心 |\n|---|---|\n"
    )
    found = extract(read((HEADER.format(code="") + body + ending).encode(), "a.md"))
    units = {u.code: u for u in found.standard.units()}
    assert units["T1.12"].name == "寄出貨品"
    assert [o.code for u in units.values() for o in u.outputs][-1] == "O1.1.12"
    assert [a.code for a in found.standard.attitudes][-2:] == ["A12", "A13"]


@pytest.mark.parametrize(
    ("before", "after", "read_as"),
    [
        ("K1", "2 統計概論 K2 品質管理", [("K1", "2 統計概論"), ("K2", "品質管理")]),
        ("K4 倉儲 K5", "2 種語言 K6 品質", [("K4", "倉儲"), ("K5", "2 種語言"), ("K6", "品質")]),
        ("K01 倉儲 K02", "3 統計", [("K01", "倉儲"), ("K02", "3 統計")]),
    ],
)
def test_a_name_that_begins_with_a_number_stays_one_where_the_sequence_wants_its_code(
    before, after, read_as
):
    found = reading(k=before, rest=NEXT.format(o="", p="", k=after, s=""))
    assert knowledge(found) == read_as
    assert rules(found) == []


def test_halves_of_which_nothing_tells_whether_they_are_one_code_are_named():
    found = reading(
        k="K1 倉儲原理 K2 統計概論 K1", rest=NEXT.format(o="", p="", k="2 品質管理", s="")
    )
    assert [(f.code, f.value) for f in found.findings if f.rule == "E03"] == [
        ("K1", "K1 2 品質管理")
    ]


@pytest.mark.parametrize(
    "cell", ["（K01）", "【K01】、【K02】", "(K01)(K02)", "[K01] [K02]", "「K01」"]
)
def test_codes_in_brackets_alone_are_references(cell):
    second = (
        "| | T1.2 點收貨品 | O1.2.1 點收單 | P1.2.1 依單據點收。 | 4 | " + cell + " | 【S01】 |\n"
    )
    source = HEADER.format(code="KPS1420-001v2") + HEADINGS
    source += (
        FIRST.format(
            o="O1.1.1 倉位表",
            p="P1.1.1 依規定規劃倉位。",
            k="K01 倉儲原理<br>K02 統計",
            s="S01 規劃能力",
        )
        + second
    )
    found = extract(read(source.encode(), "a.md"))
    assert knowledge(found) == [("K01", "倉儲原理"), ("K02", "統計")]
    last = list(found.standard.units())[-1]
    assert list(last.knowledge) == [k for k in ("K01", "K02") if k in cell]
    assert last.skills == ("S01",)


@pytest.mark.parametrize("mark", ["；", ";", "、", "，", "／", "/"])
def test_the_separator_of_a_list_is_no_part_of_a_name(mark):
    found = reading(k=f"K01 倉儲原理{mark}<br>K02 統計{mark}", o=f"O1.1.1 倉位表{mark}")
    assert knowledge(found) == [("K01", "倉儲原理"), ("K02", "統計")]
    assert [o.name for u in found.standard.units() for o in u.outputs] == ["倉位表"]


def test_a_name_that_a_page_cuts_behind_a_separator_keeps_it_within():
    found = reading(k="K01 倉儲、", rest=NEXT.format(o="", p="", k="運輸原理", s=""))
    assert knowledge(found) == [("K01", "倉儲、運輸原理")]


@pytest.mark.parametrize(
    "code",
    ["KPS 1420-001V2", "ＫＰＳ1420－001ｖ2", "KPS1420_001v2", "kps1420-001v2", "KPS1420–001 v2"],
)
def test_a_code_of_a_standard_in_another_spelling_is_read_and_said(code):
    found = reading(code=code)
    assert found.standard.code == "KPS1420-001v2"
    assert [(f.rule, f.value, f.span.row, f.span.column) for f in found.findings] == [
        ("E43", code, 1, 2)
    ]


@pytest.mark.parametrize(
    "code", ["KP1420-01", "KPS1420-1v2", "KPS1420-001v2（草案）", "KPS-1420-001"]
)
def test_a_malformed_code_of_a_standard_stands_and_is_named(code):
    found = reading(code=code)
    assert found.standard.code == code
    assert [(f.rule, f.value) for f in found.findings] == [("E43", code)]


def test_a_regular_code_of_a_standard_needs_no_word():
    for code in ("KPS1420-001v2", "KPS1420-001"):
        assert rules(reading(code=code)) == []


def test_a_code_within_text_that_goes_on_from_the_page_before_is_one():
    found = reading(
        k="K1 貨品分類<br>K2 倉儲資訊系",
        rest=NEXT.format(o="", p="", k="統網路 K4<br>儲位管理", s=""),
    )
    assert knowledge(found)[1:] == [("K2", "倉儲資訊系統網路"), ("K4", "儲位管理")]
    assert rules(found) == []
