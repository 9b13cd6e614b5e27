"""What every handler of a page does: the frame, the headers, the errors."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from threading import Lock
from typing import Final, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kps_graph.errors import KpsError, ResourceError, StoreError, UnknownQuery
from kps_graph.exports.site.errors import Fault, error_page
from kps_graph.exports.site.frame import POLICY, Frame, Held
from kps_graph.web.languages import spoken
from kps_graph.web.pages.meant import meant, near
from kps_graph.web.problems import status_of
from kps_graph.web.served import Served
from kps_graph.web.views.asked import Asked
from kps_graph.words import in_words

__all__ = ["Handler", "Page", "Pages", "Picture", "headed"]

#: What makes a page: of the store, of where the page stands, and of the request.
Page: TypeAlias = Callable[[Asked, Frame, Request], "str | Response"]
Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
_LOG: Final = logging.getLogger(__name__)
#: So many pages are kept, those that were asked for last.
_KEPT: Final = 200
#: A picture has its style within and may use nothing else.
_DRAWN: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept, Accept-Language",
}


class Picture(str):
    """A picture as SVG, instead of a page."""

    __slots__ = ()


def headed(response: Response) -> Response:
    """``response`` with the headers of a page."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


class Pages:
    """The pages of a server: they share what they asked its store.

    Attributes:
        served: the store.
    """

    def __init__(self, served: Served) -> None:
        self.served = served
        self._asked: Asked | None = None
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    @property
    def asked(self) -> Asked:
        """The store as it is now, with what was asked of it before.

        Raises:
            StoreError: if there is none.
        """
        graph = self.served.graph
        if self._asked is None or self._asked.graph is not graph:
            self._asked = Asked(graph)
            self._kept.clear()
        return self._asked

    def frame(self, request: Request, held: Held | None = None) -> Frame:
        """Where the page of a request stands."""
        params = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
        return Frame(
            spoken(request),
            request.url.path,
            held or Held(),
            tuple(params),
            "lang" in request.query_params,
        )

    def handler(self, page: Page) -> Handler:
        """A handler that makes a page in a thread, or a page that says why it cannot."""

        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self.answer, page, request)

        return answer

    def storeless(self, page: Callable[[Frame, Request], str]) -> Handler:
        """A handler of a page that is there before a store is; it says what the store holds if any."""

        def made(request: Request) -> Response:
            try:
                return headed(HTMLResponse(page(self._known(request), request)))
            except KpsError as error:
                return self.refusal(error, request)

        async def answer(request: Request) -> Response:
            return await run_in_threadpool(made, request)

        return answer

    def answer(self, page: Page, request: Request) -> Response:
        """The page for a request, or a page that says why there is none."""
        try:
            asked = self.asked
            made = self._made(page, asked, self.frame(request, asked.held), request)
        except KpsError as error:
            return self.refusal(error, request)
        except Exception:  # noqa: BLE001 - a reader gets a page, the log the reason
            return self.fault(request)
        if isinstance(made, Picture):
            response = Response(made, media_type="image/svg+xml")
            response.headers["Content-Security-Policy"] = _DRAWN
            return headed(response)
        return headed(HTMLResponse(made) if isinstance(made, str) else made)

    def _made(self, page: Page, asked: Asked, frame: Frame, request: Request) -> str | Response:
        """The page, or what was made of the same address of the same store before."""
        key = (str(request.url), str(frame.lang))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = page(asked, frame, request)
        if isinstance(made, str) and asked is self._asked:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return made

    def refusal(self, error: KpsError, request: Request) -> Response:
        """A page that says what is wrong with a request, and what may have been meant."""
        frame = self._known(request)
        unknown = isinstance(error, (ResourceError, UnknownQuery))
        status = 404 if unknown else int(status_of(error))
        fault = Fault(
            status,
            error.said.in_words(frame.lang),
            "" if error.advice is None else str(in_words(error.advice, frame.lang)),
            near=meant(self.asked, frame, error) if unknown and frame.held.standards else (),
            empty=isinstance(error, StoreError),
        )
        return headed(HTMLResponse(error_page(frame, fault), status))

    def missing(self, request: Request) -> Response:
        """A page that says that there is nothing at an address, with what is near."""
        frame = self._known(request)
        sought = request.url.path.rstrip("/").rsplit("/", 1)[-1]
        fault = Fault(
            404, "", "", sought, near(self.asked, frame, sought) if frame.held.standards else ()
        )
        return headed(HTMLResponse(error_page(frame, fault), 404))

    def fault(self, request: Request) -> Response:
        """A page that says that the server failed, with a number that its log has too."""
        number = secrets.token_hex(4)
        _LOG.exception("page %s failed (%s)", request.url.path, number)
        fault = Fault(500, "", "", number)
        return headed(HTMLResponse(error_page(self._known(request), fault), 500))

    def _known(self, request: Request) -> Frame:
        """The frame of a page that says what is wrong, with what the store holds if there is one."""
        try:
            return self.frame(request, self.asked.held)
        except KpsError:
            return self.frame(request)
