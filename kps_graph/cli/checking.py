"""What the commands that check have in common: how it is done, and how it is reported."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kps_graph.cli.options import StorePlace
from kps_graph.cli.terminal import echo
from kps_graph.errors import UnknownFormat
from kps_graph.formats import ReportFormat
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from kps_graph.exports.reports import Checked

__all__ = ["corpus_option", "profile_option", "report_format", "write_report"]

Command = TypeVar("Command", bound=Callable[..., Any])


def profile_option(command: Command) -> Command:
    """``--profile``: a profile by name, or a user's own file."""
    return click.option(
        "--profile",
        metavar="NAME|FILE.toml",
        help="draft, review, import, or your own (docs/profiles.md).  [default: import for a third "
        "party's JSON, else draft]",
    )(command)


def corpus_option(command: Command) -> Command:
    """``--store``: standards that the check is to see besides the documents."""
    return click.option(
        "--store",
        type=StorePlace(exists=True),
        help="A store of other standards, which the rules that look across standards see too.",
    )(command)


def report_format(style: str | None, output: Path | None) -> ReportFormat:
    """The format that is asked for, or that the name of the file suggests."""
    from kps_graph.cli.output import STANDARD_OUTPUT

    piped = (None, STANDARD_OUTPUT)
    if style:
        format = {str(f): f for f in ReportFormat}[style]
    elif output in piped:
        format = ReportFormat.TEXT
    else:
        found = ReportFormat.of_name(output.name)
        if found is None:
            endings = tuple(f.extension for f in ReportFormat)
            raise UnknownFormat(
                "the name ends in no format of a report",
                source=output.name,
                hint=Sentence("use one of {endings}, or --format", endings=endings),
            )
        format = found
    if format is ReportFormat.XLSX and output in piped and sys.stdout.isatty():
        raise UnknownFormat(
            "a workbook cannot be shown in a terminal", hint=Sentence("name a file with -o")
        )
    return format


def write_report(checked: Checked, format: ReportFormat, output: Path | None) -> None:
    """Writes the report to its file, or shows it."""
    from kps_graph.cli.output import for_terminal, save
    from kps_graph.cli.terminal import write
    from kps_graph.exports import reports

    if output is None:
        write(reports.write(for_terminal(checked), format), safe=format is ReportFormat.TEXT)
    else:
        if save(output, reports.write(checked, format)):
            echo(str(output), err=True)
