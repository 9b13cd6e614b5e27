"""A copy of a store while a few standards of it change: it knows how its numbers change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kps_graph.store.counts import Counts, Tally
from kps_graph.store.embedded import BASE, EmbeddedStore, said_in
from kps_graph.terms import rdf

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ChangingStore"]

#: From so many bytes on what is loaded is no small change, and is counted in the end.
_MUCH: Final = 4 * 2**20
#: Of a subject of which so many statements are made the engine counts them.
_LONG: Final = 500
#: So many statements of a graph that is removed are counted one by one.
_MANY: Final = 20_000


class ChangingStore(EmbeddedStore):
    """A store on disk that counts what is added and removed, so that nobody has to count it all."""

    __slots__ = ("_lost", "_reached", "_taken")

    def __init__(self, engine: Any, place: Path | None = None) -> None:
        super().__init__(engine, place)
        #: What was said, taken away, of the subjects of which more or less is said now.
        self._taken = Counts()
        self._reached: set[ox.NamedNode | ox.BlankNode | ox.Triple] = set()
        self._lost = False

    def changes(self) -> Counts | None:
        """How much more there is of all that is counted; None if that is not known."""
        if self._lost:
            return None
        more = Counts()
        with self._reading():
            for subject in self._reached:
                more.add(self._tally(subject))
        return self._taken + more

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads."""
        import pyoxigraph as ox

        if self._lost or len(nquads) > _MUCH:
            self._lost = True
            super().load(nquads)
            return
        with self._writing():
            quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True))
            for quad in quads:
                self._reach(quad.subject)
            self._store.extend(quads)

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
                        self._reach(quad.subject)
        super().remove(graphs)

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        import pyoxigraph as ox

        node = ox.NamedNode(graph)
        with self._writing():
            for subject in subjects:
                about = ox.NamedNode(subject)
                self._reach(about)
                for quad in list(self._store.quads_for_pattern(about, None, None, node)):
                    self._store.remove(quad)

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        import pyoxigraph as ox

        if self._lost or len(nquads) > _MUCH:
            self._lost = True
            super().discard(nquads)
            return
        with self._writing():
            for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True):
                self._reach(quad.subject)
                self._store.remove(quad)

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

    def _reach(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> None:
        """More or less is going to be said of a subject."""
        if not self._lost and subject not in self._reached:
            self._reached.add(subject)
            self._taken.add(self._tally(subject), -1)

    def _tally(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> Tally:
        """What is said of a subject in any graph, to be counted."""
        import pyoxigraph as ox

        quads = self._store.quads_for_pattern(subject, None, None, None)
        some = list(islice(quads, _LONG))
        if len(some) < _LONG or not isinstance(subject, ox.NamedNode):
            return Tally.of(said_in(chain(some, quads)))
        # the scheme of all competencies names each of them: the engine counts them at once
        properties, classes = (
            self.texts(f"SELECT ?x (COUNT(*) AS ?n) {{ {subject} {what} }} GROUP BY ?x")
            for what in ("?x ?o", f"<{rdf.type}> ?x")
        )
        return Tally(
            Counter({p: int(n) for p, n in properties}), Counter({c: int(n) for c, n in classes})
        )
