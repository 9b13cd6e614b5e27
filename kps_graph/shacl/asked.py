"""A user's own queries as checks: each row is a finding.

A query has the header of the query library and selects ``focus``, the IRI of what is at fault. Its
title is the message, in which ``{?column}`` is filled in; ``value``, if selected, is the offending
text. The name of the file is the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kps_graph.errors import BadHeader, QuerySyntax
from kps_graph.queries import library as queries
from kps_graph.queries.library import Query
from kps_graph.report import Finding, Severity
from kps_graph.shacl.declared import undeclared
from kps_graph.shacl.findings import Raw, fill, results, wanted
from kps_graph.shacl.lookup import look_in
from kps_graph.shacl.model import Node, Select
from kps_graph.shacl.paths import short
from kps_graph.shacl.used import Used
from kps_graph.words import Sentence

__all__ = ["ask", "read_query"]


def read_query(path: Path) -> Query:
    """The query in ``path``, if its rows can be findings.

    Raises:
        QuerySyntax: if it uses a prefix that it does not declare.
        BadHeader: if it cannot be read, its header is malformed, it takes parameters, or it does
            not select ``focus``.
    """
    query = queries.read(path)
    if query.parameters:
        raise BadHeader("a query that checks takes no parameters", source=str(path))
    if "focus" not in {c.name for c in query.columns}:
        raise BadHeader(
            "a query that checks must select ?focus, the IRI of what is at fault", source=str(path)
        )
    if (word := undeclared(query.text)) is not None:
        prefix = word.text.partition(":")[0]
        raise QuerySyntax(
            "the prefix {prefix}: is not declared",
            prefix=prefix,
            source=str(path),
            line=query.text.count("\n", 0, word.start) + 1,
            hint=Sentence("write PREFIX {prefix}: <…> above the query", prefix=prefix),
        )
    return query


def ask(
    asked: Iterable[Query], select: Select, standards: Iterable[str] | None = None
) -> list[Finding]:
    """What the queries find, as warnings; about ``standards`` only, if they are named.

    Raises:
        QuerySyntax: if one is not SPARQL.
        BadHeader: if what it selects as ``focus`` is no IRI, or it cannot find anything, for want of
            a property or class that it needs.
    """
    from kps_graph.shacl.needed import lacking  # the parser is slow to import

    found: list[Raw] = []
    used = Used(select)
    for query in asked:
        if name := lacking(query.text, used):
            raise BadHeader(
                "the query needs {term}, which nothing has, so it would find nothing whatever is written",
                term=short(name),
                source=_file(query),
                hint=used.meant(name) or Sentence("see whether it is spelled right"),
            )
        try:
            rows = select(query.text)
        except QuerySyntax as error:
            error.source = _file(query)
            raise
        for row in rows.terms:
            terms = {c: t for c, t in zip(rows.columns, row, strict=True) if t is not None}
            focus, value = terms.get("focus"), terms.get("value")
            if focus is None:
                continue
            if focus.kind != "iri":
                raise BadHeader(
                    "?focus is {value}, which is no IRI",
                    value=Sentence("a blank node") if focus.kind == "bnode" else repr(focus.value),
                    source=_file(query),
                    hint=Sentence("select the node itself as ?focus, and its text as ?value"),
                )
            texts = {name: term.value for name, term in terms.items()}
            found.append(
                Raw(
                    shape="",
                    rule=query.name,
                    severity=Severity.WARNING,
                    component="",
                    messages=tuple(
                        (lang, fill(text, texts)) for lang, text in sorted(query.title.items())
                    ),
                    focus=Node("iri", focus.value),
                    path="",
                    value=None
                    if value is None
                    else Node(value.kind, value.value, value.datatype, value.lang),
                )
            )
    kept = found if standards is None else wanted(found, standards)
    return list(dict.fromkeys(r.finding for r in results(kept, look_in(select))))


def _file(query: Query) -> str:
    return "/".join(filter(None, (query.group, f"{query.name}.rq")))
