"""Writes triples as Turtle or TriG in their own order, the same bytes every time.

The RDF libraries at hand either sort subjects (T1, T10, T2), rewrite language tags, or order
prefixes by chance; a text that people review in version control may do none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kps_graph.rdf.ntriples import Triple
from kps_graph.terms import DEFAULT_BASE, PREFIXES, SCHEMES, rdf, xsd

__all__ = ["fault", "trig", "turtle"]

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-/~]*[A-Za-z0-9_\-])?")
_TYPED: Final = re.compile(r'(".*")\^\^<([^>]+)>', re.S)
_ESCAPED: Final = re.compile(r"([/~])")
_BACKSLASH: Final = r"\\\1"
_A: Final = f"<{rdf.type}>"


def turtle(statements: Iterable[Triple], base: str, root: str) -> str:
    """``statements`` as Turtle.

    Args:
        statements: triples in N-Triples syntax.
        base: the namespace of data, which gets the prefix ``id:``.
        root: the IRI of the standard, whose parts get the prefix ``this:``.
    """
    shorten = _Shortener(base, root)
    body = _body(statements, shorten, "")
    return shorten.head() + body


def fault(text: str) -> tuple[int | None, str] | None:
    """The line and the words of what makes ``text`` no Turtle; None if it is Turtle."""
    import pyoxigraph as ox

    try:
        for _ in ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=DEFAULT_BASE):
            pass
    except SyntaxError as error:
        return error.lineno, str(error.msg).partition(": ")[2] or str(error.msg)
    return None


def trig(graphs: Mapping[str, Iterable[Triple]], base: str, root: str) -> str:
    """Several graphs, by IRI, as TriG; other arguments as for :func:`turtle`."""
    shorten = _Shortener(base, root)
    parts = []
    for graph, statements in graphs.items():
        parts.append(f"{shorten(f'<{graph}>')} {{\n{_body(statements, shorten, '    ')}}}\n")
    return shorten.head() + "\n".join(parts)


class _Shortener:
    """Shortens IRIs by prefixes, and remembers which prefixes it used."""

    __slots__ = ("_known", "_prefixes", "_used")

    def __init__(self, base: str, root: str) -> None:
        schemes = ("level", "category", "occupation", "industry")
        self._prefixes = {
            **PREFIXES,
            **{s: f"{SCHEMES}{s}/" for s in schemes},
            "competency": f"{base}concept/",
            "this": f"{root}/",
            "id": base,
        }
        self._used: set[str] = set()
        self._known: dict[str, str] = {}

    def __call__(self, term: str) -> str:
        """``term``, in N-Triples syntax, in Turtle syntax."""
        if term not in self._known:
            self._known[term] = self._short(term)
        return self._known[term]

    def _short(self, term: str) -> str:
        if term.startswith('"'):
            typed = _TYPED.fullmatch(term)
            if typed is None:
                return term
            if typed[2] == xsd.integer:
                return typed[1].strip('"')
            return f"{typed[1]}^^{self(f'<{typed[2]}>')}"
        for prefix, namespace in self._prefixes.items():
            if term.startswith(namespace, 1):
                local = term[1 + len(namespace) : -1]
                if _LOCAL.fullmatch(local):
                    self._used.add(prefix)
                    return f"{prefix}:{_ESCAPED.sub(_BACKSLASH, local)}"
        return term

    def head(self) -> str:
        """The declarations of the prefixes used, in a fixed order."""
        lines = [f"@prefix {p}: <{n}> .\n" for p, n in self._prefixes.items() if p in self._used]
        return "".join(lines) + "\n"


def _body(found: Iterable[Triple], shorten: _Shortener, indent: str) -> str:
    """The triples, each subject's and predicate's together, in the order of first appearance."""
    subjects: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in found:
        values = subjects.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)
    blocks = []
    for subject, predicates in subjects.items():
        lines = []
        for predicate, values in predicates.items():
            verb = "a" if predicate == _A else shorten(predicate)
            joined = f",\n{indent}        ".join(shorten(v) for v in values)
            lines.append(f"{verb} {joined}")
        separator = f" ;\n{indent}    "
        blocks.append(f"{indent}{shorten(subject)} {separator.join(lines)} .\n")
    return "\n".join(blocks)
