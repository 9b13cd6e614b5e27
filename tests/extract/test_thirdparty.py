"""The third party's JSON is taken as it stands, and everything that it has lost is a finding."""

import json

import pytest

from kps_graph.extract import extract
from kps_graph.model import Output
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from kps_graph.readers import read

UNIT = {
    "main_responsibility": "T1 規劃物流",
    "task_id": "T1.1",
    "task_name": "規劃路線",
    "output": "路線圖",
    "behaviors": ["依訂單規劃路線"],
    "knowledge": ["K01"],
    "skills": ["S01"],
    "level": 3,
}
WHOLE = {
    "metadata": {
        "code": "ZZZ1234-001v2",
        "name": "物流專員",
        "update_date": "2024/01/01",
        "version": "V2",
        "status": "最新版本",
    },
    "basic_info": {
        "category": ["物流"],
        "category_code": ["ZZZ"],
        "occupation": ["物流人員"],
        "occupation_code": ["1234"],
        "industry": ["運輸業"],
        "industry_code": ["H49"],
        "job_description": "規劃並執行物流。",
        "level": 3,
        "requirements": "高中",
    },
    "competency_tasks": [UNIT],
    "competency_knowledge": [{"code": "K01", "name": "物流概論", "category": "knowledge"}],
    "competency_skills": [{"code": "S01", "name": "路線規劃能力", "category": "skill"}],
    "competency_attitudes": [
        {"code": "A01", "name": "謹慎細心", "description": "能謹慎。", "category": "attitude"}
    ],
}


def taken(**changes):
    """What is read of the whole record with some of its parts changed."""
    data = {**WHOLE, **changes}
    return extract(read(json.dumps(data, ensure_ascii=False).encode(), "a.json"))


def noted(**changes):
    return [(f.rule, f.code, f.value) for f in taken(**changes).findings]


def unit(**changes):
    return [{**UNIT, **changes}]


def test_a_whole_record_is_read_without_a_finding():
    found = taken()
    assert found.findings == ()
    (task,) = found.standard.tasks
    assert (task.code, task.name, task.units[0].name) == ("T1", "規劃物流", "規劃路線")
    assert found.standard.code == "ZZZ1234-001v2"


def test_every_character_of_the_record_is_accounted_for():
    found = taken(remark="附註")
    assert found.read == found.placed + found.unplaced
    assert found.unplaced == 2


@pytest.mark.parametrize("status", ["最新版本", "歷史版本", ""])
def test_a_name_that_says_it_is_past_sets_the_status_and_is_reported_where_that_differs(status):
    found = taken(metadata={**WHOLE["metadata"], "name": "《歷史資料》物流專員", "status": status})
    (version,) = found.standard.versions
    assert (found.standard.name, version.name) == ("物流專員", "《歷史資料》物流專員")
    assert version.status == "歷史版本"
    assert [(f.rule, f.value) for f in found.findings] == (
        [("E14", "最新版本")] if status == "最新版本" else []
    )


def test_a_name_that_is_nothing_but_a_mark_is_kept():
    assert taken(metadata={**WHOLE["metadata"], "name": "《廢止》"}).standard.name == "《廢止》"


def test_level_0_is_a_lost_one_and_nothing_is_put_in_its_place():
    found = taken(competency_tasks=unit(level=0))
    assert found.findings == ()
    assert found.standard.tasks[0].units[0].level is None


def test_level_34_is_kept_for_rule_2_to_find():
    found = taken(competency_tasks=unit(level=34))
    assert found.findings == ()
    assert found.standard.tasks[0].units[0].level == 34


@pytest.mark.parametrize("text", ["標準作業程序（", "程式語言（如 Python、", "資料庫、"])
def test_a_text_that_breaks_off_is_named(text):
    assert noted(competency_knowledge=[{"code": "K01", "name": text}]) == [("E22", "K01", text)]


def test_a_text_with_brackets_closed_is_whole():
    assert noted(competency_knowledge=[{"code": "K01", "name": "程式語言（如 R）"}]) == []


def test_a_reference_to_nothing_is_kept_for_rule_6_to_find():
    found = taken(competency_tasks=unit(skills=["S01", "S09"]))
    assert found.findings == ()
    assert found.standard.tasks[0].units[0].skills == ("S01", "S09")


@pytest.mark.parametrize(
    ("text", "raw"), [("會議紀錄01.1.2意見表", "01.1.2"), ("會議紀錄Ｏ1.1.2意見表", "Ｏ1.1.2")]
)
def test_two_outputs_glued_by_a_code_are_parted_there(text, raw):
    found = taken(competency_tasks=unit(output=text))
    assert [(f.rule, f.code, f.value) for f in found.findings] == [("E26", "O1.1.2", text)]
    assert found.standard.tasks[0].units[0].outputs == (
        Output(None, "會議紀錄"),
        Output("O1.1.2", "意見表", raw),
    )


def test_a_number_of_another_unit_parts_nothing():
    found = taken(competency_tasks=unit(output="第03.2.2版意見表"))
    assert found.standard.tasks[0].units[0].outputs == (Output(None, "第03.2.2版意見表"),)


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"remark": "附註"}, "附註"),
        ({"competency_tasks": [UNIT, "T2 另一項"]}, "T2 另一項"),
        ({"competency_tasks": unit(note=["甲", "乙"])}, '["甲", "乙"]'),
        ({"competency_skills": [{"code": "S01", "name": {"zh": "能力"}}]}, '{"zh": "能力"}'),
        ({"competency_attitudes": "謹慎"}, "謹慎"),
    ],
)
def test_what_the_form_has_no_place_for_is_named(changes, value):
    assert ("E01", "", value) in noted(**changes)


def test_one_indicator_as_a_text_is_an_indicator():
    found = taken(competency_tasks=unit(behaviors="依訂單規劃路線"))
    assert [p.text for p in found.standard.tasks[0].units[0].indicators] == ["依訂單規劃路線"]


def test_a_finding_names_the_json_pointer_of_its_value(tmp_path):
    file = tmp_path / "record.json"
    data = {**WHOLE, "competency_tasks": unit(level=34)}
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    report, _ = check(find([file]))
    (wrong,) = (f for f in report.findings if f.rule == "R02")
    assert wrong.span.pointer == "/competency_tasks/0/level"
    assert wrong.as_data()["place"]["pointer"] == wrong.span.pointer
