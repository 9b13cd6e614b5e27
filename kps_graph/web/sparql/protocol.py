"""The SPARQL 1.1 Protocol: queries for everybody, updates for who may write."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kps_graph.errors import KpsError
from kps_graph.oxigraph.answering import Declined
from kps_graph.store import Bounds
from kps_graph.store.endpoint import Change, declined, wanted
from kps_graph.web.addresses import public
from kps_graph.web.lanes import shape
from kps_graph.web.negotiation import negotiated
from kps_graph.web.problems import Refusal
from kps_graph.web.served import Served
from kps_graph.web.sparql import description, formats, graph_store, proxied
from kps_graph.web.sparql.answers import answered, bounded
from kps_graph.web.sparql.asking import Operation, named_graph, operation, parameters
from kps_graph.web.sparql.writing import refuse_strangers, store_of, written
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died

__all__ = ["answer"]

_ALLOWED: Final = "GET, HEAD, POST, OPTIONS"
_PAGE: Final = "text/html"


async def answer(served: Served, request: Request) -> Response:
    """The response to any request to the endpoint.

    One that names a graph with ``graph=`` or ``default``, and asks nothing, is one of the Graph
    Store Protocol.
    """
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _ALLOWED})
    given = parameters(request.scope["query_string"])
    if named_graph(given)[0] and not any(name in ("query", "update") for name, _ in given):
        return await graph_store.answer(served, request)
    if request.method not in ("GET", "HEAD", "POST"):
        raise _not_allowed()
    settings = served.settings
    most = settings.limits.write if settings.writable else settings.limits.query
    asked = await operation(request, given, most, settings.writable)
    if asked is None:
        return await _described(served, request)
    if asked.kind == "update":
        refuse_strangers(served, request)
        bounds = bounded(served, asked.seconds)
        store = str(store_of(served))
        await written(served, Change(store, "update", asked.text, asked.dataset), bounds)
        return Response(status_code=204)
    return await _queried(served, request, asked)


async def _queried(served: Served, request: Request, asked: Operation) -> Response:
    results, graph = formats.wanted(request, asked.format)
    bounds = bounded(served, asked.seconds)
    held = await served.now()
    if held.lanes is None:
        return await proxied.answered(request, held, asked, (results, graph), bounds)
    question = wanted(asked.text, results, graph, bounds, asked.dataset)
    why = _why(asked.text, store_of(served), bounds)
    return await answered(request, held, question, shape(asked.text), bounds, why)


def _why(text: str, store: Path, bounds: Bounds) -> Callable[[bytes | Died], KpsError]:
    """What says why a query has no answer."""

    def why(said: bytes | Died) -> KpsError:
        if isinstance(said, bytes):
            reason = Declined.read(said)
            if reason.cause == "unacceptable":
                offered = formats.GRAPHS if reason.reason == "graph" else formats.RESULTS
                return formats.unacceptable(offered)
        return declined(said, text, store, bounds)

    return why


async def _described(served: Served, request: Request) -> Response:
    """What the service says of itself, to who asks nothing."""
    if request.method == "POST":
        raise Refusal(HTTPStatus.BAD_REQUEST, Sentence("the request holds no query"))
    if negotiated(request, (*formats.GRAPHS, _PAGE)) == _PAGE:  # a person, with a browser
        where = public(request, served)
        return RedirectResponse(f"{where}/editor", HTTPStatus.SEE_OTHER, {"Vary": "Accept"})
    address = served.settings.public_url or str(request.base_url).rstrip("/")
    base = (await served.now()).graph.base
    text = description.described(address, served.settings.writable, base)
    return await _queried(served, request, Operation("query", text, None, None))


def _not_allowed() -> Refusal:
    return Refusal(
        HTTPStatus.METHOD_NOT_ALLOWED,
        Sentence("a query is sent by GET or POST"),
        headers={"Allow": _ALLOWED},
    )
