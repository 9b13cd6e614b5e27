"""Every shape has a case: one Turtle file of data and the results that the shape gives for it.

In ``tests/cases/shapes/SHAPE.ttl`` nodes whose IRI says ``good`` pass and those that say ``bad``
fail; the ``sh:ValidationReport`` lists every result: shape, focus node, and value if there is one.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace

from kps_graph import rules, shacl
from kps_graph.store import EmbeddedStore

CASES = Path(__file__).parent / "cases" / "shapes"
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = "https://w3id.org/kps-graph/shapes#"
TODAY = datetime.date(2026, 11, 24)
ALL = shacl.load_shapes(today=TODAY)
NAMES = sorted({s.root.removeprefix(SHAPES) for s in ALL.shapes})


def read(name):
    """The data of a case, and its expected (focus node, value) pairs."""
    graph = Graph().parse(CASES / f"{name}.ttl")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    expected = []
    for result in graph.objects(report, SH.result):
        assert str(graph.value(result, SH.sourceShape)) == SHAPES + name
        value = graph.value(result, SH.value)
        expected.append((str(graph.value(result, SH.focusNode)), None if value is None else
                         str(value)))
        graph.remove((result, None, None))
    graph.remove((report, None, None))
    return graph, sorted(expected, key=str)


def results(found, name):
    return sorted(((r.finding.focus, None if r.value is None else r.value.value) for r in found
                   if r.shape == SHAPES + name), key=str)


def in_store(graph):
    store = EmbeddedStore.memory()
    lines = graph.serialize(format="nt").strip().split("\n")
    store.load("".join(f"{line.strip()[:-1]} <https://w3id.org/kps-graph/id/case> .\n"
                       for line in lines if line.strip()).encode())
    return store


def test_every_shape_has_a_case_and_every_case_a_shape():
    assert NAMES
    assert sorted(p.stem for p in CASES.glob("*.ttl")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_a_node_that_passes_and_one_that_fails(name):
    graph, expected = read(name)
    nodes = {str(s).removeprefix("https://w3id.org/kps-graph/id/") for s in graph.subjects()}
    assert any(n.startswith("good") for n in nodes)
    assert expected
    assert all("/id/bad" in focus for focus, _ in expected)


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_shape_gives_the_expected_results(name):
    graph, expected = read(name)
    assert results(shacl.check_store(ALL, in_store(graph).select), name) == expected


@pytest.mark.parametrize("name", NAMES)
def test_pyshacl_gives_the_expected_results(name):
    graph, expected = read(name)
    assert results(shacl.check(ALL, graph), name) == expected


def test_every_shape_has_a_rule_a_severity_and_messages_in_both_languages():
    known = {r.number for r in rules.rules()}
    for shape in ALL.shapes:
        assert shape.rule in known, shape.id
        languages = {lang for lang, _ in shape.messages}
        assert languages == {"zh-Hant", "en"}, shape.id
        assert (None, SH.severity, None) in ALL.graph
        assert ALL.graph.value(shape.node, SH.severity) is not None, shape.id


def test_every_rule_has_a_shape():
    assert {s.rule for s in ALL.shapes} == {f"R{n:02d}" for n in range(1, 26)}


def test_every_shape_is_compiled():
    assert not shacl.not_compiled(ALL)


def test_a_placeholder_of_a_message_is_filled_in(examples):
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.sources import find

    report, _ = check(find([examples]))
    assert report.findings
    assert not [m for f in report.findings for m in f.messages.values() if "{" in m]


def test_every_shape_meets_a_node_of_the_examples(examples):
    from kps_graph.pipeline.memory import load
    from kps_graph.pipeline.sources import find

    store = load(find([examples]), ontology=True).store
    graph = ALL.graph
    for root in {s.root for s in ALL.shapes}:
        node = next(s.node for s in ALL.shapes if s.root == root)
        classes = [str(c) for c in graph.objects(node, SH.targetClass)]
        subjects = [str(p) for p in graph.objects(node, SH.targetSubjectsOf)]
        asked = [f"?x a <{c}>" for c in classes] + [f"?x <{p}> ?y" for p in subjects]
        assert asked, root
        for pattern in asked:
            assert len(store.select(f"SELECT ?x WHERE {{ {pattern} }} LIMIT 1")), (root, pattern)


def test_literals_of_the_cases_are_what_documents_hold():
    for name in NAMES:
        graph, _ = read(name)
        for _, predicate, value in graph:
            if str(predicate).endswith(("prefLabel", "description")):
                assert isinstance(value, Literal)
                assert value.language == "zh-Hant"
