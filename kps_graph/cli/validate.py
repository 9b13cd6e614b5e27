"""``kps-graph validate``: documents against the rules."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.checking import corpus_option, profile_option, report_format, write_report
from kps_graph.cli.options import lang_option, limits_option, output_option
from kps_graph.cli.speaking import show_error
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, FileBeside
from kps_graph.formats import ReportFormat
from kps_graph.report import Severity
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.exports.reports import Checked
    from kps_graph.pipeline.reading import Reading
    from kps_graph.rules.baseline import Baseline
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["validate"]


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--explain", metavar="RULE", help="Explain a rule instead of checking.")
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice([str(f) for f in ReportFormat]),
    help="The format of the report.  [default: by the ending of OUTPUT, else text]",
)
@output_option("Write the report to a file.")
@click.option(
    "--annotate",
    metavar="COPY",
    type=FileBeside(),
    help="Write a copy of the one SOURCE, a .docx or .odt, with each finding as a "
    "comment at its place.",
)
@click.option(
    "--fail-on",
    type=Choice(["violation", "warning", "info", "never"]),
    default="violation",
    show_default=True,
    help="Exit with 1 if there is a finding at least this severe.",
)
@profile_option
@corpus_option
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Report only what this file of known findings does not list.",
)
@click.option(
    "--write-baseline",
    "write_baseline",
    type=FileBeside(),
    help="Write the findings to a file, as the baseline of later checks.",
)
@limits_option
@lang_option
def validate(
    sources: tuple[Path, ...],
    explain: str | None,
    style: str | None,
    output: Path | None,
    annotate: Path | None,
    fail_on: str,
    profile: str | None,
    store: Place | None,
    baseline: Path | None,
    write_baseline: Path | None,
    lang: Language,
    limits: Limits,
) -> None:
    """Check SOURCES (documents and folders of them) against the rules of a good standard."""
    if explain:
        from kps_graph.cli.rules import explain as told

        told(explain, lang)
        return
    if not sources:
        raise click.MissingParameter(param_type="argument", param_hint="'SOURCES...'")
    from kps_graph.cli.waiting import progress
    from kps_graph.pipeline.reported import against, reported
    from kps_graph.pipeline.sources import find
    from kps_graph.rules import baseline as baselines
    from kps_graph.rules import profiles

    format = report_format(style, output)
    chosen = profiles.load(profile) if profile else None
    expected = baselines.read(baseline) if baseline else None
    files = find(sources)
    if annotate:
        from kps_graph.annotations import refuse

        refuse([f.path for f in files], annotate)
    readings: list[Reading] = []
    with progress(lang) as update:
        checked = reported(
            files,
            chosen,
            store,
            lang=lang,
            threshold=None if fail_on == "never" else Severity.of(fail_on),
            tables=format.tables,
            each=readings.append if annotate else None,
            progress=update,
            limits=limits,
        )
    _show_failed(checked)
    if write_baseline:
        checked, expected = _keep(checked, write_baseline)
    if expected is not None:
        checked = against(checked, expected, str(write_baseline or baseline))
    write_report(checked, format, output)
    if annotate and readings:
        _annotate(checked, readings[0], annotate)
    if checked.failed:
        sys.exit(2)
    sys.exit(1 if any(map(checked.fails, checked.report.findings)) else 0)


def _show_failed(checked: Checked) -> None:
    """Says which files could not be read, and why."""
    for source in checked.failed:
        if source.message:
            show_error(source.message, checked.lang)


def _keep(checked: Checked, baseline: Path) -> tuple[Checked, Baseline]:
    """Writes the findings as a baseline; ``checked`` with a line that says so, and the baseline."""
    from kps_graph.pipeline.reported import drafts
    from kps_graph.rules import baseline as baselines
    from kps_graph.saving import replace_file

    data = baselines.write(checked.report.findings, drafts(checked))
    replace_file(baseline, data)
    said = say(
        checked.lang,
        "{violation} violations, {warning} warnings and {info} infos written to {file}",
        file=str(baseline),
        **checked.report.counts(),
    )
    return replace(checked, said=(*checked.said, said)), baselines.read_text(data.decode())


def _annotate(checked: Checked, reading: Reading, copy: Path) -> None:
    from datetime import UTC, datetime

    from kps_graph.annotations import annotate
    from kps_graph.cli.output import save

    now = datetime.now(UTC)
    if save(copy, annotate(reading.data, reading.file.path.name, checked, now)):
        echo(str(copy), err=True)
