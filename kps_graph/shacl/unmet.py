"""Refuses shapes about properties that nobody uses: no value is ever met, so that they pass in silence.

A demand that fails where there is no value (``sh:minCount 1``) is reported at every node, which is loud
enough; inside ``sh:not`` it is the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kps_graph.shacl.model import SH, Select, Shapes
from kps_graph.shacl.paths import short
from kps_graph.shacl.reached import PATH_NODES, permitted, references
from kps_graph.shacl.used import Used, ours
from kps_graph.shacl.wellformed import called
from kps_graph.words import Sentence

__all__ = ["refuse_unmet"]

_SH: Final = Namespace(SH)
#: What is said of a node whichever way its shape is meant: by ``sh:xone``, or with two bounds.
_BOTH: Final = frozenset((True, False))
#: The parameters whose value is a property, and whether they hold where nothing has that property.
_PAIRS: Final = (
    ("disjoint", True),
    ("lessThan", True),
    ("lessThanOrEquals", True),
    ("equals", False),
)


def refuse_unmet(shapes: Shapes, select: Select) -> None:
    """Refuses a shape that holds only because nothing has the property that it is about.

    Args:
        shapes: what is checked.
        select: asks the data.

    Raises:
        BadShapes, ValidationAborted: naming the property, which neither our vocabulary nor the data
            has, and those that may have been meant.
    """
    used = Used(select)
    for shape, name in _unmet(shapes, used):
        raise shapes.fault(
            "the shape {shape} needs {term}, which nothing has, so it would pass whatever is written",
            shape=called(shapes.graph, shape),
            term=short(name),
            source=shapes.source or None,
            hint=used.meant(name)
            or Sentence(
                "see whether it is spelled right; if nothing may have it, "
                "write idle = true in the profile"
            ),
        )


def _unmet(shapes: Shapes, used: Used) -> Iterator[tuple[Node, str]]:
    """Each shape that passes for want of a property or class, with that."""
    graph = shapes.graph
    if not _is_ours(graph):
        for root in dict.fromkeys(s.node for s in shapes.shapes if s.root == s.id):
            for shape, ways in _meant(graph, root):
                yield from ((shape, name) for name in _passing(graph, shape, ways, used))
    if shapes.source:
        from kps_graph.shacl.needed import lacking  # the parser is slow to import

        for checked in shapes.shapes:
            for constraint in checked.sparql:
                if name := lacking(constraint.select, used):
                    yield checked.node, name


def _is_ours(graph: Graph) -> bool:
    """Whether every property that can stand in a path of ``graph``, or in a pair, is of our vocabulary."""
    steps = (_SH.path, *(_SH[n] for n in (*PATH_NODES, *dict(_PAIRS))), RDF.first)
    named = {str(o) for p in steps for o in graph.objects(None, p) if isinstance(o, URIRef)}
    return named <= ours()


def _meant(graph: Graph, root: Node) -> Iterator[tuple[Node, frozenset[bool]]]:
    """Each shape that ``root`` leads to, with whether it is to hold (True) or not to (False)."""
    found: dict[Node, frozenset[bool]] = {}
    way = [(root, frozenset((True,)))]
    for shape, ways in way:
        if (shape, _SH.deactivated, Literal(True)) in graph or ways <= found.get(
            shape, frozenset()
        ):
            continue
        found[shape] = ways = ways | found.get(shape, frozenset())
        way += [
            (following, _turned(graph, shape, parameter, ways))
            for parameter, following in references(graph, shape)
        ]
    yield from found.items()


def _turned(graph: Graph, shape: Node, parameter: str, ways: frozenset[bool]) -> frozenset[bool]:
    """How a shape is meant to which ``parameter`` of ``shape`` leads, if that is meant so."""
    if parameter == "qualifiedValueShape":
        least = _demands(graph, shape, "qualifiedMinCount")
        most = (shape, _SH.qualifiedMaxCount, None) in graph
        against = _BOTH if least and most else frozenset((not least,))
    else:
        against = {"not": frozenset((True,)), "xone": _BOTH}.get(parameter, frozenset((False,)))
    return frozenset(one != other for one in ways for other in against)


def _passing(graph: Graph, shape: Node, ways: frozenset[bool], used: Used) -> Iterator[str]:
    """The properties that nothing has and that let ``shape`` be as it is meant."""
    path = graph.value(shape, _SH.path)
    if path is not None and not permitted(graph, shape):
        unused = [name for name in _named(graph, path) if not used.has_property(name)]
        if not (_is_empty(graph, path, used) and ways == {_fails(graph, shape)}):
            yield from unused
    for parameter, holds in _PAIRS:
        for name in sorted(graph.objects(shape, _SH[parameter]), key=str):
            if (
                isinstance(name, URIRef)
                and not used.has_property(str(name))
                and ways != {not holds}
            ):
                yield str(name)


def _fails(graph: Graph, shape: Node) -> bool:
    """Whether no value at all is a fault."""
    return (shape, _SH.hasValue, None) in graph or any(
        _demands(graph, shape, name) for name in ("minCount", "qualifiedMinCount")
    )


def _demands(graph: Graph, shape: Node, name: str) -> bool:
    return any(str(count) != "0" for count in graph.objects(shape, _SH[name]))


def _named(graph: Graph, path: Node) -> Iterator[str]:
    """The properties that ``path`` goes along."""
    if isinstance(path, URIRef):
        yield str(path)
        return
    for part in _parts(graph, path):
        yield from _named(graph, part)


def _is_empty(graph: Graph, path: Node, used: Used) -> bool:
    """Whether ``path`` leads nowhere, for want of a property that it needs."""
    if isinstance(path, URIRef):
        return not used.has_property(str(path))
    empty = (_is_empty(graph, part, used) for part in _parts(graph, path))
    if (path, RDF.first, None) in graph or (path, _SH.inversePath, None) in graph:
        return any(empty)
    if (path, _SH.alternativePath, None) in graph or (path, _SH.oneOrMorePath, None) in graph:
        return all(empty)
    return False  # it may be of no step, which leads to the node itself


def _parts(graph: Graph, path: Node) -> list[Node]:
    if (path, RDF.first, None) in graph:
        return list(graph.items(path))
    if (either := graph.value(path, _SH.alternativePath)) is not None:
        return list(graph.items(either))
    kinds = ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
    return [part for kind in kinds for part in graph.objects(path, _SH[kind])]
