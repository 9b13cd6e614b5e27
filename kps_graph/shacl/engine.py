"""Runs compiled shapes over a store, and hands the rest to the reference engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import BNode, Graph, Literal, URIRef

from kps_graph.shacl.compile import Query, compile_shapes
from kps_graph.shacl.findings import Raw, fill, wanted
from kps_graph.shacl.lookup import refuse_idle, subclasses
from kps_graph.shacl.model import Node, Select, Shapes, Term

__all__ = ["check"]


def check(shapes: Shapes, select: Select, standards: Iterable[str] | None = None) -> list[Raw]:
    """What the shapes find.

    Args:
        shapes: what to check.
        select: asks the store; queries see the union of its graphs.
        standards: the IRIs of the standards to check, if not all. What the shapes look at is the
            whole store all the same.

    Raises:
        ValidationAborted: if a shape cannot meet anything, or the reference engine fails.
    """
    chosen = None if standards is None else tuple(standards)
    below = subclasses(shapes, select)
    refuse_idle(shapes, select, below)
    compiled = compile_shapes(shapes, below, chosen)
    doubted = {q.shape.root for q in compiled.queries if q.doubt and select(q.doubt).terms}
    left = [s for s in shapes.shapes if s.root in doubted | {s.root for s, _ in compiled.left}]
    found = [raw for query in compiled.queries if query.shape.root not in doubted
             for raw in _run(query, select)]
    if left:
        from kps_graph.shacl import reference  # pySHACL is slow to import, and seldom needed

        found += reference.check(shapes, _everything(select), left)
    return found if chosen is None else wanted(found, chosen)


def _run(query: Query, select: Select) -> Iterator[Raw]:
    """The violations that ``query`` finds."""
    shape = query.shape
    rows = select(query.text)
    columns = list(rows.columns)
    for row in rows.terms:
        terms = {c: t for c, t in zip(columns, row, strict=True) if t is not None}
        if "this" not in terms:
            continue
        texts = {name: term.value for name, term in terms.items()}
        value, path = terms.get("value"), terms.get("path")
        if value is None and query.focus_is_value:
            value = terms["this"]
        yield Raw(
            shape=shape.id, rule=shape.rule, severity=shape.severity, component=query.component,
            messages=tuple(sorted(
                (lang, fill(text, texts) if query.templated else text)
                for lang, text in dict.fromkeys((*shape.messages, *query.messages)))),
            focus=terms["this"].value, path=path.value if path else shape.shown_path,
            value=None if value is None else _node(value),
        )


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
