"""SHACL property paths in the syntax of SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from kps_graph.errors import BadShapes
from kps_graph.shacl.model import SH
from kps_graph.terms import PREFIXES

__all__ = ["short", "shown_path", "sparql_path"]

_SH: Final = Namespace(SH)
_REPEATED: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_SIMPLE: Final = re.compile(r"<[^>]*>|[\w.-]+:[\w.-]+")


def sparql_path(graph: Graph, path: Node) -> str:
    """``path`` with full IRIs.

    Raises:
        BadShapes: if it is not a SHACL path.
    """
    return _path(graph, path, lambda iri: f"<{iri}>")


def shown_path(graph: Graph, path: Node) -> str:
    """``path`` for people: an IRI if it is one property, else SPARQL with the usual prefixes."""
    return str(path) if isinstance(path, URIRef) else _path(graph, path, short)


def _path(graph: Graph, path: Node, name: Callable[[str], str]) -> str:
    def step(part: Node) -> str:
        text = _path(graph, part, name)
        return text if _SIMPLE.fullmatch(text) else f"({text})"

    if isinstance(path, URIRef):
        return name(str(path))
    if (path, RDF.first, None) in graph:
        return "/".join(map(step, _members(graph, path)))
    if (inverse := graph.value(path, _SH.inversePath)) is not None:
        return "^" + step(inverse)
    if (either := graph.value(path, _SH.alternativePath)) is not None:
        return "|".join(map(step, _members(graph, either)))
    for kind, mark in _REPEATED.items():
        if (repeated := graph.value(path, _SH[kind])) is not None:
            return step(repeated) + mark
    raise BadShapes("the sh:path of a shape is not a SHACL path")


def _members(graph: Graph, path: Node) -> list[Node]:
    members = list(graph.items(path))
    if len(members) < 2:
        raise BadShapes("a list in the sh:path of a shape has fewer than two members")
    return members


def short(iri: str) -> str:
    """``iri`` with a usual prefix, else in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
