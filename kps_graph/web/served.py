"""What one server serves: its settings, and the store that it has open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

from kps_graph.errors import StoreError
from kps_graph.graph.opened import KnowledgeGraph, open
from kps_graph.pipeline.reading import imported
from kps_graph.store import Addresses, Bounds, current
from kps_graph.store.endpoint import Dumped, Wanted, answering, pointer
from kps_graph.web.lanes import Lanes
from kps_graph.web.views.temporary import LIMITS
from kps_graph.workers.standing import Standing

__all__ = ["Held", "Limits", "Served", "Settings"]

T = TypeVar("T")
#: What a query may use unless more is allowed.
_BOUNDS: Final = Bounds(30.0, 1 << 30, 1_000_000)
#: Seconds more than a query may take, after which nobody reads an old generation any more.
_GRACE: Final = 5.0
_LOG: Final = logging.getLogger("kps_graph.web")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may do.

    Attributes:
        rate: requests in a second, on the average of ten; 0 for any number; None for a hundred,
            which do not hold for clients on this machine.
        requests: that it has under way at once.
        query: bytes of a request that asks.
        write: bytes of a request that writes.
        seconds: in which a request must have come, and a client go on reading.
    """

    rate: float | None = None
    requests: int = 256
    query: int = 1 << 20
    write: int = 64 << 20
    seconds: float = 30.0


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
        limits: what one client may do.
    """

    store: Path | Addresses
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    bounds: Bounds = _BOUNDS
    writable: bool = False
    token: str = field(default="", repr=False)
    workers: int = 1
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Held:
    """A generation of the store, open.

    Attributes:
        graph: to ask in threads, what ends soon.
        lanes: workers that are asked SPARQL; None for a store on a server.
        mark: what differs as soon as another generation is current.
        edition: tells this generation from all others, in every process; "" for a store on a
            server, which may change at any time.
    """

    graph: KnowledgeGraph
    lanes: Lanes[Wanted | Dumped | None] | None
    mark: tuple[int, int]
    edition: str = ""

    def close(self) -> None:
        """Lets go of it; what is under way in its lanes is done first."""
        if self.lanes:
            self.lanes.close()
        self.graph.close()


class Served:
    """The store of a server, always its current generation; what is asked in threads is safe.

    Attributes:
        settings: how it is served.
        readers: workers that read what is dropped on a page.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.readers = Standing(imported, LIMITS.memory)
        self._lock = threading.Lock()
        self._held: Held | None = None

    @property
    def graph(self) -> KnowledgeGraph:
        """The store as it is now.

        Raises:
            StoreError: if there is none, or it cannot be read.
        """
        return self.held().graph

    def held(self) -> Held:
        """The current generation; it is opened if it is another than before.

        Raises:
            StoreError: if there is none, or it cannot be read.
        """
        with self._lock:
            held, mark = self._held, self._mark()
            if held is not None and held.mark == mark:
                return held
            try:
                self._held = self._opened(mark)
            except StoreError as error:
                if held is None:
                    raise
                # what was served is still there, and better than nothing
                _LOG.error("the next generation cannot be opened: %s", error)
                self._held = replace(held, mark=mark)
                return self._held
            if held is not None:
                self._retire(held)
            return self._held

    async def now(self) -> Held:
        """The current generation, without keeping others waiting while it is opened."""
        held = self._held
        if held is not None and held.mark == self._mark():
            return held
        held = await run_in_threadpool(self.held)
        if held.lanes:
            await held.lanes.ready()
        return held

    async def asked(self, question: Callable[[KnowledgeGraph], T]) -> T:
        """The answer to a question that ends soon, asked in a thread."""
        return await self.asked_of(lambda held: question(held.graph))

    async def asked_of(self, question: Callable[[Held], T]) -> T:
        """The same of a question that asks which generation it is, too."""
        return await run_in_threadpool(lambda: question(self.held()))

    def close(self) -> None:
        """Lets go of the store."""
        self.readers.close()
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None

    def _mark(self) -> tuple[int, int]:
        store = self.settings.store
        return pointer(store) if isinstance(store, Path) else (0, 0)

    def _opened(self, mark: tuple[int, int]) -> Held:
        store = self.settings.store
        graph = open(store)
        if isinstance(store, Addresses):
            return Held(graph, None, mark)
        return Held(graph, Lanes(answering(current(store)), None), mark, "-".join(map(str, mark)))

    def _retire(self, held: Held) -> None:
        """Lets go of an old generation, when those who are reading it are done."""
        if held.lanes:
            held.lanes.close()
        timer = threading.Timer((self.settings.bounds.seconds or 60.0) + _GRACE, held.graph.close)
        timer.daemon = True
        timer.start()
