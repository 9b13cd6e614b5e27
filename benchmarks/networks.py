"""How fast the questions about a whole corpus are answered, and all pairs against SPARQL.

    python -m benchmarks.networks STORE

STORE is what ``kps-graph build`` has made of a folder of published standards. Everything is
asked of it, by whoever opens it anew: the all-pairs query runs in its Oxigraph; our answer starts
from what the first question has kept beside the data, read from disk each time. Every command is
timed too, its start included, against ``kps-graph --help``.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
from sklearn.metrics import adjusted_mutual_info_score

import kps_graph
from benchmarks.measure import interleaved, process, processor, report
from kps_graph.exports.graphml import graphml
from kps_graph.exports.pictures import drawing, occupation_map
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.sharing import (
    Usage,
    backbone,
    bridges,
    centrality,
    chain,
    communities,
    gap,
    graph_of,
    nearest,
    overlaps,
    partition,
    reuse,
    shared,
    steps,
)
from kps_graph.sharing import projected as stored
from kps_graph.store import current
from kps_graph.terms import kps

LEAST = 10
ALL_PAIRS = f"""
SELECT ?a ?b (COUNT(*) AS ?shared) WHERE {{
  ?a <{kps.uses}> ?c . ?b <{kps.uses}> ?c . FILTER(STR(?a) < STR(?b))
}} GROUP BY ?a ?b HAVING (COUNT(*) >= {LEAST})
"""


def analysis(usage: Usage) -> object:
    """Projection, Louvain and PageRank of the whole corpus."""
    pairs = overlaps(usage.pairs())
    return partition(backbone(pairs)), centrality(pairs)


def agreement(usage: Usage, groups: Iterable[Iterable[str]]) -> float:
    """How well groups of occupations agree with the official 職類別: 1 the same, 0 by chance."""
    official = {o.id: o.categories[0] for o in usage.occupations if o.categories}
    home = {m: number for number, group in enumerate(groups) for m in group if m in official}
    return float(adjusted_mutual_info_score([official[m] for m in home], list(home.values())))


def show(times: dict[str, list[float]]) -> dict[str, float]:
    """Prints and returns the median of each."""
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    for name, seconds in medians.items():
        print(f"{name:52}{seconds * 1000:10.1f} ms", flush=True)
    return medians


def commands(store: str, first: str, last: str) -> dict[str, Callable[[], object]]:
    """Every question as a whole process."""
    name = str(Path(sys.executable).with_name("kps-graph"))
    asked = {
        "--help": [],
        "shared": [],
        "shared related": ["--include", "related"],
        "pairs": ["--min", str(LEAST), "--format", "csv"],
        "nearest": [first],
        "compare": [first, last],
        "gap": [first, last],
        "path": [first, last],
        "reuse": [],
        "communities": [],
        "bridges": [],
        "query shared": ["shared"],
        "query shared related": ["shared", "--param", "include=related"],
    }
    return {
        c: process(
            [name, c.split()[0], *given, *(("--store", store) if given or c != "--help" else ())]
        )
        for c, given in asked.items()
    }


def questions(graph: KnowledgeGraph, first: str, last: str) -> dict[str, Callable[[], object]]:
    """Every question, asked of who uses what."""
    usage, skilled, wide = graph.usage(), graph.usage().only("K", "S"), graph.usage("related")
    groups = communities(skilled)
    return {
        "projection, Louvain and PageRank": lambda: analysis(usage),
        "communities of occupations, with names": lambda: communities(skilled),
        "communities of competencies, with names": lambda: communities(skilled, of="competency"),
        "bridging competencies": lambda: bridges(skilled, groups),
        "reuse level of every competency": lambda: reuse(usage),
        "what two or more share": lambda: shared(usage),
        "what two or more share, related included": lambda: shared(wide),
        "nearest ten of one, with reasons": lambda: nearest(usage, first),
        "gap between two": lambda: gap(usage, first, last),
        "path between two": lambda: steps(usage, chain(usage, first, last)),
        "projection as GraphML": lambda: graphml(graph_of(graph.pairs(LEAST), graph.names())),
        "map of all occupations, SVG": lambda: occupation_map.svg(skilled),
        "picture of a standard, HTML": lambda: drawing.html(graph.standard(first)),
    }


def main() -> None:
    """Prints every figure."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    graph = kps_graph.open(folder)
    usage = graph.usage()
    print(
        f"{len(usage.occupations)} standards, {len(usage.competencies)} competencies, "
        f"{len(usage.uses)} uses\n",
        flush=True,
    )
    first, *_, last = (o.id for o in usage.occupations)
    show(interleaved(questions(graph, first, last), rounds=3, clock=processor))

    print("\nagreement of communities with 職類別, adjusted mutual information")
    for name, groups in {
        "communities": [g.members for g in communities(usage)],
        "the same with what is common": partition(backbone(overlaps(usage.pairs()))),
    }.items():
        print(f"{name:52}{agreement(usage, groups):10.2f}", flush=True)

    print(f"\nall pairs that share at least {LEAST}", flush=True)
    kept, base = current(folder).beside, graph.manifest.base
    oxigraph = ox.Store.read_only(str(current(folder).data))

    def ours() -> object:
        made = stored.kept(graph.store, base, kept)
        return overlaps(stored.cells(made, "identical"), LEAST, "count")

    cells = stored.cells(stored.kept(graph.store, base, kept), "identical")
    start = processor()
    found = list(oxigraph.query(ALL_PAIRS, use_default_graph_as_union=True))
    sparql = processor() - start
    assert len(found) == len(overlaps(cells, LEAST)), "SPARQL finds other pairs"
    medians = show(
        {"SPARQL, once": [sparql]}
        | interleaved(
            {
                "from what is kept in the store": ours,
                "from the incidence in memory": lambda: overlaps(cells, LEAST, "count"),
                "reading the database first": lambda: overlaps(
                    stored.cells(stored.project(graph.store, base), "identical"), LEAST, "count"
                ),
            },
            rounds=5,
            clock=processor,
        )
    )
    for name, seconds in medians.items():
        print(f"{name:52}{sparql / seconds:10.0f} times as fast", flush=True)

    print("\nwhole commands", flush=True)
    report(interleaved(commands(sys.argv[1], first, last), rounds=3, clock=processor), "--help")


if __name__ == "__main__":
    main()
