"""Every IRI of the store answers at its own path: as a page, or as data in the form that is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.errors import ResourceError
from kps_graph.exports.results import graph_as
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.printable import xml_text
from kps_graph.rdf.ntriples import iri as written
from kps_graph.standards.trace import alike
from kps_graph.terms import SCHEMES, local_name, standard_iri
from kps_graph.version import __version__
from kps_graph.web import pages
from kps_graph.web.addresses import public
from kps_graph.web.languages import spoken
from kps_graph.web.negotiation import negotiated
from kps_graph.web.served import Held, Served
from kps_graph.web.things import ONTOLOGY, as_json, known, link, page, statements
from kps_graph.words import closest, did_you_mean

__all__ = ["routes"]

_HTML: Final = "text/html"
_JSON: Final = "application/json"
#: The forms by the ending of their addresses, in the order in which they are offered.
_ENDINGS: Final = {
    "html": _HTML,
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "json": _JSON,
    "rdf": "application/rdf+xml",
}
_FORMS: Final = tuple(_ENDINGS.values())
#: The addresses that a sitemap lists at most (sitemaps.org).
_MOST: Final = 50_000


def routes(served: Served) -> list[BaseRoute]:
    """The addresses of IRIs, of the sitemap, and what crawlers may read."""

    async def asked(request: Request, answer: Callable[[Held], Response]) -> Response:
        try:
            return await served.asked_of(answer)
        except ResourceError as error:
            if _HTML in request.headers.get("accept", ""):  # who reads pages gets one
                raise HTTPException(HTTPStatus.NOT_FOUND) from error
            raise

    async def resource(request: Request) -> Response:
        return await asked(request, lambda held: _Asked(served, held, request).answer())

    async def term(request: Request) -> Response:
        where, name = public(request, served), local_name(request.path_params["name"])
        return await asked(request, lambda held: _term(held.graph, where, name))

    async def sitemap(request: Request) -> Response:
        where = public(request, served)
        text = await served.asked(lambda graph: _sitemap(graph, where))
        return Response(text, media_type="application/xml")

    async def robots(request: Request) -> Response:
        closed = "".join(f"Disallow: /{p}\n" for p in ("sparql", "api/", "reconcile", "mcp"))
        where = public(request, served)
        return PlainTextResponse(f"User-agent: *\n{closed}Sitemap: {where}/sitemap.xml\n")

    rooms = ("id", "scheme", "graph", "query")
    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap),
        *(Route(f"/{room}/{{path:path}}", resource, name=room) for room in rooms),
        Route("/ontology", resource),
        *(Route(f"/ontology.{ending}", resource) for ending in _ENDINGS),
        Route("/ontology/{name}", term),
    ]


def _term(graph: KnowledgeGraph, where: str, name: str) -> Response:
    """Where the ontology defines a term that is asked for as if it had a page of its own."""
    iri = f"{ONTOLOGY}#{name}"
    if not known(graph, iri):
        raise ResourceError("nothing here has the id {iri}", iri=iri)
    return RedirectResponse(f"{where}/ontology#{name}", HTTPStatus.SEE_OTHER)


class _Asked:
    """One request for an IRI."""

    def __init__(self, served: Served, held: Held, request: Request) -> None:
        self._served = served
        self._graph = held.graph
        self._edition = held.edition
        self._request = request
        self._where = public(request, served)

    def answer(self) -> Response:
        """The thing in the form that is wanted; 303 from another spelling; 304 if it is known."""
        path, media_type, form = self._path(), "", ""
        stem, dot, ending = path.rpartition(".")
        iri = self._iri(path)
        if dot and ending in _ENDINGS and not known(self._graph, iri):
            iri, media_type, form = self._iri(stem), _ENDINGS[ending], f".{ending}"
        if not known(self._graph, iri):
            return self._elsewhere(iri, form)
        media_type = media_type or negotiated(self._request, _FORMS)
        tag, headers = self._tag(iri, media_type), self._headers(iri)
        if tag and self._has(tag):
            return _unchanged(headers, tag)
        answer = self._page(iri) if media_type == _HTML else self._data(iri, media_type)
        if answer.status_code == HTTPStatus.OK:
            tag = tag or _digest(bytes(answer.body))
            if self._has(tag, "*"):
                return _unchanged(headers, tag)
            headers["ETag"] = tag
        answer.headers.update(headers)
        return answer

    def _path(self) -> str:
        return self._request.url.path.removeprefix("/")

    def _iri(self, path: str) -> str:
        """The IRI that is found at a path, in the one way in which it is written."""
        room, _, rest = path.partition("/")
        local = "/".join(local_name(part) for part in rest.split("/") if part)
        if room == "ontology":
            return ONTOLOGY
        if room == "scheme":
            return SCHEMES + local
        root = self._graph.base.removesuffix("id/")
        return self._graph.base + local if room == "id" else f"{root}{room}/{local}"

    def _elsewhere(self, iri: str, form: str) -> Response:
        """Where a code in another spelling leads, in the form wanted; or why nothing is there."""
        base = self._graph.base
        if iri.startswith(base) and not iri.startswith(f"{base}concept/"):
            first, _, rest = iri.removeprefix(base).partition("/")
            identity = self._graph.identity(first)  # says what may be meant
            if rest:
                rest = self._part(identity, rest)
            if identity != first or rest:
                goal = link(f"{base}{identity}" + (f"/{rest}" if rest else ""), base, self._where)
                return RedirectResponse(goal + form, HTTPStatus.SEE_OTHER)
        raise ResourceError("nothing here has the id {iri}", iri=iri)

    def _part(self, identity: str, path: str) -> str:
        """The path of the one part of a standard that is meant, in any case and padding.

        Raises:
            ResourceError: if there is none, or there are several, with what could be meant.
        """
        iri = standard_iri(identity, self._graph.base)
        rows = self._graph.store.texts(
            f"SELECT DISTINCT ?s WHERE {{ GRAPH {written(iri)} {{ ?s ?p ?o }} }}"
        )
        paths = [s.removeprefix(f"{iri}/") for (s,) in rows if s.startswith(f"{iri}/")]
        meant = alike(path, paths)
        if len(meant) == 1:
            return meant[0]
        raise ResourceError(
            "nothing here has the id {iri}",
            iri=f"{iri}/{path}",
            hint=did_you_mean(tuple(meant) or closest(path, paths)),
        )

    def _page(self, iri: str) -> Response:
        made = pages.html(self._served, self._request, iri)
        if made is not None:
            return made
        address = link(iri, self._graph.base, self._where)
        frame = pages.framed(self._served, self._request)
        return pages.headed(
            Response(page(self._graph, iri, address, self._where, frame), media_type=_HTML)
        )

    def _data(self, iri: str, media_type: str) -> Response:
        if media_type == _JSON:
            return Response(as_json(self._graph, iri), media_type=media_type)
        found = statements(self._graph, iri)
        if media_type != "application/n-triples":
            found = graph_as(found, media_type)
        return Response(found, media_type=media_type)

    def _tag(self, iri: str, media_type: str) -> str:
        """The ETag of an answer before it is made; "" if only the answer tells whether it changed.

        A generation never changes, so that an answer is the same as long as this is: who made it,
        of which generation, and what was asked.
        """
        if not self._edition:
            return ""
        url = self._request.url
        language = spoken(self._request) if media_type == _HTML else ""
        asked = (iri, media_type, language, self._where, url.path, url.query)
        return _digest(repr((__version__, self._edition, *asked)).encode())

    def _has(self, *tags: str) -> bool:
        """Whether the reader says that one of the tags is of what they have."""
        given = self._request.headers.get("if-none-match", "")
        weak = {tag.removeprefix("W/") for tag in tags}
        return any(g.strip().removeprefix("W/") in weak for g in given.split(","))

    def _headers(self, iri: str) -> dict[str, str]:
        address = link(iri, self._graph.base, self._where)
        links = [f'<{address}>; rel="canonical"']
        links += [
            f'<{address}.{ending}>; rel="alternate"; type="{media_type}"'
            for ending, media_type in _ENDINGS.items()
        ]
        return {
            "Link": ", ".join(links),
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
        }


def _digest(said: bytes) -> str:
    """An ETag; a weak one: compressed or not, the answer says the same."""
    return f'W/"{hashlib.sha256(said).hexdigest()[:32]}"'


def _unchanged(headers: dict[str, str], tag: str) -> Response:
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**headers, "ETag": tag})


def _sitemap(graph: KnowledgeGraph, where: str) -> str:
    """The addresses of all pages: of standards, schemes, the ontology, competencies."""
    listed = [where, f"{where}/ontology"]
    things = sorted(graph.texts.named().things.values(), key=lambda t: (t.kind in "KSA", t.iri))
    listed += [link(thing.iri, graph.base, where) for thing in things]
    if len(listed) > _MOST:
        listed = listed[:_MOST]
    urls = "".join(f"<url><loc>{xml_text(a).replace('&', '&amp;')}</loc></url>\n" for a in listed)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{urls}</urlset>\n'
