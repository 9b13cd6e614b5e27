"""How the answers to questions are shown: tables with headings in words, or files for programs."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kps_graph.cli.terminal import echo, styled
from kps_graph.cli.values import Whole
from kps_graph.formats import ResultFormat
from kps_graph.printable import json_text
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.slices import Selection
    from kps_graph.store.rows import Rows, Value

__all__ = ["FIRST", "between", "excel_option", "in_file", "limit_option", "note", "show"]

Command = TypeVar("Command", bound=Callable[..., Any])

#: How many rows a table has unless told otherwise.
FIRST: Final = 30


def limit_option(command: Command) -> Command:
    """``--limit``: how many rows are shown."""
    return click.option(
        "--limit",
        type=Whole(0),
        default=None,
        metavar="N",
        help=f"Only the first N rows, 0 for all.  [default: {FIRST} in a table, all in a file]",
    )(command)


excel_option = click.option(
    "--excel", is_flag=True, help="Begin a file as Excel wants it to read Chinese."
)


def between(style: str, lang: Language) -> str:
    """What stands between the entries of one cell: a bar in what programs read."""
    return "|" if style in ("csv", "tsv") else lang.pick(("、", ", "))


def show(
    rows: Rows,
    style: str,
    lang: Language,
    limit: int | None = None,
    *,
    title: str = "",
    without: Iterable[str] = ("iri",),
    names: Mapping[str, str] | None = None,
    empty: Sentence | None = None,
    headings: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    on: Selection | None = None,
    excel: bool = False,
) -> None:
    """Prints ``rows``: in words as a table, as they are for programs.

    Args:
        rows: what was found.
        style: ``table``, ``csv``, ``tsv``, ``json`` (an array of objects), ``markdown``, ``arrow`` or
            ``parquet``.
        lang: of headings and notes.
        limit: how many rows; 0 for all; None for :data:`FIRST` in a table and else all.
        title: above a table.
        without: columns that a table leaves out.
        names: headings of further columns, and what those values are called.
        headings: of columns that are not called as usual.
        values: by column, what a table calls its values.
        empty: what to say in place of a table without rows.
        on: the standards that the answer stands on.
        excel: whether a file begins with a byte order mark.
    """
    if on is not None:
        note(on.said().in_words(lang))
    if empty and not rows and style == "table":
        echo(empty.in_words(lang))
        return
    most = limit if limit is not None else FIRST if style == "table" else 0
    shown = rows[:most] if most else rows
    if style == "json":
        echo(json_text(shown.to_dicts()))
    elif style == "table":
        _table(shown, lang, title, frozenset(without), names or {}, headings or {}, values or {})
    else:
        from kps_graph.cli.terminal import write

        write(in_file(shown, style, excel=excel))
    if len(shown) < len(rows) and limit is None:
        left = len(rows) - len(shown)
        note(say(lang, "{left} more rows (--limit 0 shows all)", left=left))


def in_file(rows: Rows, style: str, *, excel: bool = False) -> bytes:
    """``rows`` as a file holds them; ``excel``: whether one of text begins with a byte order mark."""
    from kps_graph.exports.columnar import COLUMNAR, write_columnar
    from kps_graph.exports.results import guarded, rows_as

    if (format := ResultFormat.called(style)) in COLUMNAR:
        out = BytesIO()
        write_columnar(rows.columns, [rows.terms], format, out)
        return out.getvalue()
    return (BOM_UTF8 if excel else b"") + rows_as(guarded(rows), format)


def note(text: str) -> None:
    """Says something beside the answer, on standard error."""
    echo(styled(text, dim=True), err=True)


def _table(
    rows: Rows,
    lang: Language,
    title: str,
    without: frozenset[str],
    names: Mapping[str, str],
    headings: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
) -> None:
    from kps_graph.cli.output import table
    from kps_graph.exports.headings import heading, in_words

    kept = [c for c in rows.columns if c not in without]

    def named(column: str) -> str:
        return headings[column] if column in headings else heading(column, lang, names)

    def cell(column: str, value: Value) -> Value:
        if column in values:
            return values[column].get(str(value), value)
        return in_words(column, value, lang, names)

    table(
        [named(c) for c in kept],
        [[cell(c, row[c]) for c in kept] for row in rows],
        title=title,
        right=(named("part"),),
    )
