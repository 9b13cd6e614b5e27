"""Answers compressed for who accepts that, by the weights of ``Accept-Encoding``."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from kps_graph.web.negotiation import accepts_gzip

__all__ = ["Compression"]


class Compression(GZipMiddleware):
    """Starlette's, which compresses also for who says ``gzip;q=0``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http" or accepts_gzip(Request(scope)):
            await super().__call__(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
            await send(message)

        await self.app(scope, receive, sent)
