"""A worker's answer as a response: whole where it is small, else streamed and never passed off.

A streamed answer that cannot be finished cuts the connection; HTTP 1.0, which cannot tell that from
its end, is answered with a length.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from kps_graph.errors import KpsError
from kps_graph.oxigraph.answering import RESULTS
from kps_graph.store import Bounds
from kps_graph.store.endpoint import Dumped, Wanted
from kps_graph.web.lanes import Answer, TooLong
from kps_graph.web.problems import Cut, Refusal
from kps_graph.web.served import Held, Served
from kps_graph.web.sparql.formats import media_type_header
from kps_graph.words import Sentence
from kps_graph.workers.frames import Frame
from kps_graph.workers.limits import Cause, Died

__all__ = ["answered", "bounded", "client_of"]

#: Seconds after which it is looked whether the client still waits.
_WATCHED = 0.25
#: Tells why there is no answer.
Why = Callable[[bytes | Died], KpsError]


def client_of(request: Request) -> str:
    """Who asks."""
    return request.client.host if request.client else ""


def bounded(served: Served, seconds: float | None) -> Bounds:
    """What one request may use: what it asks for, if that is less than the server allows."""
    bounds = served.settings.bounds
    if seconds is None or (bounds.seconds is not None and seconds >= bounds.seconds):
        return bounds
    return Bounds(seconds, bounds.memory, bounds.rows)


async def answered(
    request: Request,
    held: Held,
    wanted: Wanted | Dumped,
    known_as: int,
    bounds: Bounds,
    why: Why,
) -> Response:
    """The response to a question.

    Raises:
        KpsError: what ``why`` says.
        Refusal: 503, if it was never its turn.
        Cut: if the client is gone.
    """
    assert held.lanes is not None
    seconds = bounds.seconds or float("inf")
    try:
        with _while_connected(request):
            answer = await held.lanes.asked(wanted, known_as, client_of(request), seconds)
    except TooLong as late:
        raise _late(late, seconds, why) from None
    if isinstance(answer, Died):
        raise why(answer)
    if answer.frame is Frame.REFUSED:
        raise why(answer.content)
    kind, first = answer.content[:1], answer.content[1:]
    if isinstance(wanted, Dumped):
        media_type = wanted.media_type
    else:
        media_type = wanted.results if kind == RESULTS else wanted.graph
    headers = {"Content-Type": media_type_header(media_type), "Vary": "Accept"}
    if answer.frame is Frame.WHOLE:
        return Response(first, headers=headers)
    if request.method == "HEAD":
        answer.close()
        return Response(headers=headers)
    parts = _parts(first, answer, seconds, why)
    if request.scope["http_version"] == "1.0":
        try:
            return Response(b"".join([part async for part in parts]), headers=headers)
        finally:
            answer.close()
    return _Going(answer, _cut(parts), headers)


class _Going(StreamingResponse):
    """An answer that is streamed, and closed whatever becomes of its reader."""

    def __init__(
        self, answer: Answer, parts: AsyncIterator[bytes], headers: dict[str, str]
    ) -> None:
        super().__init__(parts, headers=headers)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._answer.close()


def _late(late: TooLong, seconds: float, why: Why) -> KpsError:
    if not late.waited:
        return why(Died(Sentence("too long"), Cause.TIME))
    return Refusal(
        HTTPStatus.SERVICE_UNAVAILABLE,
        Sentence(
            "others have asked for much: it was not your turn in {seconds:g} s", seconds=seconds
        ),
        hint=Sentence("ask again later"),
        headers={"Retry-After": "10"},
    )


async def _parts(first: bytes, answer: Answer, seconds: float, why: Why) -> AsyncIterator[bytes]:
    """All parts of an answer; raises where it cannot go on."""
    yield first
    try:
        async for said in answer.rest():
            if isinstance(said, Died):
                raise why(said)
            if said[0] is Frame.REFUSED:
                raise why(said[1])
            if said[0] is Frame.MORE:
                yield said[1]
    except TooLong as late:
        raise _late(late, seconds, why) from None


async def _cut(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    try:
        async for part in parts:
            yield part
    except KpsError as error:
        raise Cut(str(error.said)) from error


@contextmanager
def _while_connected(request: Request) -> Iterator[None]:
    """Cancels what is done in the block when the client goes.

    Raises:
        Cut: then.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    watching: list[asyncio.Task[None]] = []
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        task.cancel()

    timer = loop.call_later(_WATCHED, lambda: watching.append(loop.create_task(watch())))
    try:
        yield
    except asyncio.CancelledError:
        if gone:
            task.uncancel()
            raise Cut("the client is gone") from None
        raise
    finally:
        timer.cancel()
        for watcher in watching:
            watcher.cancel()
