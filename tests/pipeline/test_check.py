"""Documents against the rules: the findings that the seed deserves, at their places."""

from __future__ import annotations

import json

from click.testing import CliRunner

from kps_graph.cli.validate import validate
from kps_graph.pipeline.check import check
from kps_graph.pipeline.sources import find
from tests.support.project import ROOT
from tests.support.stores import built

CASES = ROOT / "tests" / "cases"
#: Depends on today's date: the last update is to be within three years.
DATED = "R22"


def test_the_seed_gives_exactly_the_findings_it_deserves(examples):
    report, _ = check(find([examples / "KPS1420-001v2.md"]))
    found = [
        [
            f.rule,
            str(f.severity),
            f.code,
            f.value,
            f.span.table,
            f.span.row,
            f.span.column,
            f.span.line,
        ]
        for f in report.findings
        if f.rule != DATED
    ]
    assert found == json.loads((CASES / "seed-findings.json").read_text("utf-8"))


def test_findings_point_at_their_source_table_row_column_and_line(examples):
    report, _ = check(find([examples / "KPS1420-001v2.md"]))
    (finding,) = (f for f in report.findings if (f.rule, f.code) == ("R07", "K24"))
    line = (examples / "KPS1420-001v2.md").read_text("utf-8").split("\n")[finding.span.line - 1]
    assert finding.span.source == (examples / "KPS1420-001v2.md").as_posix()
    assert finding.value in line.split("\t")[finding.span.column - 1]


def test_an_example_without_deliberate_faults_has_no_violation(examples):
    report, _ = check(find([examples]))
    assert report.counts()["violation"] == 0


def test_the_deliberate_faults_are_found(examples):
    report, _ = check(find([examples / "ZZZ2431-902v1.yaml"]))
    found = {(f.rule, f.code) for f in report.findings}
    assert {
        ("R06", "K15"),
        ("R10", "P1.1.3"),
        ("R13", "T2.3"),
        ("R24", "S08"),
        ("R25", "K13"),
    } <= found


def test_json_is_the_documented_shape(examples):
    done = CliRunner().invoke(validate, [str(examples / "KPS1420-001v2.md"), "--format", "json"])
    data = json.loads(done.stdout)
    assert set(data) == {"findings", "files", "summary"}
    for finding in data["findings"]:
        assert {"rule", "severity", "standard", "code", "value", "message", "place"} <= set(finding)
        assert set(finding["message"]) == {"zh-Hant", "en"}
        assert set(finding["place"]) == {
            "source",
            "page",
            "table",
            "row",
            "column",
            "line",
            "pointer",
        }
    assert data["summary"]["warning"] == sum(f["severity"] == "warning" for f in data["findings"])


def test_fail_on_decides_the_exit_code(examples):
    seed = str(examples / "KPS1420-001v2.md")
    codes = {
        level: CliRunner().invoke(validate, [seed, "--fail-on", level]).exit_code
        for level in ("violation", "warning", "info", "never")
    }
    assert codes == {"violation": 0, "warning": 1, "info": 1, "never": 0}


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(examples, tmp_path):
    (tmp_path / "empty.md").write_bytes(b"")
    done = CliRunner().invoke(
        validate, [str(tmp_path / "empty.md"), str(examples / "KPS1420-001v2.md"), "-f", "json"]
    )
    assert done.exit_code == 2
    assert json.loads(done.stdout)["summary"]["standards"] == 1


def test_a_second_standard_with_the_same_code_makes_a_finding_at_the_first_too(examples, tmp_path):
    folder = tmp_path / "drafts"
    folder.mkdir()
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    store = tmp_path / "kps.store"
    first = built(store, folder, check=True).manifest
    assert not [f for s in first.sources.values() for f in s.findings if f.rule == "R21"]
    (folder / "b.yaml").write_text(text.replace("市場研究分析師", "市場調查人員"), encoding="utf-8")
    second = built(store, folder, check=True).manifest
    assert [
        [str(f.severity) for f in s.findings if f.rule == "R21"] for s in second.sources.values()
    ] == [["violation"], ["violation"]]
