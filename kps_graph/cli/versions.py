"""``kps-graph versions`` and ``changes``: standards through the years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import (
    lang_option,
    one_or_other,
    output_option,
    slice_option,
    store_option,
)
from kps_graph.cli.output import STANDARD_OUTPUT, echo_json, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import TABLES, excel_option, in_file, limit_option, show
from kps_graph.cli.terminal import echo, write
from kps_graph.cli.values import Choice
from kps_graph.printable import json_text
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.slices import Slice
    from kps_graph.standards.series import Decision
    from kps_graph.store import Place
    from kps_graph.store.rows import Rows

__all__ = ["changes", "versions"]

#: The formats of events, by the ending of a file.
_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".md": "markdown",
    ".arrow": "arrow",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".atom": "atom",
    ".xml": "atom",
}
decisions_option = click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV file of which versions follow each other: old, new, decision (same or apart).",
)


@click.command()
@click.argument("standards", nargs=-1, metavar="[STANDARD]...")
@decisions_option
@slice_option
@store_option
@click.option("--format", "-f", "style", default="table", show_default=True, type=Choice(TABLES))
@excel_option
@limit_option
@lang_option
def versions(
    standards: tuple[str, ...],
    decisions: Path | None,
    part: Slice,
    store: Place,
    style: str,
    excel: bool,
    limit: int | None,
    lang: Language,
) -> None:
    """List the versions of each STANDARD (code or name), of a slice, or of all, the oldest first.

    A standard is followed through new codes and names: by the base of its code, by what its
    documents say replaces what, by their version tables, and by what people have decided.
    """
    one_or_other(standards, part)
    import kps_graph

    with kps_graph.open(store).within(part) as graph:
        found = graph.versions(*standards, decisions=_read(decisions))
        _show(found.rows(), graph, part, style, lang, limit, excel=excel)


@click.command()
@click.argument("standards", nargs=-1, metavar="[STANDARD]...")
@click.option("--since", default="", metavar="DATE", help="From 2024, 2024-05 or 2024-05-31 on.")
@click.option("--until", default="", metavar="DATE", help="Up to this date.")
@decisions_option
@slice_option
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    help="[default: by the ending of the file that is written, else table]",
    type=Choice([*TABLES, "jsonl", "atom"]),
)
@output_option("File to write the events to.")
@excel_option
@limit_option
@lang_option
def changes(
    standards: tuple[str, ...],
    since: str,
    until: str,
    decisions: Path | None,
    part: Slice,
    store: Place,
    style: str | None,
    output: Path | None,
    excel: bool,
    limit: int | None,
    lang: Language,
) -> None:
    """List the versions that came out, by date: of each STANDARD (code or name), of a slice, or of all.

    JSON lines hold what became of every part and, where the store holds both versions, what makes
    the graph of the new one of that of the old one.
    """
    one_or_other(standards, part)
    import kps_graph
    from kps_graph.graph.answered import every_version

    style = _style(style, output)
    with kps_graph.open(store).within(part) as graph:
        found = graph.changes(*standards, since=since, until=until, decisions=_read(decisions))
        base = graph.base
        if output in (None, STANDARD_OUTPUT) and style in TABLES:
            empty = Sentence("no version came out then")
            _show(found.rows(), graph, part, style, lang, limit, empty, excel=excel)
            return
        on = every_version(graph, bool(part))
    chosen, rows = (found[:limit], found.rows()[:limit]) if limit else (found, found.rows())
    if style == "json":
        data = f"{json_text(on.as_data(rows.to_dicts()))}\n".encode()
    elif style in TABLES:
        data = in_file(rows, style, excel=excel)
    else:
        from kps_graph.exports import events

        data = events.atom(chosen, base, lang) if style == "atom" else events.json_lines(chosen)
    if output is None:
        write(data)
    elif save(output, data):
        echo(str(output), err=True)


def _style(named: str | None, output: Path | None) -> str:
    """The format of the events: the one that is named, or of the ending of a file; else a table."""
    if output is None or output == STANDARD_OUTPUT:
        return named or "table"
    style = named or _ENDINGS.get(output.suffix.lower(), "table")
    if style == "table":
        raise BadUsage("name the format of {file} with --format", file=str(output))
    return style


def _show(
    rows: Rows,
    graph: KnowledgeGraph,
    part: Slice,
    style: str,
    lang: Language,
    limit: int | None,
    empty: Sentence | None = None,
    *,
    excel: bool = False,
) -> None:
    """Prints versions; JSON as that of the other answers."""
    from kps_graph.graph.answered import every_version

    on = every_version(graph, bool(part))
    if style == "json":
        echo_json(on.as_data((rows[:limit] if limit else rows).to_dicts()))
    else:
        show(rows, style, lang, limit, empty=empty, on=on, excel=excel)


def _read(path: Path | None) -> list[Decision]:
    from kps_graph.graph.history import decisions_in

    return decisions_in(path) if path else []
