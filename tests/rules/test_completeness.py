"""A draft is complete for the review if and only if the check of the review finds no violation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kps_graph.cli.review import review as review_command
from kps_graph.cli.validate import validate
from kps_graph.extract import extract
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from kps_graph.readers import read
from kps_graph.report import Severity
from kps_graph.rules import profiles
from kps_graph.rules.catalogue import rules
from kps_graph.rules.checklist import Outcome, checklist, review
from tests.support.project import ROOT

CASES = Path(__file__).parents[1] / "cases" / "checking"
#: What is found in a draft as an author writes it: rule, code, table, row, column; None where all is well.
FOUND = {
    "00-clean": [],
    "ks-none-at-all": [("R01", "", 2, 2, 6), ("R01", "", 2, 2, 7)],
    "ks-noK": [("R01", "", 2, 2, 6)],
    "ks-blank": [
        ("R01", "T2.2", 2, 5, 6),
        ("R01", "T2.2", 2, 5, 7),
    ],
    "r20-blank": [("R01", "", 1, 4, 3), ("R01", "", 1, 5, 3), ("R01", "", 1, 6, 3)],
    "template-text": [("R01", "", 1, 7, 3), ("R06", "O3.2.1", 2, 7, 3), ("R03", "T3.2", 2, 7, 4)],
    "ph-3": [("R01", "T3.2", 2, 7, 6)],
    "ph-4": [("R01", "", 1, 7, 3)],
    "r25-0": [("R25", "K12", 2, 7, 6)],
    "r25-4": [("R25", "S11", 2, 7, 7)],
    "r25-6": [("R25", "K12", 2, 7, 6)],
    "01-tracked-comments": [
        ("E21", "", 2, 2, 4),
        ("R10", "P1.1.1", 2, 2, 4),
        ("E21", "", 2, 3, 5),
        ("R07", "K12", 2, 7, 6),
    ],
}
#: Those of them that are not complete.
NOT_COMPLETE = {name for name, found in FOUND.items() if found} - {"r25-0", "r25-4", "r25-6"}


def checked(path, profile=None):
    return check(find([path]), profiles.load(profile) if profile else None)[0].findings


def outcomes(path, findings):
    standard = extract(read(path.read_bytes(), path.name)).standard
    return {a.condition.number: a for a in review(standard, findings)}


@pytest.mark.parametrize("name", FOUND)
def test_a_draft_is_told_what_is_missing_at_its_cell(name):
    findings = checked(CASES / f"{name}.docx")
    told = [(f.rule, f.code, f.span.table, f.span.row, f.span.column) for f in findings]
    assert told == FOUND[name]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        (
            "進行國際市場資料蒐集與分析，拓展與開發國際市場，並管理客戶服務品質。",
            "（請以50-100字說明）",
            (2, 7, 3),
        ),
        ("<b>職業</b>\t貿易經理", "<b>職業</b>\t待確認", (2, 3, 4)),
        ("<b>基準級別</b>\t\t5", "<b>基準級別</b>\t\t待補", (2, 8, 3)),
    ],
)
def test_a_hint_in_the_header_is_one_finding_at_its_cell_though_others_are_blank(
    before, after, place, examples, tmp_path
):
    text = (examples / "KPS1420-001v2.md").read_text("utf-8")
    assert before in text
    file = tmp_path / "draft.md"
    file.write_text(text.replace(before, after), "utf-8")
    told = [
        (f.rule, (f.span.table, f.span.row, f.span.column))
        for f in checked(file)
        if f.rule in ("E40", "E41", "R01")
    ]
    assert told == [("R01", place)]


@pytest.mark.parametrize("name", FOUND)
def test_the_condition_of_completeness_says_the_same(name):
    file = CASES / f"{name}.docx"
    answer = outcomes(file, checked(file, "review"))["3.1.1"]
    assert answer.outcome is (Outcome.NOT_MET if name in NOT_COMPLETE else Outcome.MET)


@pytest.mark.parametrize("name", ["template-text", "ph-3", "ph-4"])
def test_the_text_that_is_no_content_stands_in_the_finding(name):
    values = " ".join(f.value for f in checked(CASES / f"{name}.docx"))
    hints = {
        "template-text": ["（請以50-100字說明主要工作內容）", "○○○報告", "（請填寫行為指標）"],
        "ph-3": ["ＯＯＯ法規", "XXX"],
        "ph-4": ["無"],
    }
    for hint in hints[name]:
        assert hint in values


@pytest.mark.parametrize("name", ["01-tracked-comments", "00-clean", "ks-blank"])
def test_both_commands_end_alike(name):
    file = str(CASES / f"{name}.docx")
    run = CliRunner().invoke
    assert (
        run(validate, [file, "--profile", "review"]).exit_code
        == run(review_command, [file]).exit_code
        == (1 if name in NOT_COMPLETE else 0)
    )


def test_every_file_of_equal_content_is_told_what_its_own_reading_finds():
    report, sources = check(find([CASES / "same-content"]))
    assert [s.outcome for s in sources] == ["loaded", "loaded"]
    assert [(f.rule, Path(f.span.source).name) for f in report.findings] == [("E44", "b.docx")]


def test_the_row_of_the_documents_code_is_judged_and_the_other_latest_row_reported():
    findings = checked(CASES / "m14_two_latest.md")
    assert [(f.rule, f.code) for f in findings if f.span.table == 1] == [("R19", "ZZZ1420-951v4")]


def test_a_draft_has_no_code_that_nobody_issued():
    done = CliRunner().invoke(validate, [str(CASES / "ks-blank.docx"), "-f", "json"])
    told = json.loads(done.stdout)
    assert {f["standard"] for f in told["findings"]} == {""}
    assert {f["code"] for f in told["files"]} == {""}


@pytest.mark.parametrize("style", ["text", "csv", "html", "json", "sarif", "junit"])
def test_no_report_shows_a_digest_for_a_code(style):
    done = CliRunner().invoke(validate, [str(CASES / "ks-blank.docx"), "-f", style])
    shown = done.stdout.replace("https://w3id.org/kps-graph/id/draft-", "")
    assert "draft-" not in shown


def test_every_finding_carries_what_to_do_as_data():
    done = CliRunner().invoke(validate, [str(CASES), "-f", "json"])
    findings = json.loads(done.stdout)["findings"]
    assert {f["rule"][0] for f in findings} == {"R", "E"}
    for finding in findings:
        assert set(finding["remedy"]) == {"zh-Hant", "en"}, finding["rule"]
        assert all(finding["remedy"].values())


def test_every_rule_says_what_to_do():
    assert all(set(r.remedy) == {"zh-Hant", "en"} and all(r.remedy.values()) for r in rules())


# -- one source


def test_whatever_can_be_a_violation_of_the_review_refutes_a_condition():
    graded = profiles.load("review").severity
    named = {name for c in checklist() for name in (*c.decides, *c.refutes)}
    for rule in rules():
        if graded.get(rule.number, rule.severity) is Severity.VIOLATION:
            assert rule.number in named or set(rule.shapes) & named, rule.number


def blank(*keys):
    def fault(data):
        for key in keys:
            data[key] = None if key != "name" else ""

    return fault


def in_units(change):
    def fault(data):
        for task in data["tasks"]:
            for unit in task.get("activities", ()):
                change(unit)

    return fault


def first(kind, text):
    def fault(data):
        data[kind][0]["name"] = text

    return fault


def doubled(data):
    data["knowledge"].append({**data["knowledge"][0], "code": "K99"})


#: What goes wrong in drafts, planted into one without violations.
FAULTS = {
    "no description": blank("description"),
    "no name": blank("name"),
    "no level": blank("level"),
    "a hint for the description": lambda data: data.update(description="（請填寫）"),
    "no classes": lambda data: data.update(classification={}),
    "no K": lambda data: (
        data.update(knowledge=[]),
        in_units(lambda u: u.pop("knowledge", 0))(data),
    ),
    "no S in the units": in_units(lambda u: u.update(skills=[])),
    "no P": in_units(lambda u: u.update(indicators=[])),
    "hints for P": in_units(lambda u: [p.update(text="待補") for p in u["indicators"]]),
    "hints for O": in_units(lambda u: u.update(outputs=[{"code": None, "name": "○○○報告"}])),
    "a dash for O": in_units(lambda u: u.update(outputs=[{"code": None, "name": "－"}])),
    "a K that waits": first("knowledge", "XXX"),
    "an S that is knowledge": first("skills", "食品衛生知識"),
    "a K twice": doubled,
    "levels that are none": in_units(lambda u: u.update(level="高")),
    "a base level that is not that of the work": lambda data: data.update(level=1),
    "codes of other units": in_units(lambda u: [p.update(code="P9.9.9") for p in u["indicators"]]),
    "no tasks": lambda data: data.update(tasks=[]),
    "an attitude of one's own": lambda data: data.update(
        attitudes=[{"code": "A01", "name": "愛物惜物", "definition": None}]
    ),
}


@settings(max_examples=settings.default.max_examples // 5, deadline=None)
@given(faults=st.sets(st.sampled_from(sorted(FAULTS)), max_size=4))
def test_review_and_check_never_disagree(faults, tmp_path_factory):
    data = yaml.safe_load((ROOT / "examples" / "ZZZ2431-904v1.yaml").read_text("utf-8"))
    for name in sorted(faults):
        FAULTS[name](data)
    file = tmp_path_factory.mktemp("draft") / "draft.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    findings = checked(file, "review")
    answers = outcomes(file, findings)
    violations = [f for f in findings if f.severity is Severity.VIOLATION]
    refuted = [a for a in answers.values() if a.outcome is Outcome.NOT_MET]
    assert bool(violations) == bool(refuted)
    for finding in violations:
        assert any(finding in a.findings for a in refuted), finding
    assert (answers["3.1.1"].outcome is Outcome.MET) == (not violations)
