"""A store moved to a server and back, graph by graph, and held against what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kps_graph.errors import StoreError
from kps_graph.store import provenance
from kps_graph.store.digest import Digest, digest
from kps_graph.store.next_generation import writing
from kps_graph.store.opened import Opened
from kps_graph.store.protocols import Store
from kps_graph.terms import graph_iri
from kps_graph.words import Sentence

__all__ = ["Difference", "Moved", "Target", "pull", "push"]

#: Told how many graphs of how many were looked at, and the name of the last.
Progress = Callable[[int, int, str], None]


class Target(Store, Protocol):
    """A store whose graphs can be replaced one by one, each in one step."""

    def put(self, graph: str, triples: bytes) -> None:
        """Makes N-Triples all that ``graph`` holds."""
        ...

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        ...


@dataclass(frozen=True, slots=True)
class Difference:
    """A graph that is not on the other side what it is on this one."""

    graph: str
    here: Digest
    there: Digest


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move.

    Attributes:
        graphs: how many there are.
        triples: how many they hold.
        sent: the IRIs of those that were sent.
        removed: the IRIs of those that were taken away.
        differing: those that are not what they should be.
    """

    graphs: int
    triples: int
    sent: tuple[str, ...]
    removed: tuple[str, ...]
    differing: tuple[Difference, ...]


def push(source: Opened, target: Target, progress: Progress | None = None) -> Moved:
    """Makes the graphs of ``source`` those of ``target``; only what differs is sent.

    Each graph is replaced in one step, and what the store says of itself goes last: a push that
    is interrupted goes on where it was. Graphs that are not the store's are left alone.

    Args:
        source: the store.
        target: the server.
        progress: told of each graph.

    Raises:
        StoreError: if a side cannot be read or written.
    """
    here = source.store.graphs()
    there = frozenset(target.graphs())
    last, _ = provenance.located(source.store, source.place)
    sent: list[str] = []
    differing: list[Difference] = []
    total = 0
    for done, graph in enumerate(sorted(here, key=lambda g: (g == last, g)), 1):
        triples = source.store.dump(graph)
        wanted = digest(triples)
        total += wanted.triples
        if graph not in there or digest(target.dump(graph)) != wanted:
            target.put(graph, triples)
            sent.append(graph)
            came = digest(target.dump(graph))
            if came != wanted:
                differing.append(Difference(graph, wanted, came))
        if progress:
            progress(done, len(here), graph)
    gone = tuple(sorted(_ours(there, source.base) - frozenset(here)))
    target.remove(gone)
    return Moved(len(here), total, tuple(sent), gone, tuple(differing))


def pull(source: Opened, store: Path, progress: Progress | None = None) -> Moved:
    """Writes the store on a server into the directory ``store``, in one step.

    Raises:
        StoreError: if a side cannot be read or written, or a graph is not what the server has.
    """
    graphs = sorted(_ours(source.store.graphs(), source.base))
    manifest = source.manifest
    differing: list[Difference] = []
    total = 0
    with writing(store, anew=True) as new:
        written = new.begin()
        for done, graph in enumerate(graphs, 1):
            triples = source.store.dump(graph)
            there = digest(triples)
            total += there.triples
            end = f" <{graph}> .\n".encode()
            written.load(triples.replace(b" .\n", end))
            came = digest(written.dump(graph))
            if came != there:
                differing.append(Difference(graph, came, there))
            if progress:
                progress(done, len(graphs), graph)
        if differing:
            raise StoreError(
                "{count} graphs are not what the server has: {graphs}",
                count=len(differing),
                graphs=tuple(d.graph for d in differing[:3]),
                source=source.place,
                hint=Sentence("see whether the server is being written, and try again"),
            )
        new.finish(manifest)
    return Moved(len(graphs), total, tuple(graphs), (), ())


def _ours(graphs: Iterable[str], base: str) -> frozenset[str]:
    """Those that are a store's with this base."""
    return frozenset(g for g in graphs if g.startswith((base, graph_iri("", base))))
