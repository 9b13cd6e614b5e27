"""A second referee beside pySHACL: pyshacl-turbo, which is written in Rust, on merged graphs."""

from __future__ import annotations

import datetime

import pytest
from rdflib import Graph

from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from tests.support.turbo import refereed

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.oracle]

TODAY = datetime.date(2026, 11, 24)


def facts(found):
    """What must be the same of each result; the case of language tags means nothing."""
    return {
        (
            r.focus,
            r.finding.path,
            r.value,
            r.component,
            r.shape,
            r.finding.severity,
            tuple(sorted((tag.lower(), text) for tag, text in r.finding.messages.items())),
        )
        for r in found
    }


def merged(store):
    """All that a store holds as one graph."""
    triples = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return Graph().parse(data=triples, format="nt")


@pytest.fixture(scope="module")
def shapes():
    return shacl.load_shapes(today=TODAY)


def test_the_examples_give_the_results_that_pyshacl_turbo_gives(shapes, examples):
    store = load(find([examples]), ontology=True).store
    found = facts(shacl.check_store(shapes, store.select))
    assert found
    assert found == facts(refereed(shapes, merged(store), store.select))


def test_a_sample_of_the_corpus_gives_the_results_that_pyshacl_turbo_gives(shapes, corpus_dir):
    files = find([corpus_dir])
    store = load(files[:: max(1, len(files) // 12)], ontology=True).store
    found = facts(shacl.check_store(shapes, store.select))
    assert found
    assert found == facts(refereed(shapes, merged(store), store.select))
