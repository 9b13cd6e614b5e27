"""The application: the rooms of the web, put together over one store."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import StoreMissing
from kps_graph.web import api, mcp, metrics, pages, reconcile, resources, sparql
from kps_graph.web.compression import Compression
from kps_graph.web.front import Front
from kps_graph.web.preflight import Preflight
from kps_graph.web.problems import HANDLERS
from kps_graph.web.served import Served, Settings

__all__ = ["application"]


def application(settings: Settings) -> Starlette:
    """What answers at every address of a server.

    Each room has a function ``routes(served)``; the addresses that any IRI may have come last.
    """
    served = Served(settings)

    @asynccontextmanager
    async def alive(app: Starlette) -> AsyncIterator[None]:
        del app
        with suppress(StoreMissing):  # which may be built while drafts are checked
            held = await served.now()
            if held.lanes:
                await held.lanes.ready()
        gc.freeze()  # what there is now stays: it need not be looked through for garbage
        yield
        served.close()

    return Starlette(
        routes=_routes(served),
        middleware=[
            Middleware(Front, settings=settings),
            Middleware(
                Preflight,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["*"],
                max_age=86_400,
            ),
            Middleware(Compression, minimum_size=1024, compresslevel=4),
        ],
        exception_handlers={**HANDLERS, **pages.handlers(served)},
        lifespan=alive,
    )


def _routes(served: Served) -> list[BaseRoute]:
    return [
        *sparql.routes(served),  # they are looked through in this order, and it is asked the most
        *_health(served),
        *api.routes(served),
        *reconcile.routes(served),
        *mcp.routes(served),
        *resources.routes(served),
        *pages.routes(served),
    ]


def _health(served: Served) -> list[BaseRoute]:
    async def health(request: Request) -> Response:
        del request
        held = await served.asked(lambda graph: len(graph.identities()))
        return JSONResponse({"status": "ok", "standards": held})

    async def numbers(request: Request) -> Response:
        del request
        lanes = (await served.now()).lanes
        text = metrics.text(lanes.busy if lanes else {})
        return Response(text, headers={"Content-Type": metrics.CONTENT_TYPE_LATEST})

    return [Route("/health", health), Route("/metrics", numbers)]
