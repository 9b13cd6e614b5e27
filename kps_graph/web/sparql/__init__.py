"""The SPARQL 1.1 Protocol at ``/sparql``, and the Graph Store Protocol at ``/graph-store``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kps_graph.web.served import Served
from kps_graph.web.sparql import graph_store, protocol

__all__ = ["routes"]

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


def routes(served: Served) -> list[BaseRoute]:
    """The addresses of the room."""

    async def sparql(request: Request) -> Response:
        return await protocol.answer(served, request)

    async def graphs(request: Request) -> Response:
        return await graph_store.answer(served, request)

    return [
        Route("/sparql", sparql, methods=_METHODS),
        Route("/sparql/", sparql, methods=_METHODS),
        Route("/graph-store", graphs, methods=_METHODS),
        Route("/graph-store/{path:path}", graphs, methods=_METHODS),
    ]
