"""The language of an answer."""

from __future__ import annotations

from starlette.requests import Request

from kps_graph.web.accepted import ranges
from kps_graph.words import Language

__all__ = ["spoken"]


def spoken(request: Request) -> Language:
    """What ``?lang=`` asks for, else ``Accept-Language``, else Chinese, the documents' language."""
    if wanted := request.query_params.get("lang"):
        return Language.of(wanted)
    given = ",".join(request.headers.getlist("accept-language"))
    for language in sorted(ranges(given), key=lambda accepted: -accepted.quality):
        if language.quality > 0 and language.kind.startswith(("zh", "en")):
            return Language.of(language.kind)
    return Language.CHINESE
