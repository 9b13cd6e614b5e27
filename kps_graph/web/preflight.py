"""The questions that a browser asks before a page of another site may ask its own."""

from __future__ import annotations

from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

__all__ = ["Preflight"]


class Preflight(CORSMiddleware):
    """Starlette's, for these alone: every answer has the header that other requests need."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)
