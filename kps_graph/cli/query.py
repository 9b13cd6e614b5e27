"""``kps-graph queries`` and ``kps-graph query``."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from kps_graph.cli.options import lang_option, output_option, parameters, slice_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import FIRST, excel_option, limit_option, note
from kps_graph.cli.terminal import echo, standard_output
from kps_graph.cli.values import Choice, Fraction, Whole
from kps_graph.errors import QuerySyntax
from kps_graph.formats import ResultFormat
from kps_graph.saving import replacing, text_of
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.queries.library import Query
    from kps_graph.slices import Selection, Slice
    from kps_graph.store import GraphStream, Place, RowStream
    from kps_graph.store.rows import Term

__all__ = ["queries", "query"]

#: The formats of graphs, by the ending of a file.
_GRAPHS: Final = {".ttl": "turtle", ".nt": "ntriples"}
#: JSON as SPARQL has it, also where the answers of commands have a form of their own.
_SPARQL_JSON: Final = "sparql-json"
_FORMATS: Final = ("table", *map(str, ResultFormat), _SPARQL_JSON, *_GRAPHS.values())
#: The parameter of a query that says in which language classes are named.
_LANGUAGE: Final = "language"
#: How many rows are read to say how many more there are than a table shows.
_COUNTED: Final = 10_000


_queries_option = click.option(
    "--queries",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="KPS_QUERIES",
    show_envvar=True,
    help="A folder of your own queries (.rq), which join the library.",
)


@click.command()
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@_queries_option
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@lang_option
def queries(
    name: str | None, file: Path | None, folder: Path | None, style: str, lang: Language
) -> None:
    """List the queries of the library; with NAME, what that one takes and gives.

    As queries check FILE: whether a query of your own can join the library (docs/own-queries.md).
    """
    from kps_graph.cli.output import echo_json, table
    from kps_graph.queries import library

    if (name == "check") != (file is not None):
        raise BadUsage("name one query, or check and one FILE")
    if file:
        found = [_checked(file)]
        name = found[0].name
    else:
        found = [library.get(name, folder)] if name else list(library.library(folder).values())
    if style == "json":
        echo_json([q.as_data() for q in found])
    elif name:
        _explain(found[0], lang)
    else:
        table(
            lang.pick((["名稱", "類別", "說明", "參數"], ["name", "group", "title", "parameters"])),
            [
                [
                    q.name,
                    q.group,
                    q.title[lang],
                    " ".join(
                        p.name if p.default is None else f"[{p.name}={p.default}]"
                        for p in q.parameters
                    ),
                ]
                for q in found
            ],
        )


def _checked(file: Path) -> Query:
    """The query in ``file``, once its header, its terms and its SPARQL are sound."""
    from kps_graph.queries.library import read
    from kps_graph.store import memory

    query = read(file)
    examples = {
        "standard": "KPS1420-001v2",
        "code": "T1",
        "element": "K1",
        "integer": "1",
        "level": "3",
    }
    examples |= {"unit": "T1", "part": "P1.1.1"}
    examples |= {"category": "KPS", "occupation": "1420", "industry": "G", "iri": "x:y"}
    given = {
        p.name: examples.get(p.kind, p.choices[0] if p.choices else "甲")
        for p in query.parameters
        if p.default is None
    }
    try:
        bound = query.bind(**given)
        memory().query(bound.text)
    except QuerySyntax as error:
        raise QuerySyntax(
            error.said, source=str(file), line=error.line, column=error.column, hint=error.advice
        ) from None
    return query


def _explain(query: Query, lang: Language) -> None:
    """Prints what a query takes and gives."""
    from kps_graph.cli.output import table

    echo(say(lang, "{place}: {message}", place=query.name, message=query.title[lang]))
    echo(say(lang, "a row: {meaning}", meaning=query.row[lang]))
    if query.parameters:
        table(
            lang.pick(
                (["參數", "類型", "預設", "說明"], ["parameter", "kind", "default", "meaning"])
            ),
            [
                [
                    p.name,
                    p.kind,
                    p.default if p.default is not None else say(lang, "(required)"),
                    p.description[lang],
                ]
                for p in query.parameters
            ],
        )
    table(
        lang.pick((["欄位", "類型", "說明"], ["column", "kind", "meaning"])),
        [[c.name, c.kind or "", c.description[lang]] for c in query.columns],
    )


@click.command()
@click.argument("name")
@_queries_option
@click.option(
    "--param",
    "-p",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of the query; may be repeated.",
)
@slice_option
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(_FORMATS),
    help="[default: by the ending of the file that is written, else table]",
)
@excel_option
@output_option("File to write the answer to.")
@click.option("--long", is_flag=True, help="A row for each entry of the columns that are lists.")
@limit_option
@click.option(
    "--timeout",
    type=Fraction(0),
    default=60.0,
    show_default=True,
    help="Seconds that the answer may take, 0 for any number.",
)
@click.option(
    "--memory",
    type=Whole(0),
    default=2048,
    show_default=True,
    help="MiB of memory that the query may take, 0 for any number.",
)
@lang_option
def query(
    name: str,
    folder: Path | None,
    given: tuple[str, ...],
    part: Slice,
    store: Place,
    style: str | None,
    excel: bool,
    output: Path | None,
    long: bool,
    limit: int | None,
    timeout: float,
    memory: int,
    lang: Language,
) -> None:
    """Ask NAME: a query of the library, SPARQL, a FILE.rq with it, or - for standard input.

    JSON of a query of the library is as that of other commands; --format sparql-json, and JSON of any
    other query, is that of SPARQL.

    CSV and TSV are those of SPARQL, for programs: a text that begins like a formula stays as it is,
    and a spreadsheet may run it. With --excel they are guarded, as the tables of other commands are.
    """
    import kps_graph
    from kps_graph.store import GraphStream, RowStream

    asked = _asked(name, folder)
    if long and not asked.lists:
        raise BadUsage("{name} has no column that is a list", name=asked.name)
    bound = parameters(given)
    if lang is Language.ENGLISH and any(p.name == _LANGUAGE for p in asked.parameters):
        bound = {_LANGUAGE: "en", **bound}
    style = style or _style(output)
    most = _COUNTED if limit is None and style == "table" else limit
    with (
        kps_graph.open(
            store, timeout=timeout or None, memory=memory * 2**20, rows=most or None
        ).within(part) as graph,
        _written(output) as out,
    ):
        if asked.sliced:
            note(graph.selection.said().in_words(lang))
        answer = graph.stream(asked, **bound)
        if long and isinstance(answer, RowStream):
            answer = answer.long(limit or None)
        if isinstance(answer, RowStream) and style == "json" and asked.group:
            out.write(_answers(asked, answer, graph.selection))
        elif isinstance(answer, RowStream) and style == "table":
            if not _table(asked, answer, limit, lang):
                _explain_empty(graph.why_empty(asked, **bound), lang)
        elif isinstance(answer, RowStream):
            if not _rows(answer, style, out, excel):
                _explain_empty(graph.why_empty(asked, **bound), lang)
        elif isinstance(answer, GraphStream):
            _graph(answer, style, out)
        else:
            _truth(answer, style, out)


def _style(output: Path | None) -> str:
    """The format of an answer for which none is named."""
    if output is None or output == STANDARD_OUTPUT:
        return "table"
    format = ResultFormat.of_name(output.name) or _GRAPHS.get(output.suffix.lower())
    if format is None:
        raise BadUsage("name the format of {file} with --format", file=str(output))
    return str(format)


@contextmanager
def _written(output: Path | None) -> Iterator[BinaryIO]:
    """The file to write to, whole or not at all; else standard output."""
    if output and output != STANDARD_OUTPUT:
        with replacing(output) as out:
            yield out
    else:
        yield standard_output()
        sys.stdout.buffer.flush()


def _asked(name: str, folder: Path | None) -> Query:
    """The query that ``name`` stands for."""
    from kps_graph.queries.library import Query, get

    if name == "-":
        return Query.adhoc(sys.stdin.read(), "-")
    if "{" in name or (len(name.split()) > 1 and not Path(name).is_file()):
        return Query.adhoc(name)
    if name.endswith((".rq", ".sparql")) or "/" in name:
        return Query.adhoc(text_of(Path(name)), Path(name).stem, name)
    return get(name, folder)


def _explain_empty(causes: tuple[Sentence, ...], lang: Language) -> None:
    """Says beside an answer without rows what may be wrong with the query."""
    for cause in causes:
        note(cause.in_words(lang))


def _table(asked: Query, answer: RowStream, limit: int | None, lang: Language) -> bool:
    """Prints rows as a table, with the headings that the query's header has in Chinese.

    Returns:
        Whether there are any.
    """
    from kps_graph.cli.output import rows_table
    from kps_graph.exports.headings import headings_of, status

    rows = answer.rows()
    shown = rows[:FIRST] if limit is None else rows
    if not rows:
        echo(say(lang, "nothing was found"))
        if asked.headed and asked.parameters:
            note(say(lang, "kps-graph queries {name} explains its parameters", name=asked.name))
        return False
    rows_table(
        shown,
        lang,
        headings=headings_of(asked, lang),
        words=lambda column, value: status(value, lang) if column == "status" else value,
    )
    if len(rows) == _COUNTED:
        note(say(lang, "over {count} rows (--limit 0 shows all)", count=_COUNTED))
    elif left := len(rows) - len(shown):
        note(say(lang, "{left} more rows (--limit 0 shows all)", left=left))
    else:
        note(say(lang, "({count})", count=len(rows)))
    return True


def _answers(asked: Query, answer: RowStream, on: Selection) -> bytes:
    """The rows of a query of the library as the other answers in JSON."""
    from kps_graph.graph.answered import query_data
    from kps_graph.printable import json_text

    data = query_data(asked, on, answer.rows().to_dicts())
    return f"{json_text(data)}\n".encode()


def _rows(answer: RowStream, style: str, out: BinaryIO, excel: bool) -> int:
    """Writes rows as they come, for a spreadsheet if wanted, and says how many there were."""
    from kps_graph.exports.columnar import COLUMNAR, write_columnar
    from kps_graph.exports.results import guarded_rows, streamed

    if style == _SPARQL_JSON:
        style = "json"
    if style in _GRAPHS.values():
        raise BadUsage("a SELECT gives rows; {style} is for CONSTRUCT and DESCRIBE", style=style)
    format = ResultFormat.called(style)
    excel = excel and format in (ResultFormat.CSV, ResultFormat.TSV)
    count = 0

    def counted() -> Iterator[Sequence[tuple[Term | None, ...]]]:
        nonlocal count
        for part in answer.parts:
            count += len(part)
            yield guarded_rows(part) if excel else part

    if excel:
        out.write(BOM_UTF8)
    if format in COLUMNAR:
        write_columnar(answer.columns, counted(), format, out)
    else:
        for part in streamed(answer.columns, counted(), format, answer.lists):
            out.write(part)
    return count


def _graph(answer: GraphStream, style: str, out: BinaryIO) -> None:
    from kps_graph.exports.results import graph_as_turtle

    if style == "ntriples":
        for part in answer.parts:
            out.write(part)
    elif style in ("table", "turtle"):
        out.write(graph_as_turtle(answer.ntriples()))
    else:
        raise BadUsage("a graph has no {style} form; use --format turtle", style=style)


def _truth(answer: bool, style: str, out: BinaryIO) -> None:
    from kps_graph.exports.results import truth_as

    style = "json" if style == _SPARQL_JSON else style
    known = style in ("json", "xml")
    out.write(truth_as(answer, ResultFormat.called(style) if known else ResultFormat.CSV))
