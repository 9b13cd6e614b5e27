"""Who may write, and how it is done: one change after the other, each a generation of the store."""

from __future__ import annotations

import asyncio
import hmac
from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from kps_graph.errors import StoreLocked
from kps_graph.store import Bounds
from kps_graph.store.endpoint import Change, change
from kps_graph.web.problems import Refusal
from kps_graph.web.served import Served
from kps_graph.words import Sentence

__all__ = ["refuse_strangers", "store_of", "written"]

#: How often, and after how many seconds, a store that another process writes is tried again.
_TRIES: Final = 20
_WAIT: Final = 0.25


def refuse_strangers(served: Served, request: Request) -> None:
    """Refuses who may not write.

    Raises:
        Refusal: 403, if nobody may; 401, without the token.
    """
    settings = served.settings
    if not settings.writable or not settings.token:
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            Sentence("this service only reads"),
            hint=Sentence("kps-graph serve --writable takes updates from who shows its token"),
        )
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(
        shown.strip().encode(), settings.token.encode()
    ):
        raise Refusal(
            HTTPStatus.UNAUTHORIZED,
            Sentence("who writes shows the token: Authorization: Bearer …"),
            headers={"WWW-Authenticate": 'Bearer realm="kps-graph"'},
        )


def store_of(served: Served) -> Path:
    """The directory that is written to.

    Raises:
        Refusal: 501, if the store is on a server.
    """
    if not isinstance(served.settings.store, Path):
        raise Refusal(
            HTTPStatus.NOT_IMPLEMENTED,
            Sentence("this store is on another server, and is written to there"),
        )
    return served.settings.store


async def written(served: Served, wanted: Change, bounds: Bounds) -> bool:
    """Makes a change, which is seen by all who ask afterwards; as :func:`change`."""
    for tries in range(_TRIES):
        try:
            there = await run_in_threadpool(change, wanted, bounds)
            break
        except StoreLocked:
            if tries == _TRIES - 1:
                raise
            await asyncio.sleep(_WAIT)
    await served.now()
    return there
