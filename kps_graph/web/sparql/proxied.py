"""A store on another server: what is asked of it within the same bounds, in the same formats.

Its answer is read in one thread, as the store wants it, which waits while the client reads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kps_graph.errors import KpsError, StoreError
from kps_graph.exports import results
from kps_graph.formats import ResultFormat
from kps_graph.store import Bounds, GraphStream, RowStream, Store
from kps_graph.store.endpoint import too_many
from kps_graph.web.problems import Cut, Refusal
from kps_graph.web.served import Held
from kps_graph.web.sparql.asking import Operation
from kps_graph.web.sparql.formats import GRAPHS, RESULTS, media_type_header, unacceptable
from kps_graph.words import Sentence

__all__ = ["answered"]

T = TypeVar("T")
#: How many parts are read ahead, and how many answers are read at once.
_AHEAD = 4
_AT_ONCE = 16
_reading = threading.BoundedSemaphore(_AT_ONCE)
_FORMATS = {
    **{f.media_type: f for f in ResultFormat if f.media_type in RESULTS},
    "application/json": ResultFormat.JSON,
    "application/xml": ResultFormat.XML,
}


async def answered(
    request: Request, held: Held, asked: Operation, media_types: tuple[str, str], bounds: Bounds
) -> Response:
    """The response to a query.

    Raises:
        KpsError: what the store says.
        Refusal: 503, if too many others are read.
    """
    if not _reading.acquire(blocking=False):
        raise Refusal(
            HTTPStatus.SERVICE_UNAVAILABLE,
            Sentence("too many answers are read at once"),
            headers={"Retry-After": "10"},
        )
    said = _Said(asyncio.get_running_loop())
    args = (said, held.graph.store, asked, media_types, bounds)
    threading.Thread(target=_read, args=args, daemon=True).start()
    try:
        media_type = await said.next()
        headers = {"Content-Type": media_type_header(str(media_type)), "Vary": "Accept"}
        if request.method == "HEAD":
            said.close()
            return Response(headers=headers)
        if request.scope["http_version"] == "1.0":
            return Response(b"".join([part async for part in said.parts()]), headers=headers)
    except BaseException:
        said.close()
        raise
    return _Going(said, headers)


class _Said:
    """What the thread that reads has said, and nobody has taken yet."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[str | bytes | KpsError | None] = asyncio.Queue(_AHEAD)
        self.closed = threading.Event()

    def say(self, what: str | bytes | KpsError | None) -> None:
        """Says something in the thread, which waits while much is not taken."""
        asyncio.run_coroutine_threadsafe(self._queue.put(what), self._loop).result()

    async def next(self) -> str | bytes | None:
        """What was said next; None at the end.

        Raises:
            KpsError: why it cannot go on.
        """
        what = await self._queue.get()
        if isinstance(what, KpsError):
            raise what
        return what

    async def parts(self) -> AsyncIterator[bytes]:
        """The parts of the answer.

        Raises:
            Cut: where it cannot go on.
        """
        try:
            while (part := await self.next()) is not None:
                assert isinstance(part, bytes)
                yield part
        except KpsError as error:
            raise Cut(str(error.said)) from error

    def close(self) -> None:
        """Nobody takes any more: the thread sees it with the next that it says."""
        self.closed.set()
        while not self._queue.empty():
            self._queue.get_nowait()


class _Going(StreamingResponse):
    """An answer that is streamed, and let go whatever becomes of its reader."""

    def __init__(self, said: _Said, headers: dict[str, str]) -> None:
        super().__init__(said.parts(), headers=headers)
        self._said = said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._said.close()


def _read(
    said: _Said, store: Store, asked: Operation, media_types: tuple[str, str], bounds: Bounds
) -> None:
    """The thread that asks, and says the media type, the parts, and None; or an error."""
    try:
        try:
            for what in _written(store, asked, media_types, bounds):
                if said.closed.is_set():
                    return
                said.say(what)
            said.say(None)
        except KpsError as error:
            said.say(error)
        except Exception as error:  # noqa: BLE001 - who waits must be told, whatever it is
            said.say(StoreError("the answer cannot be read: {reason}", reason=str(error)))
    except RuntimeError:  # the loop has ended
        return
    finally:
        _reading.release()


def _written(
    store: Store, asked: Operation, media_types: tuple[str, str], bounds: Bounds
) -> Iterator[str | bytes]:
    """The media type of an answer, and its parts."""
    for_rows, for_graph = media_types
    # one row more than there may be, so that what is left out is not passed over
    most = None if bounds.rows is None else bounds.rows + 1
    answer = store.stream(asked.text, Bounds(bounds.seconds, bounds.memory, most), asked.dataset)
    if isinstance(answer, GraphStream):
        if not for_graph:
            raise unacceptable(GRAPHS)
        yield for_graph
        parts = _counted(answer.parts, bounds, lambda part: part.count(b"\n"))
        if for_graph == "application/n-triples":
            yield from parts
        else:
            yield results.graph_as(b"".join(parts), for_graph)
        return
    if not for_rows:
        raise unacceptable(RESULTS)
    yield for_rows
    format = _FORMATS[for_rows]
    if isinstance(answer, RowStream):
        rows = _counted(answer.parts, bounds, len)
        yield from results.streamed(answer.columns, rows, format)
    else:
        yield results.truth_as(answer, format)


def _counted(parts: Iterable[T], bounds: Bounds, size: Callable[[T], int]) -> Iterator[T]:
    """The parts of an answer, as long as there are no more rows in them than there may be."""
    count = 0
    for part in parts:
        count += size(part)
        if bounds.rows is not None and count > bounds.rows:
            raise too_many(bounds)
        yield part
