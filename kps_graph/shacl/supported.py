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
    "TARGETS",
    "Unsupported",
    "doubtful",
    "refuse_repeated",
    "refuse_unknown",
]

#: What says which nodes a shape is about.
TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
#: The parameters whose value is a list.
LISTS: Final = frozenset(("in", "languageIn", "and", "or", "xone"))
_NUMBERS: Final = frozenset(("minCount", "maxCount", "minLength", "maxLength"))
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
#: Datatypes of bounds that both engines compare with.
_NUMERIC: Final = frozenset((XSD.integer, XSD.decimal, XSD.double, XSD.float))
_STRING: Final = frozenset((None, XSD.string))
_ORDERED: Final = _NUMERIC | _STRING | {XSD.date, XSD.dateTime}
#: Parameters that a shape has once (SHACL, clause 4).
_ONCE: Final = _NUMBERS | {"nodeKind", "datatype", "languageIn", "in", "flags"}
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
    if name in _NUMBERS:
        known = isinstance(value, Literal) and value.datatype == XSD.integer and text.isdecimal()
    elif name in BOUNDS:
        known = (
            isinstance(value, Literal)
            and value.datatype in _ORDERED
            and not value.language
            and not value.ill_typed
            and not (value.datatype not in _STRING and re.search("[Zz]|:.*[+-]", text))
        )
    elif name == "nodeKind":
        known = text.removeprefix(SH) in NODE_KINDS
    elif name in ("class", "datatype"):
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


def doubtful(bound: Node, var: str) -> str:
    """The expression that is true where engines disagree whether ``var`` is within a bound.

    SPARQL knows no order between values of different types, or of ill-typed literals: a bound is
    then missed. pySHACL orders some of them all the same.
    """
    datatype = bound.datatype if isinstance(bound, Literal) else None
    alike = [f"DATATYPE({var}) = <{XSD.string}>"]
    if datatype in _NUMERIC or datatype in _STRING:
        alike.append(f"(isNumeric({var}) && {var} = {var})")  # NaN is not
    if datatype not in _STRING:
        alike.append(f'LANG({var}) != ""')
    if datatype in (XSD.date, XSD.dateTime):
        alike.append(f'(DATATYPE({var}) = <{datatype}> && TZ({var}) = "" && YEAR({var}) > 0)')
    return f"(isLiteral({var}) && !COALESCE({' || '.join(alike)}, false))"


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
