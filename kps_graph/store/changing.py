"""A copy of a store while a few standards of it change: it knows how its numbers change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kps_graph.store.embedded import BASE, EmbeddedStore
from kps_graph.terms import rdf

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ChangingStore"]

#: From so many bytes on what is loaded is no small change, and is counted in the end.
_MUCH: Final = 4 * 2**20
#: So many statements of a graph that is removed are counted one by one.
_MANY: Final = 20_000


class ChangingStore(EmbeddedStore):
    """A store on disk that counts what is added and removed, so that nobody has to count it all."""

    __slots__ = ("_classes", "_lost", "_properties")

    def __init__(self, engine: Any, place: Path | None = None) -> None:
        super().__init__(engine, place)
        self._classes: Counter[str] = Counter()
        self._properties: Counter[str] = Counter()
        self._lost = False

    def changes(self) -> tuple[Counter[str], Counter[str]] | None:
        """How much more there is of each class and property; None if that is not known."""
        return None if self._lost else (self._classes, self._properties)

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads."""
        import pyoxigraph as ox

        if self._lost or len(nquads) > _MUCH:
            self._lost = True
            super().load(nquads)
            return
        with self._writing():
            quads = ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True)
            # a literal counts as the store writes it, which may be as one that is there already
            stored = ox.Store()
            stored.extend(quads)
            for quad in stored:
                if quad not in self._store:
                    self._count(quad, 1)
            self._store.extend(stored)

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files."""
        self._lost = True
        super().load_files(files)

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        import pyoxigraph as ox

        graphs = tuple(graphs)
        with self._writing():
            for graph in graphs:
                quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
                some = list(islice(quads, _MANY + 1))
                self._lost |= len(some) > _MANY
                if not self._lost:
                    for quad in some:
                        self._take_away(quad)
        super().remove(graphs)

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        import pyoxigraph as ox

        node = ox.NamedNode(graph)
        with self._writing():
            for subject in subjects:
                about = ox.NamedNode(subject)
                for quad in list(self._store.quads_for_pattern(about, None, None, node)):
                    self._take_away(quad)

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        import pyoxigraph as ox

        if self._lost or len(nquads) > _MUCH:
            self._lost = True
            super().discard(nquads)
            return
        with self._writing():
            stored = ox.Store()
            stored.extend(ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True))
            for quad in stored:
                if quad in self._store:
                    self._take_away(quad)

    def update(self, text: str) -> None:
        """Does what a text in SPARQL Update says."""
        self._lost = True
        super().update(text)

    def take(self, graph: str | None, content: bytes, media_type: str, base: str = BASE) -> None:
        """Adds what is written in any serialisation of RDF to a graph."""
        self._lost = True
        super().take(graph, content, media_type, base)

    def drop(self, graph: str | None) -> bool:
        """Removes a graph (None: all of the graph that has no name); whether it was there."""
        self._lost = True
        return super().drop(graph)

    def _take_away(self, quad: ox.Quad) -> None:
        self._store.remove(quad)
        self._count(quad, -1)

    def _count(self, quad: ox.Quad, more: int) -> None:
        self._properties[quad.predicate.value] += more
        if quad.predicate.value == rdf.type:
            self._classes[str(getattr(quad.object, "value", ""))] += more
