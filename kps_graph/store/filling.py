"""A new store on its way to a directory: in memory while it is filled, written to disk once.

What the rest of a build asks of it is in an index in memory. Graphs that nobody asks of before the
store is written (matches, findings) wait as text: to index them only to write them out again is a
good part of the work of a build. Some of each are in the index all the same, so that a description
can look at what such things have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain, groupby
from pathlib import Path
from typing import Final

from kps_graph.store.counts import Counts, Said
from kps_graph.store.embedded import EmbeddedStore, said_of
from kps_graph.terms import rdf

__all__ = ["FillingStore"]

#: How many bytes of N-Quads are taken in memory before the store on disk is begun: they come to
#: a gigabyte and a half there.
_ROOM: Final = 512 * 2**20
#: Of each property in a graph that waits, so many subjects are in the index.
_SAMPLE: Final = 200
_TYPE: Final = f"<{rdf.type}>"


class FillingStore(EmbeddedStore):
    """A new, empty store for a directory, in memory as long as there is room."""

    __slots__ = ("_goal", "_room", "_waiting")

    def __init__(self, goal: Path) -> None:
        import pyoxigraph as ox

        super().__init__(ox.Store())
        self._goal: Path | None = goal
        self._room = _ROOM
        self._waiting: dict[str, list[str]] = {}

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads; when there is no more room, the store moves to disk."""
        super().load(nquads)
        self._room -= len(nquads)
        if self._goal and self._room < 0:
            self.settle()

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs, what waits of them too."""
        graphs = tuple(graphs)
        for graph in graphs:
            self._waiting.pop(graph, None)
        super().remove(graphs)

    def replace(self, graph: str, lines: Iterable[str], *, asked: bool = True) -> None:
        """Makes ``lines`` all that ``graph`` holds; what is not asked for waits."""
        if asked or not self._goal:
            super().replace(graph, lines)
            return
        self.remove([graph])
        indexed: list[str] = []
        waiting = self._waiting[graph] = []
        known: Counter[str] = Counter()
        for _, about in groupby(dict.fromkeys(lines), _subject):
            said = list(about)
            properties = {_property(line) for line in said}
            rare = any(known[p] < _SAMPLE for p in properties)
            known.update(properties)
            (indexed if rare else waiting).extend(said)
        self._room -= sum(map(len, waiting))
        self.load("".join(f"{line}\n" for line in indexed).encode("utf-8", "replace"))

    def counted(self) -> Counts:
        """How much there is of each class, property, and property of a class."""
        counts = super().counted()
        waiting: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in chain.from_iterable(self._waiting.values()):
            s, p, o, _ = line.split(" ", 3)
            waiting[s].append((p[1:-1], o[1:-1] if p == _TYPE else ""))
        alike: Counter[tuple[tuple[str, str], ...]] = Counter()
        for s, said in waiting.items():
            if indexed := self._indexed(s):
                counts.add(indexed, -1)
            alike[(*indexed, *said)] += 1
        for said_of_each, times in alike.items():
            counts.add(said_of_each, times)
        return counts

    def _indexed(self, subject: str) -> Said:
        """What the index holds about a subject; a blank node is in one place alone."""
        import pyoxigraph as ox

        if not subject.startswith("<"):
            return ()
        return said_of(self._store, ox.NamedNode(subject[1:-1]))

    def settle(self) -> None:
        """Moves the store to its directory in one go, and is the store there from now on."""
        if self._goal:
            with self._writing():
                self._move(self._goal)
        super().settle()

    def _move(self, goal: Path) -> None:
        import pyoxigraph as ox

        text = goal.with_suffix(".nq")
        with text.open("wb") as out:
            self._store.dump(output=out, format=ox.RdfFormat.N_QUADS)
            for lines in self._waiting.values():
                out.writelines(f"{line}\n".encode("utf-8", "replace") for line in lines)
        self._engine = None  # the memory is needed
        self._waiting.clear()
        engine = ox.Store(str(goal))
        engine.bulk_load(path=str(text), format=ox.RdfFormat.N_QUADS, lenient=True)
        text.unlink()
        self._engine, self._place, self._goal = engine, str(goal), None


def _subject(line: str) -> str:
    return line.partition(" ")[0]


def _property(line: str) -> str:
    return line.split(" ", 2)[1]
