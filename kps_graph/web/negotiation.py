"""Which of the representations that there are a client wants (RFC 9110, section 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from http import HTTPStatus

from starlette.requests import Request

from kps_graph.web.accepted import IGNORED, PARAMETER, Range, ranges
from kps_graph.web.problems import Refusal
from kps_graph.words import Sentence

__all__ = ["acceptable", "accepts_gzip", "negotiated"]


def negotiated(request: Request, offered: Sequence[str]) -> str:
    """The media type of ``offered`` that the client wants most; the first of equals.

    An answer that depends on it says ``Vary: Accept``.

    Raises:
        Refusal: 406, if it accepts none of them.
    """
    chosen = acceptable(request.headers.getlist("accept"), offered)
    if chosen is None:
        raise Refusal(
            HTTPStatus.NOT_ACCEPTABLE,
            Sentence("none of the media types that the request accepts can be given"),
            hint=Sentence("accept one of {names}", names=tuple(offered)),
            headers={"Vary": "Accept"},
        )
    return chosen


def acceptable(accept: Iterable[str], offered: Sequence[str]) -> str | None:
    """The media type of ``offered`` that ``Accept`` prefers; None if it takes none of them.

    Args:
        accept: the values of the header fields; without any, everything is taken.
        offered: in the order in which the server prefers them.
    """
    return _acceptable(",".join(accept), tuple(offered))


@lru_cache(maxsize=1024)  # clients say the same again and again
def _acceptable(accept: str, offered: tuple[str, ...]) -> str | None:
    wanted = ranges(accept)
    if not wanted:
        return offered[0] if offered else None
    best, weight = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, wanted)
        if quality > weight:
            best, weight = media_type, quality
    return best


def accepts_gzip(request: Request) -> bool:
    """Whether an answer may be compressed."""
    return _gzip(",".join(request.headers.getlist("accept-encoding")))


@lru_cache(maxsize=1024)
def _gzip(accept: str) -> bool:
    weights = {part.kind: part.quality for part in ranges(accept)}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _quality(media_type: str, wanted: Iterable[Range]) -> float:
    """The weight of the range that names a media type most closely; 0 if none does."""
    kind = media_type.partition(";")[0].strip().lower()
    given = frozenset(
        (name.lower(), value.strip('"').lower())
        for name, value in PARAMETER.findall(media_type)
        if name.lower() not in IGNORED
    )
    named = [(s, r.quality) for r in wanted if (s := r.specificity(kind, given))]
    return max(named, default=(0, 0.0))[1]
