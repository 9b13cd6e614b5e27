"""``kps-graph queries`` and ``kps-graph query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, parameters, store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import FIRST, limit_option, note
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.formats import ResultFormat
from kps_graph.store.rows import Rows
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.queries.library import Query

__all__ = ["queries", "query"]

_FORMATS = ("table", *map(str, ResultFormat), "turtle")


@click.command()
@click.argument("name", required=False)
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(["table", "json"]),
    default="table",
    show_default=True,
)
@lang_option
def queries(name: str | None, style: str, lang: Language) -> None:
    """List the queries of the library; with NAME, what that one takes and gives."""
    from kps_graph.cli.output import echo_json, table
    from kps_graph.queries import library

    found = [library.get(name)] if name else list(library.library().values())
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
        lang.pick((["欄位", "說明"], ["column", "meaning"])),
        [[c.name, c.description[lang]] for c in query.columns],
    )


@click.command()
@click.argument("name")
@click.option(
    "--param",
    "-p",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A parameter of the query; may be repeated.",
)
@store_option
@click.option("--format", "-f", "style", type=Choice(_FORMATS), default="table", show_default=True)
@limit_option
@lang_option
def query(
    name: str, given: tuple[str, ...], store: Path, style: str, limit: int | None, lang: Language
) -> None:
    """Ask NAME: a query of the library, SPARQL, a FILE.rq with it, or - for standard input.

    CSV and TSV are those of SPARQL, for programs: a text that begins like a formula stays as it is,
    and a spreadsheet may run it. The tables of other commands are guarded.
    """
    import kps_graph
    from kps_graph.queries.library import Query, get

    if name == "-":
        asked = Query.adhoc(sys.stdin.read(), "-")
    elif "{" in name or (len(name.split()) > 1 and not Path(name).is_file()):
        asked = Query.adhoc(name)
    elif name.endswith((".rq", ".sparql")) or "/" in name:
        asked = Query.adhoc(_text(Path(name)), Path(name).stem)
    else:
        asked = get(name)
    bound = parameters(given)
    with kps_graph.open(store) as graph:
        answer = graph.query(asked, **bound)
    if isinstance(answer, Rows):
        _rows(asked, answer, style, limit, lang)
    else:
        _show(answer, style)


def _text(path: Path) -> str:
    from kps_graph.errors import SourceError

    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            "the query cannot be read: {reason}", reason=str(error), source=str(path)
        ) from error


def _rows(asked: Query, rows: Rows, style: str, limit: int | None, lang: Language) -> None:
    """Prints rows; a table with the headings that the query's header has in Chinese."""
    from kps_graph.cli.output import rows_table
    from kps_graph.cli.terminal import write
    from kps_graph.exports.headings import headings_of
    from kps_graph.exports.results import rows_as

    if style == "turtle":
        raise BadUsage("a SELECT gives rows; turtle is for CONSTRUCT and DESCRIBE")
    most = limit if limit is not None else FIRST if style == "table" else 0
    shown = rows[:most] if most else rows
    if style != "table":
        write(rows_as(shown, ResultFormat.called(style)))
    elif not rows:
        echo(say(lang, "nothing was found"))
        if asked.headed and asked.parameters:
            note(say(lang, "kps-graph queries {name} explains its parameters", name=asked.name))
    else:
        rows_table(shown, headings=headings_of(asked, lang))
    left = len(rows) - len(shown)
    if left and limit is None:
        note(say(lang, "{left} more rows (--limit 0 shows all)", left=left))
    elif style == "table" and rows:
        note(say(lang, "({count})", count=len(rows)))


def _show(answer: bool | bytes, style: str) -> None:
    from kps_graph.cli.terminal import write
    from kps_graph.exports.results import graph_as_turtle, truth_as

    if isinstance(answer, bool):
        write(truth_as(answer, ResultFormat.JSON if style == "json" else ResultFormat.CSV))
    elif style in ("table", "turtle"):
        write(graph_as_turtle(answer))
    else:
        raise BadUsage("a graph has no {style} form; use --format turtle", style=style)
