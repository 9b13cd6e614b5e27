"""What stands before all rooms: limits of clients, headers, the log, the numbers."""

from __future__ import annotations

import logging
import math
from http import HTTPStatus
from time import perf_counter
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kps_graph.web import metrics
from kps_graph.web.clients import Clients
from kps_graph.web.languages import spoken
from kps_graph.web.problems import Cut, problem
from kps_graph.web.served import Settings
from kps_graph.words import Sentence

__all__ = ["Front"]

_LOG: Final = logging.getLogger("kps_graph.web.access")
_ROOMS: Final = frozenset(
    ("sparql", "graph-store", "api", "reconcile", "mcp", "id", "ontology", "health", "metrics")
)
#: Unless a room says otherwise, in lower case. What is public may be read by the pages of others;
#: a token is never sent by itself.
_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
    b"cross-origin-resource-policy": b"cross-origin",
    b"access-control-allow-origin": b"*",
    b"content-security-policy": (
        b"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
        b"frame-ancestors 'none'"
    ),
}


class Front:
    """ASGI: what every request passes.

    Args:
        app: the rooms.
        settings: of the server.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._clients = Clients(settings.limits)
        self._headers = dict(_HEADERS)
        if settings.public_url.startswith("https:"):
            self._headers[b"strict-transport-security"] = b"max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = scope["client"][0] if scope.get("client") else ""
        began = perf_counter()
        status, size, cut = 0, 0, ""

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"] = list(message.get("headers", ()))
                there = {name for name, _ in headers}
                headers += [pair for pair in self._headers.items() if pair[0] not in there]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            if wait := self._clients.enter(name):
                await _too_many(scope, wait)(scope, receive, sent)
                return
            try:
                answer = _packed(scope) or self._app
                await answer(scope, receive, sent)
            except (Cut, ClientDisconnect) as error:
                cut = str(error) or type(error).__name__
                if not status:  # nobody reads it any more
                    await problem(503, cut)(scope, receive, sent)
            finally:
                self._clients.leave(name)
        finally:
            self._record(scope, name, (status, size, cut), perf_counter() - began)

    def _record(self, scope: Scope, name: str, came: tuple[int, int, str], seconds: float) -> None:
        """Writes the log and counts."""
        status, size, cut = came
        path: str = scope["path"]
        room = _room(path)
        metrics.count(room, _method(scope["method"]), status or 500, seconds, bool(cut))
        fields: dict[str, Any] = {
            "client": name,
            "method": scope["method"],
            "path": path[:200],
            "status": status or 500,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
        }
        if cut:
            fields["cut"] = cut
        _LOG.info("request", extra={"fields": fields})


def _too_many(scope: Scope, wait: float) -> ASGIApp:
    said = Sentence("you ask too much at once")
    return problem(
        429,
        said.in_words(spoken(Request(scope))),
        {"Retry-After": str(max(1, math.ceil(wait)))},
    )


def _packed(scope: Scope) -> ASGIApp | None:
    """What refuses a request whose content is packed: nothing here unpacks what others send."""
    coded = ",".join(v.decode("latin-1") for n, v in scope["headers"] if n == b"content-encoding")
    if coded.strip().lower() in ("", "identity"):
        return None
    said = Sentence("a request is not sent packed ({coding})", coding=coded[:40])
    return problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        said.in_words(spoken(Request(scope))),
        {"Accept-Encoding": "identity"},
    )


def _room(path: str) -> str:
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in _ROOMS else "pages"


def _method(method: str) -> str:
    known = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
    return method if method in known else "other"
