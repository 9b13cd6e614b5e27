"""Queries of somebody's own join the library: the example of the page works as it is printed."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

import kps_graph
from kps_graph.errors import (
    BadHeader,
    BadParameter,
    QuerySyntax,
    ResourceError,
    SourceError,
    UnknownQuery,
)
from kps_graph.queries import library
from tests.support.command import invoke
from tests.support.project import ROOT

EXAMPLE = re.search(
    r"```sparql\n(.*?)```", (ROOT / "docs" / "own-queries.md").read_text("utf-8"), re.S
)[1]


def test_the_page_in_chinese_has_the_same_example():
    assert EXAMPLE in (ROOT / "docs" / "own-queries.zh-Hant.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "by-level-count.rq").write_text(EXAMPLE, "utf-8")
    return tmp_path


def test_a_folder_joins_the_library(folder, example_store, monkeypatch):
    assert "by-level-count" not in library.library()
    assert {*library.library(), "by-level-count"} == {*library.library(folder)}
    monkeypatch.setenv("KPS_QUERIES", str(folder))
    with kps_graph.open(example_store) as graph:
        counts = {
            i: sum(r["competencies"] for r in graph.rows("by-level-count", include=i))
            for i in ("identical", "same", "related")
        }
        assert counts["identical"] >= counts["same"] > 0
        with pytest.raises(BadParameter, match="include"):
            graph.rows("by-level-count", includes="same")
        with pytest.raises(UnknownQuery) as error:
            graph.rows("by-level-cuont")
    assert "by-level-count" in str(error.value.hint)


def test_the_command_asks_lists_and_checks_them(folder, example_store, capsys, monkeypatch):
    def run(*args):
        return invoke(capsys, monkeypatch, *args)

    found = run(
        "query", "by-level-count", "--queries", folder, "--store", example_store, "-f", "csv"
    )
    assert found.out.startswith("level,competencies,occupations")
    assert "by-level-count" in run("queries", "--queries", folder).out
    path = folder / "by-level-count.rq"
    assert run("queries", "check", path).code in (0, None)
    for wrong in ("kps:baseLevle ?level ;", "kps:baseLevel ?level ) ;"):
        path.write_text(EXAMPLE.replace("kps:baseLevel ?level ;", wrong), "utf-8")
        assert run("queries", "check", path).code == 2


HEAD = "# title: 題 | title\n# row: 列 | row\n"
COLUMN = "# column: s -- 基準 | standard\n"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (
            HEAD + COLUMN + "SELECT ?s {\n  ?s a kps:Standard\n  # slice: ?x\n}",
            ":6",
            "no variable ?x",
        ),
        (
            HEAD + COLUMN + "SELECT ?s {\n  ?s a kps:Standard  # slice: s\n}",
            ":5",
            "expected '# slice: ?s'",
        ),
        (
            HEAD + COLUMN + "SELECT ?s {\n  ?s a kps:Standard\n  #slice ?s\n}",
            ":6",
            "expected '# slice: ?s'",
        ),
        (HEAD + "CONSTRUCT { ?s a kps:Standard } { ?s a kps:Standard }", ":3", "is a SELECT"),
        (HEAD + COLUMN + "SELECT * { ?s a kps:Standard }", ":4", "is a SELECT"),
        (HEAD + COLUMN + "SELECT ?s {\n  ?s a kps:Standart\n}", ":5:8", "kps:Standart is no term"),
        (HEAD + COLUMN + "SELECT ?s {\n  ?s a kps:Standard", ":5", "not valid SPARQL"),
        (
            HEAD + "# param: n integr = 1 -- 數 | n\n" + COLUMN + "SELECT ?s { ?s ?p ?n }",
            ":3",
            "'integr' is no kind",
        ),
        (
            HEAD + "# param: n integer = many -- 數 | n\n" + COLUMN + "SELECT ?s { ?s ?p ?n }",
            ":3",
            "default does not fit",
        ),
        (
            HEAD + "# param: n integer = -- 數 | n\n" + COLUMN + "SELECT ?s { ?s ?p ?n }",
            ":3",
            "expected '# param:",
        ),
        (
            HEAD + "# column: s list -- 項 | entries\nSELECT ?s { ?s ?p ?o }",
            ":3",
            "'list' is no kind of column",
        ),
        (HEAD + "# colum: s -- 基準 | standard\nSELECT ?s {}", ":3", "expected '# title:'"),
        (
            HEAD + "# column: t -- 基準 | standard\nSELECT ?s { ?s ?p ?o }",
            ":3",
            "lists the columns",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(kps, tmp_path, monkeypatch, text, place, said):
    monkeypatch.chdir(tmp_path)
    Path("mine.rq").write_text(text, "utf-8")
    done = kps("queries", "check", "mine.rq", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert f" mine.rq{place}" in done.err
    assert said in done.err


LISTS = re.findall(
    r"```sparql\n(.*?)```", (ROOT / "docs" / "own-queries.md").read_text("utf-8"), re.S
)[1]


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "occupations-of-level.rq").write_text(LISTS, "utf-8")
    return tmp_path


def test_the_example_with_lists_stands_in_both_pages():
    assert LISTS in (ROOT / "docs" / "own-queries.zh-Hant.md").read_text("utf-8")


def test_a_column_that_is_a_list_is_an_array_in_json_and_has_bars_in_csv(kps, lists, example_store):
    asked = ("query", "occupations-of-level", "--queries", lists, "--store", example_store, "-f")
    answers = json.loads(kps(*asked, "json").out)["answers"]
    with kps_graph.open(example_store) as graph:
        told = {s.name: len(graph.standard(i).tasks) for i, s in graph.described().items()}
    assert {n: t for a in answers for n, t in zip(a["names"], a["tasks"], strict=True)} == told
    lines = [json.loads(line) for line in kps(*asked, "ndjson").out.splitlines()]
    assert lines == answers
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "csv").out)))
    assert [r["names"].split("|") for r in rows] == [a["names"] for a in answers]


def test_long_has_a_row_for_each_entry(kps, lists, example_store):
    asked = ("query", "occupations-of-level", "--queries", lists, "--store", example_store)
    answers = json.loads(kps(*asked, "-f", "json").out)["answers"]
    rows = list(csv.DictReader(io.StringIO(kps(*asked, "-f", "csv", "--long").out)))
    assert [(r["level"], r["names"], r["tasks"]) for r in rows] == [
        (str(a["level"]), n, str(t))
        for a in answers
        for n, t in zip(a["names"], a["tasks"], strict=True)
    ]
    first = kps(*asked, "-f", "csv", "--long", "--limit", "2").out.splitlines()
    assert len(first) == 3
    refused = kps("query", "levels", "--store", example_store, "--long", "--lang", "en")
    assert refused.code == 2
    assert "levels has no column that is a list" in refused.err


def test_the_lists_of_a_python_answer_are_lists_and_whole_in_its_frame(lists, example_store):
    query = library.get("occupations-of-level", lists)
    with kps_graph.open(example_store) as graph:
        rows = graph.rows(query)
    dicts = rows.to_dicts()
    assert all(isinstance(n, str) for d in dicts for n in d["names"])
    assert all(isinstance(n, int) for d in dicts for n in d["tasks"])
    assert rows[1:].to_dicts() == dicts[1:]
    assert rows.without("level").to_dicts()[0].keys() == {"names", "tasks"}
    assert list(rows.to_pandas()["names"]) == ["|".join(d["names"]) for d in dicts]
    assert list(rows.long().to_pandas()["tasks"]) == [n for d in dicts for n in d["tasks"]]


@pytest.mark.parametrize("text", ["a", "a|b", "|", "%", "甲|乙|丙"])
def test_a_bar_in_an_entry_is_no_border(tmp_path, example_store, text):
    query = library.parse(
        HEAD + "# column: s texts -- 項 | entries\n"
        'SELECT (GROUP_CONCAT(?e; SEPARATOR="|") AS ?s) WHERE {\n'
        f'  VALUES ?t {{ "{text}" "x" }} BIND(REPLACE(?t, "[|]", "%7C") AS ?e)\n}}',
        "bars",
    )
    with kps_graph.open(example_store) as graph:
        assert sorted(graph.rows(query).to_dicts()[0]["s"]) == sorted([text, "x"])


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("texts", '""', []),
        ("integers", '"3|-4"', [3, -4]),
        ("integers", "?none", None),
        ("texts", '"3|4"', ["3", "4"]),
    ],
)
def test_a_list_is_blank_whole_or_not_there(example_store, kind, value, told):
    query = library.parse(
        HEAD + f"# column: s {kind} -- 項 | entries\nSELECT ?s {{ BIND({value} AS ?s) }}", "one"
    )
    with kps_graph.open(example_store) as graph:
        assert graph.rows(query).to_dicts() == [{"s": told}]


def test_a_list_of_whole_numbers_with_a_text_is_refused(example_store):
    query = library.parse(
        HEAD + '# column: s integers -- 項 | entries\nSELECT ?s { BIND("3|三級" AS ?s) }', "one"
    )
    with (
        kps_graph.open(example_store) as graph,
        pytest.raises(ResourceError, match=r"column s holds '3\|三級', which is no list"),
    ):
        graph.rows(query).to_dicts()


@pytest.mark.parametrize(
    ("wrong", "place"), [("kps:baseLevle ?level ;", ":9:"), ("kps:baseLevel ?level ) ;", ":9:")]
)
def test_a_faulty_query_is_named_with_its_file_and_line(
    kps, folder, example_store, monkeypatch, wrong, place
):
    path = folder / "by-level-count.rq"
    path.write_text(EXAMPLE.replace("kps:baseLevel ?level ;", wrong), "utf-8")
    named = f"{folder.name}/by-level-count.rq{place}"
    asked = ("query", "by-level-count", "--store", example_store, "--lang", "en", "--queries")
    assert named in kps(*asked, folder).err
    monkeypatch.setenv("KPS_QUERIES", str(folder))
    with kps_graph.open(example_store) as graph:
        with pytest.raises(QuerySyntax) as error:
            graph.rows("by-level-count")
        with pytest.raises(QuerySyntax) as streamed:
            graph.bounded(timeout=60).rows("by-level-count")
    assert named in str(error.value.sentence())
    assert named in str(streamed.value.sentence())


def test_a_faulty_file_is_named_as_it_was_given(kps, folder, example_store):
    path = folder / "by-level-count.rq"
    path.write_text("SELECT ?s {\n  ?s a kps:Standart }", "utf-8")
    told = kps("query", path, "--store", example_store, "--lang", "en")
    assert f"{path}:2:8" in told.err


@pytest.mark.parametrize("term", ["<https://example.org/#slice>", '"#slice"'])
def test_a_number_sign_in_an_iri_or_text_begins_no_comment(term):
    text = HEAD + COLUMN + f"SELECT ?s {{ ?s ?p {term} }}"
    assert not library.parse(text, "mine").sliced


def test_what_cannot_join_is_refused(folder):
    (folder / "shared.rq").write_text(EXAMPLE, "utf-8")
    with pytest.raises(BadHeader):
        library.library(folder)
    with pytest.raises(BadHeader):
        library.get("shared", folder)
    with pytest.raises(SourceError):
        library.library(folder / "nowhere")
