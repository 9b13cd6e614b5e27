"""The commands, as people type them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from rdflib import Graph

from kps_graph.cli import COMMANDS
from kps_graph.extract import extract
from kps_graph.readers import read

KPS = str(Path(sys.executable).with_name("kps-graph"))
HEAVY = (
    "rdflib",
    "pyoxigraph",
    "pyshacl",
    "networkx",
    "rich",
    "lxml",
    "yaml",
    "jsonschema",
    "numpy",
    "scipy",
)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from kps_graph.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(kps, name):
    result = kps(name, "--help")
    assert result.code == 0
    assert result.out.startswith("Usage: kps-graph")


def test_a_misspelled_command_is_an_error_with_a_suggestion(kps):
    result = kps("valdate", "x.md")
    assert result.code == 2
    assert "validate" in result.err


@pytest.mark.parametrize("style", ["json", "yaml"])
def test_parse_prints_the_interchange_shape_which_reads_as_the_same_standard(kps, examples, style):
    seed = examples / "KPS1420-001v2.md"
    shown = kps("parse", seed, "--format", style).out
    again = extract(read(shown.encode(), f"again.{style}")).standard
    assert again == extract(read(seed.read_bytes(), "seed.md")).standard
    assert (yaml.safe_load if style == "yaml" else json.loads)(shown)["code"] == "KPS1420-001v2"


@pytest.mark.parametrize(
    ("style", "rdflib_name"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")],
)
def test_parse_prints_rdf(kps, examples, style, rdflib_name):
    shown = kps("parse", examples / "KPS1420-001v2.md", "--format", style).out
    assert len(Graph().parse(data=shown, format=rdflib_name)) > 1000


def test_queries_lists_the_library_and_explains_one(kps):
    names = [q["name"] for q in json.loads(kps("queries", "--format", "json").out)]
    assert len(names) >= 15
    assert all(name in kps("queries").out for name in names)
    assert "min_occupations" in kps("queries", "shared").out


@pytest.mark.parametrize("style", ["table", "csv", "tsv", "json", "markdown"])
def test_a_query_answers_in_every_form(kps, example_store, style):
    result = kps("query", "standards", "--store", example_store, "--format", style)
    assert result.code == 0
    assert "貿易經理" in result.out


def test_csv_and_json_have_the_same_rows(kps, example_store):
    asked = ("query", "shared", "--param", "min_occupations=3", "--store", example_store)
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "--format", "csv").out)))
    bindings = json.loads(kps(*asked, "--format", "sparql-json").out)["results"]["bindings"]
    assert rows
    assert rows == [{k: b[k]["value"] for k in b} for b in bindings]


def test_a_query_may_come_from_a_file_or_standard_input(kps, example_store, tmp_path):
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a kps:Standard }"
    path = tmp_path / "count.rq"
    path.write_text(text, encoding="utf-8")
    assert kps("query", path, "--store", example_store, "--format", "csv").out == "n\r\n6\r\n"
    done = subprocess.run(
        [KPS, "query", "-", "--store", str(example_store), "-f", "csv"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["n", "6"]


def test_construct_gives_turtle(kps, example_store, tmp_path):
    path = tmp_path / "c.rq"
    path.write_text("CONSTRUCT { ?s a kps:Standard } WHERE { ?s a kps:Standard }", encoding="utf-8")
    shown = kps("query", path, "--store", example_store, "--format", "turtle").out
    assert len(Graph().parse(data=shown, format="turtle")) == 6


def test_a_misspelled_query_or_parameter_is_an_error_with_a_suggestion(kps, example_store):
    store = ("--store", example_store)
    assert "shared" in kps("query", "shard", *store).err
    result = kps("query", "shared", "--param", "min_occupation=2", *store)
    assert result.code == 2
    assert "min_occupations" in result.err


def test_a_syntax_error_in_sparql_has_its_position(kps, example_store, tmp_path):
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?x WHERE {\n  ?x a }", encoding="utf-8")
    result = kps("query", path, "--store", example_store)
    assert result.code == 2
    assert "2:" in result.err


def test_trace_draws_what_a_skill_serves_and_who_shares_it(kps, example_store):
    shown = kps("trace", "S13", "--standard", "KPS1420-001v2", "--store", example_store).out
    for code in ("T3", "T3.1", "O3.1.1", "P3.1.1", "ZZZ4323-901v2"):
        assert code in shown


def test_trace_knows_a_standard_from_a_slice_in_what_in_names(kps, example_store):
    asked = ("trace", "S13", "--store", example_store)
    named = kps(*asked, "--standard", "KPS1420-001v2").out
    assert kps(*asked, "--in", "KPS1420-001v2").out == named
    assert kps(*asked, "--in", "KPS1420-001v2", "--in", "level=5").code == 0
    refused = kps(*asked, "--in", "KPS1420-001v9")
    assert refused.code == 2
    assert "KPS1420-001v2" in refused.err


def test_trace_needs_to_know_the_standard_since_codes_are_positions(kps, example_store):
    result = kps("trace", "K1", "--store", example_store)
    assert result.code == 2
    assert "--standard" in result.err


def test_shared_and_compare(kps, example_store):
    assert "個人資料保護法" in kps("shared", "--min", "3", "--store", example_store).out
    data = json.loads(
        kps(
            "compare", "KPS1420-001v2", "國際物流專員", "--store", example_store, "--format", "json"
        ).out
    )
    assert "個人資料保護法" in {h["label"] for h in data["answers"] if h["standing"] == "all"}


@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_draw_writes_a_picture_with_every_code(kps, examples, tmp_path, suffix):
    out = tmp_path / f"trade{suffix}"
    assert kps("draw", examples / "KPS1420-001v2.md", "-o", out).code == 0
    text = out.read_text("utf-8")
    assert all(code in text for code in ("T5.3", "K28", "S27", "A05"))


@pytest.mark.parametrize("what", ["KPS1420-001v2", "occupations", "competencies"])
def test_networks_are_exported_as_graphml(kps, example_store, tmp_path, what):
    out = tmp_path / "x.graphml"
    assert kps("export", what, "-o", out, "--store", example_store).code == 0
    root = ET.parse(out).getroot()
    assert len(root.findall(".//{*}node")) >= 6
    assert root.findall(".//{*}edge")


def test_sources_lists_what_the_store_was_built_of(kps, example_store):
    listed = json.loads(kps("sources", "--store", example_store, "--format", "json").out)["answers"]
    assert {s["outcome"] for s in listed} == {"loaded"}
    assert all(len(s["sha256"]) == 64 for s in listed)


def test_sources_are_a_file_for_a_spreadsheet_too(kps, example_store):
    first, *rows = kps("sources", "--store", example_store, "--format", "csv").out.splitlines()
    assert first.startswith("file,outcome,format,code,name")
    assert len(rows) == 6
    shown = kps("sources", "--store", example_store, "--limit", "2", "--lang", "zh")
    assert shown.out.count("已讀入") == 2
    none = kps("sources", "--store", example_store, "--failed", "--lang", "zh").out
    assert none.strip() == "全部文件都已讀入"


def test_findings_are_the_report_of_validate_without_checking_again(kps, example_store, examples):
    seed = examples / "KPS1420-001v2.md"
    checked = json.loads(kps("validate", seed, "--format", "json").out)["findings"]
    asked = ("findings", "KPS1420-001v2", "--store", example_store, "--format", "json")
    kept = json.loads(kps(*asked).out)["answers"]

    def told(report):
        return sorted(
            (f["rule"], f["code"], f["value"], f["message"]["en"], f["place"]["line"])
            for f in report
            if f["rule"] not in ("R19", "R21")  # those look at the other standards too
        )

    assert told(kept) == told(checked) != []
    severe = json.loads(kps(*asked, "--rule", "r8", "--severity", "warning").out)
    assert [f["rule"] for f in severe["answers"]] == ["R08"]


def test_messages_come_in_chinese_and_english(kps, examples):
    seed = examples / "KPS1420-001v2.md"
    assert "文字相同" in kps("validate", seed, "--lang", "zh-Hant").out
    assert "says the same" in kps("validate", seed, "--lang", "en").out


def test_nothing_is_coloured_in_a_pipe(examples):
    done = subprocess.run(
        [KPS, "validate", str(examples / "KPS1420-001v2.md")], capture_output=True, check=False
    )
    assert b"\x1b[" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command", ["query competencies -p standard=KPS1420-001v2", "trace K1 --standard KPS1420-001v2"]
)
def test_a_reader_that_has_seen_enough_is_no_error(example_store, command):
    with subprocess.Popen(
        [KPS, *command.split(), "--store", str(example_store)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
    assert running.returncode == 0


def test_a_draft_without_a_code_has_one_iri_however_it_is_written(kps, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drafts").mkdir()
    text = "name: 草案\nknowledge:\n  - {code: K01, name: 稅務}\n"
    (tmp_path / "drafts" / "a.yaml").write_text(text, "utf-8")
    base = "https://example.org/own/"
    kps("build", "drafts", "--store", "s", "--base", base)
    parsed = kps("parse", "drafts/a.yaml", "--format", "ntriples", "--base", base).out
    kps("export", "草案", "--store", "s", "-o", "kept.nt")
    one, other = Graph().parse(data=parsed, format="nt"), Graph().parse("kept.nt")
    assert set(one) == set(other)
    assert f"{base}draft-" in parsed
