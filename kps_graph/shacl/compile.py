"""Compiles shapes to queries, each of which finds the violations of all focus nodes at once.

How the queries are written follows what Oxigraph plans well: absence as ``OPTIONAL`` and
``!BOUND``, never as ``NOT EXISTS`` with several patterns; classes in ``VALUES``; duplicates
removed by ``DISTINCT``; aggregates repeated in ``HAVING``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib.term import Node

from kps_graph.shacl.expressions import Expressions, same, written
from kps_graph.shacl.model import SH, Messages, Shape, Shapes, Targets
from kps_graph.shacl.select import set_at_a_time
from kps_graph.shacl.supported import PAIRS, Unsupported, refuse_repeated, refuse_unknown
from kps_graph.shacl.values_first import filtered, first

__all__ = ["Compiled", "Query", "compile_shapes", "focus_pattern"]

#: Parameters that only say how another is meant.
_SILENT: Final = frozenset(("flags",))


@dataclass(frozen=True, slots=True)
class Query:
    """A query for the violations of one constraint of one shape.

    Attributes:
        shape: the shape.
        component: the IRI of the constraint component.
        text: SPARQL; ``?this`` is the focus node, ``?value`` the value, ``?path`` the path if
            the query gives one, and every other column can be used in messages.
        messages: templates that the constraint has besides those of its shape.
        focus_is_value: the value of a row without ``?value`` is the focus node.
        templated: whether messages are filled in.
    """

    shape: Shape
    component: str
    text: str
    messages: Messages = ()
    focus_is_value: bool = False
    templated: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """The queries, and for each shape that has none, why.

    Attributes:
        queries: for the shapes that are known.
        left: the shapes to hand to the reference engine, each with the construct not known here.
    """

    queries: tuple[Query, ...]
    left: tuple[tuple[Shape, str], ...]


def compile_shapes(
    shapes: Shapes,
    subclasses: Mapping[str, tuple[str, ...]] | None = None,
    graphs: Iterable[str] | None = None,
) -> Compiled:
    """Compiles every shape, or says what is not known of it.

    Args:
        shapes: what to compile.
        subclasses: of each class, the classes below it in the data.
        graphs: the IRIs of the named graphs whose nodes are checked, if not all; what a shape
            looks at is never restricted.
    """
    below = subclasses or {}
    expressions = Expressions(shapes.graph, below)
    chosen = None if graphs is None else tuple(sorted(graphs))
    queries: list[Query] = []
    left: dict[str, str] = {}
    for shape in shapes.shapes:
        try:
            focus = focus_pattern(shape.targets, below, chosen)
            queries += _queries(shape, expressions, focus, everywhere=chosen is None)
        except Unsupported as construct:
            left.setdefault(shape.root, str(construct))
    return Compiled(
        tuple(q for q in queries if q.shape.root not in left),
        tuple((s, left[s.root]) for s in shapes.shapes if s.root in left),
    )


def focus_pattern(
    targets: Targets,
    subclasses: Mapping[str, tuple[str, ...]],
    graphs: tuple[str, ...] | None = None,
) -> str:
    """The graph pattern that binds ``?this`` to the focus nodes of ``targets``."""
    classes = dict.fromkeys(c for t in targets.classes for c in (t, *subclasses.get(t, ())))
    ways = []
    if len(classes) == 1:
        ways.append(f"?this a <{next(iter(classes))}> .")
    elif classes:
        ways.append(f"VALUES ?_class {{ {_iris(classes)} }} ?this a ?_class .")
    ways += [f"?this <{p}> ?_object ." for p in targets.subjects_of]
    ways += [f"?_subject <{p}> ?this ." for p in targets.objects_of]
    if graphs is not None:
        ways = [f"VALUES ?_graph {{ {_iris(graphs)} }} GRAPH ?_graph {{ {way} }}" for way in ways]
    if targets.nodes:
        ways.append(f"VALUES ?this {{ {' '.join(targets.nodes)} }}")
    return ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways)


def _iris(names: Iterable[str]) -> str:
    return " ".join(f"<{n}>" for n in names)


def _queries(
    shape: Shape, expressions: Expressions, focus: str, *, everywhere: bool
) -> list[Query]:
    if any(name == "target" for name, _ in shape.constraints):
        raise Unsupported("sh:target")
    refuse_repeated(name for name, _ in shape.constraints)
    made = [
        _core(shape, name, wanted, expressions, focus, everywhere=everywhere)
        for name, wanted in shape.constraints
        if name not in _SILENT
    ]
    for constraint in shape.sparql:
        text = set_at_a_time(constraint.select, focus, shape.path)
        if everywhere:
            select = constraint.select
            text = first(select, shape.targets, expressions.subclasses, shape.path) or text
        made.append(
            Query(
                shape,
                f"{SH}SPARQLConstraintComponent",
                text,
                constraint.messages,
                focus_is_value=not shape.path,
                templated=True,
            )
        )
    return made


def _core(
    shape: Shape,
    name: str,
    wanted: Node,
    expressions: Expressions,
    focus: str,
    *,
    everywhere: bool,
) -> Query:
    """The query for one parameter of SHACL's own."""
    path = shape.path
    refuse_unknown(expressions.graph, name, wanted, None)
    if not path and name == "hasValue":  # whose results have no value
        return Query(
            shape,
            _component(name),
            f"SELECT DISTINCT ?this {{ {focus} FILTER (!{same('?this', wanted)}) }}",
        )
    holds = ""
    if not path:
        held = expressions.holds(name, wanted, shape.node, "?value")
        fault = f"BIND (?this AS ?value) FILTER (!{held})"
    elif name in ("minCount", "maxCount"):
        return Query(shape, _component(name), _counted(name, int(str(wanted)), path, focus))
    elif name == "hasValue":
        wanted_here = f"?this {path} ?_same . FILTER ({same('?_same', wanted)})"
        missing = f"OPTIONAL {{ {wanted_here} }} FILTER (!BOUND(?_same))"
        text = f"SELECT DISTINCT ?this {{ {focus} {missing} }}"
        return Query(shape, _component(name), text)
    elif name in PAIRS:
        other = f"?this {written(wanted)} ?_other . ?this {path} ?value ."
        fault = f"{other} FILTER (!COALESCE(?value {PAIRS[name]} ?_other, false))"
    else:
        holds = expressions.holds(name, wanted, shape.node, "?value")
        fault = f"?this {path} ?value . FILTER (!{holds})"
    text = f"SELECT DISTINCT ?this ?value {{ {focus} {fault} }}"
    if holds and everywhere:
        text = filtered(shape.targets, expressions.subclasses, path, f"!{holds}") or text
    return Query(shape, _component(name), text)


def _counted(name: str, limit: int, path: str, focus: str) -> str:
    """The nodes with too few or too many values."""
    if name == "minCount" and limit == 1:
        return (
            f"SELECT DISTINCT ?this {{ {focus} OPTIONAL {{ ?this {path} ?_any }} "
            "FILTER (!BOUND(?_any)) }"
        )
    sign = "<" if name == "minCount" else ">"
    return (
        f"SELECT ?this {{ {focus} OPTIONAL {{ ?this {path} ?_any }} }} "
        f"GROUP BY ?this HAVING (COUNT(DISTINCT ?_any) {sign} {limit})"
    )


def _component(name: str) -> str:
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"
