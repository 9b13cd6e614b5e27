"""The addresses of the reconciliation service: manifest, match, suggest, preview, extend."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kps_graph.folding import searchable
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.printable import printable
from kps_graph.search import THINGS, Thing
from kps_graph.terms import kps
from kps_graph.version import __version__
from kps_graph.web.addresses import public
from kps_graph.web.languages import spoken
from kps_graph.web.problems import Refusal
from kps_graph.web.reconcile.forms import asked_in, extension_in, number_in, parameters, told
from kps_graph.web.reconcile.matching import entity, extended, matched, typed
from kps_graph.web.reconcile.properties import (
    PROPERTIES,
    TYPES,
    described,
    properties_of,
    values_of,
)
from kps_graph.web.served import Served
from kps_graph.words import Language, Sentence

__all__ = ["routes"]


def routes(served: Served) -> list[BaseRoute]:
    """The addresses of the reconciliation service over a store."""

    async def service(request: Request) -> Response:
        given = await parameters(request)
        lang = spoken(request)
        if "queries" in given:
            queries = asked_in(given["queries"])
            return told(given, await served.asked(lambda graph: matched(graph, queries, lang)))
        if "extend" in given:
            wanted = extension_in(given["extend"])
            return told(given, await served.asked(lambda graph: extended(graph, wanted, lang)))
        where = f"{public(request, served)}/reconcile"
        answer = told(given, await served.asked(lambda graph: _manifest(graph, where, lang)))
        # who reads the manifest asks for names next: all there are take seconds to be gathered
        answer.background = BackgroundTask(served.asked, lambda graph: graph.texts.named())
        return answer

    async def suggest(request: Request) -> Response:
        what = request.path_params["what"]
        given = await parameters(request)
        prefix, lang = given.get("prefix", ""), spoken(request)
        first, most = number_in(given, "cursor", 0, 100_000), number_in(given, "limit", 10)
        found = await served.asked(lambda graph: _suggested(graph, what, prefix, lang))
        return told(given, {"result": found[first : first + most]})

    async def flyout(request: Request) -> Response:
        what, id_, lang = request.path_params["what"], _id(request), spoken(request)
        html = await served.asked(lambda graph: _flyout(graph, what, id_, lang))
        return told(request.query_params, {"id": id_, "html": html})

    async def preview(request: Request) -> Response:
        id_, lang = _id(request), spoken(request)
        shown = await served.asked(lambda graph: _preview(graph, id_, lang))
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return HTMLResponse(shown, headers=policy)

    async def view(request: Request) -> Response:
        thing = await served.asked(lambda graph: _thing(graph, _id(request)))
        base = await served.asked(lambda graph: graph.base)
        return RedirectResponse(_page(thing.iri, base, public(request, served)), 303)

    async def propose(request: Request) -> Response:
        given = await parameters(request)
        kind, lang = given.get("type", ""), spoken(request)
        found = [_named(p.id, p.label.in_words(lang)) for p in properties_of(kind)]
        most = number_in(given, "limit", len(found))
        said = {"properties": found[:most]} | ({"type": kind} if kind else {})
        return told(given, said)

    what = "{what:str}"
    return [
        Route("/reconcile", service, methods=["GET", "POST"]),
        Route(f"/reconcile/suggest/{what}", suggest),
        Route(f"/reconcile/flyout/{what}", flyout),
        Route("/reconcile/preview", preview),
        Route("/reconcile/view", view),
        Route("/reconcile/properties", propose),
    ]


def _manifest(graph: KnowledgeGraph, where: str, lang: Language) -> dict[str, Any]:
    def service(what: str) -> dict[str, str]:
        return {
            "service_url": where,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": where,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }

    return {
        "versions": ["0.2"],
        "name": lang.pick(("職能基準知識圖譜", "Competency standards (kps-graph)")),
        "identifierSpace": graph.base,
        "schemaSpace": str(kps),
        "serviceVersion": __version__,
        "defaultTypes": [typed(kind, lang) for kind in THINGS],
        "view": {"url": f"{where}/view?id={{{{id}}}}"},
        "preview": {"url": f"{where}/preview?id={{{{id}}}}", "width": 420, "height": 260},
        "suggest": {what: service(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": where, "service_path": "/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": lang.pick(
                        ("最多幾個值（0 為全部）", "At most so many values (0: all)")
                    ),
                    "type": "number",
                    "default": 0,
                }
            ],
        },
    }


def _suggested(
    graph: KnowledgeGraph, what: str, prefix: str, lang: Language
) -> list[dict[str, Any]]:
    _of_three(what)
    typed_in = searchable(prefix)
    if what == "type":
        listed = {kind: typed(kind, lang)["name"] for kind in THINGS}
        return _beginning(listed, typed_in, TYPES)
    if what == "property":
        listed = {p.id: p.label.in_words(lang) for p in PROPERTIES.values()}
        return _beginning(listed, typed_in, {p.id: p.label for p in PROPERTIES.values()})
    return [entity(thing, lang) for thing in graph.texts.named().beginning(prefix)]


def _beginning(
    listed: Mapping[str, str], typed_in: str, labels: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Those whose id or name, in either language, holds what was typed."""
    return [
        _named(id_, name)
        for id_, name in listed.items()
        if any(typed_in in searchable(text) for text in (id_, *labels[id_]))
    ]


def _named(id_: str, name: str) -> dict[str, Any]:
    return {"id": id_, "name": name}


def _of_three(what: str) -> None:
    if what not in ("entity", "type", "property"):
        raise Refusal(HTTPStatus.NOT_FOUND, Sentence("nothing is suggested for {what}", what=what))


def _id(request: Request) -> str:
    return request.query_params.get("id", "")


def _thing(graph: KnowledgeGraph, iri: str) -> Thing:
    found = graph.texts.named().things.get(iri)
    if found is None:
        raise Refusal(HTTPStatus.NOT_FOUND, Sentence("nothing here has the id {iri}", iri=iri))
    return found


def _page(iri: str, base: str, where: str) -> str:
    """Where a thing is shown: here, if its IRI is one of this store, else at its IRI."""
    root = base.removesuffix("id/")
    return f"{where}/{iri.removeprefix(root)}" if iri.startswith(root) else iri


def _flyout(graph: KnowledgeGraph, what: str, id_: str, lang: Language) -> str:
    _of_three(what)
    if what == "entity":
        thing = _thing(graph, id_)
        return _html(thing.name, described(thing))
    labels = TYPES if what == "type" else {p.id: p.label for p in PROPERTIES.values()}
    if id_ not in labels:
        raise Refusal(HTTPStatus.NOT_FOUND, Sentence("nothing here has the id {iri}", iri=id_))
    return _html(labels[id_].in_words(lang), id_)


def _html(name: str, description: str) -> str:
    return f"<p><b>{escape(printable(name))}</b></p><p>{escape(printable(description))}</p>"


def _preview(graph: KnowledgeGraph, iri: str, lang: Language) -> str:
    """A small page about a thing: what it is, and the first of its values."""
    thing = _thing(graph, iri)
    lines = []
    for wanted in properties_of(thing.kind):
        values = values_of(graph, wanted, [iri])[iri]
        texts = [v.name if isinstance(v, Thing) else str(v) for v in values[:5]]
        if texts:
            more = "…" if len(values) > len(texts) else ""
            said = escape(printable(lang.joined(texts) + more))
            lines.append(f"<dt>{escape(wanted.label.in_words(lang))}</dt><dd>{said}</dd>")
    style = "body{font:14px/1.5 sans-serif;margin:8px}dt{font-weight:bold}dd{margin:0 0 4px 1em}"
    return (
        f'<!doctype html><html lang="{lang.value}"><head><meta charset="utf-8">'
        f"<title>{escape(printable(thing.name))}</title><style>{style}</style></head><body>"
        f"{_html(thing.name, described(thing))}<dl>{''.join(lines)}</dl></body></html>"
    )
