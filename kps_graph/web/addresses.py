"""The addresses that readers see, behind a proxy or not."""

from __future__ import annotations

from starlette.requests import Request

from kps_graph.web.served import Served

__all__ = ["public"]


def public(request: Request, served: Served) -> str:
    """Where the server is, without a slash at the end: as told, else as it was asked."""
    return served.settings.public_url or str(request.base_url).rstrip("/")
