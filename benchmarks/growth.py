"""How the queries of the library, and a build, grow with the corpus: of each N-th document, and of all.

``python -m benchmarks.growth SMALL_STORE LARGE_STORE`` asks every query of both stores in one
process, with the same values, in turn, and prints the processor time of each and their ratio. It
says how many standards and statements each store has, so that a reader sees by how much it grew.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Mapping

import kps_graph
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.queries.library import Query, library
from kps_graph.terms import kps, skos, standard_iri

#: Values of parameters that do not depend on the store.
_FIXED: Mapping[str, str] = {"text": "溝通", "words": "溝通", "unit": "T1"}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("small")
    parser.add_argument("large")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with kps_graph.open(options.small) as small, kps_graph.open(options.large) as large:
        for graph in (small, large):
            (size,) = graph.store.texts("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            print(f"{len(graph.identities())} standards, {int(size[0]):,} statements")
        values = given(small)
        print("\n| query | small ms | large ms | ratio |\n| --- | ---: | ---: | ---: |")
        for query in sorted(library().values(), key=lambda q: q.name):
            params = {
                p.name: values.get((query.name, p.name)) or values.get(p.name) or values[p.kind]
                for p in query.parameters
                if p.default is None
            }
            a, b = timed(query, params, (small, large), options.rounds)
            print(f"| `{query.name}` | {a * 1e3:.1f} | {b * 1e3:.1f} | {b / a:.1f} |", flush=True)


def given(graph: KnowledgeGraph) -> dict[str | tuple[str, str], str]:
    """Values of parameters that both stores have: those of the smaller one."""
    codes = sorted(s.code for s in graph.identities().values() if s.code)
    first, other = codes[len(codes) // 3], codes[2 * len(codes) // 3]
    (label,) = graph.store.texts(
        f"SELECT ?text {{ ?x <{skos.prefLabel}> ?text ; <{kps.expresses}> ?c }} "
        "GROUP BY ?text ORDER BY DESC(COUNT(DISTINCT ?x)) ?text LIMIT 1"
    )
    own = standard_iri(first, graph.base)
    (code,) = graph.store.texts(
        f"SELECT ?c {{ <{own}> <{kps.hasKnowledge}>/<{skos.notation}> ?c }} ORDER BY ?c LIMIT 1"
    )
    return {
        **_FIXED,
        "standard": first,
        "b": other,
        "label": label[0],
        "category": first[:3],
        ("needs", "code"): "T1",
        ("trace", "code"): code[0],
    }


def timed(
    query: Query, params: Mapping[str, str], graphs: tuple[KnowledgeGraph, ...], rounds: int
) -> list[float]:
    """Seconds of processor time of a query in each store: the median of rounds in turn."""
    taken: list[list[float]] = [[] for _ in graphs]
    for _ in range(rounds):
        for graph, seconds in zip(graphs, taken, strict=True):
            seconds.append(_spent(lambda graph=graph: graph.query(query.name, **params)))  # type: ignore[misc]
    return [statistics.median(seconds) for seconds in taken]


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main()
