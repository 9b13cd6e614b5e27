"""The tests of W3C's SPARQL Protocol and Graph Store Protocol suites, read from their manifests.

https://w3c.github.io/rdf-tests/sparql/sparql11/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

_CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


@dataclass(frozen=True)
class Request:
    """A request and what its answer must be."""

    method: str
    path: str
    headers: dict
    body: bytes | None
    statuses: tuple
    boolean: bool | None
    format: str
    location: str
    expected: bytes | None


@dataclass(frozen=True)
class Case:
    """A test: the graphs that must be there, and requests one after the other."""

    name: str
    graphs: dict
    requests: tuple


def cases(*manifests: Path) -> list[Case]:
    """The tests of manifests, in their order."""
    return [case for manifest in manifests for case in _cases(manifest)]


def _cases(manifest):
    graph = Graph().parse(manifest)
    (entries,) = graph.objects(None, MF.entries)
    for entry in Collection(graph, entries):
        data = {
            str(graph.value(node, RDFS.label)): Path(
                str(graph.value(node, UT.graph)).removeprefix("file://")
            )
            for node in graph.objects(entry, UT.graphData)
        }
        action = graph.value(entry, MF.action)
        requests = Collection(graph, graph.value(action, HT.requests))
        name = str(entry).partition("#")[2]
        yield Case(name, data, tuple(_request(graph, node) for node in requests))


def _request(graph, node):
    response = graph.value(node, HT.resp)
    said = graph.value(response, MF.expectedBoolean)
    return Request(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        _headers(graph, node),
        _content(graph, node),
        tuple(str(s).partition("#")[2] for s in graph.objects(response, MF.expectedStatus)),
        None if said is None else said.toPython(),
        str(graph.value(response, MF.expectedFormat) or ""),
        str(graph.value(response, MF.expectedLocation) or ""),
        _content(graph, response),
    )


def _headers(graph, node):
    found = graph.value(node, HT.headers)
    return {
        str(graph.value(h, HT.fieldName)).lower(): str(graph.value(h, HT.fieldValue))
        for h in (Collection(graph, found) if found else ())
    }


def _content(graph, node):
    body = graph.value(node, HT.body)
    if body is None or (body, RDF.type, CNT.ContentAsText) not in graph:
        return None
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))


def run(server, case, *, writer, room="/graph-store"):
    """Sends the requests of a test and holds each answer against what is expected.

    Args:
        server: that is tested.
        case: the test.
        writer: headers of who writes.
        room: the path of the Graph Store Protocol.
    """
    location = ""
    for number, request in enumerate(case.requests, 1):
        path = re.sub("^/gsp", room, request.path).replace("$LOCATION$", location)
        body = request.body and request.body.replace(b"$LOCATION$", location.encode())
        answer = server.ask(request.method, path, body, {**request.headers, **writer})
        where = f"{case.name}, request {number}: {answer.status} {answer.body[:300]!r}"
        assert any(_fits(answer.status, status) for status in request.statuses), where
        if request.boolean is not None:
            assert answer.json["boolean"] is request.boolean, where
        if request.format:
            assert _FORMATS[request.format](answer), where
        if request.location:
            location = answer.headers["location"]
        if request.expected is not None and answer.status == 200:
            base = f"{server.address}{path}"
            came, wanted = (
                Graph().parse(data=d, format="turtle", publicID=base)
                for d in (answer.body, request.expected)
            )
            assert isomorphic(came, wanted), where


def _fits(status, wanted):
    if wanted.startswith("StatusCode"):
        return str(status)[0] == wanted[-3]
    return status == _CODES[wanted]


_RDF = {"text/turtle", "application/rdf+xml", "application/n-triples", "text/html"}
_FORMATS = {
    "boolean": lambda a: a.media_type.startswith("application/sparql-results+"),
    "tabular": lambda a: a.media_type.startswith(
        ("application/sparql-results+", "text/csv", "text/tab")
    ),
    "RDF": lambda a: a.media_type in _RDF,
}
