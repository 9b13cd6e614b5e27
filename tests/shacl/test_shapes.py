"""Every shape has a case: one Turtle file of data and the report that the shape gives for it.

``tests/cases/shapes/SHAPE.ttl`` is written so:

* Its first line says what is asked for. The data follows the model of standards in RDF (decision
  1), as far as the shape looks at it: derived triples and scheme concepts are written out.
* A node passes if its IRI begins with ``…/id/good`` and fails if it begins with ``…/id/bad``, or
  stands below such a node only to make another one fail. Nodes are named so in full, or by the
  prefixes ``good:``, ``bad:``, ``good-row:`` (the version table) and so on.
* One ``sh:ValidationReport`` lists every result of the shape as W3C's test suite does: focus node,
  path, value if there is one, severity, shape. A result may state ``sh:resultMessage`` too, in
  both languages; it does in each case of a shape whose messages have places to fill in.

All shapes are run over each case, and the results of the one are compared, as a whole, with the
report: so a node that passes gives none. Both engines have to agree with the file.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.rules import catalogue as rules
from kps_graph.shacl.paths import shown_path
from kps_graph.store import memory
from tests.support.project import ROOT

CASES = ROOT / "tests" / "cases" / "shapes"
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = "https://w3id.org/kps-graph/shapes#"
ID = "https://w3id.org/kps-graph/id/"
#: Rule 22 depends on the day of the check.
TODAY = datetime.date(2026, 11, 24)
ALL = shacl.load_shapes(today=TODAY)
NAMES = sorted({s.root.removeprefix(SHAPES) for s in ALL.shapes})
BY_NAME = {s.id.removeprefix(SHAPES): s for s in ALL.shapes}


def read(name):
    """The data of a case, what it expects, and the messages it states by focus node."""
    graph = Graph().parse(CASES / f"{name}.ttl")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(report, SH.conforms)) == "false"
    expected, messages = [], {}
    for result in graph.objects(report, SH.result):
        assert (result, RDF.type, SH.ValidationResult) in graph
        assert str(graph.value(result, SH.sourceShape)) == SHAPES + name
        path, value = graph.value(result, SH.resultPath), graph.value(result, SH.value)
        focus = str(graph.value(result, SH.focusNode))
        expected.append(
            (
                focus,
                "" if path is None else shown_path(graph, path),
                None if value is None else written(value),
                str(graph.value(result, SH.resultSeverity)).removeprefix(SH).lower(),
            )
        )
        if stated := {m.language.lower(): str(m) for m in graph.objects(result, SH.resultMessage)}:
            messages[focus] = stated
    data = Graph()
    data += graph - graph.cbd(report)
    return data, Counter(expected), messages


def of_shape(found, name):
    return [r for r in found if r.shape == SHAPES + name]


def results(found, name):
    """Focus node, path, value and severity of each result of a shape."""
    return Counter(
        (
            r.finding.focus,
            r.finding.path,
            None if r.value is None else written(term(r.value)),
            str(r.finding.severity),
        )
        for r in of_shape(found, name)
    )


def term(node):
    return (
        URIRef(node.value)
        if node.kind == "iri"
        else Literal(node.value, lang=node.lang, datatype=node.datatype)
    )


def written(value):
    """A term in N-Triples, so that 4 and "4" are two things; tags have no case."""
    if isinstance(value, Literal) and value.language:
        value = Literal(str(value), lang=value.language.lower())
    return value.n3()


def fills_in(name):
    """Whether the messages of a shape have places to fill in."""
    return any(re.search(r"\{[?$]", text) for _, text in BY_NAME[name].messages)


def in_store(graph):
    store = memory()
    lines = graph.serialize(format="nt").strip().split("\n")
    store.load(
        "".join(
            f"{line.strip()[:-1]} <https://w3id.org/kps-graph/id/case> .\n"
            for line in lines
            if line.strip()
        ).encode()
    )
    return store


def test_every_shape_has_a_case_and_every_case_a_shape():
    assert NAMES
    assert sorted(p.stem for p in CASES.glob("*.ttl")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_case_has_a_node_that_passes_and_one_that_fails(name):
    data, expected, _ = read(name)
    rows = in_store(data).select("SELECT DISTINCT ?this { " + focus(BY_NAME[name]) + " }").terms
    nodes = {row[0].value for row in rows}
    assert any(node.startswith(f"{ID}good") for node in nodes)
    assert expected
    assert all(result[0].startswith(f"{ID}bad") and result[0] in nodes for result in expected)


def focus(shape):
    """The pattern of a shape's focus nodes."""
    targets = shape.targets
    return " UNION ".join(
        [f"{{ ?this a <{c}> }}" for c in targets.classes]
        + [f"{{ ?this <{p}> ?o }}" for p in targets.subjects_of]
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_shape_gives_the_expected_results(name):
    data, expected, messages = read(name)
    found = shacl.check_store(ALL, in_store(data).select)
    assert results(found, name) == expected
    assert_messages(found, name, messages)


@pytest.mark.oracle
@pytest.mark.parametrize("name", NAMES)
def test_pyshacl_gives_the_expected_results(name):
    data, expected, messages = read(name)
    found = shacl.check(ALL, data)
    assert results(found, name) == expected
    assert_messages(found, name, messages)


def assert_messages(found, name, stated):
    """The messages are those that the case states, if it states any."""
    for result in of_shape(found, name):
        made = {tag.lower(): text for tag, text in result.finding.messages.items()}
        assert set(made) == {"zh-hant", "en"}
        assert made == stated.get(result.finding.focus, made)


@pytest.mark.parametrize("name", [n for n in NAMES if fills_in(n)])
def test_a_case_states_a_message_if_it_is_filled_in(name):
    assert read(name)[2]


def test_every_shape_has_a_rule_a_severity_and_messages_in_both_languages():
    known = {r.number for r in rules.rules()}
    for shape in ALL.shapes:
        assert shape.rule in known, shape.id
        assert ALL.graph.value(shape.node, SH.severity) is not None, shape.id
        assert {lang for lang, _ in shape.messages} == {"zh-Hant", "en"}, shape.id
        assert len(shape.messages) == 2, shape.id


@pytest.mark.parametrize("name", NAMES)
def test_both_messages_of_a_shape_say_the_same_of_what_was_found(name):
    places = [set(re.findall(r"\{([?$]\w+)\}", text)) for _, text in BY_NAME[name].messages]
    assert places[0] == places[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_shape_begins_with_its_rule(name):
    assert name.startswith(f"{BY_NAME[name].rule}-")


def test_every_rule_has_a_shape_but_the_one_that_asks_the_matcher():
    assert {s.rule for s in ALL.shapes} == {f"R{n:02d}" for n in range(1, 25)}


@pytest.fixture(scope="module")
def example_graphs(examples):
    return load(find([examples]), ontology=True).store


def test_no_place_in_a_message_of_the_examples_is_left_unfilled(example_graphs):
    found = shacl.validate_store(ALL, example_graphs.select)
    assert found
    assert not [m for f in found for m in f.messages.values() if re.search(r"\{[?$]", m)]


@pytest.mark.parametrize("name", NAMES)
def test_every_target_of_a_shape_meets_a_node_of_the_examples(name, example_graphs):
    targets = BY_NAME[name].targets
    patterns = [f"?x a <{c}>" for c in targets.classes] + [
        f"?x <{p}> ?y" for p in targets.subjects_of
    ]
    assert patterns
    for pattern in patterns:
        assert len(example_graphs.select(f"SELECT ?x {{ {pattern} }} LIMIT 1")), pattern


@pytest.mark.parametrize("name", NAMES)
def test_texts_of_a_case_are_tagged_as_those_of_documents(name):
    for _, predicate, value in read(name)[0]:
        if str(predicate).endswith(("prefLabel", "definition", "description")):
            assert isinstance(value, Literal)
            assert (value.language or "").lower() in ("zh-hant", "en")
