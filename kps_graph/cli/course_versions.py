"""``kps-graph course migrate`` and ``watch``: a course, or a folder of them, and new versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.course_options import basis_of, table_argument
from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["migrate"]


@click.command()
@table_argument
@click.option("--to", "new", metavar="STANDARD", required=True, help="The new version.")
@click.option(
    "--in",
    "standard",
    metavar="STANDARD",
    help="The version that the course rests on.  [default: the one that TABLE names]",
)
@output_option("The workbook (.xlsx) to write, the changes marked; TABLE must be one.")
@store_option
@limits_option
@lang_option
def migrate(
    table: Path,
    new: str,
    standard: str | None,
    output: Path | None,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Carry the course in TABLE over to a new version of its standard.

    Each link is kept, renumbered, re-worded (with the words) or gone; what is new to be taught is
    listed. The new workbook has the new codes, the changed cells marked and explained, and a sheet
    with every link: nothing is lost silently.
    """
    from kps_graph.annotations.migrated import STATUS, migrated, said
    from kps_graph.courses.migrate import migrate as operation
    from kps_graph.pipeline.courses import course_at
    from kps_graph.pipeline.given import given

    if output and ".xlsx" not in {output.suffix.lower()} & {table.suffix.lower()}:
        raise BadUsage(
            "both {table} and {file} must be workbooks (.xlsx)", table=table.name, file=output.name
        )
    reading = course_at(table, limits)
    old = given(standard or basis_of(reading), store, limits=limits).standard
    outcome = operation(reading.course, old, given(new, store, limits=limits).standard)
    for link in outcome.links:
        if link.change is None or link.change.differences or link.change.new is None:
            codes = " → ".join(dict.fromkeys(filter(None, (link.written, link.new_code))))
            echo(f"{link.span.pointer or link.span}: {said(link, lang)} {codes}")
    for change in outcome.added:
        echo(f"{lang.pick(STATUS['new'])} {change.part.code} {change.part.text}")
    if output and save(output, migrated(reading.data, outcome, lang)):
        echo(str(output), err=True)
