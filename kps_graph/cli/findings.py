"""``kps-graph findings``: what the build has found of the standards in a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.checking import report_format, write_report
from kps_graph.cli.options import (
    lang_option,
    one_or_other,
    output_option,
    slice_option,
    store_option,
)
from kps_graph.cli.tables import in_file
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.formats import ReportFormat
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["findings"]

#: Formats of rows.
_COLUMNAR: Final = ("arrow", "parquet")


@click.command()
@click.argument("standards", nargs=-1, metavar="[STANDARD]...")
@click.option("--rule", metavar="RULE", help="Only the findings of this rule.")
@click.option(
    "--severity",
    type=Choice(["violation", "warning", "info"]),
    default="info",
    show_default=True,
    help="Only findings at least this severe.",
)
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice([*(str(f) for f in ReportFormat), *_COLUMNAR]),
    help="The format of the report, or its rows.  [default: by the ending of OUTPUT, else text]",
)
@output_option("Write the report to a file.")
@slice_option
@store_option
@lang_option
def findings(
    standards: tuple[str, ...],
    rule: str | None,
    severity: str,
    style: str | None,
    output: Path | None,
    part: Slice,
    store: Place,
    lang: Language,
) -> None:
    """Report what the build has found of each STANDARD in the store (code or name), of a slice, or of all.

    Nothing is checked again: it is the report of validate, as it was when the store was built.
    """
    one_or_other(standards, part)
    import kps_graph
    from kps_graph.cli.output import STANDARD_OUTPUT, save
    from kps_graph.pipeline.reported import outcome
    from kps_graph.printable import json_text
    from kps_graph.report import Report

    ending = style or (output.suffix.lower()[1:] if output else "")
    format = ReportFormat.TEXT if ending in _COLUMNAR else report_format(style, output)
    with kps_graph.open(store).within(part) as graph:
        found = graph.findings(*standards, rule=rule, severity=severity)
        known = graph.identities()
        named = list(dict.fromkeys(graph.chosen(standards)))
        on = graph.selection
    if ending in _COLUMNAR:
        if save(output or STANDARD_OUTPUT, in_file(found.rows(), ending)):
            echo(str(output), err=True)
        return
    chosen = [known[i] for i in named or sorted(known)]
    if format is ReportFormat.JSON:
        data = on.as_data([f.as_data() for f in found])
        data["standards"] = len(named) or data["standards"]
        if save(output or STANDARD_OUTPUT, f"{json_text(data)}\n".encode()):
            echo(str(output), err=True)
        return
    report = Report.of(found, (s.path for s in chosen))
    write_report(outcome(report, tuple(chosen), None, lang, None), format, output)
