"""A whole report written and read back: every table of it, and what hangs on table 1 and on sums."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.courses.values import Field
from kps_graph.document import Span
from kps_graph.exports.course.form import form
from kps_graph.exports.course.report import ENDINGS, report
from tests.support.standards import example

WHOLE = """
title: 客戶服務實務
standard: KPS1420-001v2
hours: 12
level: 5
need: 客服人才不足
applicant: 某協會
period: 115年1月1日至115年6月30日
trial-from: 115年3月1日
trial-to: 115年3月31日
enrolled: 20
completed: 18
qualified: 17
modules:
- {name: 甲－調查, english: Survey, hours: 6, level: 5, goal: 能說明, indicators: P1.1.1~P1.1.2, knowledge: K1,
   methods: 講述教學, assessments: 測驗, tools: 測驗卷, teachers: 三年經驗, assessors: 評量員}
- {name: 乙（進階）, english: Control, hours: 6, level: 5, goal: 能說明, indicators: P1.2.1, skills: S1,
   methods: 演練教學, assessments: 實作評量, tools: 檢核表, teachers: 五年經驗}
"""


@pytest.fixture(scope="module")
def standard(examples):
    return example(examples / "KPS1420-001v2.md")


def read(text, name="c.csv"):
    return read_course(course_document(text.encode() if isinstance(text, str) else text, name))


def whole():
    course = read(WHOLE, "c.yaml")
    more = {
        "title-english": "Customer service",
        "applicant-english": "An association",
        "kind": "展延、類別1，與原課程一致",
        "passed-stages": "通過",
        "passed-theory": "通過、70 分以上",
        "passed-practice": "",
        "passed-other": "出席率 80%",
    }
    people = {
        "teachers-named": "姓名：王大明\n資格：三年",
        "assistants-named": "姓名：李小華\n資格：",
    }
    modules = [
        replace(m, fields={**m.fields, **{n: Field(t, Span()) for n, t in people.items()}})
        for m in course.modules
    ]
    facts = {**course.facts, **{n: Field(t, Span()) for n, t in more.items()}}
    return replace(course, facts=facts, modules=tuple(modules))


def said(course):
    return (
        {name: field.text for name, field in course.facts.items()} | {"standard": ""},
        [
            (m.name, m.hours, m.level, {r.code for r in m.references}, texts(m))
            for m in course.modules
        ],
    )


def texts(module):
    """The texts that the form has a column for, but for boxes that are not ticked."""
    kept = {n: f.text for n, f in module.fields.items() if f.text}
    return {n: t for n, t in kept.items() if n not in ("indicators", "knowledge", "skills")}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_table_is_read_back_equal(standard, ending):
    course = whole()
    check = check_course(course, standard, ("T1.1", "T1.2"))
    again = read(report(form(check, standard, english=True), ending), f"r{ending}")
    assert said(again) == said(course)
    assert [(t.name[:4], t.level) for t in again.analysis] == [("T1.1", 5), ("T1.2", 5)]
    assert not again.findings


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_report_without_tasks_is_about_what_its_table_1_lists(standard, ending):
    check = check_course(whole(), standard, ("T1.1", "T1.2"))
    again = check_course(read(report(form(check, standard), ending), f"r{ending}"), standard)
    assert again.tasks == ("T1.1", "T1.2")
    assert [c.part.code for c in again.gaps] == [c.part.code for c in check.gaps]


TABLE_1 = "工作任務,對應之行為指標(P),職能級別(L),對應之知識(K)\n"
UNITS = "單元名稱,行為指標(P),知識(K)\n"


def found(standard, text):
    return [(f.rule, f.code) for f in check_course(read(text), standard).findings]


def test_an_indicator_of_table_1_that_no_unit_teaches_is_a_gap_and_one_beyond_it_is_too_much(
    standard,
):
    rows = "T1.1,P1.1.1、P1.1.2,5,K1\n"
    assert found(standard, f"{TABLE_1}{rows}{UNITS}甲,P1.1.1、P1.1.2,K1\n") == []
    assert found(standard, f"{TABLE_1}{rows}{UNITS}甲,P1.1.1,K1\n") == [("C06", "P1.1.2")]
    assert found(standard, f"{TABLE_1}{rows}{UNITS}甲,P1.1.1~2、P1.2.1,K1\n") == [("C08", "P1.2.1")]


def test_table_1_has_the_words_and_levels_of_the_standard(standard):
    rows = "T1.1,P1.1.1 另一種說法,3,K1\n"
    assert found(standard, f"{TABLE_1}{rows}{UNITS}甲,P1.1.1,K1\n") == [
        ("C26", "P1.1.1"),
        ("C09", ""),
    ]


HOURS = "單元名稱,時數,知識(K)\n"


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("甲,3,K1\n乙,3,K2\n合計,6,\n", 0),
        ("甲,3,K1\n小計,3,\n乙,3,K2\n小計,3,\n合計,6,\n", 0),
        ("甲,3,K1\n小計,4,\n乙,3,K2\n小計,3,\n合計,6,\n", 1),
        ("甲,3,K1\n乙,3,K2\n合計,7,\n", 1),
        ("甲,講授 2 小時、實作 1 小時,K1\n乙,十二小時（含評量 2 小時）,K2\n合計,15,\n", 0),
    ],
)
def test_every_sum_that_is_stated_is_held_against_the_units(standard, lines, wrong):
    check = check_course(read(f"課程總時數：{lines.split(',')[-2]}\n{HOURS}{lines}"), standard)
    assert sum(f.rule == "C10" for f in check.findings) == wrong * (1 if "小計,4" in lines else 2)


def test_a_sum_in_one_cell_is_one_finding(standard):
    check = check_course(read(f"課程總時數：7 小時\n{HOURS}甲,3,K1\n乙,3,K2\n"), standard)
    assert [f.rule for f in check.findings].count("C10") == 1


def test_hours_that_are_none_are_said(standard):
    course = read(f"課程總時數：若干\n{HOURS}甲,3,K1\n")
    assert [(f.rule, f.value) for f in course.findings] == [("C02", "若干")]


def test_a_unit_whose_name_differs_in_one_table_is_one_unit_and_said_once(standard):
    text = f"{HOURS}客戶需求調查,3,K1\n國際市場評估,3,K2\n課程單元名稱,評量方式,評量工具\n"
    text += "客戶需求調查,測驗,測驗卷\n國際市場之評估,測驗,測驗卷\n"
    course = read(text)
    assert [(m.name, m.text("assessments")) for m in course.modules] == [
        ("客戶需求調查", "測驗"),
        ("國際市場評估", "測驗"),
    ]
    assert [(f.rule, f.value) for f in course.findings] == [("C14", "國際市場之評估")]


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("能獨立操作報關系統", True),
        ("能說明系統操作流程", False),
        ("能說明流程，並能操作系統", True),
        ("1. 瞭解維修程序", False),
    ],
)
def test_to_know_of_a_practice_may_be_asked_in_writing_and_to_do_it_may_not(standard, goal, wrong):
    text = f'單元名稱,教學目標,知識(K),評量方式,評量工具\n甲,"{goal}",K1,測驗,測驗卷\n'
    assert ("C11" in {rule for rule, _ in found(standard, text)}) == wrong
