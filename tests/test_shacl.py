"""The engine: the same results as pySHACL, and no conformance by silence."""

from __future__ import annotations

import datetime

import pytest
from rdflib import Dataset, Graph

from kps_graph import shacl
from kps_graph.errors import ValidationAborted
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find

TODAY = datetime.date(2026, 11, 24)
HEAD = """
@prefix : <https://example.org/shapes#> .
@prefix kps: <https://w3id.org/kps-graph/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def merged(store):
    dataset, graph = Dataset(), Graph()
    dataset.parse(data=store.dump_all(), format="nquads")
    for s, p, o, _ in dataset.quads((None, None, None, None)):
        graph.add((s, p, o))
    return graph


def facts(results):
    """What must be the same: focus, path, rule, value, severity, messages."""
    return {
        (f.focus, f.path, f.rule, f.value, f.severity, tuple(sorted(f.messages.items())))
        for f in (r.finding for r in results)
    }


@pytest.fixture(scope="module")
def shapes():
    return shacl.load_shapes(today=TODAY)


@pytest.fixture(scope="module")
def loaded(examples):
    return load(find([examples]), ontology=True)


def test_the_examples_give_the_results_that_pyshacl_gives(shapes, loaded):
    found = facts(shacl.check_store(shapes, loaded.store.select))
    assert found
    assert found == facts(shacl.check(shapes, merged(loaded.store)))


def test_a_sample_of_the_corpus_gives_the_results_that_pyshacl_gives(shapes, corpus_dir):
    files = find([corpus_dir])[::160]
    store = load(files, ontology=True).store
    found = facts(shacl.check_store(shapes, store.select))
    assert found
    assert found == facts(shacl.check(shapes, merged(store)))


def test_checking_some_standards_gives_their_part_of_the_whole(shapes, loaded):
    base = "https://w3id.org/kps-graph/id/"
    whole = facts(shacl.check_store(shapes, loaded.store.select))
    for source in loaded.sources:
        if source.outcome == "loaded":
            iri = base + source.identity
            part = facts(shacl.check_store(shapes, loaded.store.select, [iri]))
            assert part == {f for f in whole if f[0] == iri or f[0].startswith(f"{iri}/")}


@pytest.mark.parametrize(
    "turtle",
    [
        "",
        ":a a sh:NodeShape ; sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] .",
        ":a a sh:PropertyShape ; sh:targetClass kps:Standrad ; sh:path skos:prefLabel ; "
        "sh:minCount 1 .",
    ],
    ids=["no shapes", "no target", "a misspelled class"],
)
def test_shapes_that_check_nothing_are_an_error(tmp_path, turtle):
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    with pytest.raises(ValidationAborted):
        shacl.load_shapes([path])


def test_broken_turtle_is_an_error_that_names_the_file(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(":a a sh:NodeShape", encoding="utf-8")
    with pytest.raises(ValidationAborted) as error:
        shacl.load_shapes([path])
    assert "mine.ttl" in str(error.value)


def test_a_construct_that_is_not_compiled_goes_to_pyshacl_and_gives_its_results(tmp_path, loaded):
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + """
:X01-attitudes a sh:PropertyShape ;
    sh:targetClass kps:Standard ;
    sh:path kps:hasAttitude ;
    sh:qualifiedValueShape [ sh:path skos:definition ; sh:minCount 1 ] ;
    sh:qualifiedMinCount 6 ;
    sh:severity sh:Warning ;
    sh:message "態度少於六項"@zh-Hant , "fewer than six attitudes"@en .
""", encoding="utf-8")
    mine = shacl.load_shapes([path])
    assert shacl.not_compiled(mine)
    found = facts(shacl.check_store(mine, loaded.store.select))
    assert found
    assert found == facts(shacl.check(mine, merged(loaded.store)))
