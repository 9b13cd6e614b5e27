"""How results are shown: tables that fit the terminal, trees, progress, machine formats."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from kps_graph.saving import replace_file
from kps_graph.store.rows import Rows, Term, Value
from kps_graph.words import Language

if TYPE_CHECKING:
    from rich.console import Console

    from kps_graph.exports.reports import Checked
    from kps_graph.pipeline.interrupt import Progress

__all__ = [
    "STANDARD_OUTPUT",
    "console",
    "echo_json",
    "for_terminal",
    "progress",
    "rows_table",
    "save",
    "table",
    "write",
]


#: What ``-o`` is given for standard output.
STANDARD_OUTPUT: Final = Path("-")


def console(stderr: bool = False) -> Console:
    """A console that colours only on a terminal and never wraps what goes into a pipe."""
    from rich.console import Console

    class Plain(Console):
        """Leaves it to the command line what a broken pipe means."""

        def on_broken_pipe(self) -> None:
            raise

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 120
    return Plain(stderr=stderr, highlight=False, width=width, soft_wrap=False)


def write(data: bytes) -> None:
    """Writes bytes to standard output as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def save(output: Path, data: bytes) -> bool:
    """Writes a file whole or not at all; ``-`` is standard output.

    Returns:
        Whether a file was written, whose name may be said.

    Raises:
        SourceError: if it cannot be written.
    """
    if output == STANDARD_OUTPUT:
        write(data)
        return False
    replace_file(output, data)
    return True


def for_terminal(checked: Checked) -> Checked:
    """``checked`` as the terminal shows it, if standard output is one: its width and colours."""
    if not sys.stdout.isatty():
        return checked
    width = shutil.get_terminal_size().columns
    return replace(checked, width=width, colour="NO_COLOR" not in os.environ)


def echo_json(data: Any) -> None:
    """Prints JSON, Chinese as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


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
    rows: Rows, *, without: Iterable[str] = (), headings: Mapping[str, str] | None = None
) -> None:
    """Prints rows as a table, IRIs shortened by their prefix, the columns ``without`` left out.

    ``headings`` are for columns; one that has none is its own.
    """
    from kps_graph.terms import DEFAULT_BASE, PREFIXES, SCHEMES

    known = {**PREFIXES, "scheme": SCHEMES, "id": DEFAULT_BASE}

    def shown(term: Term | None) -> Value:
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
        [[shown(row[i]) for i in kept] for row in rows.terms],
    )


def _cell(value: Value) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


_STAGES: Final = {
    "read": ("讀取文件", "reading"),
    "check": ("檢核規則", "checking"),
    "align": ("比對職能", "matching"),
    "send": ("傳送", "sending"),
    "links": ("讀取連結", "reading links"),
    "index": ("建立索引", "indexing"),
}


@contextmanager
def progress(lang: Language) -> Iterator[Progress | None]:
    """A progress bar on standard error with rate and remaining time; None if it is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TextColumn("→"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console(stderr=True), transient=True) as bar:
        stages = {stage: lang.pick(names) for stage, names in _STAGES.items()}
        task = bar.add_task(stages["read"], total=None, rate="")

        def update(done: int, total: int, name: str) -> None:
            if not total:
                bar.reset(task, total=None, description=stages[name])
                return
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield update
