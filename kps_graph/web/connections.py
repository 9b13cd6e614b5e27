"""A connection that cuts who is too slow or says too much before it has asked anything."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

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


class _TooLarge(Exception):
    """The header of a request is too large."""


class Connection(HttpToolsProtocol):
    """One connection; uvicorn does the rest."""

    def __init__(self, config: Config, *args: Any, **more: Any) -> None:
        super().__init__(config, *args, **more)
        self.seconds = config.seconds
        self._in_head = True
        self._head = 0
        self._received = 0
        self._large = False
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
            self._large = True
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
            self._large = True
            raise _TooLarge
        super().on_headers_complete()

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
        if not self._large:
            return super().send_400_response(msg)
        said = b"The header of the request is too large."
        self.transport.write(
            STATUS_LINE[431] + b"content-type: text/plain; charset=utf-8\r\n"
            b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (len(said), said)
        )
        return self.transport.close()

    def _expect(self) -> None:
        self._began = self.loop.time()
        self._received = 0
        self._coming = self.loop.call_later(self.seconds, self._late)

    def _late(self) -> None:
        if not self._in_head and self._received > _SLOWEST * (self.loop.time() - self._began):
            self._coming = self.loop.call_later(self.seconds, self._late)
        else:
            self.transport.abort()
