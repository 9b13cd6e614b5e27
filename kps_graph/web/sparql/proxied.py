"""A store on another server: what is asked of it within the same bounds, in the same formats.

Its answer is read in one thread, as the store wants it, which waits while the client reads.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kps_graph.errors import KpsError
from kps_graph.exports import results
from kps_graph.formats import ResultFormat
from kps_graph.store import Bounds, GraphStream, RowStream, Store
from kps_graph.web.problems import Cut, Refusal
from kps_graph.web.served import Held
from kps_graph.web.sparql.asking import Operation
from kps_graph.web.sparql.formats import GRAPHS, RESULTS, media_type_header, unacceptable
from kps_graph.words import Sentence

__all__ = ["answered"]

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
        Refusal: 501, for a dataset of the request; 503, if too many others are read.
    """
    if asked.dataset is not None:
        raise Refusal(
            HTTPStatus.NOT_IMPLEMENTED,
            Sentence("this store is on another server: name graphs in the query, with FROM"),
        )
    if not _reading.acquire(blocking=False):
        raise Refusal(
            HTTPStatus.SERVICE_UNAVAILABLE,
            Sentence("too many answers are read at once"),
            headers={"Retry-After": "10"},
        )
    said: asyncio.Queue[object] = asyncio.Queue(_AHEAD)
    gone = threading.Event()
    args = (held.graph.store, asked.text, media_types, bounds, said, gone)
    threading.Thread(target=_read, args=(asyncio.get_running_loop(), *args), daemon=True).start()
    media_type = await said.get()
    if isinstance(media_type, BaseException):
        raise media_type
    parts = _parts(said, gone)
    headers = {"Content-Type": media_type_header(str(media_type)), "Vary": "Accept"}
    if request.scope["http_version"] == "1.0":
        return Response(b"".join([part async for part in parts]), headers=headers)
    return StreamingResponse(parts, headers=headers)


async def _parts(said: asyncio.Queue[object], gone: threading.Event) -> AsyncIterator[bytes]:
    try:
        while (part := await said.get()) is not None:
            if isinstance(part, BaseException):
                raise Cut(str(part)) from part
            assert isinstance(part, bytes)
            yield part
    finally:
        gone.set()
        while not said.empty():  # lets the thread see that nobody reads any more
            said.get_nowait()


def _read(
    loop: asyncio.AbstractEventLoop,
    store: Store,
    text: str,
    media_types: tuple[str, str],
    bounds: Bounds,
    said: asyncio.Queue[object],
    gone: threading.Event,
) -> None:
    """The thread that asks, and says the media type, the parts, and None; or an error."""

    def say(what: object) -> None:
        asyncio.run_coroutine_threadsafe(said.put(what), loop).result()

    try:
        for what in _written(store, text, media_types, bounds):
            if gone.is_set():
                return
            say(what)
        say(None)
    except KpsError as error:
        say(error)
    except RuntimeError:  # the loop has ended
        return
    finally:
        _reading.release()


def _written(
    store: Store, text: str, media_types: tuple[str, str], bounds: Bounds
) -> Iterator[str | bytes]:
    """The media type of an answer, and its parts."""
    for_rows, for_graph = media_types
    answer = store.stream(text, bounds)
    if isinstance(answer, GraphStream):
        if not for_graph:
            raise unacceptable(GRAPHS)
        yield for_graph
        if for_graph == "application/n-triples":
            yield from answer.parts
        else:
            yield results.graph_as(answer.ntriples(), for_graph)
        return
    if not for_rows:
        raise unacceptable(RESULTS)
    yield for_rows
    format = _FORMATS[for_rows]
    if isinstance(answer, RowStream):
        yield from results.streamed(answer.columns, answer.parts, format)
    else:
        yield results.truth_as(answer, format)
