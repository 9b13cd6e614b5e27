"""What a graph says, as one number, in whatever way an engine writes its values.

Engines rewrite what they are given: language tags become lower case, ``true`` becomes 1, ``0.10``
becomes 0.1, a time gets another zone. Two graphs have one digest if they differ in that alone;
blank nodes are named as RDFC-1.0 says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    pass

__all__ = ["Digest", "digest"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Final = frozenset(
    _XSD + name for name in ("integer", "int", "long", "short", "decimal", "nonNegativeInteger")
)
_FLOATS: Final = frozenset((_XSD + "double", _XSD + "float"))


@dataclass(frozen=True, slots=True)
class Digest:
    """How many triples a graph has, and the SHA-256 of what they say."""

    triples: int
    sha256: str


def digest(ntriples: bytes) -> Digest:
    """The digest of a graph in N-Triples."""
    import pyoxigraph as ox

    triples = [
        ox.Triple(q.subject, q.predicate, _folded(q.object))
        for q in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    ]
    if b"_:" in ntriples:
        named = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = [q.triple for q in named]
    lines = sorted({str(t) for t in triples})
    return Digest(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())


def _folded(term: Any) -> Any:
    """A term as all engines may have written it."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return term
    if term.language:
        return ox.Literal(term.value, language=term.language.lower())
    datatype = term.datatype.value
    if datatype == _XSD + "string":
        return term
    value = _value(term.value, datatype)
    # an integer may come back as another kind of whole number
    kind = _XSD + "decimal" if datatype in _NUMBERS else datatype
    return ox.Literal(value, datatype=ox.NamedNode(kind))


def _value(text: str, datatype: str) -> str:
    """The value of a literal in one form; text that has no value of its type stays."""
    try:
        if datatype == _XSD + "boolean":
            return {"1": "true", "0": "false"}.get(text, text)
        if datatype in _NUMBERS:
            return f"{Decimal(text).normalize():f}"
        if datatype in _FLOATS:
            return repr(float(text))
        if datatype == _XSD + "dateTime":
            time = datetime.fromisoformat(text)
            return (time if time.tzinfo is None else time.astimezone(UTC)).isoformat()
    except (ValueError, InvalidOperation):
        return text
    return text
