"""Queries of somebody's own join the library: the example of the page works as it is printed."""

import re
from pathlib import Path

import pytest

import kps_graph
from kps_graph.errors import BadHeader, BadParameter, SourceError, UnknownQuery
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
        (HEAD + "CONSTRUCT { ?s a kps:Standard } { ?s a kps:Standard }", ":2", "is a SELECT"),
        (HEAD + COLUMN + "SELECT * { ?s a kps:Standard }", ":3", "is a SELECT"),
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
