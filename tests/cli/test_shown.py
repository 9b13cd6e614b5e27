"""What documents, files and people name is shown as text, and obeyed by nothing that shows it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.exports.results import guarded, rows_as
from kps_graph.formats import ResultFormat
from kps_graph.printable import json_text, markdown_text, printable, spreadsheet_text, xml_text
from kps_graph.store.rows import Rows
from tests.support.project import ROOT
from tests.support.stores import built

CASE = ROOT / "tests" / "cases" / "robustness" / "injection.json"
CODE = "ZZZ3330-905v1"
OTHER = "ZZZ3330-906v1"
#: Standard names of which a library for terminals, or a terminal, would make something else.
NAMES = ("\x1b]0;PWN\x07\x1b[31m紅員", "[/red][bold]員 \u202e\x9b31m\u200f\rOK :smile:")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder with two standards that share hostile texts, and a store of them."""
    folder = tmp_path_factory.mktemp("hostile")
    data = json.loads(CASE.read_text("utf-8"))
    for name, code in zip(NAMES, (CODE, OTHER), strict=True):
        own = {**data, "code": code, "name": name}
        own["versions"] = [{**data["versions"][0], "code": code, "name": name}]
        (folder / f"{code}.json").write_text(json.dumps(own), "utf-8")
    (folder / "courses.csv").write_text(
        "課程,代碼\n=cmd|' /C calc'!A0,K01\n\x1b[31m紅課,P1.1.1.1 K77\x1b[0m\n", "utf-8"
    )
    built(folder / "kps.store", *(folder / f"{code}.json" for code in (CODE, OTHER)), check=True)
    return folder


def obeyed(text: str) -> list[str]:
    """The characters of ``text`` that a terminal takes for instructions."""
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return [
        c
        for c in text
        if (unicodedata.category(c) == "Cc" and c not in "\n\t")
        or unicodedata.bidirectional(c) in turning
        or c in "\u200e\u200f\u061c"
    ]


COMMANDS = [
    ["parse", f"{CODE}.json"],
    ["parse", f"{OTHER}.json", "-f", "yaml", "-o", "out.yaml"],
    ["validate", f"{CODE}.json", f"{OTHER}.json"],
    ["validate", f"{CODE}.json", "--store", "kps.store"],
    ["review", f"{CODE}.json"],
    ["review", f"{CODE}.json", "-f", "markdown"],
    ["courses", "courses.csv", "--standard", f"{CODE}.json"],
    ["courses", "courses.csv", "--standard", CODE, "--by", "course"],
    ["courses", "courses.csv", "--standard", CODE, "--by", "competency"],
    ["sources"],
    ["shared"],
    ["pairs", "--min", "1"],
    ["nearest", CODE],
    ["nearest", CODE, "--reasons"],
    ["compare", CODE, OTHER],
    ["gap", CODE, OTHER],
    ["gap", CODE, CODE],
    ["path", CODE, OTHER],
    ["reuse"],
    ["communities", "--members"],
    ["communities", "--of", "competency"],
    ["bridges"],
    ["trace", "K1", "--standard", CODE],
    ["trace", "T1", "--standard", OTHER],
    ["trace", "T2", "--standard", OTHER],
    ["trace", "K05", "--standard", CODE],
    ["trace", "\x1b[31mK1", "--standard", CODE],
    ["trace", "K1", "--standard", "\x1b]0;x\x07none"],
    ["query", "overview"],
    ["query", "SELECT ?s ?name { ?s skos:prefLabel ?name }", "--limit", "0"],
    ["query", "SELECT \x1b[31m"],
    ["query", "\x1b[31m"],
    ["queries", "\x1b[31m"],
    ["rules", "\x1b[31m"],
    ["shared", "--kind", "\x1b[31m"],
    ["shared", "--\x1b[31m"],
    ["\x1b[31m"],
    ["query", "task-tree", "-p", "\x1b[31m=x"],
    ["align", "judge", "pairs.tsv"],
    ["align", "explain", NAMES[0], NAMES[1]],
    ["align", "clusters"],
    ["align", "stats"],
    ["parse", "\x1b[31m.json"],
    ["validate", "\x1b[31m.json"],
    ["build", "\x1b[31m.json", "--store", "\x1b[31m"],
]
FORMATS = ["csv", "tsv", "json", "markdown"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: repr(" ".join(c))[:50])
def test_no_command_shows_what_a_terminal_obeys(kps, hostile, monkeypatch, command, lang):
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("KPS_STORE", "kps.store")
    (hostile / "pairs.tsv").write_text(
        f"kind\ta\tb\nK\t{NAMES[0]}\t\x1b[0m甲\n", "utf-8", newline=""
    )
    result = kps("--lang", lang, *command)
    assert result.code in (0, 1, 2), result.err
    assert not obeyed(result.out + result.err)


def test_names_of_files_are_no_instructions(kps, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = "a\x1b[31mred\u202e.json"
    shutil.copy(CASE, tmp_path / name)
    for command in (
        ["validate", name],
        ["build", name, "--store", "s"],
        ["sources", "--store", "s"],
    ):
        result = kps(*command)
        assert result.code in (0, 1)
        assert not obeyed(result.out + result.err)


def test_texts_are_no_markup_of_the_library_that_prints_them(kps, hostile):
    result = kps("trace", "T1.1.1", "--standard", OTHER, "--store", hostile / "kps.store")
    assert "[/red][bold]員" in result.out
    assert ":smile:" in result.out
    assert (
        "[red]rich[/red]"
        in kps("trace", "K5", "--standard", CODE, "--store", hostile / "kps.store").out
    )


TABLES = [
    ["shared"],
    ["pairs", "--min", "1"],
    ["nearest", CODE, "--reasons"],
    ["compare", CODE, OTHER],
    ["trace", "T1", "--standard", CODE],
    ["sources"],
    ["courses", "courses.csv", "--standard", CODE, "--by", "course"],
    ["courses", "courses.csv", "--standard", CODE],
]


@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_a_table_for_a_spreadsheet_holds_no_formula(kps, hostile, monkeypatch, command, separator):
    monkeypatch.chdir(hostile)
    style = "csv" if separator == "," else "tsv"
    result = kps(*command, "--store", "kps.store", "-f", style)
    rows = list(csv.reader(io.StringIO(result.out, newline=""), delimiter=separator))
    assert len(rows) > 1
    cells = [cell for row in rows for cell in row]
    assert not [c for c in cells if c.startswith(tuple("=+-@\t\r＝＋－＠"))]
    assert not obeyed(result.out.replace("\r\n", "\n"))


def test_findings_as_csv_hold_no_formula(kps, hostile):
    result = kps("validate", hostile / f"{CODE}.json", "-f", "csv")
    rows = list(csv.reader(io.StringIO(result.out.removeprefix("\ufeff"), newline="")))
    assert not [c for row in rows for c in row if c.startswith(tuple("=+-@\t\r＝＋－＠"))]


def test_the_csv_of_a_query_is_that_of_sparql_and_says_so(kps, hostile):
    asked = "SELECT ?name { ?s skos:prefLabel ?name }"
    out = kps("query", asked, "-f", "csv", "--store", hostile / "kps.store").out
    assert "\r\n=cmd|' /C calc'!A0" in out
    assert "formula" in " ".join(kps("query", "--help").out.split())


@given(st.text())
def test_a_text_in_a_spreadsheet_begins_no_formula_and_loses_nothing(text):
    held = spreadsheet_text(text)
    plain = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert held in (plain, f"'{plain}")
    number = re.fullmatch(r"[+-]\d+([.,]\d+)*([eE][+-]?\d+)?", held)
    assert number or not held.startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize("number", ["-3", "+3.5", "-1e5", "12", "-1,000"])
def test_a_plain_number_stays_a_number_in_a_spreadsheet(number):
    assert spreadsheet_text(number) == number


@given(st.lists(st.text(st.characters(exclude_categories=[])), min_size=1))
def test_json_holds_nothing_that_a_terminal_obeys_and_loses_nothing(texts):
    written = json_text(texts)
    assert not obeyed(written)
    halves = re.compile("[\ud800-\udfff]")
    assert json.loads(written) == [halves.sub("\ufffd", text) for text in texts]


@given(st.text(st.characters(exclude_categories=[])))
def test_every_text_can_stand_in_xml(text):
    element = ET.Element("a")
    element.text = xml_text(text)
    read = ET.fromstring(ET.tostring(element, "utf-8")).text or ""
    assert read == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.text())
def test_a_text_in_a_table_of_markdown_is_one_cell(text):
    rows = Rows.of(["a", "b"], [text], lambda value: (value, "end"))
    lines = rows_as(rows, ResultFormat.MARKDOWN).decode().splitlines()
    assert len(lines) == 3
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[2])) == 3


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("[x](javascript:alert(1)) **b**", r"\[x\](javascript:alert(1)) \*\*b\*\*"),
        ("<script>", r"\<script\>"),
        ("a|b", r"a\|b"),
        ("a\\|b", r"a\\\|b"),
        ("&lt; AT&T", r"\&lt; AT&T"),
        ("1. 甲", r"1\. 甲"),
        ("# 甲\n- 乙", r"\# 甲<br>\- 乙"),
        ("https://w3id.org/kps-graph/id/K1", "https://w3id.org/kps-graph/id/K1"),
    ],
)
def test_markdown_says_what_the_text_says(text, escaped):
    assert markdown_text(text) == escaped


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_the_xml_of_sparql_results_is_well_formed(texts):
    rows = Rows.of(["a"], texts, lambda value: (value or None,))
    read = ET.fromstring(rows_as(rows, ResultFormat.XML))
    assert len(list(read.iter("{http://www.w3.org/2005/sparql-results#}result"))) == len(texts)


def test_a_guarded_table_keeps_its_numbers():
    rows = Rows.of(["n", "text"], [(-5, "-甲")], lambda row: row)
    assert guarded(rows).to_dicts() == [{"n": -5, "text": "'-甲"}]


XML = [
    ["export", CODE, "-o", "out.rdf"],
    ["export", CODE, "-o", "out.graphml"],
    ["export", "occupations", "-o", "out.graphml"],
    ["export", "competencies", "-o", "out.graphml"],
    ["draw", CODE, "-o", "out.svg"],
    ["draw", "map", "-o", "out.svg"],
    ["draw", "overlap", CODE, OTHER, "-o", "out.svg"],
    ["validate", f"{CODE}.json", "-o", "out.xml", "-f", "junit"],
    ["parse", f"{CODE}.json", "-f", "rdfxml", "-o", "out.rdf"],
]


@pytest.mark.parametrize("command", XML, ids=" ".join)
def test_every_xml_is_well_formed_whatever_the_texts(kps, hostile, monkeypatch, command):
    monkeypatch.chdir(hostile)
    where = [] if command[0] in ("parse", "validate") else ["--store", "kps.store"]
    result = kps(*command, *where)
    assert result.code in (0, 1), result.err
    ET.parse(hostile / command[command.index("-o") + 1])


def test_every_sheet_of_a_workbook_holds_texts_only(kps, hostile, monkeypatch):
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.chdir(hostile)
    kps("courses", "courses.csv", "--standard", CODE, "--store", "kps.store", "-o", "c.xlsx")
    kps("validate", f"{CODE}.json", "-o", "v.xlsx")
    for name in ("c.xlsx", "v.xlsx"):
        cells = [
            c for s in openpyxl.load_workbook(name) for row in s.iter_rows() for c in row if c.value
        ]
        assert cells
        assert {c.data_type for c in cells} <= {"s", "n"}
