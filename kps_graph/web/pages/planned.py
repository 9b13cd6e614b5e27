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
from kps_graph.web.views.asked import Asked
from kps_graph.web.views.asking import offered
from kps_graph.words import in_words

__all__ = ["courses_routes"]


def courses_routes(pages: Pages) -> list[BaseRoute]:
    """The addresses of the check of courses; a store is asked for what only it knows."""
    own = _Courses(pages)
    return [
        Route("/course", own.course, methods=["GET", "POST"]),
        Route("/course/file", own.file, methods=["POST"]),
        Route("/course/template", own.template),
    ]


class _Courses:
    """The handlers of the addresses."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def course(self, request: Request) -> Response:
        """The page to drop a table on, or the report about what was sent."""
        frame = await self._frame(request)
        if request.method != "POST":
            self._pages.served.readers.prepare()
            params = request.query_params
            return await self._form(frame, params.get("standard", ""), params.get("tasks", ""))
        given = None
        try:
            form = await sent(request)
            frame = speaking(frame, form)
            given = await _course(form)
            made = await run_in_threadpool(
                courses.report, frame, self._asked, given, self._pages.served.readers
            )
        except (KpsError, Refused) as error:
            return await self._refusal(frame, error, given)
        return headed(HTMLResponse(made))

    async def file(self, request: Request) -> Response:
        """What a report is saved as."""
        frame, given = await self._frame(request), None
        try:
            form = await sent(request)
            frame = speaking(frame, form)
            what = str(form.get("what", "copy"))
            given = await _course(form)
            if what not in courses.SAVED:
                raise HTTPException(400, what)
            name, data = await run_in_threadpool(
                courses.saved, self._asked, given, what, frame.lang, self._pages.served.readers
            )
        except (KpsError, Refused) as error:
            return await self._refusal(frame, error, given)
        return headed(attached(data, name))

    async def template(self, request: Request) -> Response:
        """A workbook to plan a course in."""
        frame, params = await self._frame(request), request.query_params
        standard, tasks = params.get("standard", ""), _codes(params.get("tasks", ""))
        propose = bool(params.get("propose"))
        try:
            name, data = await run_in_threadpool(
                lambda: courses.workbook(self._asked(), standard, tasks, propose, frame.lang)
            )
        except KpsError as error:
            return await self._refusal(frame, error, courses.Sent("", b"", standard, tasks))
        return headed(attached(data, name))

    def _asked(self) -> Asked:
        return self._pages.asked

    async def _frame(self, request: Request) -> Frame:
        return await run_in_threadpool(framed, self._pages, request)

    async def _form(
        self,
        frame: Frame,
        standard: str,
        tasks: str,
        refused: tuple[str, str] = ("", ""),
        status: int = 200,
    ) -> Response:
        def page() -> str:
            listed = frame.held.standards > 0
            known = offered(self._asked(), (standard,)) if listed else Chosen([], (standard,))
            return course_page(frame, known, tasks, refused)

        return headed(HTMLResponse(await run_in_threadpool(page), status))

    async def _refusal(
        self, frame: Frame, error: KpsError | Refused, given: courses.Sent | None
    ) -> Response:
        """The form again, with the reason and with what was typed."""
        standard, tasks = (given.standard, ", ".join(given.tasks)) if given else ("", "")
        if isinstance(error, Refused):
            return await self._form(frame, standard, tasks, (frame.word(str(error)), ""), 413)
        advice = "" if error.advice is None else str(in_words(error.advice, frame.lang))
        said = error.said.in_words(frame.lang), advice
        return await self._form(frame, standard, tasks, said, 422)


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
