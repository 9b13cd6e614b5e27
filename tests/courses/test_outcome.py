"""How a course was run: tables 10 and 12 of the report, and indicators word for word."""

from __future__ import annotations

from datetime import date

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.outcome import dates
from kps_graph.courses.read import read_course
from kps_graph.exports.course.form import FormTable, form
from kps_graph.exports.course.report import report
from kps_graph.pipeline.courses import course_at
from tests.support.standards import example

HEADS = "辦訓期間_起,辦訓期間_訖,參訓人數（填數字）,完訓人數（填數字）,結訓人數（符合iCAP結訓標準）（填數字）"


@pytest.fixture
def checked(examples):
    standard = example(examples / "KPS1420-001v2.md")

    def check(*lines, modules=("甲,K1",)):
        text = "\n".join((*lines, "單元名稱,知識(K)", *modules))
        return check_course(read_course(course_document(text.encode(), "c.csv")), standard)

    return check


def rules(check):
    return {f.rule for f in check.findings} & {"C23", "C24", "C25", "C26"}


def run(row, period="115年1月1日至115年6月30日"):
    return (f"辦訓期間：{period}", HEADS, row)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("115年3月1日,115年3月31日,20,18,17", set()),
        ("2026/3/1,2026-03-31,20人,20,20", set()),
        ("年　月　日,年　月　日,,,", set()),
        ("115年3月1日,115年3月31日,20,22,17", {"C23"}),
        ("115年3月1日,115年3月31日,20,18,19", {"C23"}),
        ("115年3月1日,115年3月31日,二十,18,17", {"C23"}),
        ("115年3月1日,115年3月31日,20.5,18,17", {"C23"}),
        ("115年3月31日,115年3月1日,20,18,17", {"C24"}),
        ("115年6月1日,115年7月1日,20,18,17", {"C24"}),
        ("115年13月1日,115年3月31日,20,18,17", {"C24"}),
    ],
)
def test_table_10_has_numbers_in_their_order_and_days_within_the_period(checked, row, wrong):
    assert rules(checked(*run(row))) == wrong


def test_a_finding_stands_at_the_number_that_is_too_large(checked):
    (finding,) = (
        f for f in checked(*run("115年3月1日,115年3月31日,20,22,17")).findings if f.rule == "C23"
    )
    assert (finding.value, finding.span.row, finding.span.column) == ("22", 3, 4)


def test_table_12_has_at_least_one_standard(checked):
    assert rules(checked("各階段評量,□通過 □其他：", "學科,□通過 □其他：")) == {"C25"}
    assert rules(checked("各階段評量,□通過 □其他：", "學科,■通過 □其他：")) == set()
    assert rules(checked()) == set()


def test_an_indicator_is_worded_as_in_the_standard(examples):
    standard = example(examples / "KPS1420-001v2.md")
    (unit,) = (u for u in standard.units() if u.code == "T1.1")
    text = unit.indicators[0].text

    def found(said):
        table = f"單元名稱,行為指標(P)\n甲,P1.1.1 {said}"
        return rules(check_course(read_course(course_document(table.encode(), "c.csv")), standard))

    assert found(text) == found("") == found(f"{text[:6]}…") == set()
    assert found(text[:-3] + "想法") == {"C26"}


def test_days_of_the_republic_and_of_the_common_era_are_one():
    assert dates("115年3月1日至2026/03/02，115.3.3") == [date(2026, 3, n) for n in (1, 2, 3)]


@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_the_tables_of_a_report_are_read_back_and_checked(examples, ending):
    standard = example(examples / "KPS1420-001v2.md")
    course = course_at(examples / "course.xlsx").course
    blocks = form(check_course(course, standard, ["T1", "T2"]), standard)

    def again(row, ticked):
        changed = []
        for block in blocks:
            if isinstance(block, FormTable) and block.heads[:1] == ("辦訓期間_起",):
                block = FormTable(block.widths, [row], block.heads)
            if isinstance(block, FormTable) and block.rows[0][0] == "各階段評量" and ticked:
                rows = [["各階段評量", "■通過\n□其他："], *block.rows[1:]]
                block = FormTable(block.widths, rows, labels=True)
            changed.append(block)
        read = read_course(course_document(report(changed, ending), f"r{ending}"))
        return rules(check_course(read, standard, ["T1", "T2"]))

    assert again(["115年3月1日", "115年3月31日", "20", "18", "17"], True) == set()
    assert again(["115年3月1日", "115年3月31日", "20", "28", "17"], False) == {"C23", "C25"}
