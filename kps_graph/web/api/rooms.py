"""The addresses below ``/api/`` and ``/openapi.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kps_graph.exports.results import guarded, rows_as
from kps_graph.formats import ResultFormat
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.printable import json_text
from kps_graph.web.addresses import public
from kps_graph.web.answers import answer
from kps_graph.web.api.asked import questions
from kps_graph.web.api.openapi import PAGING, described
from kps_graph.web.api.parameters import COMMON, read
from kps_graph.web.api.question import Question, Told
from kps_graph.web.negotiation import negotiated
from kps_graph.web.problems import Refusal
from kps_graph.web.served import Served
from kps_graph.words import Sentence

__all__ = ["routes"]

_FORMS: Final = ("application/json", "text/csv")
_BY_NAME: Final = {"json": "application/json", "csv": "text/csv"}
_VARY: Final = {"Vary": "Accept"}


def routes(served: Served) -> list[BaseRoute]:
    """The addresses of everything that can be asked, and of their description."""
    listed = list(questions())

    async def description(request: Request) -> Response:
        return answer(described(listed, public(request, served)))

    return [
        Route("/openapi.json", description),
        *(_route(served, question) for question in listed),
    ]


def _route(served: Served, question: Question) -> Route:
    in_path = frozenset(p.name for p in question.parameters if f"{{{p.name}}}" in question.path)
    asked = tuple(p for p in question.parameters if p.name not in in_path)
    known = (*asked, *(() if question.single else PAGING), *COMMON)

    async def handler(request: Request) -> Response:
        given = {**read(known, request.query_params), **request.path_params}
        media_type = _BY_NAME.get(given["format"]) or negotiated(request, _FORMS)
        part = given.get("in")
        found = await served.asked(
            lambda graph: _answered(
                question, graph.within(part) if part else graph, given, media_type
            )
        )
        if isinstance(found, Told):
            return _told(found, media_type)
        where = f"{public(request, served)}{request.url.path}"
        link = _links(where, request, given, found.total)
        headers = {"X-Total-Count": str(found.total), **_VARY} | ({"Link": link} if link else {})
        return Response(found.content, 200, headers, media_type)

    return Route(f"/api/{question.path}", handler, name=question.path)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of an answer.

    Attributes:
        content: of the response.
        total: how many answers all pages have, or rows where it is a table.
    """

    content: str | bytes
    total: int


def _answered(
    question: Question, graph: KnowledgeGraph, given: Mapping[str, Any], media_type: str
) -> Told | _Page:
    answer = question.ask(graph, given)
    if isinstance(answer, Told):
        return answer
    page = slice(given["offset"], given["offset"] + given["limit"])
    if media_type == "text/csv":
        rows = question.rows(graph, given, answer)
        shown = rows[page] if question.plain else guarded(rows[page])
        return _Page(rows_as(shown, ResultFormat.CSV), len(rows))
    objects = question.objects(graph, given, answer)
    return _Page(json_text(question.data(graph, given, objects[page]), None), len(objects))


def _told(found: Told, media_type: str) -> Response:
    if media_type != "text/csv":
        return answer(found.data, _VARY)
    if found.rows is None:
        raise Refusal(
            HTTPStatus.NOT_ACCEPTABLE,
            Sentence("this is no table, and has no form as CSV"),
            hint=Sentence("accept one of {names}", names=("application/json",)),
            headers=_VARY,
        )
    return Response(rows_as(guarded(found.rows), ResultFormat.CSV), 200, _VARY, "text/csv")


def _links(where: str, request: Request, given: Mapping[str, Any], total: int) -> str:
    """The other pages of an answer, as RFC 8288 has it."""
    offset, limit = given["offset"], given["limit"]
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "last": last}
    if offset > 0:
        pages["prev"] = max(0, offset - limit)
    if offset + limit < total:
        pages["next"] = offset + limit
    if total <= limit and not offset:
        return ""
    listed = []
    for relation, at in pages.items():
        query = request.url.include_query_params(offset=at, limit=limit).query
        listed.append(f'<{where}?{query}>; rel="{relation}"')
    return ", ".join(listed)
