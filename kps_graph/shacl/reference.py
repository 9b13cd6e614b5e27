"""The reference engine: pySHACL on an rdflib graph. Its only home."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import pyshacl
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Answer
from rdflib.query import ResultRow
from rdflib.term import Node as Term

from kps_graph.errors import BadShapes, KpsError, ValidationAborted
from kps_graph.report import Severity
from kps_graph.shacl.findings import Raw
from kps_graph.shacl.model import SH, Messages, Node, Select, Shape, Shapes
from kps_graph.shacl.supported import TARGETS
from kps_graph.shacl.wellformed import called
from kps_graph.words import Sentence

__all__ = ["check", "read_report", "select_in"]

_SH: Final = Namespace(SH)
_UNDECLARED: Final = re.compile(r"[Uu]nknown\s+namespace\s+prefix\s*:\s*(\S+)")


def check(shapes: Shapes, data: Graph, only: Iterable[Shape] | None = None) -> Iterator[Raw]:
    """What pySHACL reports for ``data``.

    Args:
        shapes: what to check.
        data: all that the shapes look at.
        only: the shapes to check, if not all; the others stay known to those that refer to them.

    Raises:
        ValidationAborted: if the engine fails.
    """
    graph = shapes.graph if only is None else _only(shapes, {s.root for s in only})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the shapes, in terms of its own
            _, report, text = pyshacl.validate(_Prepared.of(data), shacl_graph=graph)
    except Exception as error:  # pySHACL and rdflib raise all kinds, even Exception itself
        raise _failed(shapes, data, str(error)) from error
    if not isinstance(report, Graph):  # pySHACL gives its exception in the report's place
        raise _failed(shapes, data, str(text).strip())
    yield from read_report(report, shapes)


def read_report(report: Graph, shapes: Shapes) -> Iterator[Raw]:
    """What an engine of SHACL says in a validation report about ``shapes``."""
    by_id = {shape.id: shape for shape in shapes.shapes}
    for result in report.objects(None, _SH.result):  # not those that are details of others
        yield _raw(report, result, by_id, shapes.graph)


def _failed(shapes: Shapes, data: Graph, said: str) -> KpsError:
    """What to raise where pySHACL gave up, whose words are about its own insides."""
    if not shapes.source:
        return ValidationAborted("pySHACL failed: {reason}", reason=said)
    for shape in shapes.shapes:
        named = isinstance(shape.node, URIRef) and shape.id in said
        if named or (shape.root == shape.id and _fails(shapes, shape.root, data)):
            return BadShapes(
                "the shape {shape} says something that cannot be applied",
                shape=called(shapes.graph, shape.node),
                source=shapes.source,
                hint=_prefix(said) or Sentence("take it out, or say the same in a sh:sparql"),
            )
    return BadShapes(
        "one of these shapes says something that cannot be applied",
        source=shapes.source,
        hint=Sentence("take one shape after the other out, or say the same in a sh:sparql"),
    )


def _fails(shapes: Shapes, root: str, data: Graph) -> bool:
    """Whether pySHACL gives up with the shape ``root`` alone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, report, _ = pyshacl.validate(_Prepared.of(data), shacl_graph=_only(shapes, {root}))
    except Exception:  # noqa: BLE001 - as above
        return True
    return not isinstance(report, Graph)


def _prefix(said: str) -> Sentence | None:
    """What to do about a prefix that nothing declares, if that is what pySHACL speaks of."""
    found = _UNDECLARED.search(said)
    return found and Sentence("declare the prefix {prefix} with sh:prefixes", prefix=f"{found[1]}:")


def select_in(data: Graph) -> Select:
    """Asks ``data`` as a store is asked."""

    def select(text: str) -> Rows:
        answer = data.query(text)
        return Rows(
            [str(v) for v in answer.vars or ()],
            [
                tuple(None if t is None else _node(t) for t in row)
                for row in answer
                if isinstance(row, ResultRow)
            ],
        )

    return select


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT."""

    columns: Sequence[str]
    terms: Sequence[Sequence[Node | None]]


def _only(shapes: Shapes, roots: set[str]) -> Graph:
    """The shapes graph with only ``roots`` having targets."""
    graph = Graph()
    graph += shapes.graph
    for shape in shapes.shapes:
        if shape.root not in roots and shape.root == shape.id:
            for target in TARGETS:
                graph.remove((shape.node, _SH[target], None))
    return graph


def _raw(report: Graph, result: Term, shapes: Mapping[str, Shape], checked: Graph) -> Raw:
    def one(name: str) -> Any:
        return report.value(result, _SH[name])

    source, path, value = str(one("sourceShape")), one("resultPath"), one("value")
    shape = shapes.get(source)
    return Raw(
        shape=source,
        rule=shape.rule if shape else _rule(checked, one("sourceShape"), shapes),
        severity=Severity.of(str(one("resultSeverity"))),
        component=str(one("sourceConstraintComponent")),
        messages=_messages(report.objects(result, _SH.resultMessage), shape),
        focus=_node(one("focusNode")),
        path=str(path) if isinstance(path, URIRef) else shape.shown_path if shape else "",
        value=None if value is None else _node(value),
    )


def _rule(graph: Graph, shape: Term, known: Mapping[str, Shape]) -> str:
    """The rule of a shape deep inside others: its own, or that of the shape that leads to it."""
    if isinstance(shape, URIRef):
        return re.split(r"[#/]", shape)[-1]
    above, seen = [shape], {shape}
    for node in above:
        if str(node) in known:
            return known[str(node)].rule
        following = set(graph.subjects(None, node)) - seen
        seen |= following
        above += sorted(following, key=str)
    return str(shape)


def _messages(found: Iterable[Term], shape: Shape | None) -> Messages:
    """The messages with their languages, which pySHACL drops when it fills them in."""
    templates = list(shape.messages) if shape else []
    for constraint in shape.sparql if shape else ():
        templates += constraint.messages
    made = set()
    for message in found:
        language = getattr(message, "language", None)
        if not language:
            language = next(
                (lang for lang, t in templates if _pattern(t).fullmatch(str(message))),
                "en" if not templates else "",
            )
        made.add((language, str(message)))
    return tuple(sorted(made))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What ``template`` can look like when it has been filled in."""
    return re.compile(".*".join(map(re.escape, re.split(r"\{[?$]\w+\}", template))), re.DOTALL)


def _node(term: Term) -> Node:
    if isinstance(term, URIRef):
        return Node("iri", str(term))
    if isinstance(term, BNode):
        return Node("bnode", str(term))
    if isinstance(term, Literal):
        text = str(term.datatype or "")
        plain = term.language is not None or text.endswith("#string")
        return Node("literal", str(term), None if plain or not text else text, term.language)
    raise ValidationAborted("{term!r} is no RDF term", term=str(term))


class _Prepared(Graph):
    """A graph that reads each query once, where pySHACL reads it once per focus node."""

    @classmethod
    def of(cls, graph: Graph) -> _Prepared:
        """The triples of ``graph``, which are not copied."""
        return cls(store=graph.store, identifier=graph.identifier)

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Answer:
        """The answer to a query."""
        if isinstance(query_object, str):
            query_object = _parsed(query_object)
        return super().query(query_object, *args, **options)


@lru_cache(maxsize=256)
def _parsed(query: str) -> Query:
    """A query ready to be asked of any graph: its parsing takes longer than most answers."""
    return prepareQuery(query)
