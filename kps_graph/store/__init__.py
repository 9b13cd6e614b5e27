"""Stores: where the graph is kept and asked.

:class:`Store` is what the rest of kps-graph needs of one. The embedded store is Oxigraph, in
memory or in a directory of generations.
"""

from __future__ import annotations

from typing import Protocol

from kps_graph.store.directory import Generation, current, writing
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.manifest import Aligned, Manifest, Source
from kps_graph.store.rows import Rows, Term, Value

__all__ = [
    "Aligned",
    "EmbeddedStore",
    "Generation",
    "Manifest",
    "Rows",
    "Source",
    "Store",
    "Term",
    "Value",
    "current",
    "writing",
]


class Store(Protocol):
    """What can be asked of any store; queries see the union of all graphs."""

    def select(self, text: str) -> Rows:
        """The rows of a SELECT."""
        ...

    def texts(self, text: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as bare texts: IRIs and lexical forms; "" where unbound."""
        ...

    def query(self, text: str) -> Rows | bool | bytes:
        """The answer to any query: rows, a truth value, or the N-Triples of a graph."""
        ...

    def dump(self, graph: str, format_name: str = "ntriples") -> bytes:
        """A named graph in an RDF format."""
        ...
