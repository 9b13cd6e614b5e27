"""``import kps_graph as kps``: what a researcher types."""

from __future__ import annotations

import pytest
from rdflib import RDF, URIRef

import kps_graph as kps
from kps_graph.errors import (
    BadParameter,
    QuerySyntax,
    ResourceError,
    SourceError,
    StoreMissing,
    UnknownQuery,
    UnknownRule,
)
from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.terms import kps as vocabulary


@pytest.fixture
def graph(example_store):
    with kps.open(example_store) as opened:
        yield opened


def test_a_query_by_name_gives_rows_that_are_dicts(graph):
    rows = graph.query("shared", min_occupations=3)
    assert next(iter(rows))["occupations"] >= 3
    for row, told in zip(rows, rows.to_dicts(), strict=True):
        assert told == {c: v.split("|") if c in rows.lists else v for c, v in row.items()}


def test_rows_go_to_a_data_frame(graph):
    pytest.importorskip("pandas", reason="the extra data is not installed")
    rows = graph.query("standards")
    frame = rows.to_frame()
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == 6


def test_an_answer_goes_to_pandas_and_to_polars(graph):
    pytest.importorskip("pandas", reason="the extra data is not installed")
    pytest.importorskip("polars", reason="the extra polars is not installed")
    answer = graph.gap("貿易經理", "國際物流專員")
    assert answer.to_polars().to_dicts() == answer.to_dicts()
    assert answer.to_pandas()["competency"].tolist() == [r["competency"] for r in answer.to_dicts()]


def test_a_comparison_goes_to_pandas_and_to_polars_with_the_levels_as_numbers(graph):
    pytest.importorskip("pandas", reason="the extra data is not installed")
    polars = pytest.importorskip("polars", reason="the extra polars is not installed")
    answer = graph.compare("貿易經理", "國際物流專員")
    frame, rows = answer.to_polars(), answer.to_dicts()
    assert frame.to_dicts() == rows
    levels = [name for name in frame.columns if name.endswith("_level")]
    assert len(levels) == 2
    assert {frame[name].dtype for name in levels} == {polars.Int64}
    assert set(map(str, answer.to_pandas()[levels].dtypes)) == {"Int64"}
    assert answer.to_pandas()["competency"].tolist() == [row["competency"] for row in rows]


def test_sparql_text_is_asked_as_it_is(graph):
    assert graph.query("ASK { ?s a kps:Standard }") is True
    assert graph.query("SELECT ?s WHERE { ?s a kps:Standard }").columns == ("s",)


def test_a_standard_is_an_rdflib_graph_and_a_value(graph, examples):
    found = graph.graph("KPS1420-001v2")
    assert (
        URIRef("https://w3id.org/kps-graph/id/KPS1420-001v2"),
        RDF.type,
        URIRef(vocabulary.Standard),
    ) in found
    seed = extract(read((examples / "KPS1420-001v2.md").read_bytes(), "seed.md")).standard
    assert graph.standard("KPS1420-001v2") == seed
    assert graph.standard("貿易經理") == seed


def test_the_derived_graph_comes_on_request(graph):
    needs = URIRef(vocabulary.needsSkill)
    assert (None, needs, None) not in graph.graph("KPS1420-001v2")
    assert (None, needs, None) in graph.graph("KPS1420-001v2", derived=True)


def test_what_is_not_there_is_an_error_with_a_suggestion(graph, tmp_path):
    with pytest.raises(ResourceError, match="KPS1420-001v2"):
        graph.graph("KPS1420-001v3")
    with pytest.raises(UnknownQuery, match="shared"):
        graph.query("shard")
    with pytest.raises(BadParameter, match="min_occupations"):
        graph.query("shared", minimum=2)
    with pytest.raises(StoreMissing):
        kps.open(tmp_path / "none")


def test_rows_show_themselves_in_a_notebook(example_store):
    with kps.open(example_store) as graph:
        shown = graph.rows("shared", min_occupations=2)._repr_html_()
    assert '<th style="text-align:left">competency</th>' in shown
    assert '<td style="text-align:left">個人資料保護法</td>' in shown
    assert '<td style="text-align:right">5</td>' in shown
    assert shown.count("<tr>") == 31


def test_markup_in_a_value_is_text_in_a_notebook(example_store):
    with kps.open(example_store) as graph:
        assert "&lt;b&gt;" in graph.rows('SELECT ("<b>" AS ?x) {}')._repr_html_()


QUESTIONS = {
    "shared": (2,),
    "nearest": ("貿易經理", 3),
    "compare": ("貿易經理", "國際物流專員"),
    "gap": ("貿易經理", "國際物流專員"),
    "path": ("客戶服務主管", "國際物流專員"),
    "reuse": (),
    "communities": (),
    "bridges": (5,),
    "pairs": (2,),
    "neighbourhood": ("個人資料保護法",),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_a_table_in_a_notebook_and_short_elsewhere(graph, question):
    answer = getattr(graph, question)(*QUESTIONS[question])
    rows = answer.rows()
    assert rows
    assert answer.to_dicts() == rows.to_dicts()
    shown = answer._repr_html_()
    assert shown.startswith("<table>")
    assert ">iri</th>" not in shown
    assert len(repr(answer)) < 200


def test_a_part_of_an_answer_is_a_table_too(graph):
    answer = graph.nearest("貿易經理", 3)
    assert len(answer[:2].rows()) == 2
    assert answer[0].occupation.name == answer.rows()[0]["name"]


def test_whole_numbers_stay_whole_in_a_data_frame_where_some_are_unknown(graph):
    pytest.importorskip("pandas", reason="the extra data is not installed")
    frame = graph.gap("貿易經理", "國際物流專員").to_frame()
    assert frame["level"].isna().any()
    assert frame["level"].dtype == "Int64"


def test_the_place_of_a_fault_counts_from_what_was_typed(graph):
    with pytest.raises(QuerySyntax) as caught:
        graph.query("SELECT ?s WHERE  ?s a kps:Standard }")
    assert (caught.value.line, caught.value.column) == (1, 18)


PICTURES = [
    ("貿易經理",),
    ("map",),
    ("overlap",),
    ("overlap", "貿易經理", "國際物流專員"),
    ("competency", "個人資料保護法"),
]


@pytest.mark.parametrize("what", PICTURES, ids=" ".join)
def test_a_picture_is_shown_inline_and_saved_by_the_ending_of_its_name(graph, tmp_path, what):
    picture = graph.draw(*what)
    assert picture._repr_svg_().startswith("<svg ")
    for name, beginning in (("a.svg", "<?xml"), ("a.html", "<!DOCTYPE html>")):
        picture.save(tmp_path / name)
        assert (tmp_path / name).read_text("utf-8").startswith(beginning)
    with pytest.raises(SourceError, match=r"neither \.svg nor \.html"):
        picture.save(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (("map", "貿易經理"), "name none"),
        (("competency",), "one competency"),
        (("貿易經理", "國際物流專員"), "overlap, map or competency"),
        (("mapp",), "did you mean map"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_a_picture_of_what_cannot_be_drawn_says_what_can(graph, what, message):
    with pytest.raises((BadParameter, ResourceError), match=message):
        graph.draw(*what)


def test_what_the_build_found_is_a_table_with_words_in_both_languages(graph):
    found = graph.findings("貿易經理", severity="warning")
    assert {f.rule for f in found} >= {"R07", "R20", "R23"}
    row = found.where(lambda f: f.rule == "R23").rows()[0]
    assert (row["standard"], row["severity"]) == ("KPS1420-001v2", "warning")
    assert row["place"].startswith("table=")
    assert "簡體" in row["message"]
    assert "simplified" in row["message_en"]
    assert len(graph.findings()) == sum(len(s.findings) for s in graph.sources())
    with pytest.raises(UnknownRule):
        graph.findings(rule="R99")


def test_what_the_build_found_in_a_folder_of_folders_has_the_names_of_its_standards(
    tmp_path, examples
):
    for number, name in enumerate(("ZZZ2431-902v1.yaml", "ZZZ4323-901v2.yaml")):
        folder = tmp_path / "deep" / str(number)
        folder.mkdir(parents=True)
        (folder / "standard.yaml").write_bytes((examples / name).read_bytes())
    kps.build([tmp_path / "deep"], tmp_path / "kps.store")
    with kps.open(tmp_path / "kps.store") as graph:
        rows = graph.findings().rows()
        assert {r["name"] for r in rows} == {"跨境電商行銷人員", "國際物流專員"}
        names = {s.code: s.name for s in graph.identities().values()}
        assert all(names[str(r["standard"])] == r["name"] for r in rows)


@pytest.mark.parametrize(
    ("name", "code", "message", "such"),
    [
        ("needs", {"code": "K1"}, "K1 of KPS1420-001v2 is not of the kind", "such as O1.3.1"),
        ("needs", {"code": "1420"}, "1420 of KPS1420-001v2 is not of the kind", "such as O1.3.1"),
        ("trace", {"code": "t1.1"}, "T1.1 of KPS1420-001v2 is not of the kind", "such as K1"),
        ("unit", {"unit": "P1.1.1"}, "P1.1.1 of KPS1420-001v2 is not of the kind", "such as T1"),
    ],
)
def test_a_query_of_codes_of_one_kind_refuses_others(graph, name, code, message, such):
    with pytest.raises(ResourceError, match=message) as raised:
        graph.query(name, standard="KPS1420-001v2", **code)
    assert such in str(raised.value.hint)
