"""Errors as an answer: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kps_graph.errors import (
    BadParameter,
    KpsError,
    QuerySyntax,
    QueryTimeout,
    QueryTooLarge,
    ResourceError,
    SourceError,
    StoreError,
)
from kps_graph.web.languages import spoken
from kps_graph.words import Bilingual, Sentence, in_words

__all__ = ["HANDLERS", "Cut", "Refusal", "problem", "status_of"]

#: The kind of an error, the first that fits, and the status that says it.
_STATUS: Final[tuple[tuple[type[KpsError], HTTPStatus], ...]] = (
    (QuerySyntax, HTTPStatus.BAD_REQUEST),
    (QueryTimeout, HTTPStatus.SERVICE_UNAVAILABLE),
    (QueryTooLarge, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (BadParameter, HTTPStatus.BAD_REQUEST),
    (ResourceError, HTTPStatus.NOT_FOUND),
    (SourceError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class Refusal(KpsError):
    """A request that is not answered as it asks.

    Args:
        status: what HTTP calls it.
        said: what is wrong.
        line: as for every error.
        column: as for every error.
        hint: as for every error.
        headers: of the answer.
    """

    def __init__(
        self,
        status: HTTPStatus,
        said: Sentence,
        /,
        *,
        line: int | None = None,
        column: int | None = None,
        hint: Sentence | Bilingual | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(said, line=line, column=column, hint=hint)
        self.status = status
        self.headers = headers


class Cut(Exception):
    """An answer that has begun and cannot go on, or whose reader is gone: its connection is cut.

    Args:
        reason: for the log.
    """


def status_of(error: KpsError) -> HTTPStatus:
    """The status of an answer that could not be given."""
    if isinstance(error, Refusal):
        return error.status
    return next(
        (status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.BAD_REQUEST
    )


def problem(
    status: int,
    detail: str,
    headers: dict[str, str] | None = None,
    **more: object,
) -> Response:
    """An answer that says what is wrong, and what more is known of it (``line``, ``hint``)."""
    said = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    } | {name: value for name, value in more.items() if value is not None}
    return Response(
        json.dumps(said, ensure_ascii=False),
        status,
        headers,
        media_type="application/problem+json",
    )


async def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, KpsError)
    language = spoken(request)
    return problem(
        status_of(error),
        error.said.in_words(language),
        error.headers if isinstance(error, Refusal) else None,
        source=error.source if isinstance(error, QuerySyntax) else None,
        line=error.line,
        column=error.column,
        hint=None if error.advice is None else in_words(error.advice, language),
    )


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed = f"{headers.get('Allow', 'GET')}, OPTIONS"
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        said = Sentence("this address takes {methods}", methods=allowed)
        return problem(error.status_code, said.in_words(spoken(request)), headers)
    if error.status_code == HTTPStatus.NOT_FOUND:
        said = Sentence("there is nothing at {path}", path=request.url.path[:200])
        return problem(error.status_code, said.in_words(spoken(request)), headers)
    return problem(error.status_code, str(error.detail), headers)


#: What answers which error, in every room that has no page for it.
HANDLERS: Final = {KpsError: _of_ours, HTTPException: _of_http}
