"""The answer to a query in the formats of the W3C: SPARQL results, or the Turtle of a graph.

Oxigraph's serialisers write them; Markdown, which no standard knows, is written here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from kps_graph.formats import ResultFormat
from kps_graph.printable import json_text, markdown_text, spreadsheet_text, xml_text
from kps_graph.store.rows import NO_LISTS, Rows, Term
from kps_graph.terms import PREFIXES

__all__ = [
    "graph_as",
    "graph_as_trig",
    "graph_as_turtle",
    "guarded",
    "guarded_rows",
    "rows_as",
    "streamed",
    "truth_as",
]

Row: TypeAlias = "tuple[Term | None, ...]"

_VARIABLE: Final = re.compile(r"\w+")
_SERIALISERS: Final = {
    ResultFormat.CSV: ox.QueryResultsFormat.CSV,
    ResultFormat.TSV: ox.QueryResultsFormat.TSV,
    ResultFormat.XML: ox.QueryResultsFormat.XML,
}


def rows_as(rows: Rows, format: ResultFormat) -> bytes:
    """The rows of a SELECT, or of any other table, in ``format``."""
    return b"".join(streamed(rows.columns, [rows.terms], format, rows.lists))


def streamed(
    columns: Sequence[str],
    parts: Iterable[Sequence[Row]],
    format: ResultFormat,
    lists: Mapping[str, type[str | int]] = NO_LISTS,
) -> Iterator[bytes]:
    """Rows in ``format`` as they come: no more than one part of them is in memory.

    Args:
        columns: their names.
        parts: some rows after others.
        format: any but those of :mod:`kps_graph.exports.columnar`.
        lists: as :class:`kps_graph.store.rows.Rows` has them, which JSON lines have as arrays.
    """
    if format in _SERIALISERS:
        return _standard(columns, parts, format)
    if format is ResultFormat.JSON:
        return _json(columns, parts)
    if format is ResultFormat.MARKDOWN:
        return _markdown(columns, parts)
    return _lines(columns, parts, lists)


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
    triples = ox.parse(ntriples, format=ox.RdfFormat.N_QUADS)
    return bytes(
        ox.serialize(
            sorted((q.triple for q in triples), key=str),
            format=ox.RdfFormat.TURTLE,
            prefixes=used,
        )
        or b""
    )


def graph_as(ntriples: bytes, media_type: str) -> bytes:
    """The graph of a CONSTRUCT or DESCRIBE in the serialisation of a media type."""
    format = ox.RdfFormat.from_media_type(media_type)
    if format is None:
        raise KeyError(media_type)
    triples = (quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES))
    return bytes(ox.serialize(triples, format=format, prefixes=PREFIXES) or b"")


def graph_as_trig(nquads: bytes) -> bytes:
    """Sorted N-Quads of a graph in TriG, with the usual prefixes."""
    used = {p: n for p, n in PREFIXES.items() if f"<{n}".encode() in nquads}
    quads = ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    return bytes(ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=used) or b"")


def guarded(rows: Rows) -> Rows:
    """``rows`` for a spreadsheet: no text in them is taken for a formula; numbers stay as they are.

    Not for the answer to a query, whose CSV and TSV are those of SPARQL unless a spreadsheet is named.
    """
    return Rows(map(spreadsheet_text, rows.columns), guarded_rows(rows.terms), rows.lists)


def guarded_rows(rows: Iterable[Row]) -> list[Row]:
    """Some of the rows of :func:`guarded`."""

    def guard(term: Term | None) -> Term | None:
        if term is None or term.datatype:
            return term
        return replace(term, value=spreadsheet_text(term.value))

    return [tuple(map(guard, row)) for row in rows]


def _standard(
    columns: Sequence[str], parts: Iterable[Sequence[Row]], format: ResultFormat
) -> Iterator[bytes]:
    """CSV, TSV or XML: each part is serialised alone, and stands between one head and one foot."""
    names = list(columns)
    if not all(_VARIABLE.fullmatch(column) for column in names):
        # a table that is no answer to a query may have columns which cannot be variables
        names = [f"column{n}" for n in range(len(names))]
    head, foot = _ends(_serialised(_results(names, ()), format), format)
    named = names == list(columns) or format is ResultFormat.XML
    yield head if named else _heading(columns, format)
    for part in parts:
        written = _serialised(_results(names, part), format)
        yield written[len(head) : len(written) - len(foot)]
    yield foot


def _ends(empty: bytes, format: ResultFormat) -> tuple[bytes, bytes]:
    """What stands before and behind the rows in any result of the same columns."""
    if format is not ResultFormat.XML:
        return empty, b""
    head, begin, foot = empty.partition(b"<results>")
    return head + begin, foot


def _serialised(data: dict[str, Any], format: ResultFormat) -> bytes:
    """SPARQL results in JSON as results in another format."""
    if format is ResultFormat.XML:
        for row in data.get("results", {}).get("bindings", ()):
            for entry in row.values():
                entry["value"] = xml_text(entry["value"])
    results = ox.parse_query_results(json.dumps(data).encode(), format=ox.QueryResultsFormat.JSON)
    return bytes(results.serialize(format=_SERIALISERS[format]) or b"")


def _json(columns: Sequence[str], parts: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """SPARQL 1.1 Query Results JSON, a row on each line."""
    variables = json_text(list(columns), None)
    yield f'{{"head": {{"vars": {variables}}},\n "results": {{"bindings": ['.encode()
    between = "\n  "
    for part in parts:
        rows = _results(columns, part)["results"]["bindings"]
        if rows:
            written = ",\n  ".join(json_text(row, None) for row in rows)
            yield f"{between}{written}".encode()
            between = ",\n  "
    yield b"\n]}}\n"


def _lines(
    columns: Sequence[str],
    parts: Iterable[Sequence[Row]],
    lists: Mapping[str, type[str | int]],
) -> Iterator[bytes]:
    """JSON lines: an object for each row, with plain values; null where nothing is bound."""
    for part in parts:
        rows = Rows(columns, part, lists).to_dicts()
        yield "".join(f"{json_text(row, None)}\n" for row in rows).encode()


def _results(columns: Sequence[str], rows: Iterable[Row]) -> dict[str, Any]:
    """The rows as SPARQL 1.1 Query Results JSON."""
    bindings = [
        {c: _binding(t) for c, t in zip(columns, row, strict=True) if t is not None} for row in rows
    ]
    return {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}


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


def _markdown(columns: Sequence[str], parts: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    yield f"| {' | '.join(map(markdown_text, columns))} |\n|{'---|' * len(columns)}\n".encode()
    for part in parts:
        for row in part:
            cells = (markdown_text(t.value) if t else "" for t in row)
            yield f"| {' | '.join(cells)} |\n".encode()
