"""The address ``/mcp``: the protocol is set up when the first client comes."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive, Scope, Send

from kps_graph.web.languages import spoken
from kps_graph.web.problems import problem
from kps_graph.web.served import Served, Settings
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

__all__ = ["routes"]

#: The names of this machine to itself.
_HERE: Final = ("127.0.0.1", "localhost", "::1")


def routes(served: Served) -> list[BaseRoute]:
    """The address of the protocol over a store."""
    # without sessions there is no stream to open, and none to end: then it says 405 to GET
    return [Route("/mcp", _Protocol(served), methods=["POST"])]


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
        await self._manager.handle_request(scope, receive, _Problems(scope, receive, send))

    async def _started(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from kps_graph.web.mcp.server import server

        manager = StreamableHTTPSessionManager(
            server(self._served)._lowlevel_server,
            json_response=True,
            stateless=True,
            security_settings=_security(self._served.settings),
        )
        ready = asyncio.Event()
        self._running = asyncio.create_task(_run(manager, ready))
        await ready.wait()
        return manager


class _Problems:
    """Sends what the protocol answers, and as a problem what it refuses in bare words."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._status = 0
        self._said = b""

    async def __call__(self, message: Message) -> None:
        """Sends a part of an answer."""
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "text/plain")
            if message["status"] >= HTTPStatus.BAD_REQUEST and kind.startswith("text/plain"):
                self._status = message["status"]
                return
        elif self._status:
            self._said += message.get("body", b"")
            if not message.get("more_body"):
                said = problem(self._status, self._said.decode("utf-8", "replace"))
                await said(self._scope, self._receive, self._send)
            return
        await self._send(message)


def _security(settings: Settings) -> TransportSecuritySettings:
    """Under which names the protocol may be asked, and by pages of which sites (its MUST).

    One who listens on this machine alone is asked by its names, and by that of the public address;
    one who listens to others is open to all, as what is served is public and only read.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    if settings.host not in _HERE:
        return TransportSecuritySettings(enable_dns_rebinding_protection=False)
    hosts = [f"{name}{port}" for name in (*_HERE, "[::1]") for port in ("", ":*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    if settings.public_url:
        public = urlsplit(settings.public_url)
        hosts.append(public.netloc)
        origins.append(f"{public.scheme}://{public.netloc}")
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


async def _run(manager: StreamableHTTPSessionManager, ready: asyncio.Event) -> None:
    """Keeps the tasks of the protocol alive until the server ends, which cancels this one."""
    async with manager.run():
        ready.set()
        await asyncio.Event().wait()
