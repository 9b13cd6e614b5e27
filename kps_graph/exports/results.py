"""The answer to a query in the formats of the W3C: SPARQL results, or the Turtle of a graph.

Oxigraph's serialisers write them; Markdown, which no standard knows, is written here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pyoxigraph as ox

from kps_graph.formats import ResultFormat
from kps_graph.printable import json_text, markdown_text, spreadsheet_text, xml_text
from kps_graph.store.rows import Rows, Term
from kps_graph.terms import PREFIXES

__all__ = ["graph_as_turtle", "guarded", "rows_as", "truth_as"]

_VARIABLE: Final = re.compile(r"\w+")
_SERIALISERS: Final = {
    ResultFormat.CSV: ox.QueryResultsFormat.CSV,
    ResultFormat.TSV: ox.QueryResultsFormat.TSV,
    ResultFormat.XML: ox.QueryResultsFormat.XML,
}


def rows_as(rows: Rows, format: ResultFormat) -> bytes:
    """The rows of a SELECT, or of any other table, in ``format``."""
    if format is ResultFormat.MARKDOWN:
        return _markdown(rows).encode()
    if format is ResultFormat.JSON:
        return (json_text(_results(rows), 2) + "\n").encode()
    if all(_VARIABLE.fullmatch(column) for column in rows.columns):
        return _serialised(_results(rows), format)
    # a table that is no answer to a query may have columns which cannot be variables
    numbered = Rows([f"column{n}" for n in range(len(rows.columns))], rows.terms)
    written = _serialised(_results(numbered), format)
    if format is ResultFormat.XML:
        return written
    return _heading(rows.columns, format) + written.partition(b"\n")[2]


def truth_as(answer: bool, format: ResultFormat) -> bytes:
    """The answer to an ASK in ``format``; the bare word where that has no form for it."""
    said = str(answer).lower()
    if format is ResultFormat.JSON:
        return f'{{"head": {{}}, "boolean": {said}}}\n'.encode()
    if format is ResultFormat.XML:
        return _serialised({"head": {}, "boolean": answer}, format)
    return f"{said}\n".encode()


def graph_as_turtle(ntriples: bytes) -> bytes:
    """The graph of a CONSTRUCT or DESCRIBE in Turtle, with the usual prefixes."""
    used = {p: n for p, n in PREFIXES.items() if f"<{n}".encode() in ntriples}
    triples = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
    return bytes(
        ox.serialize(
            sorted((q.triple for q in triples), key=str),
            format=ox.RdfFormat.TURTLE,
            prefixes=used,
        )
        or b""
    )


def guarded(rows: Rows) -> Rows:
    """``rows`` for a spreadsheet: no text in them is taken for a formula; numbers stay as they are.

    Not for the answer to a query, whose CSV and TSV are those of SPARQL.
    """

    def guard(term: Term | None) -> Term | None:
        if term is None or term.datatype:
            return term
        return replace(term, value=spreadsheet_text(term.value))

    return Rows(map(spreadsheet_text, rows.columns), [tuple(map(guard, row)) for row in rows.terms])


def _serialised(data: dict[str, Any], format: ResultFormat) -> bytes:
    """SPARQL results in JSON as results in another format."""
    if format is ResultFormat.XML:
        for row in data.get("results", {}).get("bindings", ()):
            for entry in row.values():
                entry["value"] = xml_text(entry["value"])
    results = ox.parse_query_results(json.dumps(data).encode(), format=ox.QueryResultsFormat.JSON)
    return bytes(results.serialize(format=_SERIALISERS[format]) or b"")


def _results(rows: Rows) -> dict[str, Any]:
    """The rows as SPARQL 1.1 Query Results JSON."""
    bindings = [
        {c: _binding(t) for c, t in zip(rows.columns, row, strict=True) if t is not None}
        for row in rows.terms
    ]
    return {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}}


def _binding(term: Term) -> dict[str, str]:
    entry = {"type": "uri" if term.kind == "iri" else term.kind, "value": term.value}
    if term.lang:
        entry["xml:lang"] = term.lang
    if term.datatype:
        entry["datatype"] = term.datatype
    return entry


def _heading(names: Sequence[str], format: ResultFormat) -> bytes:
    """The first line of CSV or TSV."""
    if format is ResultFormat.TSV:
        return ("\t".join(f"?{name}" for name in names) + "\n").encode()
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(names)
    return line.getvalue().encode()


def _markdown(rows: Rows) -> str:
    heads = map(markdown_text, rows.columns)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(rows.columns)}"]
    for row in rows.terms:
        cells = (markdown_text(t.value) if t else "" for t in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
