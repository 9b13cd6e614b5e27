"""The answer to a query in the formats of the W3C: SPARQL results, or the Turtle of a graph.

Oxigraph's serialisers write them; Markdown, which no standard knows, is written here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any, Final

import pyoxigraph as ox

from kps_graph.formats import ResultFormat
from kps_graph.store.rows import Rows, Term
from kps_graph.terms import PREFIXES

__all__ = ["graph_as_turtle", "rows_as", "truth_as"]

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
        return (json.dumps(_results(rows), ensure_ascii=False, indent=2) + "\n").encode()
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


def _serialised(data: dict[str, Any], format: ResultFormat) -> bytes:
    """SPARQL results in JSON as results in another format."""
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
    lines = [f"| {' | '.join(rows.columns)} |", f"|{'---|' * len(rows.columns)}"]
    for row in rows.terms:
        cells = (t.value.replace("|", "\\|").replace("\n", "<br>") if t else "" for t in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
