"""The findings of a build as a graph of the store: the report of SHACL, beside what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kps_graph.rdf.findings import report
from kps_graph.rdf.ntriples import nquads
from kps_graph.store import Source, WritableStore
from kps_graph.terms import graph_iri, source_iri, standard_iri

__all__ = ["keep"]


def keep(
    store: WritableStore, before: Mapping[str, Source], now: Mapping[str, Source], base: str
) -> None:
    """Makes the graph ``findings`` of ``store`` say what was found of the sources ``now``.

    Args:
        store: holds what was found of the sources ``before``, and is written where they differ.
        before: by path; empty if all is to be written.
        now: by path.
        base: the namespace of the data IRIs.
    """
    graph = graph_iri("findings", base)
    if not before:
        lines = _reports(now.values(), graph, base).split("\n")
        store.replace(graph, filter(None, lines), asked=False)
        return
    gone = (s for path, s in before.items() if _stated(s) != _stated(now.get(path)))
    store.discard(_reports(gone, graph, base).encode("utf-8", "replace"))
    new = (s for path, s in now.items() if _stated(s) != _stated(before.get(path)))
    store.load(_reports(new, graph, base).encode("utf-8", "replace"))


def _stated(source: Source | None) -> tuple[str, str] | None:
    """What the report about ``source`` is made of; None if there is none."""
    if source is None or source.outcome != "loaded":
        return None
    return source.identity, source.noted


def _reports(sources: Iterable[Source], graph: str, base: str) -> str:
    """The reports about those of ``sources`` that hold a standard, as N-Quads."""
    return "".join(
        nquads(report(s.findings, standard_iri(s.identity, base), source_iri(s.path, base)), graph)
        for s in sources
        if s.outcome == "loaded"
    )
