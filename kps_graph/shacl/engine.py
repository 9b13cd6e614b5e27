"""Runs compiled shapes over a store, and hands the rest to the reference engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from rdflib import BNode, Graph, Literal, URIRef

from kps_graph.errors import QuerySyntax
from kps_graph.shacl.compile import Query, compile_shapes
from kps_graph.shacl.findings import Raw, fill, wanted
from kps_graph.shacl.lookup import refuse_idle, subclasses
from kps_graph.shacl.model import Node, Select, Shapes, Term
from kps_graph.shacl.unmet import refuse_unmet
from kps_graph.shacl.wellformed import called
from kps_graph.words import Sentence

__all__ = ["check"]

Answer = TypeVar("Answer")


def check(shapes: Shapes, select: Select, standards: Iterable[str] | None = None) -> list[Raw]:
    """What the shapes find.

    Args:
        shapes: what to check.
        select: asks the store, from several threads at once; queries see the union of its graphs.
        standards: the IRIs of the standards to check, if not all. What the shapes look at is the
            whole store all the same.

    Raises:
        BadShapes: if a user's shape cannot meet anything, or cannot be applied.
        ValidationAborted: if one of ours cannot, or the reference engine fails.
    """
    chosen = None if standards is None else tuple(standards)
    below = subclasses(shapes, select)
    if not shapes.idle:
        refuse_idle(shapes, select, below)
        refuse_unmet(shapes, select)
    compiled = compile_shapes(shapes, below, chosen)
    answers = _each(lambda q: _run(q, select, shapes), compiled.queries)
    found = [raw for rows in answers for raw in rows]
    if left := [shape for shape, _ in compiled.left]:
        from kps_graph.shacl import reference  # pySHACL is slow to import, and seldom needed

        found += reference.check(shapes, _everything(select), left)
    return found if chosen is None else wanted(found, chosen)


def _each(answer: Callable[[Query], Answer], queries: Sequence[Query]) -> list[Answer]:
    """The answer to each query, in their order; a store answers one on each processor."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        try:
            return [*threads.map(answer, queries)]
        finally:
            threads.shutdown(cancel_futures=True)


def _run(query: Query, select: Select, shapes: Shapes) -> list[Raw]:
    """The violations that ``query`` finds."""
    shape = query.shape
    try:
        rows = select(query.text)
    except QuerySyntax as error:
        raise shapes.fault(
            "a query of the shape {shape} is not valid: {reason}",
            shape=called(shapes.graph, shape.node),
            reason=error.said,
            source=shapes.source or None,
            hint=Sentence("see its sh:select"),
        ) from error
    found = []
    columns = list(rows.columns)
    for row in rows.terms:
        terms = {c: t for c, t in zip(columns, row, strict=True) if t is not None}
        if "this" not in terms:
            continue
        texts = {name: term.value for name, term in terms.items()}
        value, path = terms.get("value"), terms.get("path")
        if value is None and query.focus_is_value:
            value = terms["this"]
        found.append(
            Raw(
                shape=shape.id,
                rule=shape.rule,
                severity=shape.severity,
                component=query.component,
                messages=tuple(
                    sorted(
                        (lang, fill(text, texts) if query.templated else text)
                        for lang, text in dict.fromkeys((*shape.messages, *query.messages))
                    )
                ),
                focus=_node(terms["this"]),
                path=path.value if path else shape.shown_path,
                value=None if value is None else _node(value),
            )
        )
    return found


def _node(term: Term) -> Node:
    return Node(term.kind, term.value, term.datatype, term.lang)


def _everything(select: Select) -> Graph:
    """All that the store holds, for an engine that needs a graph of its own."""
    graph = Graph()
    for row in select("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }").terms:
        subject, predicate, value = (_rdflib(t) for t in row if t is not None)
        graph.add((subject, predicate, value))
    return graph


def _rdflib(term: Term) -> URIRef | BNode | Literal:
    if term.kind == "iri":
        return URIRef(term.value)
    if term.kind == "bnode":
        return BNode(term.value)
    datatype = URIRef(term.datatype) if term.datatype else None
    return Literal(term.value, lang=term.lang, datatype=datatype)
