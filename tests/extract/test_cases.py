"""The inputs of ``tests/cases/reading`` whose codes are hard to see: what each says, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read
from tests.support.document import rules

CASES = Path(__file__).parent.parent / "cases" / "reading"

UNITS = {"T1": "甲職責", "T1.1": "乙任務"}
OUTPUT, INDICATOR, KNOWLEDGE, SKILL = (
    {"O1.1.1": "丙報告"},
    {"P1.1.1": "依規定做。"},
    {"K01": "甲學"},
    {"S01": "甲力"},
)


def parts(standard):
    """The names of units, outputs, indicators, K and S, by code; a repeated code has a list."""
    units = list(standard.units())
    found = []
    for items in (
        [(u.code, u.name) for u in units],
        [(o.code, o.name) for u in units for o in u.outputs],
        [(p.code, p.text) for u in units for p in u.indicators],
        [(k.code, k.name) for k in standard.knowledge],
        [(s.code, s.name) for s in standard.skills],
    ):
        named: dict = {}
        for code, name in items:
            named[code] = [*named[code], name] if code in named else [name]
        found.append({c: n if len(n) > 1 else n[0] for c, n in named.items()})
    return tuple(found)


@pytest.mark.parametrize(
    ("file", "expected", "said"),
    [
        (
            "m02_bare_gap",
            (
                UNITS,
                OUTPUT,
                INDICATOR,
                {"K10": "甲學", "K12": "乙學", "K15": "丙學"},
                {"S1": "甲力", "S3": "乙力", "S5": "丙力"},
            ),
            [],
        ),
        (
            "m04_latin_glued",
            (
                {"T1": "RF模組開發", "T1.1": "AI模型訓練"},
                {"O1.1.1": "SOP文件"},
                {"P1.1.1": "RF模組須測試。"},
                KNOWLEDGE,
                SKILL,
            ),
            [],
        ),
        (
            "m06_latin_glued_br",
            (
                UNITS,
                OUTPUT,
                INDICATOR,
                {"K01": "甲學", "K02": "SQL語法", "K03": "乙學", "K10": "RF原理"},
                {"S01": "甲力", "S02": "CAD繪圖", "S03": "乙力"},
            ),
            [],
        ),
        (
            "m07_digit_glued",
            (
                {"T1": "3D模型規劃", "T1.1": "3D模型製作"},
                OUTPUT,
                {"P1.1.1": "3D模型須檢查。"},
                {"K01": "3D建模", "K02": "甲學"},
                {"S01": "5S管理"},
            ),
            [],
        ),
        (
            "m08_P_back",
            (
                {"T4": "甲職責", "T4.1": "乙任務"},
                {},
                {
                    "P4.1.1": "做甲。",
                    "P4.2.1": "做乙。",
                    "P4.1.4": ["做丙。", "做戊。"],
                    "P4.1.5": "做丁。",
                },
                KNOWLEDGE,
                SKILL,
            ),
            [],
        ),
        (
            "m09_wrong_letter_bare",
            (
                UNITS,
                {"O1.1.1": "丙報告", "O1.1.3": "戊報告", "O1.1.2": "做乙。"},
                {"P1.1.2": "丁報告", "P1.1.1": "做甲。", "P1.1.3": "做丙。"},
                {"K01": "甲學", "K02": "乙力"},
                {"S01": "甲力", "S03": "丙力"},
            ),
            ["E28", "E28", "E28"],
        ),
        (
            "m10_missing_letter",
            (
                {**UNITS, "T1.1.1": "丙步驟", "T1.1.2": "丁步驟", "T1.2": "戊任務"},
                OUTPUT,
                {"P1.1.1": "做甲。", "P1.1.2": "做乙。"},
                KNOWLEDGE,
                SKILL,
            ),
            ["E03", "E03", "E03"],
        ),
        (
            "m12_code_named_in_text",
            (
                UNITS,
                OUTPUT,
                INDICATOR,
                KNOWLEDGE,
                {
                    "S11": "儀器測試能力(如：切換畫面(S11、S21、VSWR等))",
                    "S12": "系統校準能力",
                    "S21": "報告撰寫能力",
                },
            ),
            ["E27"],
        ),
        ("m15_mixed_ref_bare", (UNITS, OUTPUT, {"P1.1.1": "做甲。"}, {"K03": "通訊"}, SKILL), []),
    ],
)
def test_the_codes_of_a_case_are_read(file, expected, said):
    extraction = extract(read((CASES / f"{file}.md").read_bytes(), f"{file}.md"))
    assert parts(extraction.standard) == expected
    assert rules(extraction) == said


def test_a_bare_code_behind_a_text_is_a_reference():
    name = "m15_mixed_ref_bare.md"
    standard = extract(read((CASES / name).read_bytes(), name)).standard
    assert standard.tasks[0].units[0].knowledge == ("K03", "K32")
