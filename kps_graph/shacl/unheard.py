"""Refuses what stands in a shapes graph where no engine ever hears of it.

SHACL lets all of it pass: a shape that nothing refers to, a component without a validator, a query
beside a sh:sparql instead of in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, Namespace
from rdflib.term import Node

from kps_graph.errors import BadShapes
from kps_graph.shacl.model import SH
from kps_graph.shacl.reached import PATH_NODES, reached, said, shapes_in
from kps_graph.shacl.wellformed import called
from kps_graph.words import Sentence

__all__ = ["refuse_unheard"]

_SH: Final = Namespace(SH)
_VALIDATORS: Final = ("validator", "nodeValidator", "propertyValidator")
#: What says something only at a node to which one of these leads.
_ELSEWHERE: Final = (
    ("select", ("sparql", *_VALIDATORS)),
    ("prefixes", ("sparql", *_VALIDATORS)),
    ("ask", _VALIDATORS),
    ("optional", ("parameter",)),
    *((name, ("path",)) for name in sorted(PATH_NODES)),
)


def refuse_unheard(graph: Graph, whole: Graph, source: str, *, idle: bool = False) -> None:
    """Refuses what in ``graph`` would be ignored where it stands.

    Args:
        graph: the shapes of one file.
        whole: those of all files, to which they may refer.
        source: the name of the file, for the message.
        idle: whether a shape may check nothing.

    Raises:
        BadShapes: naming the file and the shape, and what to do.
    """
    nodes = sorted(set(graph.subjects()), key=str)
    for found in chain(
        *((*_component(graph, n), *_astray(graph, n, whole)) for n in nodes),
        _incomplete(graph, whole),
        _unheard(graph, whole, idle),
    ):
        found.source = source
        raise found


def _astray(graph: Graph, node: Node, whole: Graph) -> Iterator[BadShapes]:
    """What says nothing where it stands, and imports of files, which are not followed."""
    names = {name for name, _ in said(graph, node)}
    for name, leading in _ELSEWHERE:
        if name not in names or any((None, _SH[way], node) in whole for way in leading):
            continue
        if name in PATH_NODES and not names.difference(PATH_NODES):  # inside another path
            continue
        yield BadShapes(
            "sh:{name} stands at {shape}, where it would be ignored",
            name=name,
            shape=called(graph, node),
            hint=Sentence("put it into a {names} [ … ]", names=tuple(f"sh:{w}" for w in leading)),
        )
    for imported in sorted(graph.objects(node, OWL.imports), key=str):
        if str(imported).startswith("file:") and (imported, None, None) not in whole:
            yield BadShapes(
                "owl:imports of {value} is not followed",
                value=f"<{imported}>",
                hint=Sentence("name the file in the profile, beside this one"),
            )


def _component(graph: Graph, node: Node) -> Iterator[BadShapes]:
    """Constraint components that would check nothing."""
    names = {name for name, _ in said(graph, node)}
    checks = names.intersection(_VALIDATORS)
    if ("parameter" in names or checks) and not _is_component(graph, node):
        missing = Sentence("the type sh:ConstraintComponent")
    elif "parameter" in names and not checks:
        missing = Sentence("a sh:validator")
    elif checks and "parameter" not in names:
        missing = Sentence("a sh:parameter")
    else:
        return
    yield BadShapes(
        "the constraint component {shape} checks nothing without {missing}",
        shape=called(graph, node),
        missing=missing,
        hint=Sentence("add it, or take the component out"),
    )


def _is_component(graph: Graph, node: Node) -> bool:
    return any(
        _SH.ConstraintComponent in graph.transitive_objects(kind, RDFS.subClassOf)
        for kind in graph.objects(node, RDF.type)
    )


def _incomplete(graph: Graph, whole: Graph) -> Iterator[BadShapes]:
    """Shapes that give a component some of the parameters that it needs, to which it does nothing."""
    for component in sorted(set(whole.subjects(_SH.parameter)), key=str):
        needed = {
            whole.value(parameter, _SH.path)
            for parameter in whole.objects(component, _SH.parameter)
            if str(whole.value(parameter, _SH.optional)) not in ("true", "1")
        }
        for shape in sorted({s for p in needed for s in graph.subjects(p)}, key=str):
            lacking = {p for p in needed if (shape, p, None) not in graph}
            if lacking:
                yield BadShapes(
                    "the shape {shape} lacks {names}, without which {component} checks nothing",
                    shape=called(graph, shape),
                    names=tuple(sorted(f"<{p}>" for p in lacking)),
                    component=called(whole, component),
                    hint=Sentence("add what is lacking, or take the other parameters out"),
                )


def _unheard(graph: Graph, whole: Graph, idle: bool) -> Iterator[BadShapes]:
    """Shapes that a check never comes to, and what is said of those that only tell yes or no."""
    known = reached(whole)
    for shape in sorted(shapes_in(graph), key=str):
        if shape in known.asked:
            for name in sorted({n for n, _ in said(graph, shape)} & {"message", "severity"}):
                yield BadShapes(
                    "sh:{name} stands at {shape}, of which no result is reported",
                    name=name,
                    shape=called(graph, shape),
                    hint=Sentence("write it at the shape that refers to this one"),
                )
        elif shape not in known.reported and not idle:
            yield BadShapes(
                "the shape {shape} has no target and no shape refers to it, so it checks nothing",
                shape=called(graph, shape),
                hint=Sentence(
                    "give it a sh:targetClass, refer to it by sh:property, or take it out"
                ),
            )
