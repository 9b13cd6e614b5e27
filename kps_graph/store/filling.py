"""A new store on its way to a directory: in memory while it is filled, written to disk once.

What the rest of a build asks of it is in an index in memory. What it is loaded with is written down
besides as it comes, and is what the database on disk is loaded with in the end: nothing is
written out of the index again. Graphs that nobody asks of before the
store is written (matches, findings) wait as text: to index them only to write them out again is a
good part of the work of a build. Some of each are in the index all the same, so that a description
can look at what such things have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kps_graph.store.counts import Counts, Said
from kps_graph.store.embedded import BASE, EmbeddedStore, quads_in, said_in
from kps_graph.store.journal import Journal
from kps_graph.terms import rdf

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ROOM", "SAMPLE", "FillingStore"]

#: How many bytes of N-Quads are taken in memory: they come to a gigabyte and a half there. With more
#: than that, all is loaded into the store on disk when the first question is asked.
ROOM: Final = 512 * 2**20
#: Of each property in a graph that waits, so many subjects are in the index.
SAMPLE: Final = 200
_TYPE: Final = f"<{rdf.type}>"


class _Shape(NamedTuple):
    """What is said of a subject, as far as it is counted; in the syntax of N-Triples."""

    properties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    def said(self) -> Said:
        """As it is counted."""
        classes = iter(self.classes)
        return [(p[1:-1], next(classes)[1:-1] if p == _TYPE else "") for p in self.properties]

    def with_more(self, other: _Shape) -> _Shape:
        """With what is said of it elsewhere."""
        return _Shape(self.properties + other.properties, self.classes + other.classes)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits of a graph: its lines, and by subject what is counted of them."""

    lines: list[str] = field(default_factory=list)
    shapes: dict[str, _Shape] = field(default_factory=dict)

    def add(self, subject: str, lines: list[str], shape: _Shape) -> None:
        self.lines.extend(lines)
        there = self.shapes.get(subject)
        self.shapes[subject] = shape if there is None else there.with_more(shape)


class FillingStore(EmbeddedStore):
    """A new, empty store for a directory, in memory as long as there is room."""

    __slots__ = ("_goal", "_journal", "_room", "_waiting")

    def __init__(self, goal: Path, room: int | None = None) -> None:
        import pyoxigraph as ox

        super().__init__(ox.Store())
        self._goal: Path | None = goal
        with self._writing():
            self._journal = Journal(goal.with_suffix(".nq"))
        self._room = ROOM if room is None else room
        self._waiting: dict[str, _Waiting] = {}

    @property
    def _store(self) -> ox.Store:
        if self._goal and not self.in_memory:
            self.settle()
        return super()._store

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads; when there is no more room, they wait on disk for the first question."""
        self._room -= len(nquads)
        if self._goal and self._room < 0:
            self._engine, self._place = None, str(self._goal)
        if not self._goal or self.in_memory:
            super().load(nquads)
        if self._goal:
            with self._writing():
                self._journal.add(nquads)

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files, each to the named graph beside it."""
        import pyoxigraph as ox

        with self._writing():
            text = ox.serialize(quads_in(files), format=ox.RdfFormat.N_QUADS)
        self.load(text or b"")

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs, what waits of them too."""
        graphs = tuple(graphs)
        for graph in graphs:
            self._waiting.pop(graph, None)
            if self.holds(graph) and self._goal:
                self._journal.remove(graph)
        super().remove(graphs)

    def replace(self, graph: str, lines: Iterable[str], *, asked: bool = True) -> None:
        """Makes ``lines`` all that ``graph`` holds; what is not asked for waits."""
        if asked or not self.in_memory:
            super().replace(graph, lines)
            return
        self.remove([graph])
        indexed: list[str] = []
        waiting = self._waiting[graph] = _Waiting()
        known: Counter[str] = Counter()
        common: set[str] = set()
        for subject, about in groupby(dict.fromkeys(lines), _subject):
            said = list(about)
            shape = _shape(said)
            if common.issuperset(shape.properties):
                waiting.add(subject, said, shape)
                continue
            indexed.extend(said)
            known.update(set(shape.properties))
            common.update(p for p in shape.properties if known[p] >= SAMPLE)
        self._room -= sum(map(len, waiting.lines))
        self.load("".join(f"{line}\n" for line in indexed).encode("utf-8", "replace"))

    def counted(self) -> Counts:
        """How much there is of each class, property, and property of a class."""
        counts = super().counted()
        alike: Counter[tuple[_Shape, Said]] = Counter()
        shapes: dict[str, _Shape] = {}
        for subject, shape in chain.from_iterable(w.shapes.items() for w in self._waiting.values()):
            shapes[subject] = shapes[subject].with_more(shape) if subject in shapes else shape
        for subject, shape in shapes.items():
            alike[shape, self._indexed(subject, not shape.classes)] += 1
        for (shape, indexed), times in alike.items():
            counts.add(indexed, -times)
            counts.add((*indexed, *shape.said()), times)
        return counts

    def _indexed(self, subject: str, types: bool) -> Said:
        """What the index holds about a subject, or which types it has; no blank node is in two."""
        import pyoxigraph as ox

        if not subject.startswith("<"):
            return ()
        property = ox.NamedNode(_TYPE[1:-1]) if types else None
        node = ox.NamedNode(subject[1:-1])
        return tuple(said_in(self._store.quads_for_pattern(node, property, None, None)))

    def settle(self) -> None:
        """Moves the store to its directory in one go, and is the store there from now on."""
        if self._goal:
            with self._writing():
                self._move(self._goal)
        super().settle()

    def close(self) -> None:
        """Lets go of the database, and of what was written down."""
        with suppress(OSError):  # on a full disk; what is given up need not be written
            self._journal.close()
        super().close()

    # What is taken away statement by statement, or comes in another form, is so on disk: no build
    # of a new store does that, unless it is interrupted.

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        self.settle()
        super().forget(graph, subjects)

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        if nquads:
            self.settle()
        super().discard(nquads)

    def update(self, text: str) -> None:
        """Does what a text in SPARQL Update says."""
        self.settle()
        super().update(text)

    def take(self, graph: str | None, content: bytes, media_type: str, base: str = BASE) -> None:
        """Adds what is written in any serialisation of RDF to a graph."""
        self.settle()
        super().take(graph, content, media_type, base)

    def drop(self, graph: str | None) -> bool:
        """Removes a graph (None: all of the graph that has no name); whether it was there."""
        self.settle()
        return super().drop(graph)

    def _move(self, goal: Path) -> None:
        import pyoxigraph as ox

        self._engine, self._place = None, str(goal)  # the memory is needed
        for waiting in self._waiting.values():
            self._journal.add(
                "".join([f"{line}\n" for line in waiting.lines]).encode("utf-8", "replace")
            )
        text = self._journal.finished()
        self._waiting.clear()
        engine = ox.Store(str(goal))
        engine.bulk_load(path=str(text), format=ox.RdfFormat.N_QUADS, lenient=True)
        text.unlink()
        self._engine, self._goal = engine, None


def _subject(line: str) -> str:
    return line.partition(" ")[0]


def _shape(lines: list[str]) -> _Shape:
    properties = tuple([line.split(" ", 2)[1] for line in lines])
    if _TYPE not in properties:
        return _Shape(properties)
    typed = [line.split(" ", 3)[2] for line, p in zip(lines, properties, strict=True) if p == _TYPE]
    return _Shape(properties, tuple(typed))
