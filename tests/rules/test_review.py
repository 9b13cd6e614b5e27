"""The checklist of the certification: what can be decided is, the rest is put to a person."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from kps_graph.cli.review import review as command
from kps_graph.extract import extract
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from kps_graph.readers import read
from kps_graph.report import Severity
from kps_graph.rules import catalogue as rules
from kps_graph.rules import profiles
from kps_graph.rules.checklist import Outcome, checklist, review
from kps_graph.words import Language
from tests.support.draft import draft
from tests.support.project import ROOT

#: The row of a draft without faults.
GOOD = (
    "T1 沖煮咖啡",
    "T1.1 準備沖煮器具",
    "O1.1.1 器具檢查表",
    "P1.1.1 依開店檢查表，於營業前確認器具清潔完好。",
    "3",
    "K01 咖啡豆種類與特性",
    "S01 器具操作能力",
)
PAGE = ROOT / "docs" / "review.md"


def reviewed(path):
    report, _ = check(find([path]), profiles.load("review"))
    standard = extract(read(path.read_bytes(), path.name)).standard
    return {a.condition.number: a for a in review(standard, report.findings)}


def test_there_are_21_conditions_under_9_indicators_and_3_aspects():
    conditions = checklist()
    assert len(conditions) == len({c.number for c in conditions}) == 21
    assert len({c.indicator["zh-Hant"] for c in conditions}) == 9
    assert list({c.aspect["zh-Hant"]: None for c in conditions}) == ["需求面", "流程面", "成果面"]


def test_every_rule_that_a_condition_names_exists():
    known = {r.number for r in rules.rules()}
    shapes = {shape for r in rules.rules() for shape in r.shapes}
    for condition in checklist():
        assert set(condition.decides) | set(condition.hints) <= known, condition.number
        assert {name[:3] for name in condition.refutes} <= known, condition.number
        assert {n for n in condition.refutes if n not in known} <= shapes, condition.number


def test_a_complete_document_meets_the_condition_of_completeness(examples):
    assert reviewed(examples / "ZZZ2431-904v1.yaml")["3.1.1"].outcome is Outcome.MET


def test_a_document_with_a_violation_does_not_and_the_check_says_so_too(examples):
    answer = reviewed(examples / "KPS1420-001v2.md")["3.1.1"]
    assert answer.outcome is Outcome.NOT_MET
    assert {f.rule for f in answer.findings if f.severity is Severity.VIOLATION} == {"R07", "R08"}


def test_a_document_without_its_indicators_does_not_with_the_finding_that_decided_it(
    examples, tmp_path
):
    draft = tmp_path / "draft.yaml"
    lines = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8").splitlines(keepends=True)
    draft.write_text(
        "".join(line for line in lines if not line.startswith("description:")), "utf-8"
    )
    answer = reviewed(draft)["3.1.1"]
    assert answer.outcome is Outcome.NOT_MET
    assert "R01" in {f.rule for f in answer.findings}


@pytest.mark.parametrize(
    ("written", "instead", "refuted"),
    [
        ("description: .*", "description:", {"3.1.1", "3.2.1", "3.2.2"}),
        ("^ +level: .*\n", "", {"3.1.1", "3.4.3"}),
        (r"skills: \[S1, S2\]", "skills: [S1, S99]", {"3.1.1", "3.3.1"}),
    ],
)
def test_what_is_missing_refutes_what_would_have_to_be_judged_of_it(
    written, instead, refuted, examples, tmp_path
):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    draft.write_text(re.sub(written, instead, text, flags=re.MULTILINE), "utf-8")
    answers = reviewed(draft)
    failed = {number for number, a in answers.items() if a.outcome is Outcome.NOT_MET}
    assert failed == refuted


def test_silence_of_a_rule_that_can_only_refute_leaves_the_question(examples):
    answers = reviewed(examples / "ZZZ2431-904v1.yaml")
    assert {n for n, a in answers.items() if a.outcome is Outcome.MET} == {"3.1.1"}
    assert answers["3.4.2"].outcome is Outcome.ASK
    assert answers["3.4.2"].excerpts


def test_what_no_program_can_decide_is_a_question_with_what_the_document_says(examples):
    answer = reviewed(examples / "ZZZ2431-902v1.yaml")["3.4.2"]
    assert answer.outcome is Outcome.ASK
    assert {"R10"} <= {f.rule for f in answer.findings}
    assert any(line.text(Language.CHINESE).startswith("P1.1.1 ") for line in answer.excerpts)


def test_a_condition_of_the_process_has_nothing_in_the_document(examples):
    answer = reviewed(examples / "KPS1420-001v2.md")["2.2.3"]
    assert (answer.outcome, answer.findings, answer.excerpts) == (Outcome.ASK, (), ())


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh-Hant", "en"])
def test_every_form_shows_every_condition_and_the_counts(style, lang, examples):
    done = CliRunner().invoke(
        command, [str(examples / "KPS1420-001v2.md"), "-f", style, "--lang", lang]
    )
    assert done.exit_code == 1
    for condition in checklist():
        assert condition.number in done.stdout
        assert condition.text[lang] in done.stdout
    assert "21" in done.stdout


@pytest.mark.parametrize("style", ["text", "markdown", "html"])
def test_a_finding_below_a_tick_says_that_it_did_not_decide(style, tmp_path):
    header = [("", "職業別", "餐飲服務人員", "職業別代碼", "4224")]  # a name that is not the code's
    (tmp_path / "a.docx").write_bytes(draft([GOOD], classes=header))
    (condition,) = [
        answer for number, answer in reviewed(tmp_path / "a.docx").items() if number == "3.1.1"
    ]
    assert condition.outcome is Outcome.MET
    assert {f.rule for f in condition.findings} == {"R20"}
    done = CliRunner().invoke(command, [str(tmp_path / "a.docx"), "-f", style, "--lang", "zh"])
    assert "供參考（不影響判定）：R20" in done.output


@pytest.mark.parametrize("family", ["餐飲服務", "咖啡師"])
def test_a_name_of_both_kinds_is_a_violation_in_every_profile_and_refutes_completeness(
    family, tmp_path
):
    (tmp_path / "a.docx").write_bytes(draft([GOOD], {"職類": family}))
    for profile in (None, "review"):
        graded = profiles.load(profile) if profile else None
        report, _ = check(find([tmp_path]), graded)
        told = [(f.rule, f.severity, f.span.row, f.value) for f in report.findings]
        assert told == [("E44", Severity.VIOLATION, 2, family)]
    assert reviewed(tmp_path / "a.docx")["3.1.1"].outcome is Outcome.NOT_MET


def test_a_code_alone_among_the_indicators_is_one_finding_at_its_cell(tmp_path):
    row = (*GOOD[:3], "P1.1.1", *GOOD[4:])
    (tmp_path / "a.docx").write_bytes(draft([row]))
    report, _ = check(find([tmp_path]), profiles.load("review"))
    told = [(f.rule, f.code, f.span.row, f.span.column) for f in report.findings]
    assert told == [("R03", "T1.1", 2, 4)]


@pytest.mark.parametrize("waits", ["待核發", "待補", "待確認"])
def test_a_class_whose_code_is_still_to_come_is_one_finding(waits, tmp_path):
    header = [("", "職業別", "飲料調製員", "職業別代碼", waits)]
    (tmp_path / "a.docx").write_bytes(draft([GOOD], classes=header))
    report, _ = check(find([tmp_path]), profiles.load("review"))
    told = [(f.rule, f.severity, f.span.row, f.span.column) for f in report.findings]
    assert told == [("E40", Severity.VIOLATION, 5, 5)]


def test_two_base_levels_refute_completeness(tmp_path):
    (tmp_path / "a.md").write_text(
        "職能基準名稱：咖啡師\n\n基準級別：3\n\n基準級別：4\n\n工作描述：沖煮咖啡。\n", "utf-8"
    )
    answer = reviewed(tmp_path / "a.md")["3.1.1"]
    assert "E14" in {f.rule for f in answer.findings if f.severity is Severity.VIOLATION}


def test_a_finding_that_decided_is_not_said_to_be_for_information(tmp_path):
    (tmp_path / "a.docx").write_bytes(draft([GOOD], {"描述": ""}))
    done = CliRunner().invoke(command, [str(tmp_path / "a.docx"), "--lang", "zh"])
    assert "        R01：缺少工作描述" in done.output


def test_the_json_counts_what_it_lists(examples):
    done = CliRunner().invoke(command, [str(examples / "KPS1420-001v2.md"), "-f", "json"])
    data = json.loads(done.stdout)
    counted = Counter(c["outcome"] for c in data["conditions"])
    assert {k: n for k, n in data["summary"].items() if n} == counted


def test_the_page_is_safe_with_any_text_of_a_document(examples, tmp_path):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    draft.write_text(text.replace("市場研究分析師", "<script>x</script>"), "utf-8")
    done = CliRunner().invoke(command, [str(draft), "-f", "html"])
    seen, scripts = [], []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.append(tag)
    parser.handle_data = lambda data: scripts.append(data) if seen[-1:] == ["script"] else None
    parser.feed(done.stdout)
    assert "section" in seen
    assert seen.count("script") == 1
    assert scripts[0].startswith("'use strict'")


def test_the_command_exits_with_1_if_a_condition_is_not_met(examples, tmp_path):
    draft = tmp_path / "draft.yaml"
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    draft.write_text(
        "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith("description:")
        ),
        "utf-8",
    )
    assert CliRunner().invoke(command, [str(draft)]).exit_code == 1


def test_the_page_of_the_documentation_names_the_rules_that_decide():
    page = PAGE.read_text("utf-8")
    for condition in checklist():
        for named in filter(None, (condition.decides, condition.refutes)):
            assert f"| {', '.join(named)} |" in page
