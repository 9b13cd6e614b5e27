"""What one server serves: its settings, and the store that it has open."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kps_graph.graph.opened import KnowledgeGraph, open
from kps_graph.store import Addresses, Bounds

__all__ = ["Served", "Settings"]

T = TypeVar("T")
#: What a query may use unless more is allowed.
_BOUNDS = Bounds(30.0, 1 << 30)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a store is served.

    Attributes:
        store: a directory, or the addresses of a server.
        host: the name or address that is listened on.
        port: the port; 0 for any that is free.
        public_url: the address that readers see, without a slash at its end; "" for the one asked.
        bounds: what one query may use.
        writable: whether Update and the Graph Store Protocol may write.
        token: what a writer must show; never printed.
        workers: how many processes answer.
    """

    store: Path | Addresses
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    bounds: Bounds = _BOUNDS
    writable: bool = False
    token: str = ""
    workers: int = 1


class Served:
    """The store of a server, open; what is asked of it in threads is safe.

    Attributes:
        settings: how it is served.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._graph: KnowledgeGraph | None = None

    @property
    def graph(self) -> KnowledgeGraph:
        """The store as it is now.

        Raises:
            StoreError: if there is none, or it cannot be read.
        """
        with self._lock:
            if self._graph is None:
                self._graph = open(self.settings.store)
            return self._graph

    async def asked(self, question: Callable[[KnowledgeGraph], T]) -> T:
        """The answer to a question that ends soon, asked in a thread."""
        from starlette.concurrency import run_in_threadpool

        return await run_in_threadpool(lambda: question(self.graph))

    def close(self) -> None:
        """Lets go of the store."""
        with self._lock:
            if self._graph is not None:
                self._graph.close()
                self._graph = None
