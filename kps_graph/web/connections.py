"""A connection that cuts who is too slow or says too much before it has asked anything."""

from __future__ import annotations

import asyncio
import math
from http import HTTPStatus
from typing import Any, Final

import uvicorn
from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kps_graph.web.problems import problem

__all__ = ["Config"]

#: Bytes of a request line and its header.
_HEAD: Final = 32 << 10
#: Bytes a second, below which a request that has not come in time is cut.
_SLOWEST: Final = 16 << 10


class Config(uvicorn.Config):
    """How uvicorn serves, over such connections.

    Args:
        app: what makes the application.
        seconds: in which a request must have come, and a client take what it is sent.
        more: what uvicorn takes.

    Attributes:
        seconds: the same.
    """

    def __init__(self, app: Any, seconds: float, **more: Any) -> None:
        super().__init__(app, http=Connection, **more)
        self.seconds = seconds


_UNREADABLE: Final = problem(
    HTTPStatus.BAD_REQUEST,
    "這不是 HTTP 請求 · this is no request of HTTP",
    {"Connection": "close"},
)
_NO_HOST: Final = problem(
    HTTPStatus.BAD_REQUEST,
    "請求的標頭須有一個 Host · the header of a request has one Host",
    {"Connection": "close"},
)
_BUSY: Final = problem(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "連線太多，請稍後再試 · there are too many connections; ask again later",
    {"Connection": "close", "Retry-After": "10"},
)
_TOO_LARGE: Final = problem(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    f"請求的標頭超過 {_HEAD:,} 位元組 · the header of the request has more than {_HEAD:,} bytes",
    {"Connection": "close"},
)


def _written(answer: Response) -> bytes:
    """An answer as it is sent, by who has no request to answer."""
    lines = [b"%s: %s\r\n" % pair for pair in answer.raw_headers]
    return b"".join([STATUS_LINE[answer.status_code], *lines, b"\r\n", bytes(answer.body)])


class _Refused(Exception):
    """A request is refused as soon as its header has come."""


class Connection(HttpToolsProtocol):
    """One connection; uvicorn does the rest."""

    def __init__(self, config: Config, *args: Any, **more: Any) -> None:
        super().__init__(config, *args, **more)
        self.seconds = config.seconds
        self._in_head = True
        self._head = 0
        self._received = 0
        self._refusal = _UNREADABLE
        self._began = 0.0
        self._coming: asyncio.TimerHandle | None = None
        self._going: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected."""
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        for timer in (self._coming, self._going):
            if timer:
                timer.cancel()
        self._coming = self._going = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request."""
        if self._coming is None:
            self._expect()
        self._received += len(data)
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > _HEAD and not self.transport.is_closing():
            self._refusal = _TOO_LARGE
            self.send_400_response("too large")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the header; white space around its value is none of it (RFC 9110, 5.5)."""
        super().on_header(name, value.strip(b" \t"))

    def on_headers_complete(self) -> None:
        """The header has come."""
        self._in_head = False
        self._head = 0
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > _HEAD:
            self._refuse(_TOO_LARGE)
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (not hosts and self.parser.get_http_version() == "1.1"):  # RFC 9112, 3.2
            self._refuse(_NO_HOST)
        if max(len(self.connections), len(self.tasks)) >= (self.limit_concurrency or math.inf):
            self._refuse(_BUSY)
        super().on_headers_complete()

    def _refuse(self, refusal: Response) -> None:
        self._in_head = True  # nobody answers it but what answers what cannot be read
        self._refusal = refusal
        raise _Refused

    def on_message_complete(self) -> None:
        """The whole request has come."""
        self._in_head = True
        if self._coming:
            self._coming.cancel()
            self._coming = None
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client does not take what it is sent."""
        super().pause_writing()
        self._going = self._going or self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        if self._going:
            self._going.cancel()
            self._going = None

    def send_400_response(self, msg: str) -> None:
        """Says what is wrong with a request that cannot be read, and ends the connection."""
        del msg
        going = self.cycle is not None and not self.cycle.response_complete
        # what comes behind a request that is not answered yet would be taken for its answer
        if not going or not (self._in_head or self.cycle.response_started):
            self.transport.write(_written(self._refusal))
        self.transport.close()

    def _expect(self) -> None:
        self._began = self.loop.time()
        self._received = 0
        self._coming = self.loop.call_later(self.seconds, self._late)

    def _late(self) -> None:
        if not self._in_head and self._received > _SLOWEST * (self.loop.time() - self._began):
            self._coming = self.loop.call_later(self.seconds, self._late)
        else:
            self.transport.abort()
