"""Every shipped query answers what Python works out from the interchange JSON, without SPARQL."""

from __future__ import annotations

import json
import re
from collections import Counter
from copy import copy

import pyoxigraph as ox
import pytest

import kps_graph
from kps_graph import resources
from kps_graph.extract.interchange import to_data
from kps_graph.pipeline.reading import bytes_of, read_file
from kps_graph.pipeline.sources import find
from kps_graph.queries import library
from kps_graph.terms import DEFAULT_BASE, graph_iri
from tests.support import recomputed
from tests.support.recomputed import Corpus
from tests.support.stores import built

#: Those about courses are worked out in tests/courses: no corpus has any.
QUERIES = sorted(name for name, query in library.library().items() if query.group != "course")
#: One standard of so many of the corpus is asked: the matcher compares them all with each other.
EVERY = 12


def corpus_of(files, store, wanted=lambda standard: True):
    """The standards of a store as JSON, and what its matcher decided, without a query."""
    with kps_graph.open(store) as graph:
        identities = {s.path: s.identity for s in graph.sources() if s.outcome == "loaded"}
        findings = {s.identity: s.findings for s in graph.sources()}
        aligned = graph.store.dump(graph_iri("alignment")).decode()
    standards = {}
    for file in files:
        if file.name in identities:
            standard = read_file(file, bytes_of(file)).standard
            standards[identities[file.name]] = json.loads(json.dumps(to_data(standard)))
    same, related = {}, []
    for a, predicate, b in re.findall(r"<(\S+)> <\S+#(\w+)> <(\S+)> \.", aligned):
        if predicate == "representative":
            same[a] = b
        elif predicate == "relatedTo":
            related.append((a, b))
    return Corpus(standards, same, related, official(), findings, wanted)


def official():
    """What the schemes call their classes, by language."""
    names = {"zh": {}, "en": {}}
    for path in resources.files("ontology", "*.ttl"):
        for s, p, o, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if p.value.endswith("#prefLabel") and (o.language or "").startswith("zh"):
                names["zh"][s.value] = o.value
            elif p.value.endswith(("#prefLabel", "#altLabel")) and o.language == "en":
                names["en"][s.value] = o.value
    return names


@pytest.fixture(scope="module")
def examples_asked(example_store, examples):
    with kps_graph.open(example_store) as graph:
        yield graph, corpus_of(find([examples]), example_store)


@pytest.fixture(scope="module")
def corpus_asked(corpus_dir, tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    chosen = sorted(corpus_dir.glob("*.json"))[::EVERY]
    built(folder / "kps.store", *chosen)
    with kps_graph.open(folder / "kps.store") as graph:
        yield graph, corpus_of(find(chosen), folder / "kps.store")


@pytest.fixture(scope="module")
def slice_asked(corpus_asked):
    graph, corpus = corpus_asked
    wanted = copy(corpus)
    wanted.wanted = lambda standard: standard.level in (4, 5)
    wanted.__dict__.pop("counted", None)
    return graph.within("level=4-5"), wanted


def asked_of(name, corpus):
    """Parameters to ask a query with: of several standards, texts, codes."""
    takes = [p.name for p in library.get(name).parameters]
    some = [s.id for s in corpus.all if s.code][:: max(1, len(corpus.all) // 5)][:5]
    first = {s: corpus.by[s] for s in some}
    texts = [c for c, n in corpus.forms.items() if n.total() > 1] or list(corpus.forms)
    labels = [corpus.label(c) for c in sorted(texts)[:: max(1, len(texts) // 4)][:4]]
    if name == "duplicates":  # few standards have any
        found = [{"standard": s.id} for s in corpus.all if s.code]
    elif "standard" in takes:
        found = [{"standard": s} for s in some]
        if "unit" in takes:
            found = [
                {"standard": s, "unit": o.units[n].code}
                for s, o in first.items()
                for n in (0, -1)
                if o.units and o.units[n].code
            ]
        elif name == "trace":
            found = [
                {"standard": s, "code": e[2]["code"]}
                for s, o in first.items()
                for e in o.elements[::9]
                if e[0] != "A" and e[2].get("code")
            ]
        elif name == "needs":
            found = [
                {"standard": s, "code": p.code}
                for s, o in first.items()
                for u in o.units[:3]
                for p in (u, *u.indicators[:1])
                if p.code
            ]
    elif "a" in takes:
        found = [{"a": a, "b": b} for a, b in zip(some, some[1:] + some[:1], strict=True)]
    elif "label" in takes:
        found = [{"label": x} for x in labels]
    elif "word" in takes:
        found = [{"word": w} for w in ("法規", "記錄", "臺灣", "AI")]
    elif "category" in takes:
        codes = sorted({c.rsplit("/", 1)[-1] for s in corpus.all for c in s.categories})
        found = [{"category": c} for c in (codes[0], codes[-1], codes[0][0])]
    else:
        found = [{}]
    if "at_level" in takes:
        found += [{**f, "at_level": "4"} for f in found]
    if "include" in takes:
        found = [{**f, "include": i} for f in found for i in ("identical", "same", "related")]
    if "language" in takes:
        found += [{**f, "language": "en"} for f in found]
    if "kind" in takes:
        found += [{**f, "kind": "K"} for f in found[:1]]
    return found


def told(name, graph, params):
    """The rows of the store, as texts."""
    rows = []
    for row in graph.rows(name, **params).terms:
        cells = ["" if t is None else t.value for t in row]
        columns = [c.name for c in library.get(name).columns]
        for n, column in enumerate(columns):
            if name in ("standards", "nearest") and column == "iri":
                cells[n] = cells[n].removeprefix(DEFAULT_BASE)
            elif name == "where" and column == "node":
                cells[n] = None
            elif column == "jaccard":
                cells[n] = f"{float(cells[n]):.3f}"
        rows.append(tuple(c for c in cells if c is not None))
    return rows


def differences(name, graph, corpus):
    """For each way to ask: the rows that only one of both has."""
    function = getattr(recomputed, name.replace("-", "_"))
    answers = 0
    for params in asked_of(name, corpus):
        here, there = Counter(told(name, graph, params)), Counter(function(corpus, **params))
        answers += here.total()
        assert (here - there, there - here) == (Counter(), Counter()), params
    return answers


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_answers_for_the_examples_what_python_works_out(name, examples_asked):
    differences(name, *examples_asked)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_answers_for_the_corpus_what_python_works_out(name, corpus_asked):
    assert differences(name, *corpus_asked)


@pytest.mark.parametrize("name", [n for n in QUERIES if library.get(n).sliced])
def test_a_query_of_a_slice_answers_what_python_works_out_of_its_standards(name, slice_asked):
    assert differences(name, *slice_asked)
