"""How fast the questions about a whole corpus are answered, compiled, plain, and in SPARQL.

    python -m benchmarks.networks [STORE]

The corpus is a folder of published standards, named by the environment variable
``KPS_CORPUS_DIR``. SPARQL runs in STORE, which ``kps-graph build`` has made of it; without one,
in an Oxigraph store in memory that holds nothing but who uses what, and is faster for that. With
STORE, every command is timed too, its start included, against ``kps-graph --help``.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measure import corpus, interleaved, process, report
from kps_graph.document import Record
from kps_graph.exports import drawing, occupation_map
from kps_graph.exports.graphml import graphml
from kps_graph.extract import extract
from kps_graph.model import Standard
from kps_graph.networks import (
    Usage,
    backbone,
    bridges,
    centrality,
    communities,
    gap,
    graph_of,
    incidence,
    nearest,
    overlaps,
    partition,
    path,
    reuse,
    usage_of,
)
from kps_graph.readers import read
from kps_graph.store.directory import current
from kps_graph.terms import identity_of, kps, standard_iri

LEAST = 10
ALL_PAIRS = f"""
SELECT ?a ?b (COUNT(*) AS ?shared) WHERE {{
  ?a <{kps.uses}> ?c . ?b <{kps.uses}> ?c . FILTER(STR(?a) < STR(?b))
}} GROUP BY ?a ?b HAVING (COUNT(*) >= {LEAST})
"""


def standards() -> dict[str, Standard]:
    """The corpus by identity; a second document with one code is kept apart."""
    found = {}
    for file in sorted(corpus().glob("*.json")):
        record = read(file.read_bytes(), file.name)
        assert isinstance(record, Record)
        standard = extract(record).standard
        name = identity_of(standard.code, file.name)
        while name in found:
            name += "~2"
        found[name] = standard
    return found


def store_of(usage: Usage) -> ox.Store:
    """An Oxigraph store of who uses what."""
    uses = ox.NamedNode(kps.uses)
    store = ox.Store()
    store.bulk_extend(ox.Quad(ox.NamedNode(standard_iri(a)), uses, ox.NamedNode(b))
                      for a, b in usage.pairs())
    return store


def analysis(usage: Usage, compiled: bool | None) -> Callable[[], object]:
    """Projection, Louvain and PageRank of the whole corpus."""
    def run() -> object:
        pairs = overlaps(usage.pairs(), compiled=compiled)
        return partition(backbone(pairs), compiled=compiled), centrality(pairs, compiled=compiled)
    return run


def uses_in(store: ox.Store) -> list[tuple[str, str]]:
    """Who uses what, read from the store."""
    return [(q.subject.value, q.object.value)
            for q in store.quads_for_pattern(None, ox.NamedNode(kps.uses), None)]


def show(times: dict[str, list[float]]) -> dict[str, float]:
    """Prints and returns the median of each."""
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in medians.items():
        print(f"{name:52}{seconds * 1000:10.1f} ms")
    return medians


def commands(store: str, first: str, last: str) -> dict[str, Callable[[], object]]:
    """Every question as a whole process."""
    name = str(Path(sys.executable).with_name("kps-graph"))
    asked = {"--help": [], "shared": [], "nearest": [first], "compare": [first, last],
             "gap": [first, last], "path": [first, last], "reuse": [], "communities": [],
             "bridges": []}
    return {c: process([name, c, *given, *(("--store", store) if c != "--help" else ())])
            for c, given in asked.items()}


def main() -> None:
    """Prints every figure."""
    made = standards()
    usage = usage_of(made)
    skilled = usage.only("K", "S")
    store = (ox.Store.read_only(str(current(Path(sys.argv[1])).data)) if sys.argv[1:]
             else store_of(usage))
    print(f"{len(usage.occupations)} standards, {len(usage.competencies)} competencies, "
          f"{len(usage.uses)} uses\n")
    first, *_, last = (o.id for o in usage.occupations)
    groups = communities(skilled)
    show(interleaved({
        "projection, Louvain and PageRank, compiled": analysis(usage, None),
        "projection, Louvain and PageRank, plain Python": analysis(usage, False),
        "communities of occupations, with names": lambda: communities(skilled),
        "communities of competencies, with names": lambda: communities(skilled, of="competency"),
        "bridging competencies": lambda: bridges(skilled, groups),
        "reuse level of every competency": lambda: reuse(usage),
        "nearest ten of one, with reasons": lambda: nearest(usage, first),
        "gap between two": lambda: gap(usage, first, last),
        "path between two": lambda: path(usage, first, last),
        "projection as GraphML": lambda: graphml(graph_of(overlaps(usage.pairs(), LEAST))),
        "map of all occupations, SVG": lambda: occupation_map.svg(skilled),
        "picture of the first standard, HTML": lambda: drawing.html(made[first]),
    }, rounds=3))
    print(f"\nall pairs that share at least {LEAST}")
    pairs = uses_in(store)
    cells = incidence(pairs)

    def sparql() -> list[object]:
        return list(store.query(ALL_PAIRS, use_default_graph_as_union=True))

    assert len(sparql()) == len(overlaps(cells, LEAST)), "SPARQL finds other pairs"
    medians = show(interleaved({
        "SPARQL": sparql,
        "compiled, from the incidence": lambda: overlaps(cells, LEAST, "count"),
        "compiled, from the pairs": lambda: overlaps(pairs, LEAST, "count"),
        "compiled, reading the store first": lambda: overlaps(uses_in(store), LEAST, "count"),
        "plain Python, from the pairs": lambda: overlaps(pairs, LEAST, "count", compiled=False),
    }, rounds=5))
    for name, seconds in medians.items():
        print(f"{name:52}{medians['SPARQL'] / seconds:10.0f} times as fast")
    if sys.argv[1:]:
        print("\nwhole commands")
        report(interleaved(commands(sys.argv[1], first, last), rounds=3), "--help")


if __name__ == "__main__":
    main()
