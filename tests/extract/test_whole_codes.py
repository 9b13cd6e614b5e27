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
