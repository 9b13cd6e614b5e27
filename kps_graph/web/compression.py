"""Answers compressed for who accepts that, by the weights of ``Accept-Encoding``."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware, IdentityResponder
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from kps_graph.web.negotiation import accepts_gzip

__all__ = ["Compression"]


class Compression(GZipMiddleware):
    """Starlette's, which compresses also for who says ``gzip;q=0``."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] == "http" and not accepts_gzip(Request(scope)):
            await IdentityResponder(self.app, self.minimum_size)(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
