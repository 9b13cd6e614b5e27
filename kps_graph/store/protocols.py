"""What can be asked of any store, and what can be written to one.

The rest of kps-graph knows stores by these two protocols only, so that the same questions have the
same answers in memory, on disk and on a server.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kps_graph.sparql import Dataset
from kps_graph.store.bounds import Bounds, Streamed
from kps_graph.store.rows import Rows

if TYPE_CHECKING:
    from kps_graph.store.counts import Counts

__all__ = ["Store", "WritableStore"]


class Store(Protocol):
    """What can be asked of any store.

    A query that names no dataset sees the union of all graphs; with ``FROM`` and ``FROM NAMED`` it
    sees the graphs that these name, as SPARQL says.

    Every method raises :class:`kps_graph.errors.StoreError` if the store cannot be read.
    """

    def select(self, text: str) -> Rows:
        """The rows of a SELECT.

        Raises:
            QuerySyntax: with the position, if ``text`` is no SPARQL query; or if it is no SELECT.
        """
        ...

    def texts(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as bare texts: IRIs and lexical forms; "" where unbound."""
        ...

    def query(self, text: str) -> Rows | bool | bytes:
        """The answer to any query: rows, a truth value, or the N-Triples of a graph."""
        ...

    def stream(self, text: str, bounds: Bounds = ..., dataset: Dataset | None = None) -> Streamed:
        """The answer to any query while it comes, within bounds; asked so, Ctrl-C works at once.

        Args:
            text: SPARQL.
            bounds: what it may use.
            dataset: what is asked, whatever the text says; None for what it says.

        Raises:
            QueryTimeout, QueryTooLarge: here, or while it is read, when it meets a bound.
        """
        ...

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        ...

    def dump(self, graph: str) -> bytes:
        """A named graph as N-Triples; empty if there is none."""
        ...

    def close(self) -> None:
        """Lets go of the store, which then cannot be asked any more."""
        ...


class WritableStore(Store, Protocol):
    """What can be written to a store as well; what is written can be asked at once."""

    @property
    def in_memory(self) -> bool:
        """Whether all of it is in memory, where it is asked at once as fast as in parts."""
        ...

    def changes(self) -> Counts | None:
        """By how much what is counted has changed since the store was copied; None if unknown."""
        ...

    def load(self, nquads: bytes) -> None:
        """Adds N-Quads; they must be well formed, as kps-graph writes them."""
        ...

    def load_files(self, files: Iterable[tuple[Path, str]]) -> None:
        """Adds Turtle files, each to the named graph beside it."""
        ...

    def remove(self, graphs: Iterable[str]) -> None:
        """Removes named graphs."""
        ...

    def replace(self, graph: str, lines: Iterable[str], *, asked: bool = True) -> None:
        """Makes ``lines`` (N-Quads) all that ``graph`` holds; only what differs is written.

        What is not ``asked`` for before the store is written to its end may be left aside so long.
        """
        ...

    def counted(self) -> Counts:
        """How much there is of each class, property, and property of a class."""
        ...

    def forget(self, graph: str, subjects: Iterable[str]) -> None:
        """Removes everything that ``graph`` says of ``subjects``."""
        ...

    def discard(self, nquads: bytes) -> None:
        """Removes these N-Quads."""
        ...
