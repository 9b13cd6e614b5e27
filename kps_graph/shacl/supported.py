"""What the compiler knows: parameters as SHACL's syntax wants them, and patterns read alike.

What is not known goes to the reference engine, which judges it or says what is wrong with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kps_graph.shacl.model import SH

__all__ = [
    "BOUNDS",
    "LISTS",
    "NODE_KINDS",
    "NUMBERS",
    "PAIRS",
    "TARGETS",
    "Unsupported",
    "refuse_repeated",
    "refuse_unknown",
]

#: What says which nodes a shape is about.
TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
#: The parameters whose value is a list.
LISTS: Final = frozenset(("in", "languageIn", "and", "or", "xone"))
#: The parameters whose value is a whole number.
NUMBERS: Final = frozenset(("minCount", "maxCount", "minLength", "maxLength"))
#: The kinds of nodes, and how SPARQL asks whether ``{v}`` is one.
NODE_KINDS: Final = MappingProxyType(
    {
        "IRI": "isIRI({v})",
        "Literal": "isLiteral({v})",
        "BlankNode": "isBlank({v})",
        "BlankNodeOrIRI": "!isLiteral({v})",
        "IRIOrLiteral": "!isBlank({v})",
        "BlankNodeOrLiteral": "!isIRI({v})",
    }
)
#: The parameters that compare, and the sign with which they do.
BOUNDS: Final = MappingProxyType(
    {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
)
#: The parameters that compare with another property, and the sign with which they do.
PAIRS: Final = MappingProxyType({"lessThan": "<", "lessThanOrEquals": "<="})
#: Parameters that a shape has once (SHACL, clause 4).
_ONCE: Final = NUMBERS | {"nodeKind", "datatype", "languageIn", "in", "flags"}
#: What Python and Rust, of which the engines are made, read differently in a regular expression:
#: groups of other kinds, escapes beyond the common ones, repetition without a lower bound or that
#: is possessive, and in classes brackets, set operations and a range from a class.
_DIFFERENT: Final = re.compile(
    r"\(\?|\{,|[+*?}]\+|\\[^dDsSwWbBnrt\\.^$*+?()\[\]{}|/-]"
    r"|\[(?:[^\\\]]|\\.)*(?:\[|&&|--|~~|\|\||\\[dDsSwW]-)|\[\^?\]"
)
_FLAGS: Final = re.compile("[im]*")


class Unsupported(Exception):
    """The construct that cannot be written in SPARQL."""


def refuse_repeated(names: Iterable[str]) -> None:
    """Refuses a shape that has a parameter twice where SHACL allows one.

    Raises:
        Unsupported: naming the parameter.
    """
    for name, count in Counter(names).items():
        if count > 1 and name in _ONCE:
            raise Unsupported(f"sh:{name} more than once")


def refuse_unknown(graph: Graph, name: str, value: Node, flags: Node | None) -> None:
    """Refuses a value that SHACL does not allow for a parameter, or that engines read differently.

    Args:
        graph: the shapes graph.
        name: the parameter, by SHACL's local name.
        value: its value.
        flags: the sh:flags of its shape.

    Raises:
        Unsupported: naming the construct.
    """
    text = str(value)
    if name in NUMBERS:
        known = isinstance(value, Literal) and value.datatype == XSD.integer and text.isdecimal()
    elif name in BOUNDS:
        known = isinstance(value, Literal) and not value.ill_typed
    elif name == "nodeKind":
        known = text.removeprefix(SH) in NODE_KINDS
    elif name in ("class", "datatype", *PAIRS):
        known = isinstance(value, URIRef)
    elif name in ("not", "node"):
        known = not isinstance(value, Literal)
    elif name in LISTS:
        known = _is_list(graph, name, value)
    elif name == "pattern":
        if _DIFFERENT.search(text) or not _compiles(text) or not _FLAGS.fullmatch(str(flags or "")):
            raise Unsupported("a sh:pattern that engines read differently")
        known = isinstance(value, Literal)
    else:
        return
    if not known:
        raise Unsupported(f"a value of sh:{name}")


def _is_list(graph: Graph, name: str, value: Node) -> bool:
    """Whether ``value`` is a list whose members can be values of the parameter ``name``."""
    members = [*graph.items(value)] if (value, RDF.first, None) in graph else []
    if name == "in":
        return bool(members) or value == RDF.nil
    if name == "languageIn":
        return bool(members) and all(
            isinstance(m, Literal) and str(m) and m.datatype in (None, XSD.string) for m in members
        )
    return bool(members) and not any(isinstance(m, Literal) for m in members)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
