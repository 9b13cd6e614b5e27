"""What needs a K, S or A, over a store: the paths are those that the whole standards have."""

from __future__ import annotations

import json

import pytest

import kps_graph
from kps_graph.graph.reached import reached
from kps_graph.standards.paths import paths
from kps_graph.standards.trace import trace
from tests.support.stores import built, document, write


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def whole(graph, reach):
    """The paths and trees of a reach, from the standard read as a whole."""
    standard = graph.standard(reach.standard.code or reach.standard.name)
    codes = dict.fromkeys(p.element.code for p in reach.paths)
    return (
        tuple(p for p in paths(standard) if p.element and p.element.code in codes),
        tuple(trace(standard, code) for code in codes),
    )


def test_every_path_is_that_of_the_whole_standard(graph):
    asked = {f"{c.kind}:{c.name}" for c in graph.usage().competencies}
    assert len(asked) > 100
    for words in sorted(asked)[::7]:
        for reach in reached(graph, words).found:
            assert (reach.paths, reach.branch().children) == whole(graph, reach)


def test_two_of_one_code_and_one_without_keep_their_names(tmp_path):
    knowledge = [
        {"code": "K1", "name": "風險管理"},
        {"code": "K1", "name": "海關制度"},
        {"code": None, "name": "信用狀實務"},
    ]
    write(
        tmp_path,
        one=document(knowledge=("甲",)).replace(
            '[{"code": "K1", "name": "甲"}]', json.dumps(knowledge)
        ),
    )
    built(tmp_path / "kps.store", tmp_path)
    with kps_graph.open(tmp_path / "kps.store") as graph:
        for words in ("風險管理", "海關制度", "信用狀實務"):
            (reach,) = reached(graph, words).found
            assert {p.element.text for p in reach.paths} == {words}
            assert (reach.paths, reach.branch().children) == whole(graph, reach)
