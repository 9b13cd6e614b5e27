"""The address ``/mcp``: the protocol is set up when the first client comes."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kps_graph.web.languages import spoken
from kps_graph.web.problems import problem
from kps_graph.web.served import Served
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

__all__ = ["routes"]


def routes(served: Served) -> list[BaseRoute]:
    """The address of the protocol over a store."""
    return [Route("/mcp", _Protocol(served), methods=["POST", "GET", "DELETE"])]


class _Protocol:
    """An application that imports what it needs with its first request: it takes a second."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._manager is None:
            try:
                self._manager = await self._started()
            except ModuleNotFoundError as error:
                lacking = Sentence(
                    "the protocol needs the package {package}", package=error.name or ""
                )
                said = problem(HTTPStatus.NOT_IMPLEMENTED, lacking.in_words(spoken(Request(scope))))
                await said(scope, receive, send)
                return
        await self._manager.handle_request(scope, receive, send)

    async def _started(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        from kps_graph.web.mcp.server import server

        # what is served is public and only read: any page may ask, under any name of the host
        open_to_all = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        low_level = server(self._served)._lowlevel_server
        manager = StreamableHTTPSessionManager(
            low_level, json_response=True, stateless=True, security_settings=open_to_all
        )
        ready = asyncio.Event()
        self._running = asyncio.create_task(_run(manager, ready))
        await ready.wait()
        return manager


async def _run(manager: StreamableHTTPSessionManager, ready: asyncio.Event) -> None:
    """Keeps the tasks of the protocol alive until the server ends, which cancels this one."""
    async with manager.run():
        ready.set()
        await asyncio.Event().wait()
