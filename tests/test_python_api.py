"""``import kps_graph as kps``: what a researcher types."""

from __future__ import annotations

import pytest
from rdflib import RDF, URIRef

import kps_graph as kps
from kps_graph.errors import BadParameter, ResourceError, StoreMissing, UnknownQuery
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
    assert rows.to_dicts() == [dict(r) for r in rows]


def test_rows_go_to_a_data_frame(graph):
    pytest.importorskip("pandas", reason="the extra data is not installed")
    rows = graph.query("standards")
    frame = rows.to_frame()
    assert list(frame.columns) == list(rows.columns)
    assert len(frame) == 6


def test_sparql_text_is_asked_as_it_is(graph):
    assert graph.query("ASK { ?s a kps:Standard }") is True
    assert graph.query("SELECT ?s WHERE { ?s a kps:Standard }").columns == ("s",)


def test_a_standard_is_an_rdflib_graph_and_a_value(graph, examples):
    found = graph.graph("KPS1420-001v2")
    assert (URIRef("https://w3id.org/kps-graph/id/KPS1420-001v2"), RDF.type,
            URIRef(vocabulary.Standard)) in found
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
    assert "<th>competency</th>" in shown
    assert "<td>個人資料保護法</td>" in shown
    assert shown.count("<tr>") == 31


def test_markup_in_a_value_is_text_in_a_notebook(example_store):
    with kps.open(example_store) as graph:
        assert "&lt;b&gt;" in graph.rows('SELECT ("<b>" AS ?x) {}')._repr_html_()
