"""Reports of a check: every format says all that was found, and none can be made a weapon."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import openpyxl
import pyshacl
import pytest
import rdflib
from pydantic_sarif.model import (
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)
from rdflib.compare import to_isomorphic
from rich.cells import cell_len

from kps_graph import shacl
from kps_graph.exports.reports import write
from kps_graph.exports.reports.as_turtle import path_in_turtle
from kps_graph.formats import ReportFormat, SourceFormat
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.report import Severity
from kps_graph.shacl.paths import shown_path
from tests.support.checks import HOSTILE, checked, hostile, seed_odt
from tests.support.command import invoke
from tests.support.document import document

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
EVERY = pytest.mark.parametrize("format", ReportFormat, ids=str)


@pytest.fixture(scope="module")
def seed(examples):
    return checked(examples / "KPS1420-001v2.md", tables=True)


@pytest.fixture(scope="module")
def batch(examples, tmp_path_factory):
    """The examples, another edition of the seed as ODT, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "draft.odt").write_bytes(seed_odt(examples, description="拓展國際市場。"))
    (folder / "broken.docx").write_bytes(b"PK\3\4 not a package")
    return checked(examples, folder, tables=True)


@pytest.fixture(scope="module")
def clean(tmp_path_factory, examples):
    """A document without a finding."""
    text = (examples / "ZZZ2431-904v1.yaml").read_text("utf-8")
    for old, new in (
        ("ZZZ", "KPS"),
        ("示範類別 / 示範資料（非正式職類）", "行銷與銷售 / 專業銷售"),
        ("研究誠信", "正直誠實"),
        ("2026/03/31", f"{datetime.date.today():%Y/%m/%d}"),
    ):
        assert old in text
        text = text.replace(old, new)
    file = tmp_path_factory.mktemp("clean") / "clean.yaml"
    file.write_text(text, encoding="utf-8")
    return checked(file, tables=True)


def data_of(outcome, format):
    """The report in a format, or in that of a name."""
    return write(outcome, {str(f): f for f in ReportFormat}[str(format)])


def test_every_format_of_a_report_has_a_label_a_media_type_and_an_extension_of_its_own():
    assert all(f.label and "/" in f.media_type for f in ReportFormat)
    assert len({f.extension for f in ReportFormat}) == len(ReportFormat)


@EVERY
@pytest.mark.parametrize("lang", ["zh-Hant", "en"])
def test_every_format_names_every_rule_that_was_broken(seed, format, lang):
    made = data_of(replace(seed, lang=lang), format)
    if format is ReportFormat.XLSX:
        made = " ".join(str(v) for row in sheet(made, 0) for v in row).encode()
    for rule in {f.rule for f in seed.report.findings}:
        assert rule.encode() in made


@EVERY
def test_no_format_forgets_a_file_that_could_not_be_read(batch, format):
    made = data_of(batch, format)
    if format is ReportFormat.XLSX:
        made = " ".join(str(v) for row in sheet(made, 2) for v in row).encode()
    if format is ReportFormat.TURTLE:
        pytest.skip("a validation report speaks of graphs alone")
    if format is ReportFormat.TEXT:
        assert "無法讀取 1 份檔案".encode() in made
    else:
        assert b"broken.docx" in made


@EVERY
def test_every_format_can_say_that_nothing_was_found(clean, format):
    assert clean.report.findings == ()
    assert data_of(clean, format)


@EVERY
def test_the_same_findings_give_the_same_report(seed, format):
    if format is ReportFormat.XLSX:
        pytest.skip("a workbook holds the time of its making")
    assert data_of(seed, format) == data_of(seed, format)


# text


def test_text_groups_by_file_and_cell_and_counts_by_rule(seed):
    lines = data_of(seed, "text").decode().split("\n")
    cell = lines.index("  表 10 列 2 欄 6 行 52")
    assert [line.split(":")[0] for line in lines[cell + 1 : cell + 4]] == [
        "    警告 R07 K26",
        "        「國際市場資料的外部 and 內部來源管道」",
        "    警告 R23 K26",
    ]
    assert "5  警告 R23 文字沒有簡體字、造字、部首字、頁碼與夾雜的 and" in lines
    assert lines[-2].startswith("1 份職能基準：違反 0，警告 11")


def test_text_for_a_pipe_has_neither_colours_nor_broken_lines(seed):
    text = data_of(seed, "text").decode()
    assert "\x1b" not in text
    assert "    警告 R08: 基準級別為 5，但級別 6 的工作活動最多（11 項，級別 5 者 6 項）：" in text


@pytest.mark.parametrize("width", [30, 60, 100])
def test_text_fits_the_terminal(seed, width):
    text = data_of(replace(seed, width=width), "text").decode()
    # punctuation may hang over the end of a line, by one character; a path is never broken
    lines = [line for line in text.split("\n") if "KPS1420-001v2.md" not in line]
    assert max(map(cell_len, lines)) <= width + 2
    assert not [line for line in lines if line.endswith(("「", "（"))]


def test_text_in_colour_says_the_same(seed):
    coloured = data_of(replace(seed, colour=True), "text").decode()
    assert "\x1b[33m警告 R07\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == data_of(seed, "text").decode()


def test_text_cannot_command_the_terminal():
    text = data_of(hostile(), "text").decode()
    assert not set(text) & {chr(c) for c in range(32) if chr(c) not in "\t\n"}
    assert "\u202e" not in text


# SARIF


def sarif(outcome):
    """The log, valid against classes that were made of the official schema."""
    made = data_of(outcome, "sarif")
    Sarif.model_validate_json(made)
    return json.loads(made)["runs"][0]


@pytest.mark.parametrize("which", ["seed", "batch", "clean"])
def test_sarif_is_valid(which, request):
    assert len(sarif(request.getfixturevalue(which))["results"]) == len(
        request.getfixturevalue(which).report.findings
    )


def test_hostile_sarif_is_valid():
    assert [r["properties"]["value"] for r in sarif(hostile())["results"]].count(HOSTILE[0]) == 1


def test_sarif_explains_every_rule_it_uses(seed):
    run = sarif(seed)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]


def test_sarif_points_at_the_line_and_at_the_cell(seed):
    (result,) = (
        r
        for r in sarif(seed)["results"]
        if (r["ruleId"], r["properties"].get("code")) == ("R07", "K24")
    )
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 49}
    assert location["logicalLocations"] == [
        {
            "name": "K24",
            "kind": "cell",
            "fullyQualifiedName": "KPS1420-001v2/table 9/row 4/column 6/K24",
        }
    ]


def test_sarif_names_files_relative_to_where_it_was_run(examples, monkeypatch):
    monkeypatch.chdir(examples.parent)
    run = sarif(checked("examples/KPS1420-001v2.md"))
    assert run["artifacts"][0]["location"] == {
        "uri": "examples/KPS1420-001v2.md",
        "uriBaseId": "%SRCROOT%",
    }
    absolute = sarif(checked(examples / "KPS1420-001v2.md"))
    assert absolute["artifacts"] == run["artifacts"]


def test_a_document_without_lines_has_no_region(batch):
    results = [
        r
        for r in sarif(batch)["results"]
        if r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("draft.odt")
    ]
    assert results
    assert not any("region" in r["locations"][0]["physicalLocation"] for r in results)


def test_fingerprints_are_unique_and_survive_a_line_put_before(examples, tmp_path):
    text = (examples / "KPS1420-001v2.md").read_text("utf-8")
    prints = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "draft.md"
        file.write_text("\n\n" * (name == "b") + text, encoding="utf-8")
        results = sarif(checked(file))["results"]
        prints.append([r["partialFingerprints"]["kpsFinding/v1"] for r in results])
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == len(prints[0])


def test_sarif_tells_of_a_file_that_could_not_be_read(batch):
    (invocation,) = sarif(batch)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "broken.docx" in invocation["toolExecutionNotifications"][0]["message"]["text"]


# JUnit


def test_junit_fails_exactly_where_the_check_does(examples):
    for threshold in (Severity.VIOLATION, Severity.WARNING, Severity.INFO, None):
        outcome = checked(examples / "KPS1420-001v2.md", threshold=threshold)
        root = ET.fromstring(data_of(outcome, "junit"))
        failing = {f.rule for f in outcome.report.findings if outcome.fails(f)}
        assert {
            c.get("name").split()[0] for c in root.iter("testcase") if c.find("failure") is not None
        } == failing
        assert int(root.get("failures")) == len(failing)


def test_junit_has_a_case_for_every_rule_of_a_good_standard(seed):
    (suite,) = ET.fromstring(data_of(seed, "junit"))
    names = {c.get("name").split()[0] for c in suite}
    assert {n for n in seed.rules if n.startswith("R")} <= names
    assert int(suite.get("tests")) == len(suite)


def test_junit_skips_a_rule_that_was_not_applied(seed):
    root = ET.fromstring(data_of(replace(seed, off={"markdown": {"R13": "公會慣例"}}), "junit"))
    (case,) = (c for c in root.iter("testcase") if c.find("skipped") is not None)
    assert case.get("name").startswith("R13 ")
    assert case.find("skipped").get("message") == "公會慣例"
    assert root.get("skipped") == "1"


@pytest.mark.parametrize("format", ["text", "json", "sarif", "junit", "xlsx", "html"])
def test_profiles_and_baselines_are_told_in_every_format_that_has_a_place_for_it(seed, format):
    made = data_of(replace(seed, said=["檢核設定：review", "  R13 停用：公會慣例"]), format)
    if format == "xlsx":
        made = " ".join(str(v) for row in sheet(made, 1) for v in row).encode()
    if format == "sarif":
        sarif(replace(seed, said=["檢核設定：review"]))
    assert "R13 停用：公會慣例".encode() in made


def test_junit_has_an_error_for_a_file_that_could_not_be_read(batch):
    root = ET.fromstring(data_of(batch, "junit"))
    (broken,) = (s for s in root if s.get("errors") == "1")
    assert broken.get("name").endswith("broken.docx")


def test_hostile_junit_is_well_formed():
    root = ET.fromstring(data_of(hostile(), "junit"))
    assert HOSTILE[0] in "".join(root.itertext())


# CSV and workbooks


def rows_of(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data, number):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(r) for r in book.worksheets[number].iter_rows(values_only=True)]


def test_csv_has_a_row_per_finding_with_its_place(seed):
    rows = rows_of(data_of(seed, "csv"))
    assert len(rows) == len(seed.report.findings)
    (row,) = (r for r in rows if (r["規則"], r["代碼"]) == ("R07", "K24"))
    assert (row["表"], row["列"], row["欄"], row["行"], row["嚴重性"]) == (
        "9",
        "4",
        "6",
        "49",
        "警告",
    )


def test_no_cell_of_a_csv_is_a_formula():
    for row in rows_of(data_of(hostile(), "csv")):
        for text in row.values():
            assert not text.startswith(tuple("=+-@\t\r＝＋－＠")), text


def test_a_workbook_has_findings_rules_and_files(seed):
    data = data_of(seed, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["檢核結果", "依規則統計", "檔案一覽"]
    assert all(s.freeze_panes == "A2" and s.auto_filter.ref for s in book)
    assert len(sheet(data, 0)) == len(seed.report.findings) + 1
    assert ["R23", "警告", 5] in [r[:3] for r in sheet(data, 1)]
    assert sheet(data, 2)[1][2:7] == ["KPS1420-001v2", "貿易經理", 0, 11, 4]


def test_no_cell_of_a_workbook_is_a_formula_and_none_is_lost():
    data = data_of(hostile(), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not [
        c.coordinate for s in book for row in s.iter_rows() for c in row if c.data_type == "f"
    ]
    texts = [str(c) for row in sheet(data, 0) for c in row]
    assert "=cmd|'/C calc'!A0" in texts
    assert any(t.endswith("（內容過長，僅列開頭）") and len(t) == 32767 for t in texts)


# the W3C validation report


def plain(graph):
    """A report graph as far as ours and that of pySHACL can agree.

    Without what is no result of a shape, what to do about it, the languages of messages, which pySHACL drops, the case
    of tags, and what it copies of the shapes; of a result with details, the details; a path is its
    text, since one node of a path may serve several results.
    """
    made = rdflib.Graph()
    (root,) = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
    made.add((root, SH.conforms, graph.value(root, SH.conforms)))
    for result in graph.objects(root, SH.result):
        for s in [*graph.objects(result, SH.detail)] or [result]:
            component = str(graph.value(s, SH.sourceConstraintComponent))
            if not component.endswith("ExtractionConstraintComponent"):
                made.add((root, SH.result, s))
    for s in [*made.objects(root, SH.result)]:
        for p, o in graph.predicate_objects(s):
            if p == SH.resultPath:
                o = rdflib.Literal(shown_path(graph, o))
            elif p == SH.resultMessage:
                o = rdflib.Literal(str(o))
            elif isinstance(o, rdflib.Literal) and o.language:
                o = rdflib.Literal(str(o), lang=o.language.lower())
            if p != SH.sourceConstraint and not p.endswith("#remedy"):
                made.add((s, p, o))
    return made


FAULTS = {
    "faults of many kinds": document(
        "T1 管理产品|T1.1 外部 and 內部|O1.1.1 完成|P1.1.1 瞭解|9|K01 溝通能力|S01 法規知識",
        "T1|T1.2 檢查||P1.2.1 檢查產品||K02 溝通能力|S02 軟體",
        after="職能內涵(A=attitude 態度)\nA01 愛物惜物",
    ),
    "faults that are said once": document(
        "T1 管理產品|T1.1 檢查產品|O1.1.1 報告|P1.1.1 檢查產品|4||",
        "T1|T1.2 檢查零件|O1.2.1|P1.2.1 待補|4||",
        "T2 管理人員|T2.1 檢查人員|O2.1.1 待補|P2.1.1|4|K01 待補、K02|S01",
        "T2|T2.2 檢查人員|O2.2.1 ○○|||K03|S01",
        after="職能內涵(A=attitude 態度)\nA01 待補",
    ),
}


@pytest.mark.oracle
@pytest.mark.parametrize("faults", FAULTS)
def test_turtle_with_its_details_is_isomorphic_to_the_report_of_pyshacl(faults, tmp_path):
    file = tmp_path / "small.md"
    file.write_text(FAULTS[faults], encoding="utf-8")
    data = rdflib.Graph()
    asked = load(find([file]), ontology=True).store.select("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }")
    for row in asked.terms:
        data.add(tuple(node(t) for t in row))
    _, theirs, _ = pyshacl.validate(data, shacl_graph=shacl.load_shapes().graph)
    outcome = checked(file)
    ours = rdflib.Graph().parse(data=data_of(outcome, "turtle"), format="turtle")
    assert len(list(ours.objects(None, SH.result))) > 8
    assert bool(list(ours.objects(None, SH.detail))) == ("once" in faults)
    assert len({f.path for f in outcome.report.findings if f.shape}) > 3
    assert to_isomorphic(plain(ours)) == to_isomorphic(plain(theirs))


def node(term):
    if term.kind == "iri":
        return rdflib.URIRef(term.value)
    if term.kind == "bnode":
        return rdflib.BNode(term.value)
    kind = rdflib.URIRef(term.datatype) if term.datatype else None
    return rdflib.Literal(term.value, lang=term.lang, datatype=kind)


def test_every_result_has_what_the_standard_requires(batch):
    graph = rdflib.Graph().parse(data=data_of(batch, "turtle"), format="turtle")
    results = list(graph.objects(None, SH.result))
    assert len(results) == len(batch.report.findings)
    for result in results:
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert len(list(graph.objects(result, SH[name]))) == 1, name
        assert {m.language for m in graph.objects(result, SH.resultMessage)} == {"zh-Hant", "en"}


def test_a_clean_document_conforms(clean):
    graph = rdflib.Graph().parse(data=data_of(clean, "turtle"), format="turtle")
    assert [bool(o) for o in graph.objects(None, SH.conforms)] == [True]


def test_hostile_turtle_keeps_its_texts():
    graph = rdflib.Graph().parse(data=data_of(hostile(), "turtle"), format="turtle")
    assert {str(v) for v in graph.objects(None, SH.value)} == set(HOSTILE)


@pytest.mark.parametrize(
    "path",
    [
        "<http://a/b>",
        "kps:x",
        "[ sh:inversePath kps:x ]",
        "( kps:x kps:y )",
        "[ sh:alternativePath ( kps:x ( kps:y [ sh:zeroOrMorePath kps:z ] ) ) ]",
        "( [ sh:inversePath [ sh:alternativePath ( kps:x <urn:a:b> ) ] ] rdf:type )",
        "[ sh:oneOrMorePath [ sh:zeroOrOnePath kps:x ] ]",
    ],
)
def test_a_path_in_the_syntax_of_sparql_is_stated_as_shacl_does(path):
    prefixes = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdf: "
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
        "@prefix kps: <https://w3id.org/kps-graph/ontology#> . <urn:s> sh:path "
    )
    wanted = rdflib.Graph().parse(data=f"{prefixes} {path} .", format="turtle")
    shown = shown_path(wanted, wanted.value(rdflib.URIRef("urn:s"), SH.path))
    again = rdflib.Graph().parse(data=f"{prefixes} {path_in_turtle(shown)} .", format="turtle")
    assert to_isomorphic(again) == to_isomorphic(wanted)


# the command


def test_the_ending_of_the_output_chooses_the_format(kps, examples, tmp_path):
    for format in ReportFormat:
        file = tmp_path / f"report{format.extension}"
        done = kps("validate", examples / "KPS1420-001v2.md", "-o", file)
        assert (done.code, done.out) == (0, "")
        assert file.stat().st_size > 500, format


def test_an_unknown_ending_is_refused_before_any_work(kps, examples, tmp_path):
    done = kps("validate", examples / "KPS1420-001v2.md", "-o", tmp_path / "report.doc")
    assert done.code == 2
    assert ".html" in done.err


def test_a_report_that_cannot_be_written_leaves_nothing_behind(kps, examples, tmp_path):
    done = kps("validate", examples / "KPS1420-001v2.md", "-o", tmp_path / "no" / "r.json")
    assert done.code == 2
    assert "cannot be written" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.sweep
def test_the_exit_code_does_not_depend_on_the_format(capsys, monkeypatch, examples, tmp_path):
    (tmp_path / "bad.odt").write_bytes(b"PK\3\4")
    seed = examples / "KPS1420-001v2.md"
    for format in ReportFormat:
        args = ("validate", "-f", str(format), "-o", tmp_path / "r", "--fail-on", "warning")
        assert invoke(capsys, monkeypatch, *args, seed).code == 1
    assert invoke(capsys, monkeypatch, *args, seed, tmp_path / "bad.odt").code == 2


def test_a_check_imports_no_library_that_it_does_not_need(examples):
    script = (
        "import sys; from kps_graph.cli import main\n"
        f"try: main(['validate', {str(examples / 'KPS1420-001v2.md')!r}])\n"
        "except SystemExit: pass\n"
        "print(*sorted({'pyshacl', 'jsonschema', 'networkx', 'numpy', 'scipy', 'rich',"
        " 'xlsxwriter', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == ""


def test_every_source_format_is_known_to_sarif_by_its_media_type(batch):
    kinds = {a["mimeType"] for a in sarif(batch)["artifacts"] if "mimeType" in a}
    assert kinds == {
        SourceFormat.ODT.media_type,
        SourceFormat.YAML.media_type,
        SourceFormat.MARKDOWN.media_type,
    }
