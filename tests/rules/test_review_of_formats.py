"""The review and the check of the review say the same of a draft, whatever it is written in."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kps_graph.cli.parse import parse
from kps_graph.cli.review import review
from kps_graph.cli.validate import validate
from tests.support.sweeps import now_and_then
from tests.support.written import FORMATS, Cells

GOOD = {
    "t": "T1 沖煮咖啡",
    "u": "T1.1 準備沖煮器具",
    "o": "O1.1.1 器具檢查表",
    "p": "P1.1.1 依開店檢查表，於營業前確認器具清潔完好。",
    "level": "3",
    "k": "K01 咖啡豆種類與特性",
    "s": "S01 器具操作能力",
}
NEXT = (
    None,
    "T1.2 調製飲品",
    "O1.2.1 飲品",
    "P1.2.1 依配方調製飲品，並確認風味。",
    "3",
    "K02 飲品配方原理",
    "S02 飲品調製能力",
)


def rows(**changed):
    return [tuple({**GOOD, **changed}.values()), NEXT]


#: What is planted, with the rule that a violation of the review is of; None where there is none.
FAULTS = {
    "nothing": (Cells(rows()), None),
    "no description": (Cells(rows(), {"描述": ""}), "R01"),
    "a hint for the name": (Cells(rows(), {"職業": "（待補）"}), "R01"),
    "a level that is none": (Cells(rows(level="高")), "R02"),
    "no level": (Cells(rows(level="")), "R02"),
    "no duty": (Cells(rows(t="")), "E07"),
    "no task beside an indicator": (Cells(rows(u="")), "R01"),
    "a mark for none as a task": (Cells(rows(u="無")), "R01"),
    "a hint as a task": (Cells(rows(u="T1.1 ○○○")), "R05"),
    "a hint for the indicator": (Cells(rows(p="P1.1.1 請填寫行為指標")), "R03"),
    "an indicator of another task": (Cells(rows(p=GOOD["p"].replace("P1.1.1", "P2.1.1"))), "R04"),
    "no knowledge": (Cells(rows(k="")), "R01"),
    "a hint for the skill": (Cells(rows(s="S01 XXX")), None),
    "a text twice": (Cells(rows(s="S01 飲品調製能力")), "R07"),
    "a base level that is not that of the work": (Cells(rows(), {"級別": "5"}), "R08"),
    "a date to come": (
        Cells(rows(), version=("V1", "", "咖啡師", "最新版本", "略", "2999/01/15")),
        None,
    ),
    "a verb of knowing": (Cells(rows(p="P1.1.1 瞭解咖啡豆種類")), None),
}
CASES = [pytest.param(fault, format) for fault in FAULTS for format in FORMATS]


def told(draft):
    """The findings of ``validate``, and the outcomes of ``review`` with theirs."""
    run = CliRunner().invoke
    checked = run(validate, [str(draft), "--profile", "review", "-f", "json"])
    judged = run(review, [str(draft), "-f", "json"])
    assert checked.exit_code == judged.exit_code, checked.output
    return json.loads(checked.stdout)["findings"], json.loads(judged.stdout)["conditions"]


#: What stands in a cell and says nothing, besides those above.
HOLLOW = {
    "none for K": rows(k="－"),
    "none for S": rows(s="無"),
    "a hint for the output": rows(o="O1.1.1 待補"),
    "a hint for the level": rows(level="待補"),
    "a hint without a code": rows(p="待補"),
    "a duty to come": rows(t="T1 待補"),
    "a choice not made": rows(k="選擇一個項目。"),
    "not for the author": rows(s="（免填）"),
    "a text with a hint": rows(k="K01 原理（待補）"),
}
SAVED = {fault: cells for fault, (cells, _) in FAULTS.items()} | {
    fault: Cells(cells) for fault, cells in HOLLOW.items()
}


def refused(findings):
    """Whether the review would refuse a draft of these."""
    return any(f["severity"] == "violation" for f in findings)


@pytest.mark.parametrize("fault", now_and_then(SAVED, 5))
def test_a_draft_saved_as_yaml_has_its_violations_still(tmp_path, fault):
    draft, saved = tmp_path / "draft.docx", tmp_path / "draft.yaml"
    draft.write_bytes(SAVED[fault].written("docx"))
    CliRunner().invoke(parse, [str(draft), "-f", "yaml", "-o", str(saved)])
    before, _ = told(draft)
    after, _ = told(saved)
    assert refused(after) is refused(before)


@pytest.mark.parametrize(("fault", "format"), now_and_then(CASES, 7))
def test_review_and_check_say_the_same(tmp_path, fault, format):
    cells, rule = FAULTS[fault]
    draft = tmp_path / f"draft.{format}"
    draft.write_bytes(cells.written(format))
    findings, conditions = told(draft)
    violations = [f for f in findings if f["severity"] == "violation"]
    refuted = [c for c in conditions if c["outcome"] == "not met"]
    (complete,) = [c for c in conditions if c["number"] == "3.1.1"]
    assert (complete["outcome"] == "met") is (not violations)
    assert bool(refuted) is bool(violations)
    for violation in violations:
        assert any(violation in c["findings"] for c in refuted)
    assert all(f["remedy"]["zh-Hant"] and f["remedy"]["en"] for f in findings)
    if rule and format not in ("yaml", "json"):  # which have no cells, blank or not
        assert rule in {f["rule"] for f in violations}
