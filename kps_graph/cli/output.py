"""How results are shown: tables that fit the terminal, trees, progress, machine formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kps_graph.cli.terminal import console, echo, shown, write
from kps_graph.printable import json_text
from kps_graph.saving import replace_file
from kps_graph.words import Few, Language

if TYPE_CHECKING:
    from kps_graph.exports.reports import Checked
    from kps_graph.store.rows import Rows, Term, Value

__all__ = [
    "STANDARD_OUTPUT",
    "echo_json",
    "for_terminal",
    "rows_table",
    "save",
    "table",
]


#: What ``-o`` is given for standard output.
STANDARD_OUTPUT: Final = Path("-")
#: How many entries of a list a table shows.
_FEW: Final = 5


def save(output: Path, data: bytes, *, safe: bool = False) -> bool:
    """Writes a file whole or not at all; ``-`` is standard output (``safe``: see :func:`write`).

    Returns:
        Whether a file was written, whose name may be said.

    Raises:
        SourceError: if it cannot be written.
    """
    if output == STANDARD_OUTPUT:
        write(data, safe=safe)
        return False
    replace_file(output, data)
    return True


def for_terminal(checked: Checked) -> Checked:
    """``checked`` as the terminal shows it, if standard output is one: its width and colours."""
    if not sys.stdout.isatty():
        return checked
    import shutil  # what it archives with takes long to import

    width = shutil.get_terminal_size().columns
    return replace(checked, width=width, colour="NO_COLOR" not in os.environ)


def echo_json(data: Any) -> None:
    """Prints JSON, Chinese as it is."""
    echo(json_text(data))


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    right: Iterable[str] = (),
) -> None:
    """Prints a table; numbers to the right, long texts folded."""
    from rich import box
    from rich.table import Table

    from kps_graph.cli.linebreaks import Cell

    listed = [list(r) for r in rows]
    shown = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for i, column in enumerate(columns):
        numbers = all(isinstance(r[i], (int, float)) or r[i] is None for r in listed) and listed
        shown.add_column(
            column, justify="right" if numbers or column in right else "left", overflow="fold"
        )
    for row in listed:
        shown.add_row(*(Cell("" if v is None else _cell(v)) for v in row))
    console().print(shown)


def rows_table(
    rows: Rows,
    lang: Language,
    *,
    without: Iterable[str] = (),
    headings: Mapping[str, str] | None = None,
    words: Callable[[str, Value], Value] = lambda column, value: value,
) -> None:
    """Prints rows as a table, IRIs shortened by their prefix, the columns ``without`` left out.

    Of a list in one cell, the first few entries, as ``lang`` lists them.

    ``headings`` are for columns; one that has none is its own. ``words`` says what a value of a
    column is called.
    """
    from kps_graph.store.rows import entries  # whoever has rows has imported it
    from kps_graph.terms import DEFAULT_BASE, PREFIXES, SCHEMES

    known = {**PREFIXES, "scheme": SCHEMES, "id": DEFAULT_BASE}

    def few(column: str, value: Value) -> Value:
        if column not in rows.lists or value is None:
            return value
        listed = list(map(str, entries(column, value, rows.lists[column]) or ()))
        return Few(_FEW, lang).listed(listed)

    def short(term: Term | None) -> Value:
        if term is None or term.kind != "iri":
            return term.python() if term else None
        for prefix, namespace in known.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
        return term.value

    kept = [i for i, c in enumerate(rows.columns) if c not in set(without)]
    named = headings or {}
    table(
        [named.get(rows.columns[i], rows.columns[i]) for i in kept],
        [
            [words(rows.columns[i], few(rows.columns[i], short(row[i]))) for i in kept]
            for row in rows.terms
        ],
    )


def _cell(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return shown(str(value))
