"""What a query needs to have any answer at all, of which it may lack a property or class."""

from __future__ import annotations

from typing import Final

from rdflib import RDF, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, OneOrMore, Path, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from kps_graph.shacl.used import Used

__all__ = ["lacking"]

#: The parts of a query in which nothing has to be for it to have answers.
_FIRST: Final = frozenset(("LeftJoin", "Minus"))


def lacking(query: str, used: Used) -> str | None:
    """The IRI of a property or class without which ``query`` has no answer, and that is not there.

    What it only asks for besides (``OPTIONAL``, ``NOT EXISTS``, one side of ``UNION``) is none.
    None if there is no such thing, or if the query cannot be read, of which its engine will tell.
    """
    try:
        whole = prepareQuery(query).algebra
    except Exception:  # noqa: BLE001 - the parser raises all kinds
        return None
    return _lacking(whole, used)


def _lacking(part: object, used: Used) -> str | None:
    if not isinstance(part, CompValue):
        return None

    def inside(*names: str) -> list[str]:
        found = (_lacking(part.get(name), used) for name in names)
        return [name for name in found if name]

    if part.name == "BGP":
        return next(
            (name for _, path, value in part.triples for name in _of_triple(path, value, used)),
            None,
        )
    if part.name == "Union":
        both = inside("p1", "p2")
        return both[0] if len(both) == 2 else None
    if part.name == "Group" and not part.expr:  # the count of nothing is an answer
        return None
    names = ("p1",) if part.name in _FIRST else ("p", "p1", "p2")
    return next(iter(inside(*names)), None)


def _of_triple(path: Node | Path, value: Node, used: Used) -> list[str]:
    found = _steps(path, used)
    if path == RDF.type and isinstance(value, URIRef) and not used.has_class(str(value)):
        found.append(str(value))
    return found


def _steps(path: Node | Path, used: Used) -> list[str]:
    """The properties that ``path`` cannot do without, and that are not there."""
    if isinstance(path, URIRef):
        return [] if used.has_property(str(path)) else [str(path)]
    if isinstance(path, SequencePath):
        return [name for step in path.args for name in _steps(step, used)]
    if isinstance(path, AlternativePath):
        each = [_steps(step, used) for step in path.args]
        return each[0] if all(each) else []
    if isinstance(path, InvPath):
        return _steps(path.arg, used)
    if isinstance(path, MulPath) and path.mod == OneOrMore:
        return _steps(path.path, used)
    return []
