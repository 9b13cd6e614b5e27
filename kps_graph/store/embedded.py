"""The embedded store: Oxigraph, in memory or on disk; the home of pyoxigraph.

Nothing outside this folder names it: stores are known by their protocols.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kps_graph import sparql
from kps_graph.errors import QuerySyntax, StoreError, Undecodable
from kps_graph.oxigraph.evaluation import Asked, evaluate, plain
from kps_graph.sparql import Dataset
from kps_graph.store.bounds import FREE, Bounds, GraphStream, RowStream, Streamed, whole
from kps_graph.store.damage import damaged
from kps_graph.store.depth import refuse_deep
from kps_graph.store.rows import Rows, Term
from kps_graph.store.tags import lower_tags
from kps_graph.terms import rdf
from kps_graph.words import Sentence, sparql_reason, system_reason

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kps_graph.store.counts import Counts, Said

__all__ = ["BASE", "EmbeddedStore", "asked", "not_sparql", "quads_in", "said_in", "unreadable"]

#: What relative IRIs are relative to, where nothing else is said.
BASE: Final = "https://w3id.org/kps-graph/"
_MUCH: Final = 4 * 2**20
#: How much of what the engine expected instead is worth reading.
_POSITION: Final = re.compile(r"(?:error )?at (\d+):(\d+)(?:[^:]*)?: (.*)", re.S)
#: What RocksDB says of files that are not as it left them.
_DAMAGE: Final = re.compile(r"corrupt|no\ssuch\sfile|checksum|magic\snumber", re.IGNORECASE)


@contextmanager
def _speaking(place: str | None, done: str) -> Iterator[None]:
    """Says what the engine could not do as an error of ours.

    Args:
        place: the directory of the data; None in memory.
        done: ``opened``, ``read`` or ``written``.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise _failed(done, str(error), place) from error


def _failed(done: str, said: str, place: str | None) -> StoreError:
    reason = system_reason(said)
    if place and _DAMAGE.search(said):
        return damaged(place, reason)
    if done == "opened":
        return StoreError("the store cannot be opened: {reason}", reason=reason, source=place)
    if done == "written":
        return StoreError("the store cannot be written: {reason}", reason=reason, source=place)
    return StoreError("the store cannot be read: {reason}", reason=reason, source=place)


class EmbeddedStore:
    """Oxigraph; the default graph of queries that name no other is the union of all graphs.

    A query's result is read to its end at once: Oxigraph must not be asked in one thread and
    read in another.
    """

    __slots__ = ("_engine", "_place")

    def __init__(self, engine: ox.Store, place: Path | None = None) -> None:
        self._engine: ox.Store | None = engine
        self._place = str(place) if place else None

    @property
    def _store(self) -> ox.Store:
        if self._engine is None:
            raise StoreError(
                "the store is closed", source=self._place, hint=Sentence("open it again")
            )
        return self._engine

    @classmethod
    def memory(cls) -> EmbeddedStore:
        """A new, empty store in memory."""
        import pyoxigraph as ox

        return cls(ox.Store())

    @classmethod
    def on_disk(cls, path: Path, *, writable: bool = False) -> EmbeddedStore:
        """The store in the directory ``path``.

        Raises:
            StoreError: if it cannot be opened.
        """
        import pyoxigraph as ox

        with _speaking(str(path), "opened"):
            return cls(ox.Store(str(path)) if writable else ox.Store.read_only(str(path)), path)

    @property
    def in_memory(self) -> bool:
        """Whether all of it is in memory, where it is asked at once as fast as in parts."""
        return self._place is None

    # -- asking ----------------------------------------------------------------------------

    def select(self, text: str) -> Rows:
        """The rows of a SELECT."""
        rows = whole(EmbeddedStore.stream(self, text))
        if not isinstance(rows, Rows):
            raise _no_select()
        return rows

    def texts(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as bare texts, "" where unbound: for many rows of a known kind."""
        import pyoxigraph as ox

        with self._reading():
            result = _evaluated(self._store, asked(text))
            if not isinstance(result, ox.QuerySolutions):
                raise _no_select()
            return [tuple(["" if t is None else t.value for t in row]) for row in result]

    def query(self, text: str) -> Rows | bool | bytes:
        """The answer to any query: rows, a truth value, or the N-Triples of a graph."""
        return whole(EmbeddedStore.stream(self, text))

    def stream(self, text: str, bounds: Bounds = FREE, dataset: Dataset | None = None) -> Streamed:
        """The answer to any query; here only the number of its rows can be bounded."""
        import pyoxigraph as ox

        with self._reading():
            result = _evaluated(self._store, asked(text, bounds.rows, dataset))
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            if isinstance(result, ox.QuerySolutions):
                columns = tuple(v.value for v in result.variables)
                rows = [
                    tuple(None if t is None else Term(*plain(t)) for t in row)
                    for row in islice(result, bounds.rows)
                ]
                return RowStream(columns, iter([rows]))
            triples = islice(result, bounds.rows)
            return GraphStream(iter([ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""]))

    def _reading(self) -> AbstractContextManager[None]:
        return _speaking(self._place, "read")

    def _writing(self) -> AbstractContextManager[None]:
        return _speaking(self._place, "written")

    def counted(self) -> Counts:
        """How much there is of each class, property, and property of a class."""
        from kps_graph.store.counts import Counts  # who asks counts nothing

        counts = Counts()
        typed = f"?s <{rdf.type}> ?c"
        for c, n in self.texts(f"SELECT ?c (COUNT(?s) AS ?n) {{ {typed} }} GROUP BY ?c"):
            counts.classes[c] = int(n)
        for p, n in self.texts("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"):
            counts.properties[p] = int(n)
        both = f"SELECT ?c ?p (COUNT(*) AS ?n) {{ {typed} . ?s ?p ?o }} GROUP BY ?c ?p"
        for c, p, n in self.texts(both):
            counts.parts[c, p] = int(n)
        return counts

    def changes(self) -> Counts | None:
        """By how much what is counted has changed since the store was copied; None if unknown."""
        return None

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        with self._reading():
            return sorted(graph.value for graph in self._store.named_graphs())

    def dump(self, graph: str) -> bytes:
        """A named graph as N-Triples; empty if there is none."""
        import pyoxigraph as ox

        with self._reading():
            found = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
            return bytes(found or b"")

    def close(self) -> None:
        """Lets go of the database: its files may be moved or removed afterwards."""
        self._engine = None

    # -- writing ---------------------------------------------------------------------------

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads, fast; they must be well formed, as kps-graph writes them."""
        import pyoxigraph as ox

        if nquads:
            with self._writing():
                # a bulk load writes files of its own, which is worth it for much only
                add = self._store.bulk_load if len(nquads) > _MUCH else self._store.load
                add(input=nquads, format=ox.RdfFormat.N_QUADS, lenient=True)

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files, each to the named graph beside it."""
        import pyoxigraph as ox

        with self._writing():
            for path, graph in files:
                self._store.load(
                    path=str(path),
                    format=ox.RdfFormat.TURTLE,
                    base_iri=BASE,
                    to_graph=ox.NamedNode(graph),
                )

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        import pyoxigraph as ox

        with self._writing():
            for graph in graphs:
                self._store.remove_graph(ox.NamedNode(graph))

    def replace(self, graph: str, lines: Iterable[str], *, asked: bool = True) -> None:
        """Makes ``lines`` (N-Quads) all that ``graph`` holds; only what differs is written.

        Each line must be written as the store writes it: then what stays is not touched. What is
        not ``asked`` for before the store is written could be left aside, but is not here.
        """
        wanted = dict.fromkeys(lines)
        end = f" <{graph}> ."
        held = [f"{line[:-2]}{end}" for line in self.dump(graph).decode().split("\n") if line]
        gone = [line for line in held if line not in wanted]
        if len(gone) == len(held):
            self.remove([graph])
        else:
            self.discard("\n".join(gone).encode())
        known = frozenset(held)
        self.load("".join(f"{line}\n" for line in wanted if line not in known).encode())

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        import pyoxigraph as ox

        node = ox.NamedNode(graph)
        with self._writing():
            for subject in subjects:
                about = ox.NamedNode(subject)
                for quad in list(self._store.quads_for_pattern(about, None, None, node)):
                    self._store.remove(quad)

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        import pyoxigraph as ox

        with self._writing():
            for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True):
                self._store.remove(quad)

    def update(self, text: str) -> None:
        """Does what a text in SPARQL Update says; it must not name what is on other servers.

        Raises:
            QuerySyntax: if it is none.
        """
        with self._writing():
            try:
                self._store.update(text, base_iri=BASE)
            except SyntaxError as error:
                raise not_sparql(str(error)) from error

    def take(self, graph: str | None, content: bytes, media_type: str, base: str) -> None:
        """Adds what is written in any serialisation of RDF to a graph, all of it or nothing.

        Args:
            graph: its IRI; None for the graph that has none. It is there afterwards, even if empty.
            content: triples.
            media_type: of the content.
            base: what its relative IRIs are relative to.

        Raises:
            Undecodable: with the position, if it is not well formed.
        """
        import pyoxigraph as ox

        node = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        format = ox.RdfFormat.from_media_type(media_type)
        try:
            quads = ox.parse(content, format, base_iri=base, rename_blank_nodes=True)
            triples = [quad.triple for quad in quads]
        except SyntaxError as error:
            raise Undecodable(
                "this is not well-formed RDF: {reason}",
                reason=str(error.msg),
                line=error.lineno,
                column=error.offset,
            ) from error
        with self._writing():
            if graph is not None:
                self._store.add_graph(ox.NamedNode(graph))
            self._store.extend(ox.Quad(t.subject, t.predicate, t.object, node) for t in triples)

    def drop(self, graph: str | None) -> bool:
        """Removes a graph (None: all of the graph that has no name); whether it was there."""
        import pyoxigraph as ox

        with self._writing():
            there = self.holds(graph)
            self._store.remove_graph(ox.DefaultGraph() if graph is None else ox.NamedNode(graph))
            return there

    def holds(self, graph: str | None) -> bool:
        """Whether there is a graph of this name, or anything in the one that has none."""
        import pyoxigraph as ox

        with self._reading():
            if graph is not None:
                return self._store.contains_named_graph(ox.NamedNode(graph))
            quads = self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())
            return next(quads, None) is not None

    def settle(self) -> None:
        """Writes what is pending to disk."""
        with self._writing():
            self._store.flush()

    def compact(self) -> None:
        """Writes the files of a store on disk anew, in as little room as they need."""
        with self._writing():
            self._store.optimize()

    def copy_to(self, path: Path) -> None:
        """Copies a store on disk to the new directory ``path``; hard links make it cheap."""
        with self._writing():
            self._store.backup(str(path))


def quads_in(files: Iterable[tuple[Path, str]]) -> Iterator[ox.Quad]:
    """What Turtle files say, each in the named graph beside it."""
    import pyoxigraph as ox

    for path, graph in files:
        node = ox.NamedNode(graph)
        for t in ox.parse(
            path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE, rename_blank_nodes=True
        ):
            yield ox.Quad(t.subject, t.predicate, t.object, node)


def _evaluated(
    store: ox.Store, asked: Asked
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        return evaluate(store, asked)
    except SyntaxError as error:
        raise not_sparql(str(error)) from error


def asked(text: str, rows: int | None = None, dataset: Dataset | None = None) -> Asked:
    """A query as the engine is asked it; ``dataset`` counts more than what the text says.

    Raises:
        QuerySyntax: if it would reach another server.
    """
    sparql.refuse_network(text)
    refuse_deep(text)
    dataset = dataset or sparql.dataset(text, BASE)
    graphs = (dataset.default, dataset.named) if dataset else None
    return Asked(lower_tags(text), BASE, graphs, rows)


def not_sparql(reason: str) -> QuerySyntax:
    """The error that says what the engine says of a text that is no query."""
    match = _POSITION.search(reason)
    said = " ".join((match[3] if match else reason).split())
    return QuerySyntax(
        "this is not valid SPARQL: {reason}",
        reason=sparql_reason(said),
        line=int(match[1]) if match else None,
        column=int(match[2]) if match else None,
    )


def unreadable(reason: str, place: str | None) -> StoreError:
    """The error that says what the engine says of a store that it cannot read."""
    return _failed("read", reason, place)


def _no_select() -> QuerySyntax:
    return QuerySyntax("a SELECT query was expected here")


def said_in(quads: Iterable[ox.Quad]) -> Said:
    """What statements about one subject say, to be counted."""
    return [(quad.predicate.value, str(getattr(quad.object, "value", ""))) for quad in quads]
