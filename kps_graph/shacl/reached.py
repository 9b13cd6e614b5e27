"""Which nodes of a shapes graph are shapes, and which of them a check ever comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace
from rdflib.term import Node

from kps_graph.shacl.model import SH
from kps_graph.shacl.supported import BOUNDS, LISTS, NUMBERS, TARGETS

__all__ = [
    "PATH_NODES",
    "Reached",
    "permitted",
    "reached",
    "references",
    "roots",
    "said",
    "shapes_in",
]

_SH: Final = Namespace(SH)
#: What leads from a shape to another one.
_REFERENCES: Final = frozenset(("node", "not", "property", "qualifiedValueShape"))
_OF_SHAPES: Final = frozenset(("and", "or", "xone"))
#: What says that a node is part of a path.
PATH_NODES: Final = frozenset(
    ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
)
#: What only a shape has.
_OF_A_SHAPE: Final = frozenset(
    (
        *(*TARGETS, *NUMBERS, *BOUNDS, *LISTS, *_REFERENCES),
        *("path", "property", "sparql", "closed", "uniqueLang", "pattern", "hasValue", "class"),
        *("datatype", "nodeKind", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
        *("qualifiedMinCount", "qualifiedMaxCount"),
    )
)


@dataclass(frozen=True, slots=True)
class Reached:
    """The shapes that a check comes to.

    Attributes:
        reported: those whose results are reported: with targets, and the properties of such.
        asked: those besides that only tell whether a value conforms; nothing of them is reported.
    """

    reported: frozenset[Node]
    asked: frozenset[Node]


def said(graph: Graph, node: Node) -> Iterator[tuple[str, Node]]:
    """The properties of ``node`` in the namespace of SHACL, by local name."""
    for predicate, value in sorted(graph.predicate_objects(node), key=str):
        if str(predicate).startswith(SH):
            yield str(predicate).removeprefix(SH), value


def references(graph: Graph, node: Node) -> Iterator[tuple[str, Node]]:
    """The shapes that the shape ``node`` refers to, each with the parameter that does."""
    for name, value in said(graph, node):
        if name in _REFERENCES:
            yield name, value
        elif name in _OF_SHAPES:
            yield from ((name, member) for member in graph.items(value))


def permitted(graph: Graph, shape: Node) -> bool:
    """Whether the path of the property shape ``shape`` is one that a closed shape permits."""
    around = graph.subjects(_SH.property, shape)
    return any((above, _SH.closed, Literal(True)) in graph for above in around)


def roots(graph: Graph) -> set[Node]:
    """The shapes that have targets; a class that is a shape is its own target."""
    found = {node for target in TARGETS for node in graph.subjects(_SH[target])}
    return found | {
        node
        for kind in (_SH.NodeShape, _SH.PropertyShape)
        for node in graph.subjects(RDF.type, kind)
        if any((node, RDF.type, c) in graph for c in (RDFS.Class, OWL.Class))
    }


def reached(graph: Graph) -> Reached:
    """The shapes in ``graph`` that a check comes to."""
    reported = _closure(graph, roots(graph), only_properties=True)
    return Reached(
        frozenset(reported), frozenset(_closure(graph, reported, only_properties=False) - reported)
    )


def shapes_in(graph: Graph) -> set[Node]:
    """Whatever in ``graph`` says what only a shape says."""
    others = {
        node for part in ("parameter", "sparql") for node in graph.objects(None, _SH[part])
    } - {node for node, value in graph.subject_objects(_SH.sparql) if node == value}
    return {
        node
        for node in set(graph.subjects()) - others
        if any(name in _OF_A_SHAPE for name, _ in said(graph, node))
    }


def _closure(graph: Graph, start: Iterable[Node], *, only_properties: bool) -> set[Node]:
    found = set(start)
    way = sorted(found, key=str)
    for node in way:
        following = {
            value
            for name, value in references(graph, node)
            if name == "property" or not only_properties
        } - found
        found |= following
        way += sorted(following, key=str)
    return found
