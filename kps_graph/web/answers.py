"""An answer in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from kps_graph.printable import json_text

__all__ = ["answer"]


def answer(
    data: Any, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    """``data`` as JSON, Chinese as it is; any text that a client sent may stand in it."""
    return Response(json_text(data, None), 200, headers, media_type)
