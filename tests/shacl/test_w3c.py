"""W3C's SHACL test suite: whole reports, for shapes that somebody wrote in a file."""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import to_isomorphic

from kps_graph import shacl
from kps_graph.errors import BadShapes
from kps_graph.shacl.unheard import refuse_unheard
from kps_graph.shacl.wellformed import refuse_malformed
from kps_graph.store import memory
from tests.support import w3c_shacl as suite
from tests.support.project import ROOT

pytestmark = pytest.mark.filterwarnings("ignore")

FOLDER = Path(os.environ.get("KPS_W3C_DIR", "")) / "shacl"
NAMES = [*suite.names(FOLDER)] if FOLDER.is_dir() else []
#: The tests that we do not pass: docs/engine.md says why.
LISTED = dict(
    re.findall(
        r"^\| `((?:core|sparql)/\S+)` \| (\S.*) \|$",
        (ROOT / "docs" / "engine.md").read_text("utf-8"),
        re.M,
    )
)
NO_SUITE = "KPS_W3C_DIR names no folder: the suite of W3C is not part of the project"


def named():
    """A parameter for each test, of which those that docs/engine.md lists have to fail."""
    if not NAMES:
        return [pytest.param(None, marks=pytest.mark.skip(reason=NO_SUITE))]
    return [
        pytest.param(
            name,
            marks=[pytest.mark.xfail(reason=LISTED[name], strict=True)] if name in LISTED else [],
        )
        for name in NAMES
    ]


def read(case):
    """The shapes, as they are read of a user's file, with what a user can switch off."""
    refuse_malformed(case.shapes, case.shapes, "mine.ttl")
    refuse_unheard(case.shapes, case.shapes, "mine.ttl", idle=True)
    return replace(
        shacl.read_shapes(case.shapes, datetime.date(2026, 11, 28), idle=True), source="mine.ttl"
    )


def checked(case):
    store = memory()
    store.load_files([(case.data, "https://example.org/graph")])
    return shacl.check_store(read(case), store.select)


def term(node):
    """A term of ours as one of rdflib's."""
    if node is None:
        return None
    if node.kind == "literal":
        datatype = URIRef(node.datatype) if node.datatype else None
        return suite.canonical(
            Literal(node.value, lang=node.lang, datatype=datatype, normalize=False)
        )
    return URIRef(node.value) if node.kind == "iri" else BNode(node.value)


def said(result):
    """What is compared of a result of ours, in the order of suite.SAID."""
    finding = result.finding
    return (
        term(result.focus),
        Literal(finding.path) if finding.path else None,
        term(result.value),
        URIRef(result.component),
        suite.SH[str(finding.severity).capitalize()],
        URIRef(result.shape) if ":" in result.shape else BNode(result.shape),
    )


def report(results):
    """The distinct results as a graph, in which blank nodes may have any labels."""
    graph = Graph()
    for result in dict.fromkeys(results):
        node = BNode()
        for name, value in zip(suite.SAID, result, strict=True):
            if value is not None:
                graph.add((node, suite.SH[name], value))
    return to_isomorphic(graph)


@pytest.mark.parametrize("name", named())
def test_w3c(name):
    case = suite.read(FOLDER, name)
    if case.fails:
        with pytest.raises(BadShapes):
            checked(case)
        return
    found = checked(case)
    assert (not found) == case.conforms
    assert report(map(said, found)) == report(case.results())
    messages = {m for r in found for m in r.finding.messages.items()}
    assert {(m.language or "", str(m)) for m in case.messages()} <= messages


@pytest.mark.skipif(not NAMES, reason=NO_SUITE)
def test_the_page_on_the_engine_lists_tests_of_the_suite_and_their_number():
    assert set(LISTED) <= set(NAMES)
    page = (ROOT / "docs" / "engine.md").read_text("utf-8")
    passed = len(NAMES) - len(LISTED)
    assert f"{passed} of its {len(NAMES)} tests" in page


@pytest.mark.skipif(not NAMES, reason=NO_SUITE)
def test_the_page_on_the_engine_names_the_tests_whose_results_are_counted_once():
    twice = {
        name
        for name, case in ((n, suite.read(FOLDER, n)) for n in NAMES)
        if not case.fails and max(Counter(case.results()).values(), default=0) > 1
    }
    page = (ROOT / "docs" / "engine.md").read_text("utf-8")
    (sentence,) = re.findall(r"Results that are equal in all of this count as one[^.]*\.", page)
    assert twice == set(re.findall(r"`([^`]+)`", sentence))
