"""Stores: where the graph is kept and asked.

:class:`Store` and :class:`WritableStore` are what the rest of kps-graph knows of one;
:func:`memory`, :func:`opened` and :func:`writing` give one. Which engine it is stays in here.
"""

from __future__ import annotations

from pathlib import Path

from kps_graph.store.beside import LEXICON, SEARCH, USAGE, Beside, SideFile
from kps_graph.store.directory import Generation, Writing, current, writing
from kps_graph.store.embedded import EmbeddedStore as _EmbeddedStore
from kps_graph.store.manifest import Aligned, Manifest, Source
from kps_graph.store.opened import Opened
from kps_graph.store.protocols import Store, WritableStore
from kps_graph.store.rows import Rows, Term, Value

__all__ = [
    "LEXICON",
    "SEARCH",
    "USAGE",
    "Aligned",
    "Beside",
    "Generation",
    "Manifest",
    "Opened",
    "Rows",
    "SideFile",
    "Source",
    "Store",
    "Term",
    "Value",
    "WritableStore",
    "Writing",
    "current",
    "memory",
    "nquads_of",
    "opened",
    "writing",
]


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


def opened(store: str | Path) -> Opened:
    """The store in the directory ``store``, open for reading.

    Raises:
        StoreMissing: if there is none.
        StoreVersion: if another version of kps-graph wrote it.
        StoreDamaged: if it is not what was written.
    """
    return current(Path(store)).opened()
