"""The addresses of the pages, and what each reads from its request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import ResourceError
from kps_graph.exports.site.frame import Frame, asset
from kps_graph.search import KINDS
from kps_graph.terms import local_name, series_iri, standard_iri
from kps_graph.web.pages.answering import Page, Pages, Picture, headed
from kps_graph.web.pages.attached import attached
from kps_graph.web.pages.dropped import drafts_routes
from kps_graph.web.pages.planned import courses_routes
from kps_graph.web.pages.programs import api_page
from kps_graph.web.served import Served
from kps_graph.web.views import asking, competencies, home, learning, querying, searching, standards
from kps_graph.web.views.asked import Asked
from kps_graph.words import Sentence

__all__ = ["framed", "handlers", "html", "routes"]

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain"}


@lru_cache(maxsize=4)
def _pages(served: Served) -> Pages:
    """The pages of a server, which share what they ask its store."""
    return Pages(served)


def routes(served: Served) -> list[BaseRoute]:
    """The pages of a server."""
    pages = _pages(served)
    made: dict[str, Page] = {
        "/search": _search,
        "/compare": _compare,
        "/gap": _gap,
        "/path": _path,
        "/trace": _trace,
        "/diff": _diff,
        "/map": _map,
        "/map/picture.svg": _map_picture,
        "/overlap": _overlap,
        "/overlap/picture.svg": _overlap_picture,
        "/queries": lambda asked, frame, request: querying.library_page(
            *_sliced(asked, frame, request)
        ),
        "/queries/{name}": _query,
        "/queries/{name}/{ending:str}": _answer,
        "/editor": _editor,
        "/about": lambda asked, frame, request: learning.about_page(asked, frame),
        "/download/{name}": _download,
        "/suggest": _suggest,
        "/id/{path:path}": _named,
    }
    without: dict[str, Callable[[Frame, Request], str]] = {
        "/rules": lambda frame, request: learning.rules_page(frame),
        "/rules/{number}": lambda frame, request: learning.rule_page(
            frame, request.path_params["number"]
        ),
        "/api": lambda frame, request: api_page(frame),
        "/glossary": lambda frame, request: learning.glossary_page(frame),
        "/accessibility": lambda frame, request: learning.accessibility_page(frame),
    }

    def first(frame: Frame, request: Request) -> str:
        del request
        return home.page(pages.asked, frame) if frame.held.standards else home.empty_page(frame)

    return [
        Route("/", pages.storeless(first)),
        Route("/assets/{name}", _asset),
        *drafts_routes(pages),
        *courses_routes(pages),
        *(Route(path, pages.storeless(page)) for path, page in without.items()),
        *(Route(path, pages.handler(page)) for path, page in made.items()),
    ]


def html(served: Served, request: Request, iri: str) -> Response | None:
    """The page about the thing that an IRI names; None if there is no page of it.

    Args:
        served: the store.
        request: for the language, and what is lit.
        iri: of a standard, a part of one, or a competency.
    """
    pages = _pages(served)
    base = served.graph.base
    if not iri.startswith(base):
        return None
    answer = pages.answer(lambda a, f, r: _about(a, f, r, iri.removeprefix(base)), request)
    return None if answer.status_code == 404 else answer


def framed(served: Served, request: Request) -> Frame:
    """Where a page about something stands that is none of those here."""
    pages = _pages(served)
    return pages.frame(request, pages.asked.held)


def handlers(served: Served) -> dict[Any, Any]:
    """What answers for people where there is no page: by status, for ``exception_handlers``."""
    pages = _pages(served)

    async def missing(request: Request, error: Exception) -> Response:
        from kps_graph.web.problems import HANDLERS

        if "text/html" in request.headers.get("accept", ""):
            return pages.missing(request)
        return await HANDLERS[HTTPException](request, error)

    return {404: missing}


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    try:
        data = asset(name)
    except FileNotFoundError as error:
        raise HTTPException(404, name) from error
    response = Response(data, media_type=_TYPES[name.rsplit(".", 1)[-1]])
    response.headers["Cache-Control"] = "max-age=3600"
    return headed(response)


def _named(asked: Asked, frame: Frame, request: Request) -> str | Response:
    given = request.path_params["path"]
    local = "/".join(local_name(part) for part in given.split("/") if part)
    return _about(asked, frame, request, local)


def _about(asked: Asked, frame: Frame, request: Request, local: str) -> str | Response:
    """The page about the thing with a local name; a part of a standard is shown in its page."""
    known = asked.identities
    first, _, rest = local.partition("/")
    params = request.query_params
    if first == "concept" and rest:
        found = competencies.representative(asked, f"{asked.graph.base}{local}")
        if not found:
            raise ResourceError("the store holds no competency {given!r}", given=rest)
        return competencies.page(asked, frame, found, _number(params.get("page")))
    if first in known and not rest:
        return standards.page(
            asked, frame, first, params.get("light", ""), _part(params.get("findings"))
        )
    if first in known:
        lit = rest.split("/")[0]
        goal = frame.href(f"/id/{first}", lit, light=lit if lit[:1] in "KS" else None)
        return RedirectResponse(goal, 303)
    newest = _newest(asked, first)
    if newest:
        return RedirectResponse(frame.href(f"/id/{newest}", rest), 303)
    asked.graph.identity(first)  # says what may be meant
    raise ResourceError("the store holds no standard {standard!r}", standard=first)


def _newest(asked: Asked, series: str) -> str:
    """The newest standard of the series that a local name is that of; "" if it is none."""
    base = asked.graph.base
    if series_iri(series, base) != standard_iri(series, base):
        return ""
    of = [i for i in asked.facts if series_iri(i, base) == standard_iri(series, base)]
    return max(of, key=lambda i: (asked.facts[i].latest, len(i), i), default="")


def _number(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 6 else 1


def _part(given: str | None) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 4 else 0


def _search(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    similar = params.get("similar") != "no"
    return searching.page(
        asked, frame, params.get("q", "")[:400], _number(params.get("page")), similar
    )


def _suggest(asked: Asked, frame: Frame, request: Request) -> Response:
    params = request.query_params
    kind = params.get("kind") if params.get("kind") in KINDS else None
    return JSONResponse(searching.suggestions(asked, frame, params.get("q", "")[:100], kind))


def _download(asked: Asked, frame: Frame, request: Request) -> Response:
    del frame
    stem, _, ending = request.path_params["name"].rpartition(".")
    if ending not in standards.DOWNLOADS:
        raise ResourceError(
            "there is no format {ending!r}",
            ending=ending,
            hint=Sentence("there are {names}", names=tuple(standards.DOWNLOADS)),
        )
    identity = asked.graph.identity(local_name(stem or "?"))
    data = standards.download(asked, identity, ending)
    return attached(data, f"{identity}.{ending}", standards.DOWNLOADS[ending])


def _sliced(asked: Asked, frame: Frame, request: Request) -> tuple[Asked, Frame]:
    """The store and the frame of a page for the slice that its address names, if it names one."""
    part = request.query_params.get("in", "").strip()
    if not part:
        return asked, frame
    within = asked.within(part)
    said = str(within.graph.selection.part)
    return within, replace(frame, part=said, among=len(within.usage.occupations))


def _narrowed(frame: Frame, request: Request) -> str:
    """The slice of an address that has keys of a search, within that which it names; "" without keys."""
    part = searching.sliced(frame.params)
    return f"{request.query_params.get('in', '')} {part}".strip() if part else ""


def _compare(asked: Asked, frame: Frame, request: Request) -> str:
    asked, frame = _sliced(asked, frame, request)
    params = request.query_params
    chosen = [w for w in params.getlist("with") if w.strip()]
    return asking.compare_page(asked, frame, chosen, params.get("only") == "different")


def _gap(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    return asking.gap_page(asked, frame, params.get("from", ""), params.get("to", ""))


def _path(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    return asking.path_page(asked, frame, params.get("from", ""), params.get("to", ""))


def _trace(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    return asking.trace_page(asked, frame, params.get("in", ""), params.get("code", ""))


def _diff(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    chosen = [*params.getlist("v"), params.get("b", ""), params.get("a", "")]
    return asking.diff_page(asked, frame, [c for c in chosen if c.strip()][:2])


def _map(asked: Asked, frame: Frame, request: Request) -> str | Response:
    if part := _narrowed(frame, request):
        return RedirectResponse(frame.listed("/map", [("in", part)]), 303)
    return asking.map_page(*_sliced(asked, frame, request))


def _overlap(asked: Asked, frame: Frame, request: Request) -> str | Response:
    given = request.query_params.getlist("with")
    if part := _narrowed(frame, request):
        goal = frame.listed("/overlap", [*(("with", g) for g in given), ("in", part)])
        return RedirectResponse(goal, 303)
    asked, frame = _sliced(asked, frame, request)
    return asking.overlap_page(asked, frame, given)


def _map_picture(asked: Asked, frame: Frame, request: Request) -> str:
    return Picture(asking.map_picture(*_sliced(asked, frame, request)))


def _overlap_picture(asked: Asked, frame: Frame, request: Request) -> str:
    asked, frame = _sliced(asked, frame, request)
    given = request.query_params.getlist("with")
    return Picture(asking.overlap_picture(asked, frame, given))


def _query(asked: Asked, frame: Frame, request: Request) -> str:
    asked, frame = _sliced(asked, frame, request)
    return querying.query_page(
        asked, frame, request.path_params["name"], dict(request.query_params)
    )


def _answer(asked: Asked, frame: Frame, request: Request) -> Response:
    name, ending = request.path_params["name"], request.path_params["ending"]
    asked, frame = _sliced(asked, frame, request)
    data, media_type = querying.answer(asked, name, dict(request.query_params), ending)
    return attached(data, f"{name}.{ending}", media_type)


def _editor(asked: Asked, frame: Frame, request: Request) -> str:
    params = request.query_params
    return querying.editor_page(asked, frame, params.get("query", ""), params.get("example", ""))
