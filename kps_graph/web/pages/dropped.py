"""The page to drop a draft on: what is sent is read, checked, and forgotten."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import KpsError
from kps_graph.exports.site.check import check_page
from kps_graph.exports.site.frame import Frame
from kps_graph.rules.catalogue import rules
from kps_graph.web.pages.answering import Pages, headed
from kps_graph.web.pages.attached import attached
from kps_graph.web.pages.sent import Refused, files, framed, sent, speaking
from kps_graph.web.views import checking

__all__ = ["drafts_routes"]


def drafts_routes(pages: Pages) -> list[BaseRoute]:
    """The addresses of the check: they need no store."""

    async def check(request: Request) -> Response:
        frame = await run_in_threadpool(framed, pages, request)
        if request.method != "POST":
            pages.served.readers.prepare()
            return headed(HTMLResponse(_form(frame)))
        try:
            form = await sent(request)
            drafts = await _drafts(form)
        except Refused as error:
            return headed(HTMLResponse(_form(frame, frame.word(str(error))), 413))
        frame = speaking(frame, form)
        profile = str(form.get("profile", "draft"))
        try:
            tried = bool(form.get("example"))
            made = await run_in_threadpool(
                checking.report, frame, drafts, profile, pages.served.readers, tried
            )
        except KpsError as error:
            return headed(HTMLResponse(_form(frame, error.said.in_words(frame.lang)), 422))
        finally:
            await form.close()
        return headed(HTMLResponse(made))

    async def file(request: Request) -> Response:
        frame = await run_in_threadpool(framed, pages, request)
        try:
            form = await sent(request)
            ((name, data), *_) = await _drafts(form)
        except Refused as error:
            return headed(HTMLResponse(_form(frame, frame.word(str(error))), 413))
        frame = speaking(frame, form)
        what, profile = str(form.get("what", "xlsx")), str(form.get("profile", "draft"))
        await form.close()
        if what not in checking.SAVED:
            raise HTTPException(400, what)
        try:
            named, made = await run_in_threadpool(
                checking.saved, name, data, what, profile, frame.lang, pages.served.readers
            )
        except KpsError as error:
            return headed(HTMLResponse(_form(frame, error.said.in_words(frame.lang)), 422))
        return headed(attached(made, named))

    return [
        Route("/check", check, methods=["GET", "POST"]),
        Route("/check/file", file, methods=["POST"]),
    ]


def _form(frame: Frame, refused: str = "") -> str:
    return check_page(frame, checking.choices(frame.lang), len(rules()), refused)


async def _drafts(form: FormData) -> list[tuple[str, bytes]]:
    """Name and content of each draft in a form; of the example, if the form asks for it."""
    found = [checking.example()] if form.get("example") else await files(form)
    if not found:
        raise Refused("refused-none")
    return found
