"""What a report has beside its tables: the map of table 2, and the part that stakeholders took."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.stakeholders import STAGES
from kps_graph.exports.course.form import form
from kps_graph.exports.course.report import ENDINGS, report
from tests.support.standards import example

COURSE = """
title: 客戶服務實務
standard: KPS1420-001v2
stakeholders: 每年兩次會議
modules:
- {name: "甲、調查（初）", hours: 6, level: 5, indicators: P1.1.1, 評量方式: 測驗}
- {name: "乙 > 服務", hours: 6, indicators: P1.2.1, 先修: "甲、調查（初）", 評量方式: 測驗}
- {name: 丙, hours: 3, indicators: P1.3.1, 先修: "甲、調查（初）；乙 > 服務", 評量方式: 測驗}
"""


@pytest.fixture(scope="module")
def standard(examples):
    return example(examples / "KPS1420-001v2.md")


def read(data, name):
    return read_course(course_document(data, name))


def written(standard, ending, course=None):
    course = course or read(COURSE.encode(), "c.yaml")
    return report(form(check_course(course, standard), standard), ending)


def changed(data, change):
    """An office file with a change of its texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in ("content.xml", "word/document.xml"):
                part = change(part.decode()).encode()
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_map_that_our_report_draws_is_read_back(standard, ending):
    course = read(written(standard, ending), f"c{ending}")
    assert {m.name: m.text("prerequisites") for m in course.modules} == {
        "甲、調查（初）": "",
        "乙 > 服務": "甲、調查（初）",
        "丙": "甲、調查（初）；乙 > 服務",
    }
    assert [total for total, _ in course.totals] == [15]
    assert course.findings == ()


@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_hours_that_the_map_sums_up_otherwise_than_table_4_are_a_finding(standard, ending):
    data = changed(
        written(standard, ending), lambda xml: xml.replace("合計 15 小時", "合計 18 小時")
    )
    check = check_course(read(data, f"c{ending}"), standard)
    assert [f.value for f in check.findings if f.rule == "C10"] == ["18"]


@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_a_unit_that_the_map_calls_otherwise_is_said_and_is_that_unit(standard, ending):
    data = changed(
        written(standard, ending),
        lambda xml: xml.replace("2. 乙 &gt; 服務", "2. 乙 &gt; 服務實務"),
    )
    course = read(data, f"c{ending}")
    assert [(f.rule, f.value) for f in course.findings] == [("C14", "乙 > 服務實務")]
    assert course.modules[1].text("prerequisites") == "甲、調查（初）"


@pytest.mark.parametrize("ending", [".odt", ".docx"])
def test_of_a_map_that_someone_else_drew_it_is_said_that_its_arrows_are_not_read(standard, ending):
    pattern = r'descr="[^"]*"' if ending == ".docx" else r"<svg:desc>.*?</svg:desc>"
    other = 'descr="我們的地圖"' if ending == ".docx" else "<svg:desc>我們的地圖</svg:desc>"
    data = changed(
        written(standard, ending), lambda xml: re.sub(pattern, other, xml, flags=re.DOTALL)
    )
    course = read(data, f"c{ending}")
    assert [f.rule for f in course.findings] == ["C29"]
    assert [m.text("prerequisites") for m in course.modules] == ["", "", ""]


def test_a_picture_elsewhere_in_a_report_is_no_map(standard):
    data = changed(
        written(standard, ".odt"),
        lambda xml: re.sub(
            r"<text:p[^>]*><draw:frame.*?</draw:frame></text:p>", "", xml, flags=re.DOTALL
        ).replace("<text:p", "<text:p><draw:frame><draw:image/></draw:frame></text:p><text:p", 1),
    )
    assert read(data, "c.odt").findings == ()


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_part_of_the_stakeholders_stands_in_part_3_and_is_read_back(standard, ending):
    table = (
        "階段,利益關係人參與紀錄\nA分析,專家會議\n設計階段,問卷\nD發展,審稿\nI執行,訪視\nE評估,\n"
    )
    course = read(f"單元名稱,知識(K),時數\n甲,K1,3\n,,\n{table}".encode(), "c.csv")
    stated = {"A": "專家會議", "D": "問卷", "I": "訪視", "E": "", "": ""}
    for each in (course, read(written(standard, ending, course), f"c{ending}")):
        facts = {stage: each.facts.get(name) for stage, name in STAGES.items()}
        assert {stage: fact.text if fact else "" for stage, fact in facts.items()} == stated


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_record_for_all_stages_stands_in_the_last_row(standard, ending):
    course = read(written(standard, ending), f"c{ending}")
    assert course.facts[STAGES[""]].text == "每年兩次會議"
