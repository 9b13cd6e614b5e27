"""The embedded store: Oxigraph, in memory or on disk; the home of pyoxigraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kps_graph import sparql
from kps_graph.errors import QuerySyntax, StoreError
from kps_graph.store.rows import Rows, Term

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["EmbeddedStore"]

_BASE: Final = "https://w3id.org/kps-graph/"
_MUCH: Final = 4 * 2**20
#: How much of what the engine expected instead is worth reading.
_LONG: Final = 160
_POSITION: Final = re.compile(r"(?:error )?at (\d+):(\d+)(?:[^:]*)?: (.*)", re.S)


class EmbeddedStore:
    """Oxigraph with the default graph of queries being the union of all graphs.

    A query's result is read to its end at once: Oxigraph must not be asked in one thread and
    read in another.
    """

    __slots__ = ("_store",)

    def __init__(self, store: ox.Store) -> None:
        self._store = store

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

        try:
            store = ox.Store(str(path)) if writable else ox.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:  # Oxigraph says so of a damaged file
            raise StoreError(
                "the store cannot be opened: {reason}", reason=str(error), source=str(path)
            ) from error
        return cls(store)

    def __len__(self) -> int:
        return len(self._store)

    # -- asking ----------------------------------------------------------------------------

    def select(self, text: str) -> Rows:
        """The rows of a SELECT.

        Raises:
            QuerySyntax: with the position, if ``text`` is no SPARQL query; or if it is no SELECT.
        """
        result = self._ask(text)
        import pyoxigraph as ox

        if not isinstance(result, ox.QuerySolutions):
            raise QuerySyntax("a SELECT query was expected here")
        return Rows(
            [v.value for v in result.variables],
            (tuple(None if t is None else _term(t) for t in row) for row in result),
        )

    def texts(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as bare texts, "" where unbound: for many rows of a known kind."""
        result = self._ask(text)
        import pyoxigraph as ox

        if not isinstance(result, ox.QuerySolutions):
            raise QuerySyntax("a SELECT query was expected here")
        return [tuple("" if t is None else t.value for t in row) for row in result]

    def query(self, text: str) -> Rows | bool | bytes:
        """The answer to any query: rows, a truth value, or the N-Triples of a graph."""
        result = self._ask(text)
        import pyoxigraph as ox

        if isinstance(result, ox.QuerySolutions):
            return Rows(
                [v.value for v in result.variables],
                (tuple(None if t is None else _term(t) for t in row) for row in result),
            )
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        return bytes(result.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")

    def _ask(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        sparql.refuse_network(text)
        try:
            return self._store.query(text, base_iri=_BASE, use_default_graph_as_union=True)
        except SyntaxError as error:
            match = _POSITION.match(str(error))
            said = " ".join((match[3] if match else str(error)).split())
            raise QuerySyntax(
                "this is not valid SPARQL: {reason}",
                reason=said if len(said) < _LONG else f"{said[:_LONG]}…",
                line=int(match[1]) if match else None,
                column=int(match[2]) if match else None,
            ) from error
        except (OSError, RuntimeError) as error:
            raise StoreError("the store cannot be read: {reason}", reason=str(error)) from error

    def dump(self, graph: str, format_name: str = "ntriples") -> bytes:
        """A named graph in an RDF format (``ntriples``, ``turtle``); empty if there is none."""
        import pyoxigraph as ox

        formats = {"ntriples": ox.RdfFormat.N_TRIPLES, "turtle": ox.RdfFormat.TURTLE}
        made = self._store.dump(format=formats[format_name], from_graph=ox.NamedNode(graph))
        return bytes(made or b"")

    def dump_nquads(self, graph: str) -> bytes:
        """A named graph as N-Quads."""
        # no literal holds a line end, so that this ends a statement
        return self.dump(graph).replace(b" .\n", f" <{graph}> .\n".encode())

    def dump_all(self) -> bytes:
        """Everything as N-Quads."""
        import pyoxigraph as ox

        return bytes(self._store.dump(format=ox.RdfFormat.N_QUADS) or b"")

    # -- writing ---------------------------------------------------------------------------

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads, fast; they must be well formed, as kps-graph writes them."""
        import pyoxigraph as ox

        if nquads:
            # a bulk load writes files of its own, which is worth it for much only
            add = self._store.bulk_load if len(nquads) > _MUCH else self._store.load
            add(input=nquads, format=ox.RdfFormat.N_QUADS, lenient=True)

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files, each to the named graph beside it, in one step."""
        import pyoxigraph as ox

        self._store.bulk_extend(
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph))
            for path, graph in files
            for t in ox.parse(
                path=str(path), format=ox.RdfFormat.TURTLE, base_iri=_BASE, rename_blank_nodes=True
            )
        )

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        import pyoxigraph as ox

        for graph in graphs:
            self._store.remove_graph(ox.NamedNode(graph))

    def replace(self, graph: str, lines: Iterable[str]) -> None:
        """Makes ``lines`` (N-Quads) all that ``graph`` holds; only what differs is written.

        Each line must be written as the store writes it: then what stays is not touched.
        """
        import pyoxigraph as ox

        node = ox.NamedNode(graph)
        wanted = dict.fromkeys(lines)
        end = f" <{graph}> ."
        held = [f"{line[:-2]}{end}" for line in self.dump(graph).decode().split("\n") if line]
        gone = [line for line in held if line not in wanted]
        if len(gone) == len(held):
            self._store.remove_graph(node)
        else:
            old = ox.parse("\n".join(gone), format=ox.RdfFormat.N_QUADS, lenient=True)
            for quad in old:
                self._store.remove(quad)
        known = frozenset(held)
        self.load("".join(f"{line}\n" for line in wanted if line not in known).encode())

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        import pyoxigraph as ox

        node = ox.NamedNode(graph)
        for subject in subjects:
            about = ox.NamedNode(subject)
            for quad in list(self._store.quads_for_pattern(about, None, None, node)):
                self._store.remove(quad)

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        import pyoxigraph as ox

        for quad in ox.parse(nquads, format=ox.RdfFormat.N_QUADS, lenient=True):
            self._store.remove(quad)

    def flush(self) -> None:
        """Writes what is pending to disk."""
        self._store.flush()

    def copy_to(self, path: Path) -> None:
        """Copies a store on disk to the new directory ``path``; hard links make it cheap."""
        self._store.backup(str(path))


def _term(term: object) -> Term:
    """A pyoxigraph term as ours."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        plain = term.language is not None or datatype.endswith("#string")
        return Term("literal", term.value, None if plain else datatype, term.language)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    return Term("literal", str(term))
