"""Stores: where the graph is kept and asked.

:class:`Store` and :class:`WritableStore` are what the rest of kps-graph knows of one;
:func:`memory`, :func:`opened` and :func:`writing` give one. Which engine it is stays in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kps_graph.errors import MissingExtra
from kps_graph.store.addresses import Addresses
from kps_graph.store.beside import LEXICON, SEARCH, STANDARDS, USAGE, Beside, SideFile
from kps_graph.store.bounds import Bounds, GraphStream, RowStream, Streamed, whole
from kps_graph.store.directory import Generation, current
from kps_graph.store.embedded import EmbeddedStore as _EmbeddedStore
from kps_graph.store.manifest import Aligned, Manifest, Source
from kps_graph.store.opened import Opened
from kps_graph.store.protocols import Store, WritableStore
from kps_graph.store.rows import Rows, Term, Value
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from kps_graph.store.next_generation import Writing, writing
    from kps_graph.store.remote.sparql_store import SparqlStore

__all__ = [
    "LEXICON",
    "SEARCH",
    "STANDARDS",
    "USAGE",
    "Addresses",
    "Aligned",
    "Beside",
    "Bounds",
    "Generation",
    "GraphStream",
    "Manifest",
    "Opened",
    "Place",
    "RowStream",
    "Rows",
    "SideFile",
    "Source",
    "Store",
    "Streamed",
    "Term",
    "Value",
    "WritableStore",
    "Writing",
    "at",
    "current",
    "memory",
    "nquads_of",
    "opened",
    "place",
    "whole",
    "writing",
]

#: Where a store is: in a directory or on a server.
Place: TypeAlias = Path | Addresses


def __getattr__(name: str) -> Any:
    """What writes a store, imported when it is first used: who only asks does without."""
    if name not in ("Writing", "writing"):
        raise AttributeError(f"module 'kps_graph.store' has no attribute {name!r}")
    return getattr(import_module("kps_graph.store.next_generation"), name)


def memory() -> WritableStore:
    """A new, empty store in memory."""
    return _EmbeddedStore.memory()


def nquads_of(store: Store, *graphs: str) -> bytes:
    """Named graphs of ``store`` as N-Quads; all of them if none is named."""
    return b"".join(
        # no literal holds a line end, so that this ends a statement
        store.dump(graph).replace(b" .\n", f" <{graph}> .\n".encode())
        for graph in graphs or store.graphs()
    )


def place(store: str | Path | Addresses) -> Place:
    """Where a store is: a directory, or the addresses of a server."""
    if isinstance(store, str):
        return Addresses(store) if "://" in store else Path(store)
    return store


def opened(store: str | Path | Addresses) -> Opened:
    """The store in a directory, or at the address of a server, open for reading.

    Raises:
        StoreMissing: if there is none.
        StoreVersion: if another version of kps-graph wrote it.
        StoreDamaged: if it is not what was written.
    """
    store = place(store)
    if isinstance(store, Addresses):
        with _needing_http():
            from kps_graph.store.remote.opened_remote import opened_remote
        return opened_remote(store)
    return current(store).opened()


def at(addresses: Addresses) -> SparqlStore:
    """A store on a server, to write to: it need not hold anything yet."""
    with _needing_http():
        from kps_graph.store.remote import opened_remote
    return opened_remote.at(addresses)


@contextmanager
def _needing_http() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtra(
            "a store on a server needs httpx2", hint=Sentence("pip install 'kps-graph[remote]'")
        ) from error
