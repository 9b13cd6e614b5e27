"""Refuses shapes that say something which would be ignored, or which no engine can apply.

What comes with kps-graph is tested; what users write is not. SHACL lets an engine pass over most of
what is misplaced or misspelled, and a shape that checks nothing conforms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kps_graph.errors import BadShapes
from kps_graph.shacl.model import SH
from kps_graph.shacl.paths import short, shown_path
from kps_graph.shacl.reached import PATH_NODES, references, said
from kps_graph.shacl.supported import NODE_KINDS, TARGETS
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["called", "refuse_malformed"]

_SH: Final = Namespace(SH)
_NUMBERS: Final = frozenset(
    ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
)
_BOOLEANS: Final = frozenset(
    ("closed", "uniqueLang", "deactivated", "qualifiedValueShapesDisjoint")
)
_IRIS: Final = frozenset(
    (
        "class",
        "datatype",
        "equals",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "nodeKind",
        "severity",
    )
)
_LISTS: Final = frozenset(("in", "languageIn", "and", "or", "xone", "ignoredProperties"))
_REFERENCES: Final = frozenset(("node", "not", "property", "qualifiedValueShape"))
#: What only a shape with a sh:path can have.
_OF_PATHS: Final = frozenset(
    (
        *("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"),
        *("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"),
    )
)
#: What says nothing without another parameter beside it.
_BESIDE: Final = (
    ("flags", ("pattern",)),
    ("ignoredProperties", ("closed",)),
    ("qualifiedMinCount", ("qualifiedValueShape",)),
    ("qualifiedMaxCount", ("qualifiedValueShape",)),
    ("qualifiedValueShapesDisjoint", ("qualifiedValueShape",)),
    ("qualifiedValueShape", ("qualifiedMinCount", "qualifiedMaxCount")),
    ("prefix", ("namespace",)),
    ("namespace", ("prefix",)),
)
_OTHERS: Final = frozenset(
    (
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "pattern", "flags"),
        *("hasValue", "path", "name", "description", "order", "group", "defaultValue", "message"),
        *("sparql", "select", "ask", "prefixes", "declare", "prefix", "namespace", "parameter"),
        *("validator", "nodeValidator", "propertyValidator", "optional", "labelTemplate"),
        *("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"),
    )
)
_KNOWN: Final = (
    _NUMBERS | _BOOLEANS | _IRIS | _LISTS | _REFERENCES | _OTHERS | frozenset(TARGETS) - {"target"}
)
#: What may stand in a sh:sparql.
_IN_SPARQL: Final = frozenset(("select", "prefixes", "message", "deactivated"))
_SEVERITIES: Final = ("Violation", "Warning", "Info")
_CLASSES: Final = frozenset(
    (
        *("Shape", "NodeShape", "PropertyShape", "SPARQLConstraint", "PrefixDeclaration"),
        *("ConstraintComponent", "Parameter", "SPARQLAskValidator", "SPARQLSelectValidator"),
        *("PropertyGroup", "SPARQLExecutable", "SPARQLAskExecutable", "SPARQLSelectExecutable"),
    )
)


def refuse_malformed(graph: Graph, whole: Graph, source: str) -> None:
    """Refuses what is wrong with the shapes in ``graph``.

    Args:
        graph: the shapes of one file.
        whole: those of all files, to which they may refer.
        source: the name of the file, for the message.

    Raises:
        BadShapes: naming the file and the shape, and what to do.
    """
    for found in _faults(graph, whole):
        found.source = source
        raise found


def called(graph: Graph, node: Node) -> str:
    """``node`` for a message: its IRI; the way to a shape without one from a shape that has."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    above = next(
        ((s, p) for s, p in sorted(graph.subject_predicates(node), key=str) if s != node), None
    )
    step = ""
    if (path := graph.value(node, _SH.path)) is not None:
        try:
            shown = short(path) if isinstance(path, URIRef) else shown_path(graph, path)
            step = f" [ sh:path {shown} ]"
        except BadShapes:
            step = " [ sh:path … ]"
    if above is None:
        return step.strip() or "[ … ]"
    subject, predicate = above
    if predicate in (RDF.first, RDF.rest):
        return called(graph, subject) + step
    return f"{called(graph, subject)} sh:{str(predicate).removeprefix(SH)}{step}"


def _faults(graph: Graph, whole: Graph) -> Iterator[BadShapes]:
    for subject in sorted(set(graph.subjects()), key=str):
        yield from _unknown(graph, subject)
    # a shape can be its own sh:sparql, and says then what either can say
    constraints = {value for shape, value in graph.subject_objects(_SH.sparql) if shape != value}
    for node in sorted(constraints, key=str):
        yield from _misplaced(graph, node)
    for node in sorted(set(graph.subjects()) - constraints, key=str):
        yield from _values(graph, node)
        yield from _alone(graph, node)
        yield from _dangling(graph, node, whole)
    yield from _circles(whole, graph)


def _unknown(graph: Graph, node: Node) -> Iterator[BadShapes]:
    for name, _ in said(graph, node):
        if name not in _KNOWN:
            yield BadShapes(
                "the shape {shape} has sh:{name}, which is not known here and would be ignored",
                shape=called(graph, node),
                name=name,
                hint=did_you_mean(tuple(f"sh:{n}" for n in closest(name, sorted(_KNOWN))))
                or Sentence("take it out, or say the same in a sh:sparql"),
            )
    for kind in sorted(graph.objects(node, RDF.type), key=str):
        name = str(kind).removeprefix(SH)
        if name != str(kind) and name not in _CLASSES:
            yield BadShapes(
                "{shape} is a sh:{name}, which is not known here and would be ignored",
                shape=called(graph, node),
                name=name,
                hint=did_you_mean(tuple(f"sh:{n}" for n in closest(name, sorted(_CLASSES))))
                or Sentence("take it out, or say the same in a sh:sparql"),
            )


def _misplaced(graph: Graph, node: Node) -> Iterator[BadShapes]:
    for name, _ in said(graph, node):
        if name not in _IN_SPARQL:
            yield BadShapes(
                "sh:{name} stands in a sh:sparql, where it would be ignored: {shape}",
                name=name,
                shape=called(graph, node),
                hint=Sentence("write it at the shape itself, beside sh:sparql"),
            )


def _values(graph: Graph, node: Node) -> Iterator[BadShapes]:
    """Values that their parameter cannot have."""
    for name, value in said(graph, node):
        expected = _expected(graph, name, value)
        if expected is not None:
            yield BadShapes(
                "sh:{name} of the shape {shape} is {value}",
                name=name,
                shape=called(graph, node),
                value=_shown(value),
                hint=expected,
            )


def _expected(graph: Graph, name: str, value: Node) -> Sentence | None:
    """What the parameter ``name`` wants where ``value`` is none of it."""
    if name in _NUMBERS:
        right = (
            isinstance(value, Literal) and value.datatype == XSD.integer and str(value).isdigit()
        )
        return None if right else Sentence("write a whole number, without quotes")
    if name in _BOOLEANS:
        right = isinstance(value, Literal) and value.datatype == XSD.boolean and not value.ill_typed
        return None if right else Sentence("write true or false, without quotes")
    if name == "severity" and str(value).removeprefix(SH) not in _SEVERITIES:
        return Sentence("use sh:Violation, sh:Warning or sh:Info")
    if name == "nodeKind" and str(value).removeprefix(SH) not in NODE_KINDS:
        kinds = tuple(f"sh:{kind}" for kind in NODE_KINDS)
        return Sentence("one of {names}", names=kinds)
    if name in _IRIS and not isinstance(value, URIRef):
        return Sentence("write it as <IRI> or with a prefix")
    if name in _LISTS and value != RDF.nil and (value, RDF.first, None) not in graph:
        return Sentence("write a list: ( … )")
    if name == "pattern" and not _compiles(value):
        return Sentence("write a regular expression; a backslash is written twice: \\\\d")
    if name == "path" and not _is_path(graph, value):
        return Sentence("write a property, or a path of SHACL such as [ sh:inversePath … ]")
    if name == "message" and not isinstance(value, Literal):
        return Sentence("write a text in quotes")
    return None


def _is_path(graph: Graph, value: Node) -> bool:
    try:
        shown_path(graph, value)
    except BadShapes:
        return False
    return True


def _compiles(pattern: Node) -> bool:
    try:
        re.compile(str(pattern))
    except re.error:
        return False
    return isinstance(pattern, Literal)


def _shown(value: Node) -> str:
    if isinstance(value, URIRef):
        return f"<{value}>"
    return f'"{value}"' if isinstance(value, Literal) else "[ … ]"


def _alone(graph: Graph, node: Node) -> Iterator[BadShapes]:
    """Parameters that say nothing for want of another one."""
    names = {name for name, _ in said(graph, node)}
    for name, others in _BESIDE:
        if name in names and not names.intersection(others):
            yield BadShapes(
                "sh:{name} of the shape {shape} says nothing without {others}",
                name=name,
                shape=called(graph, node),
                others=tuple(f"sh:{other}" for other in others),
                hint=Sentence("add it, or take sh:{name} out", name=name),
            )
    is_shape = (node, RDF.type, _SH.NodeShape) in graph or names.intersection(TARGETS)
    is_value = any(
        node == value for s in graph.subjects(None, node) for _, value in references(graph, s)
    )
    in_list = (None, RDF.first, node) in graph and not names.intersection(PATH_NODES)
    if (is_shape or is_value or in_list) and "path" not in names:
        for name in sorted(names & _OF_PATHS):
            yield BadShapes(
                "sh:{name} stands at the shape {shape}, which has no sh:path",
                name=name,
                shape=called(graph, node),
                hint=Sentence("put it into a sh:property [ sh:path … ]"),
            )


def _dangling(graph: Graph, node: Node, whole: Graph) -> Iterator[BadShapes]:
    """References to shapes that are not there, which everything would conform to."""
    for name, value in references(graph, node):
        if isinstance(value, Literal) or (value, None, None) not in whole:
            yield BadShapes(
                "sh:{name} of the shape {shape} refers to {value}, which is no shape of these files",
                name=name,
                shape=called(graph, node),
                value=_shown(value),
                hint=Sentence("see whether it is spelled right, and name its file in the profile"),
            )


def _circles(whole: Graph, graph: Graph) -> Iterator[BadShapes]:
    """Shapes that lead back to themselves: SHACL does not say what they mean."""
    for start in sorted(set(graph.subjects()), key=str):
        way = [value for _, value in references(whole, start)]
        seen = set(way)
        for node in way:
            if node == start:
                yield BadShapes(
                    "the shape {shape} refers to itself, directly or by way of others",
                    shape=called(graph, start),
                    hint=Sentence(
                        "SHACL leaves open what that means; say it without going in a circle"
                    ),
                )
                break
            following = {value for _, value in references(whole, node)} - seen
            seen |= following
            way += sorted(following, key=str)
