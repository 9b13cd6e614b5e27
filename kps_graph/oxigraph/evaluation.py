"""One query, evaluated: what it is asked of, and its answer in plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Asked", "Head", "Part", "PlainTerm", "answer", "evaluate", "plain"]

#: The graph in which the graphs of a default graph are merged.
_MERGED: Final = "urn:kps-graph:default"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
#: What a part holds at most, and for how many seconds it is collected.
_ROWS: Final = 5_000
_SECONDS: Final = 0.1

#: Kind (``iri``, ``literal``, ``bnode``), value, datatype, language tag.
PlainTerm: TypeAlias = tuple[str, str, "str | None", "str | None"]
#: Some rows of an answer, or some N-Triples of a graph.
Part: TypeAlias = "list[tuple[PlainTerm | None, ...]] | bytes"


class Asked(NamedTuple):
    """A query and what it is asked of.

    Attributes:
        text: SPARQL.
        base: what its relative IRIs are relative to.
        graphs: of its default graph, and those that ``GRAPH`` looks into; None for the union of
            all graphs and all of them.
        rows: how many rows, or triples, are wanted; None for all.
    """

    text: str
    base: str
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    rows: int | None = None


class Head(NamedTuple):
    """What kind of answer comes.

    Attributes:
        columns: of its rows; None if it has none.
        truth: the answer to an ASK; None to any other query.
    """

    columns: tuple[str, ...] | None = None
    truth: bool | None = None


def evaluate(
    store: ox.Store, asked: Asked
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The engine's answer, which must be read in the thread that asked.

    Raises:
        SyntaxError: if the text is no query.
        OSError, RuntimeError: if the store cannot be read.
    """
    import pyoxigraph as ox

    if asked.graphs is None:
        return store.query(asked.text, base_iri=asked.base, use_default_graph_as_union=True)
    default, named = asked.graphs
    if len(default) > 1:
        store, default = _merged(store, default, named), (_MERGED,)
    # what is named here counts, and not what the text says
    return store.query(
        asked.text,
        base_iri=asked.base,
        default_graph=[ox.NamedNode(graph) for graph in default],
        named_graphs=[ox.NamedNode(graph) for graph in named],
    )


def answer(store: ox.Store, asked: Asked) -> Iterator[Head | Part]:
    """The answer: what kind it is of, then its parts as the engine comes to them.

    It must be read in one thread; raises what :func:`evaluate` raises.
    """
    import pyoxigraph as ox

    result = evaluate(store, asked)
    if isinstance(result, ox.QueryBoolean):
        yield Head(truth=bool(result))
        return
    if isinstance(result, ox.QuerySolutions):
        yield Head(columns=tuple(v.value for v in result.variables))
        rows = (tuple(None if t is None else plain(t) for t in row) for row in result)
        yield from _parts(islice(rows, asked.rows))
        return
    yield Head()
    for triples in _parts(islice(result, asked.rows)):
        yield bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def _parts(values: Iterator[object]) -> Iterator[list]:  # type: ignore[type-arg]
    """The values in lists, none of which is waited for long once it has begun."""
    part: list[object] = []
    end = monotonic() + _SECONDS
    for value in values:
        part.append(value)
        if len(part) == _ROWS or monotonic() > end:
            yield part
            part, end = [], monotonic() + _SECONDS
    if part:
        yield part


def plain(term: object) -> PlainTerm:
    """A term of the engine in plain values."""
    return _plainly().get(type(term), _quoted)(term)


@cache
def _plainly() -> dict[type, Callable[[Any], PlainTerm]]:
    """How the terms of each type are made plain."""
    import pyoxigraph as ox

    return {
        ox.NamedNode: lambda node: ("iri", node.value, None, None),
        ox.BlankNode: lambda node: ("bnode", node.value, None, None),
        ox.Literal: _literal,
    }


def _literal(term: ox.Literal) -> PlainTerm:
    if tag := term.language:
        return "literal", term.value, None, tag
    datatype = term.datatype.value
    return "literal", term.value, None if datatype == _STRING else datatype, None


def _quoted(term: object) -> PlainTerm:
    """A triple that is a term."""
    return "literal", str(term), None, None


def _merged(store: ox.Store, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
    """The graphs of a dataset; those of its default graph as one.

    Oxigraph itself counts a triple as often as there are graphs of the default graph that hold it.
    """
    import pyoxigraph as ox

    merged = ox.Store()
    for name, goal in (*((g, _MERGED) for g in default), *((g, g) for g in named)):
        quads = store.quads_for_pattern(None, None, None, ox.NamedNode(name))
        graph = ox.NamedNode(goal)
        merged.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
    return merged
