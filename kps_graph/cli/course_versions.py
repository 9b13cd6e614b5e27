"""``kps-graph course migrate`` and ``watch``: a course, or a folder of them, and new versions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.course_options import table_argument
from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["migrate", "watch"]


@click.command()
@table_argument
@click.option("--to", "new", metavar="STANDARD", required=True, help="The new version.")
@click.option(
    "--standard",
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
    from kps_graph.courses.basis import basis_of
    from kps_graph.courses.migrate import migrate as operation
    from kps_graph.pipeline.courses import course_at
    from kps_graph.pipeline.given import given

    endings = {p.suffix.lower() for p in (table, output) if p and p != STANDARD_OUTPUT}
    if output and endings != {".xlsx"}:
        raise BadUsage(
            "both {table} and {file} must be workbooks (.xlsx)", table=table.name, file=output.name
        )
    reading = course_at(table, limits)
    old = given(standard or basis_of(reading.course), store, limits=limits).standard
    outcome = operation(reading.course, old, given(new, store, limits=limits).standard)
    piped = output == STANDARD_OUTPUT  # where the workbook is
    for link in outcome.links:
        if link.change is None or link.change.differences or link.change.new is None:
            codes = " → ".join(dict.fromkeys(filter(None, (link.written, link.new_code))))
            echo(f"{link.span.pointer or link.span}: {said(link, lang)} {codes}", err=piped)
    for change in outcome.added:
        echo(f"{lang.pick(STATUS['new'])} {change.part.code} {change.part.text}", err=piped)
    if output and save(output, migrated(reading.data, outcome, lang)):
        echo(str(output), err=True)


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "style",
    default="table",
    show_default=True,
    type=Choice(["table", "csv", "tsv", "json", "markdown"]),
)
@store_option
@limits_option
@lang_option
def watch(
    tables: tuple[Path, ...], style: str, store: Place, limits: Limits, lang: Language
) -> None:
    """Say what a new corpus means for the courses in TABLES (files and folders).

    For each course: the newest version of its standard in the store, and how many of its links are
    kept, renumbered, re-worded or gone there, and how much is new. course migrate then carries one
    over. Exits with 1 if a course is touched, or nothing can be said of one; with 2 if of none.
    """
    import kps_graph
    from kps_graph.annotations.migrated import STATUS
    from kps_graph.pipeline.course_store import course_files
    from kps_graph.pipeline.course_watch import watched
    from kps_graph.standards.versions import Status
    from kps_graph.store import Rows

    with kps_graph.open(store) as graph:
        found = list(watched(graph, course_files(tables), limits))
    states = [s for s in Status if s is not Status.NEW]
    columns = ("file", "course", "standard", "newest", *states, "unknown", "new")
    rows = Rows.of(
        columns,
        [each for each in found if each.error is None],
        lambda each: (
            each.path.name,
            each.title,
            each.standard,
            each.newest,
            *(each.links[state] for state in states),
            each.links["unknown"],
            each.added,
        ),
    )
    headings = {state: lang.pick(STATUS[state]) for state in Status} | {
        "course": lang.pick(("課程", "course")),
        "newest": lang.pick(("最新版本", "newest")),
        "unknown": lang.pick(("原版無", "unknown")),
    }
    show(rows, style, lang, 0, headings=headings, empty=Sentence("there is no course here"))
    for each in found:
        if each.error is not None:
            place = str(each.path)
            echo(say(lang, "{place}: {message}", place=place, message=each.error), err=True)
    if found and all(each.error for each in found):
        sys.exit(2)
    sys.exit(1 if any(each.error or each.outdated for each in found) else 0)
