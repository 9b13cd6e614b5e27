"""Statements in the syntax of N-Triples and N-Quads, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias

from kps_graph.sparql import quoted

__all__ = ["Triple", "iri", "literal", "nquads"]

#: Subject, predicate and object, each in N-Triples syntax.
Triple: TypeAlias = "tuple[str, str, str]"

_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def iri(value: str) -> str:
    """An IRI in N-Triples syntax."""
    return f"<{value}>"


def literal(text: str, suffix: str = "") -> str:
    """A literal in N-Triples syntax; ``suffix`` is ``@tag`` or ``^^<datatype>``."""
    if text.isprintable():
        if '"' not in text and "\\" not in text:  # nearly all: nothing is to be escaped
            return f'"{text}"{suffix}'
    else:
        text = _SURROGATES.sub("\ufffd", text)
    return quoted(text) + suffix


def nquads(statements: Iterable[Triple], graph: str) -> str:
    """``statements`` as N-Quads in the graph with the IRI ``graph``."""
    end = f" <{graph}> .\n"
    return "".join([f"{s} {p} {o}{end}" for s, p, o in statements])
