"""A file as an answer."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

__all__ = ["attached"]


def attached(data: bytes, name: str, media_type: str = "application/octet-stream") -> Response:
    """A file to be saved under a name."""
    response = Response(data, media_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response
