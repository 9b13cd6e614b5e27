"""The language of an answer."""

from __future__ import annotations

from starlette.requests import Request

from kps_graph.words import Language

__all__ = ["spoken"]


def spoken(request: Request) -> Language:
    """What ``?lang=`` asks for, else ``Accept-Language``, else Chinese, the documents' language."""
    if wanted := request.query_params.get("lang"):
        return Language.of(wanted)
    ranked = sorted(
        (_quality(part) for part in request.headers.get("accept-language", "").split(",") if part),
        key=lambda part: -part[0],
    )
    for quality, tag in ranked:
        if quality > 0 and tag.lower().startswith(("zh", "en")):
            return Language.of(tag)
    return Language.CHINESE


def _quality(part: str) -> tuple[float, str]:
    """The weight of a language of ``Accept-Language``, and its tag."""
    tag, _, weight = part.strip().partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), tag
    except ValueError:
        return 0.0, tag
