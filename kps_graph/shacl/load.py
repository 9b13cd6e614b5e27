"""Reads shapes from Turtle, and refuses those that would check nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kps_graph import resources
from kps_graph.errors import BadShapes
from kps_graph.report import Severity
from kps_graph.shacl.declared import declared_for, refuse_undeclared
from kps_graph.shacl.expressions import constrains, written
from kps_graph.shacl.model import SH, Messages, Shape, Shapes, SparqlConstraint, Targets
from kps_graph.shacl.paths import shown_path, sparql_path
from kps_graph.shacl.reached import permitted, roots
from kps_graph.shacl.supported import TARGETS
from kps_graph.shacl.turtle import parsed
from kps_graph.shacl.unheard import refuse_unheard
from kps_graph.shacl.unknown import refuse_unknown
from kps_graph.shacl.wellformed import called, refuse_malformed
from kps_graph.sparql import words
from kps_graph.terms import PREFIXES
from kps_graph.words import Sentence

__all__ = ["load_shapes", "read_shapes"]

_SH: Final = Namespace(SH)
_RULE: Final = URIRef(PREFIXES["dcterms"] + "identifier")
#: What may not stand in the query of a shape, and what to write instead.
_NOT_ALLOWED: Final = {
    "VALUES": Sentence("write FILTER (?x IN (…)) instead"),
    "MINUS": Sentence("write FILTER NOT EXISTS { … } instead"),
    "SERVICE": Sentence("ask only what the store holds"),
}
_NOW: Final = re.compile(r"\bNOW\s*\(\s*\)", re.IGNORECASE)
#: Properties of shapes that say something about the shape and constrain nothing by themselves.
_ABOUT: Final = frozenset(
    _SH[n]
    for n in (
        *TARGETS,
        "path",
        "name",
        "description",
        "order",
        "group",
        "defaultValue",
        "severity",
        "message",
        "deactivated",
        "property",
        "sparql",
    )
)


def load_shapes(
    paths: Iterable[Path] | None = None,
    today: datetime.date | None = None,
    *,
    idle: bool = False,
) -> Shapes:
    """The shapes in Turtle files.

    Args:
        paths: the files; by default those that come with kps-graph.
        today: the day that ``NOW()`` stands for in the shapes' queries; by default today.
        idle: whether a shape in ``paths`` may meet no node of the data, as SHACL allows.

    Raises:
        BadShapes: if a file cannot be read, holds no shape that is checked, or names a
            term of the vocabulary that does not exist.
    """
    if paths is None:
        return _shipped(today or datetime.date.today())
    read = [(str(path), parsed(path)) for path in paths]
    whole = Graph()
    for _, found in read:
        whole += found
    for source, found in read:
        if not roots(found):
            raise BadShapes(
                "this file holds no shape with a target, so it would check nothing",
                source=source,
                hint=Sentence("give a shape a sh:targetClass, or leave the file out"),
            )
        refuse_malformed(found, whole, source)
        refuse_unheard(found, whole, source, idle=idle)
    sources = ", ".join(source for source, _ in read)
    try:
        shapes = replace(read_shapes(whole, today, idle=idle), source=sources)
    except BadShapes as error:
        error.source = sources
        raise
    for source, found in read:
        refuse_undeclared(found, whole, source)
    return shapes


@lru_cache(maxsize=2)
def _shipped(today: datetime.date) -> Shapes:
    """The shapes that come with kps-graph: read once a day, since they do not change."""
    graph = Graph()
    for path in resources.files("shapes", "*.ttl"):
        graph += parsed(path)
    return read_shapes(graph, today)


def read_shapes(graph: Graph, today: datetime.date | None = None, *, idle: bool = False) -> Shapes:
    """The shapes in ``graph``, in which ``NOW()`` becomes ``today``.

    Args:
        graph: what the files say; it is changed.
        today: the day, by default this one.
        idle: whether nothing may be checked, for want of shapes or of nodes that they meet.

    Raises:
        BadShapes: if there is none although there must be, or one is about a term that does not exist.
    """
    _set_date(graph, today or datetime.date.today())
    shapes = _with_one_rule(
        s for root in sorted(roots(graph), key=str) for s in _checked(graph, root, idle)
    )
    if not shapes and not idle:
        raise BadShapes(
            "there is no shape with a target, so nothing would be checked",
            hint=Sentence("give a shape a sh:targetClass"),
        )
    refuse_unknown(graph, shapes)
    return Shapes(graph, shapes, idle=idle)


def _set_date(graph: Graph, today: datetime.date) -> None:
    """Writes ``today`` in the place of ``NOW()``, so that a result can be had again."""
    day = f'"{today.isoformat()}T00:00:00Z"^^<{PREFIXES["xsd"]}dateTime>'
    for node, text in list(graph.subject_objects(_SH.select)):
        if _NOW.search(str(text)):
            graph.set((node, _SH.select, Literal(_NOW.sub(lambda _: day, str(text)))))


def _is_class(graph: Graph, node: Node) -> bool:
    return any((node, RDF.type, c) in graph for c in (RDFS.Class, OWL.Class))


def _targets(graph: Graph, root: Node) -> Targets:
    """What the shape ``root`` is about.

    Raises:
        BadShapes: if a target is no IRI, and no literal that is to be checked itself.
    """

    def named(target: URIRef, allowed: tuple[type[Node], ...] = (URIRef,)) -> list[Node]:
        nodes = sorted(graph.objects(root, target), key=str)
        if not all(isinstance(node, allowed) for node in nodes):
            raise BadShapes(
                "a target of the shape {shape} is no IRI",
                shape=called(graph, root),
                hint=Sentence("write it as <IRI> or with a prefix"),
            )
        return nodes

    def texts(target: URIRef) -> tuple[str, ...]:
        return tuple(map(str, named(target)))

    own = (str(root),) if _is_class(graph, root) else ()
    return Targets(
        texts(_SH.targetClass) + own,
        texts(_SH.targetSubjectsOf),
        texts(_SH.targetObjectsOf),
        tuple(map(written, named(_SH.targetNode, (URIRef, Literal)))),
    )


def _checked(graph: Graph, root: Node, idle: bool) -> Iterator[Shape]:
    """The shape ``root`` and the property shapes of it, unless they are switched off."""
    targets = _targets(graph, root)

    def shapes(node: Node, inherited: str) -> Iterator[Shape]:
        if node != root and (node, _SH.path, None) not in graph:
            raise BadShapes(
                "the property shape {shape} has no sh:path",
                shape=called(graph, node),
                hint=Sentence("say what it is about, or refer to it by sh:node"),
            )
        if _is_off(graph, node):
            return
        rule = str(graph.value(node, _RULE) or inherited)
        path = _path_of(graph, node)
        constraints = [
            (str(p).removeprefix(SH), v)
            for p, v in graph.predicate_objects(node)
            if p not in _ABOUT and constrains(graph, p)
        ]
        properties = sorted(graph.objects(node, _SH.property), key=str)
        if constraints or (node, _SH.sparql, None) in graph:
            _add_message(graph, node, rule)
        elif not properties and not idle and not permitted(graph, node):
            raise BadShapes(
                "the shape {shape} has no parameter of SHACL, so it checks nothing",
                shape=called(graph, node),
                hint=Sentence("say what must hold, such as sh:minCount 1, or take it out"),
            )
        if path is not None:  # they are about its values, not about the focus node
            constraints += [("property", p) for p in properties]
        if custom := graph.value(node, _SH.target):
            constraints.append(("target", custom))
        yield Shape(
            node=node,
            rule=rule,
            severity=_severity(graph, node),
            messages=_messages(graph, node),
            targets=targets,
            root=str(root),
            path="" if path is None else sparql_path(graph, path),
            shown_path="" if path is None else shown_path(graph, path),
            constraints=tuple(sorted(constraints, key=lambda c: (c[0], str(c[1])))),
            sparql=tuple(_sparql(graph, node)),
        )
        if path is None:
            for child in properties:
                yield from shapes(child, rule)

    name = re.split(r"[#/]", root)[-1] if isinstance(root, URIRef) else "shape"
    yield from shapes(root, name)


def _with_one_rule(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """``shapes``, in which one that belongs to several has the rule that is its own, or the first.

    A result of SHACL names the shape, not to which other shape it belonged.
    """
    found = tuple(shapes)
    rules = {s.id: s.rule for s in reversed(found)} | {
        s.id: s.rule for s in found if s.root == s.id
    }
    return tuple(replace(s, rule=rules[s.id]) for s in found)


def _is_off(graph: Graph, node: Node) -> bool:
    value = graph.value(node, _SH.deactivated)
    if value is not None and str(value) not in ("true", "false"):
        raise BadShapes(
            "sh:deactivated of the shape {shape} is {value}",
            shape=called(graph, node),
            value=str(value),
            hint=Sentence("write true or false, without quotes"),
        )
    return str(value) == "true"


def _path_of(graph: Graph, node: Node) -> Node | None:
    paths = list(graph.objects(node, _SH.path))
    if len(paths) > 1:
        raise BadShapes(
            "the shape {shape} has more than one sh:path",
            shape=called(graph, node),
            hint=Sentence("write a sh:property [ … ] for each"),
        )
    return paths[0] if paths else None


def _severity(graph: Graph, node: Node) -> Severity:
    name = graph.value(node, _SH.severity)
    try:
        return Severity.of(str(name)) if name else Severity.VIOLATION
    except KeyError as error:
        raise BadShapes(
            "the shape {shape} has the unknown severity <{name}>",
            shape=called(graph, node),
            name=str(name),
            hint=Sentence("use sh:Violation, sh:Warning or sh:Info"),
        ) from error


def _messages(graph: Graph, node: Node) -> Messages:
    return tuple(
        sorted(
            (getattr(m, "language", None) or "", str(m)) for m in graph.objects(node, _SH.message)
        )
    )


def _sparql(graph: Graph, node: Node) -> Iterator[SparqlConstraint]:
    for constraint in sorted(graph.objects(node, _SH.sparql), key=str):
        if _is_off(graph, constraint):
            continue
        select = str(graph.value(constraint, _SH.select) or "")
        if not select:
            raise BadShapes(
                "a sh:sparql of the shape {shape} has no sh:select",
                shape=called(graph, node),
                hint=Sentence("write the query into it, or take the sh:sparql out"),
            )
        _refuse_not_allowed(graph, node, select)
        if not any(word.text in ("$this", "?this") for word in words(select)):
            raise BadShapes(
                "a query of the shape {shape} does not select $this, the node that is checked",
                shape=called(graph, node),
                hint=Sentence("begin it with SELECT $this ?value"),
            )
        declared = declared_for(graph, constraint)
        prologue = "".join(f"PREFIX {p}: <{n}>\n" for p, n in sorted(declared.items()))
        yield SparqlConstraint(prologue + select, _messages(graph, constraint))


def _refuse_not_allowed(graph: Graph, node: Node, select: str) -> None:
    """SHACL 5.2.1: a query in a shape is a SELECT, and some words may not stand in it."""
    keywords = [word.keyword for word in words(select)]
    if "SELECT" not in keywords:
        raise BadShapes(
            "a query of the shape {shape} is no SELECT",
            shape=called(graph, node),
            hint=Sentence("begin it with SELECT $this ?value"),
        )
    for name, instead in _NOT_ALLOWED.items():
        if name in keywords:
            raise BadShapes(
                "{name} stands in a query of the shape {shape}, where SHACL does not allow it",
                name=name,
                shape=called(graph, node),
                hint=instead,
            )


def _add_message(graph: Graph, node: Node, rule: str) -> None:
    """Gives a shape without a message one, so that every finding can be read."""
    constraints = list(graph.objects(node, _SH.sparql))
    silent = not constraints or any(not _messages(graph, c) for c in constraints)
    if silent and not _messages(graph, node):
        for text, lang in (
            (f"不符合 {rule}：這項檢核沒有附說明（sh:message）。", "zh-Hant"),
            (f"This does not conform to {rule}, which has no sh:message.", "en"),
        ):
            graph.add((node, _SH.message, Literal(text, lang=lang)))
