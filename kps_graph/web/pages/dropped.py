"""The page to drop a draft on: what is sent is read, checked, and forgotten."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import KpsError, StoreError
from kps_graph.exports.site.check import check_page
from kps_graph.exports.site.frame import Frame
from kps_graph.rules.catalogue import rules
from kps_graph.web.pages.answering import Pages, headed
from kps_graph.web.pages.attached import attached
from kps_graph.web.views import checking
from kps_graph.words import Language

__all__ = ["drafts_routes"]

#: How many drafts are taken at once, and the bytes of one request.
_MOST: Final = 20
_REQUEST: Final = 64 * 2**20


class _Refused(Exception):
    """A request that is not read: the word of the page that says why."""


def drafts_routes(pages: Pages) -> list[BaseRoute]:
    """The addresses of the check: they need no store."""

    async def check(request: Request) -> Response:
        frame = await run_in_threadpool(_frame, pages, request)
        if request.method != "POST":
            return headed(HTMLResponse(_form(frame)))
        try:
            form = await _sent(request)
            drafts = await _drafts(form)
        except _Refused as error:
            return headed(HTMLResponse(_form(frame, frame.word(str(error))), 413))
        frame = _spoken(frame, form)
        profile = str(form.get("profile", "draft"))
        try:
            tried = bool(form.get("example"))
            made = await run_in_threadpool(checking.report, frame, drafts, profile, tried)
        except KpsError as error:
            return headed(HTMLResponse(_form(frame, error.said.in_words(frame.lang)), 422))
        finally:
            await form.close()
        return headed(HTMLResponse(made))

    async def file(request: Request) -> Response:
        frame = await run_in_threadpool(_frame, pages, request)
        try:
            form = await _sent(request)
            ((name, data), *_) = await _drafts(form)
        except _Refused as error:
            return headed(HTMLResponse(_form(frame, frame.word(str(error))), 413))
        frame = _spoken(frame, form)
        what, profile = str(form.get("what", "xlsx")), str(form.get("profile", "draft"))
        await form.close()
        if what not in checking.SAVED:
            raise HTTPException(400, what)
        try:
            named, made = await run_in_threadpool(
                checking.saved, name, data, what, profile, frame.lang
            )
        except KpsError as error:
            return headed(HTMLResponse(_form(frame, error.said.in_words(frame.lang)), 422))
        return headed(attached(made, named))

    return [
        Route("/check", check, methods=["GET", "POST"]),
        Route("/check/file", file, methods=["POST"]),
    ]


def _frame(pages: Pages, request: Request) -> Frame:
    try:
        return pages.frame(request, pages.asked.held)
    except StoreError:
        return pages.frame(request)


def _form(frame: Frame, refused: str = "") -> str:
    return check_page(frame, checking.choices(frame.lang), len(rules()), refused)


def _spoken(frame: Frame, form: FormData) -> Frame:
    """The frame in the language that a form asks for, if it asks."""
    from dataclasses import replace

    given = form.get("lang")
    return (
        replace(frame, lang=Language.of(given), carried=True) if isinstance(given, str) else frame
    )


async def _sent(request: Request) -> FormData:
    """The form of a request that is not larger than what is taken."""
    size = request.headers.get("content-length", "")
    if not size.isdecimal() or int(size) > _REQUEST:
        raise _Refused("refused-large")
    try:
        return await request.form(max_files=_MOST, max_fields=10)
    except HTTPException as error:
        raise _Refused("refused-form") from error


async def _drafts(form: FormData) -> list[tuple[str, bytes]]:
    """Name and content of each draft in a form; of the example, if the form asks for it."""
    if form.get("example"):
        return [checking.example()]
    found = []
    # whatever a program calls the field that holds a file
    for _, given in form.multi_items():
        if not isinstance(given, UploadFile) or not given.filename:
            continue
        if (given.size or 0) > checking.LARGEST:
            raise _Refused("refused-large")
        found.append((given.filename, await given.read()))
    if not found:
        raise _Refused("refused-none")
    return found
