"""The media types in which answers are given, and which of them a request wants."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.requests import Request

from kps_graph.formats import RdfFormat
from kps_graph.web.negotiation import acceptable
from kps_graph.web.problems import Refusal
from kps_graph.words import Sentence

__all__ = ["GRAPHS", "RESULTS", "media_type_header", "unacceptable", "wanted"]

#: Of rows and truth values; the first is given to who takes any.
RESULTS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
    "application/xml",
)
#: Of graphs.
GRAPHS: Final = tuple(
    f.media_type
    for f in (
        RdfFormat.TURTLE,
        RdfFormat.NTRIPLES,
        RdfFormat.JSONLD,
        RdfFormat.RDFXML,
        RdfFormat.TRIG,
        RdfFormat.NQUADS,
    )
)
#: What ``format=`` may say.
_NAMES: Final = {
    "json": RESULTS[0],
    "xml": RESULTS[1],
    "csv": RESULTS[2],
    "tsv": RESULTS[3],
    **{str(f): f.media_type for f in RdfFormat if f.media_type in GRAPHS},
}


def wanted(request: Request, format: str = "") -> tuple[str, str]:
    """The media types for rows and for graphs that a request wants most; "" for none.

    Args:
        request: with its ``Accept``.
        format: what it names as a parameter, which counts more: for who can set no header. Some
            clients send both, and names of their own: then the header counts.

    Raises:
        Refusal: 406, if it takes neither; 400, if it names what there is not.
    """
    accept = request.headers.getlist("accept")
    named = _NAMES.get(format, format)
    if format and named not in RESULTS + GRAPHS and ",".join(accept).strip() in ("", "*/*"):
        raise Refusal(
            HTTPStatus.BAD_REQUEST,
            Sentence("there is no format {format!r}", format=format[:80]),
            hint=Sentence("one of {names}", names=tuple(_NAMES)),
        )
    results = named if named in RESULTS else acceptable(accept, RESULTS) or ""
    graph = named if named in GRAPHS else acceptable(accept, GRAPHS) or ""
    if not results and not graph:
        raise unacceptable(RESULTS + GRAPHS)
    return results, graph


def unacceptable(offered: tuple[str, ...]) -> Refusal:
    """The refusal that says what there is instead."""
    return Refusal(
        HTTPStatus.NOT_ACCEPTABLE,
        Sentence("none of the media types that the request accepts can be given"),
        hint=Sentence("accept one of {names}", names=offered),
        headers={"Vary": "Accept"},
    )


def media_type_header(media_type: str) -> str:
    """A media type as the header says it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
