"""``kps-graph course``: a course from a standard to a checked plan."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli import course_data, course_plan, course_versions
from kps_graph.cli.checking import profile_option, report_format, write_report
from kps_graph.cli.course_options import (
    listed,
    standard_option,
    table_argument,
    tasks_option,
)
from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT, save
from kps_graph.cli.speaking import BadUsage, Speaking
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, FileBeside
from kps_graph.formats import ReportFormat
from kps_graph.report import Severity
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["course"]


@click.group(cls=Speaking)
def course() -> None:
    """Plan and check a competency-based course (職能導向課程)."""


@course.command()
@click.argument("standard")
@tasks_option
@output_option("The workbook (.xlsx) to write.", required=True)
@store_option
@lang_option
@limits_option
def template(
    standard: str, tasks: str | None, output: Path, store: Place, lang: Language, limits: Limits
) -> None:
    """Write a workbook in which a course for STANDARD is planned.

    STANDARD is a code or name in the store, or a document. The workbook has a sheet of modules to
    fill in, the codes and texts to choose from, a sheet that counts what is taught while one types,
    and instructions.
    """
    from kps_graph.exports.course.template import template as workbook
    from kps_graph.pipeline.given import given

    if output != STANDARD_OUTPUT and output.suffix.lower() != ".xlsx":
        raise BadUsage("{file} is no workbook: name a file ending in .xlsx", file=output.name)
    value = given(standard, store, limits=limits).standard
    if save(output, workbook(value, listed(tasks), lang)):
        echo(str(output), err=True)


@course.command()
@table_argument
@standard_option
@tasks_option
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice([str(f) for f in ReportFormat]),
    help="The format of the report.  [default: by the ending of OUTPUT, else text]",
)
@output_option("Write the report to a file.")
@click.option(
    "--fail-on",
    type=Choice(["violation", "warning", "info", "never"]),
    default="violation",
    show_default=True,
    help="Exit with 1 if there is a finding at least this severe.",
)
@click.option(
    "--annotate",
    metavar="COPY",
    type=FileBeside(),
    help="Write a copy of TABLE, an .xlsx, .docx or .odt, with each finding as a comment at its cell.",
)
@click.option(
    "--matrix",
    type=FileBeside(),
    help="Write the matrices of modules against P, K and S (.xlsx or .html).",
)
@profile_option
@store_option
@limits_option
@lang_option
def check(
    table: Path,
    standard: str | None,
    tasks: str | None,
    style: str | None,
    output: Path | None,
    fail_on: str,
    annotate: Path | None,
    matrix: Path | None,
    profile: str | None,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Check the course in TABLE: what of the standard is taught and assessed, and what is wrong.

    TABLE is the table that people already make (.xlsx, .ods, CSV, YAML, or a document): a row for
    each course unit, with columns such as 單元名稱, 行為指標(P), 知識(K), 技能(S), 時數, 評量方式.
    """
    from kps_graph.courses.basis import basis_of
    from kps_graph.pipeline.courses import course_at, reported_course
    from kps_graph.pipeline.given import given
    from kps_graph.rules import profiles

    format = report_format(style, output)
    if matrix and matrix.suffix.lower() not in (".xlsx", ".html"):
        raise BadUsage(
            "{file} is no matrix: name a file ending in .xlsx or .html", file=matrix.name
        )
    chosen = profiles.load(profile) if profile else None
    if annotate:
        from kps_graph.annotations import refuse

        refuse([table], annotate)
    reading = course_at(table, limits)
    basis = given(standard or basis_of(reading.course), store, limits=limits)
    threshold = None if fail_on == "never" else Severity.of(fail_on)
    outcome, checked = reported_course(
        reading, basis, listed(tasks), chosen, lang=lang, threshold=threshold
    )
    write_report(checked, format, output)
    if annotate:
        from kps_graph.annotations import annotate as annotated

        now = datetime.now(UTC)
        if save(annotate, annotated(reading.data, table.name, checked, now)):
            echo(str(annotate), err=True)
    if matrix:
        from kps_graph.exports.course.matrix import matrices, matrices_page

        made = matrices if matrix.suffix.lower() == ".xlsx" else matrices_page
        if save(matrix, made(outcome, lang)):
            echo(str(matrix), err=True)
    sys.exit(1 if any(map(checked.fails, checked.report.findings)) else 0)


@course.command()
@table_argument
@standard_option
@tasks_option
@output_option("The report to write: .odt, .docx or .xlsx.")
@click.option(
    "--fields",
    "one_by_one",
    is_flag=True,
    help="Print the texts one by one, to be pasted into the platform.",
)
@click.option(
    "--map",
    "drawn",
    type=FileBeside(),
    help="Write the map of the course (table 2) alone, as a picture (.svg, .html).",
)
@click.option("--english", is_flag=True, help="With the columns of English names.")
@store_option
@limits_option
@lang_option
def report(
    table: Path,
    standard: str | None,
    tasks: str | None,
    output: Path | None,
    one_by_one: bool,
    drawn: Path | None,
    english: bool,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Write the official report (職能導向課程規劃與執行報告書), filled as far as TABLE tells.

    Its heads, widths, choices and notes are those of the form; what the table does not tell stays
    empty. The application itself is typed into the platform: --fields prints it text by text.
    """
    from kps_graph.courses.basis import basis_of
    from kps_graph.exports.course.fields import fields
    from kps_graph.exports.course.form import form
    from kps_graph.exports.course.report import ENDINGS
    from kps_graph.exports.course.report import report as written
    from kps_graph.pipeline.courses import course_at, reported_course
    from kps_graph.pipeline.given import given

    ending = "" if output is None else output.suffix.lower()
    if output == STANDARD_OUTPUT:
        ending = ENDINGS[0]
    if output is None and not one_by_one and drawn is None:
        raise BadUsage("name a file with -o, or ask for --fields")
    if output is not None and ending not in ENDINGS:
        raise BadUsage("{file} ends in none of {endings}", file=output.name, endings=ENDINGS)
    reading = course_at(table, limits)
    basis = given(standard or basis_of(reading.course), store, limits=limits)
    outcome, _ = reported_course(reading, basis, listed(tasks), lang=lang)
    blocks = form(outcome, basis.standard, english=english)
    if one_by_one:
        echo(fields(blocks), nl=False)
    if drawn is not None:
        from kps_graph.exports.course.form import FormMap
        from kps_graph.exports.pictures.picture import Picture

        (laid_out,) = (block.map for block in blocks if isinstance(block, FormMap))
        Picture(laid_out.scene(outcome.course.title or outcome.name)).save(drawn)
        echo(str(drawn), err=True)
    if output is not None and save(output, written(blocks, ending)):
        echo(str(output), err=True)


course.add_command(report, "tables")
for each in (
    course_plan.suggest,
    course_plan.prepares,
    course_versions.migrate,
    course_versions.watch,
    course_data.add,
    course_data.export,
    course_data.remove,
):
    course.add_command(each)
