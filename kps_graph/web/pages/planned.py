"""The page to drop the table of a course on: what is sent is read, checked, and forgotten."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import KpsError
from kps_graph.exports.site.asking import Chosen
from kps_graph.exports.site.course import course_page
from kps_graph.exports.site.frame import Frame
from kps_graph.web.pages.answering import Pages, headed
from kps_graph.web.pages.attached import attached
from kps_graph.web.pages.sent import Refused, files, framed, sent, speaking
from kps_graph.web.views import courses
from kps_graph.web.views.asking import offered
from kps_graph.words import in_words

__all__ = ["courses_routes"]


def courses_routes(pages: Pages) -> list[BaseRoute]:
    """The addresses of the check of courses; a store is asked for what only it knows."""

    def form_page(frame: Frame, standard: str, tasks: str, refused: tuple[str, str]) -> str:
        known = (
            offered(pages.asked, (standard,)) if frame.held.standards else Chosen([], (standard,))
        )
        return course_page(frame, known, tasks, refused)

    async def refuse(
        frame: Frame, error: KpsError | Refused, given: courses.Sent | None
    ) -> Response:
        if isinstance(error, Refused):
            said = frame.word(str(error)), ""
        else:
            advice = "" if error.advice is None else str(in_words(error.advice, frame.lang))
            said = error.said.in_words(frame.lang), advice
        standard, tasks = (given.standard, ", ".join(given.tasks)) if given else ("", "")
        page = await run_in_threadpool(form_page, frame, standard, tasks, said)
        return headed(HTMLResponse(page, 413 if isinstance(error, Refused) else 422))

    async def course(request: Request) -> Response:
        frame = await run_in_threadpool(framed, pages, request)
        if request.method != "POST":
            pages.served.readers.prepare()
            params = request.query_params
            standard, tasks = params.get("standard", ""), params.get("tasks", "")
            page = await run_in_threadpool(form_page, frame, standard, tasks, ("", ""))
            return headed(HTMLResponse(page))
        given = None
        try:
            form = await sent(request)
            frame = speaking(frame, form)
            given = await _course(form)
            made = await run_in_threadpool(
                courses.report, frame, lambda: pages.asked, given, pages.served.readers
            )
        except (KpsError, Refused) as error:
            return await refuse(frame, error, given)
        return headed(HTMLResponse(made))

    async def file(request: Request) -> Response:
        frame = await run_in_threadpool(framed, pages, request)
        given = None
        try:
            form = await sent(request)
            frame = speaking(frame, form)
            what = str(form.get("what", "copy"))
            given = await _course(form)
            if what not in courses.SAVED:
                raise HTTPException(400, what)
            name, data = await run_in_threadpool(
                courses.saved, lambda: pages.asked, given, what, frame.lang, pages.served.readers
            )
        except (KpsError, Refused) as error:
            return await refuse(frame, error, given)
        return headed(attached(data, name))

    async def template(request: Request) -> Response:
        frame = await run_in_threadpool(framed, pages, request)
        params = request.query_params
        standard, tasks = params.get("standard", ""), _codes(params.get("tasks", ""))
        try:
            name, data = await run_in_threadpool(
                lambda: courses.workbook(
                    pages.asked, standard, tasks, bool(params.get("propose")), frame.lang
                )
            )
        except KpsError as error:
            return await refuse(frame, error, courses.Sent("", b"", standard, tasks))
        return headed(attached(data, name))

    return [
        Route("/course", course, methods=["GET", "POST"]),
        Route("/course/file", file, methods=["POST"]),
        Route("/course/template", template),
    ]


def _codes(text: str) -> tuple[str, ...]:
    """The codes in ``T1, T3``."""
    return tuple(code for code in re.split(r"[\s,，、;；]+", text) if code)


async def _course(form: FormData) -> courses.Sent:
    """What a form sends, its files read; the example, if it asks for that.

    Raises:
        Refused: if there is no table, or it is too large.
    """
    tried = bool(form.get("example"))
    tables = [courses.example()] if tried else await files(form, but="basis")
    if not tables:
        raise Refused("refused-none")
    documents = await files(form, only="basis")
    await form.close()
    ticked = tuple(str(code) for code in form.getlist("task"))
    (name, data) = tables[0]
    return courses.Sent(
        name,
        data,
        str(form.get("standard", "")).strip(),
        ticked or _codes(str(form.get("tasks", ""))),
        documents[0] if documents else None,
        tried,
    )
