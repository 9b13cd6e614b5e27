"""Headings and labels as drafts write them: in English, in both languages, and shorter than official."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read as read_file
from tests.support.document import NEW, read, rules

ROW = "T1 甲|T1.1 乙|O1.1.1 丙|P1.1.1 丁|3|K01 戊|S01 己"


@pytest.mark.parametrize(
    "head",
    [
        "Key responsibilities|Job tasks|Deliverables|Key performance indicators|Required level|"
        "Required knowledge|Required skills",
        "Duty|Task|Output|Indicator|Competence level|Knowledge|Skills/abilities",
        "主要職責 Main duty|工作任務 Task|工作產出 Work output|行為指標 Behavioral indicator|"
        "職能級別 Level|知識 Knowledge|技能 Skills",
        "主要職責/Duty|工作任務/Task|工作產出(Output)|行為指標 (Indicators)|級別 (Level)|"
        "職能內涵-知識|職能內涵-技能",
    ],
)
def test_a_body_is_read_under_headings_of_drafts(head):
    extraction = read(ROW, head=head.replace("|", "\t"))
    unit = extraction.standard.tasks[0].units[0]
    assert (unit.code, unit.level, unit.knowledge, unit.skills) == ("T1.1", 3, ("K01",), ("S01",))
    assert [o.name for o in unit.outputs] + [p.text for p in unit.indicators] == ["丙", "丁"]
    assert rules(extraction) == []


@pytest.mark.parametrize(
    "header",
    [
        "代碼\tABC1234-001v1\n名稱\t測試人員\n描述\t做事。\n級別\t4",
        "職能基準編號\tABC1234-001v1\n職業名稱\t測試人員\n工作說明\t做事。\n基準等級\t4",
        "Code\tABC1234-001v1\nTitle\t測試人員\nDescription\t做事。\nOverall level\t4",
        "職能基準代碼 Code\tABC1234-001v1\n職能基準名稱 Name\t\t職業 Occupation\t測試人員\n"
        "工作描述 Job description\t\t做事。\n基準級別/Level\t4",
        "Competency standard code\tABC1234-001v1\n"
        "Competency standard title\tOccupation\t測試人員\nJob description\t做事。\nLevel\t4",
        "Competency standard code\t\tABC1234-001v1\nName\tJob category\t\n"
        "\tOccupation\t測試人員\nDescription\t\t做事。\nLevel\t\t4",
    ],
)
def test_a_header_is_read_under_labels_of_drafts(header):
    row = ROW.replace("|", "\t")
    extraction = extract(read_file(f"{header}\n\n{NEW}\n{row}\n".encode(), "case.md"))
    standard = extraction.standard
    assert (standard.code, standard.name, standard.description, standard.level) == (
        "ABC1234-001v1",
        "測試人員",
        "做事。",
        4,
    )
    assert rules(extraction) == []


def test_a_unit_document_is_read_under_shorter_labels():
    header = "職能單元編號\tABC001\n職能單元名稱\t操作機台\n職能單元描述\t依規定做。\n職能級別\t3"
    head, row = NEW.split("\t", 1)[1], "T1 甲|O1.1 丙|P1.1 丁|3|K01 戊|S01 己".replace("|", "\t")
    extraction = extract(read_file(f"{header}\n\n{head}\n{row}\n".encode(), "case.md"))
    standard = extraction.standard
    assert (standard.code, standard.name, standard.name_kind) == ("ABC001", "操作機台", "職能單元")
    assert (standard.description, standard.level) == ("依規定做。", 3)
    assert rules(extraction) == ["E38"]
