"""The SPARQL 1.1 Graph Store Protocol: graphs by ``?graph=``, ``?default``, or their own address."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from kps_graph.errors import KpsError
from kps_graph.oxigraph.answering import Declined, Dumped
from kps_graph.store.endpoint import Change, declined
from kps_graph.web.lanes import shape
from kps_graph.web.negotiation import negotiated
from kps_graph.web.problems import Refusal
from kps_graph.web.served import Served
from kps_graph.web.sparql.answers import answered, bounded
from kps_graph.web.sparql.asking import body, named_graph, parameters
from kps_graph.web.sparql.formats import GRAPHS
from kps_graph.web.sparql.writing import refuse_strangers, store_of, written
from kps_graph.words import Sentence
from kps_graph.workers.limits import Died

__all__ = ["answer"]

_ROOM: Final = "/graph-store"
_ALLOWED: Final = "GET, HEAD, PUT, POST, DELETE, OPTIONS"


async def answer(served: Served, request: Request) -> Response:
    """The response to any request about a graph."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _ALLOWED})
    if request.method not in ("GET", "HEAD", "PUT", "POST", "DELETE"):
        raise Refusal(
            HTTPStatus.METHOD_NOT_ALLOWED,
            Sentence("a graph has no {method}", method=request.method),
            headers={"Allow": _ALLOWED},
        )
    address = _address(served, request)
    said, graph = named_graph(parameters(request.scope["query_string"]))
    if not said and request.url.path.rstrip("/") != _ROOM:
        said, graph = True, f"{address}{request.url.path}"
    if request.method in ("GET", "HEAD"):
        if not said:
            raise Refusal(
                HTTPStatus.BAD_REQUEST,
                Sentence("name the graph: ?graph=IRI, or ?default"),
            )
        return await _read(served, request, graph)
    refuse_strangers(served, request)
    if not said and request.method != "POST":
        raise Refusal(HTTPStatus.BAD_REQUEST, Sentence("name the graph: ?graph=IRI, or ?default"))
    if said:
        return await _write(served, request, graph)
    return await _write(served, request, f"{address}{_ROOM}/{uuid.uuid4()}", new=True)


def _address(served: Served, request: Request) -> str:
    return served.settings.public_url or str(request.base_url).rstrip("/")


async def _read(served: Served, request: Request, graph: str | None) -> Response:
    wanted = Dumped(graph, negotiated(request, GRAPHS))
    bounds = bounded(served, None)
    store = store_of(served)
    held = await served.now()

    def why(said: bytes | Died) -> KpsError:
        if isinstance(said, bytes):
            reason = Declined.read(said)
            if reason.cause == "missing":
                return Refusal(HTTPStatus.NOT_FOUND, Sentence("there is no such graph"))
        return declined(said, "", store, bounds)

    return await answered(request, held, wanted, shape(f"dump {graph}"), bounds, why)


async def _write(
    served: Served, request: Request, graph: str | None, new: bool = False
) -> Response:
    """Puts, posts or deletes; a ``new`` graph gets its address from us."""
    store = str(store_of(served))
    bounds = bounded(served, None)
    if request.method == "DELETE":
        if not await written(served, Change(store, "delete", graph=graph), bounds):
            raise Refusal(HTTPStatus.NOT_FOUND, Sentence("there is no such graph"))
        return Response()
    content = await _content(request, served.settings.limits.write)
    base = graph or str(request.url)
    kind = "put" if request.method == "PUT" else "post"
    wanted = Change(store, kind, graph=graph, content=content, base=base)  # type: ignore[arg-type]
    there = await written(served, wanted, bounds)
    if new:
        assert graph is not None
        return Response(status_code=HTTPStatus.CREATED, headers={"Location": graph})
    if not there:
        return Response(status_code=HTTPStatus.CREATED)
    done = HTTPStatus.NO_CONTENT if request.method == "PUT" else HTTPStatus.OK
    return Response(status_code=done)


async def _content(request: Request, most: int) -> tuple[tuple[bytes, str], ...]:
    """What is sent, each part with its media type.

    Raises:
        Refusal: 415, if it is no RDF.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        return ((await body(request, most), _rdf(media_type)),)
    parts: list[tuple[bytes, str]] = []
    async with request.form(max_files=100, max_fields=100, max_part_size=most) as form:
        for _, part in form.multi_items():
            if isinstance(part, UploadFile):
                kind = (part.content_type or "").partition(";")[0].strip().lower()
                parts.append((await part.read(most + 1), _rdf(kind)))
    if sum(len(content) for content, _ in parts) > most:
        raise Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            Sentence("the request has more than {most:,} bytes", most=most),
        )
    return tuple(parts)


def _rdf(media_type: str) -> str:
    if media_type in GRAPHS:
        return media_type
    raise Refusal(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        Sentence("a graph is not sent as {media_type}", media_type=media_type[:80] or "-"),
        hint=Sentence("send it as one of {names}", names=GRAPHS),
    )
