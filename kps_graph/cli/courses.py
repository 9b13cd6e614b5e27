"""``kps-graph courses``: what a list of courses teaches of a standard."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT, echo_json, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import between, excel_option, limit_option, show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.courses.coverage import Coverage
    from kps_graph.courses.values import Course
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["courses"]


@click.command()
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--standard",
    "--in",
    "standard",
    metavar="STANDARD",
    required=True,
    help="The standard: its code or name in the store, or a document.",
)
@click.option(
    "--by",
    type=Choice(["indicator", "competency", "course"]),
    default="indicator",
    show_default=True,
    help="What a row is.",
)
@click.option("--open", "only", is_flag=True, help="Only what is not covered.")
@output_option("A workbook (.xlsx) to write, with a sheet for each --by.")
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    default="table",
    show_default=True,
    type=Choice(["table", "csv", "tsv", "json", "markdown"]),
)
@excel_option
@limit_option
@limits_option
@lang_option
def courses(
    table: Path,
    standard: str,
    by: str,
    only: bool,
    output: Path | None,
    store: Place,
    style: str,
    excel: bool,
    limit: int | None,
    lang: Language,
    limits: Limits,
) -> None:
    """Compare a TABLE of courses with a standard: which indicators, K, S and A do they teach?

    TABLE is the table that people already make (.xlsx, .ods, CSV, YAML, or a document): in each row
    a course and the codes that it teaches, of K, S, A, indicators (P1.1.1) or whole units (T1.1), in
    a column 代碼 or in columns such as 行為指標(P), 知識(K), 技能(S), with ranges (P1.1.1~P1.1.5). An
    indicator is taught if a course names it; prepared, if the courses teach all K and S that it
    needs. Exits with 1 if the table names a code that the standard does not have, or has a cell that
    is not understood.

    With --by course a row is what a syllabus says of a course: its level, P, K, S and A.
    """
    from kps_graph.courses.coverage import coverage
    from kps_graph.pipeline.courses import course_at
    from kps_graph.pipeline.given import given

    if output not in (None, STANDARD_OUTPUT) and output.suffix.lower() != ".xlsx":
        raise BadUsage("{file} is no workbook: name a file ending in .xlsx", file=output.name)
    course = course_at(table, limits).course
    value = given(standard, store, limits=limits).standard
    found = coverage(course, value)
    if output:
        from kps_graph.exports.course.tables import workbook

        if save(output, workbook(found, value.name, lang)):
            echo(str(output))
    else:
        if style == "table":
            echo(" ".join(filter(None, (value.code, value.name))))
            echo(_summary(found, lang))
        _print(found, by, only, style, limit, lang, excel)
    _complain(table, found, course, lang)
    sys.exit(1 if found.unknown or course.findings else 0)


def _complain(table: Path, found: Coverage, course: Course, lang: Language) -> None:
    """Says which codes the standard lacks, and which cells were not understood."""
    for wrong in found.unknown:
        place = f"{table.name}:{wrong.span.row or wrong.span.line or 0}"
        echo(
            say(
                lang,
                "{place}: {code} of {course!r} is not in this standard; {hint}",
                place=place,
                code=wrong.written,
                course=wrong.module,
                hint=wrong.hint,
            ),
            err=True,
        )
    for finding in course.findings:
        place = say(
            lang, "{place}: {message}", place=str(finding.span), message=finding.message(lang)
        )
        echo(place, err=True)


def _summary(found: Coverage, lang: Language) -> str:
    from kps_graph.exports.course.tables import STATUS

    states = Counter(str(c.status) for c in found.indicators)
    counts = tuple(f"{lang.pick(names)} {states[state]}" for state, names in STATUS.items())
    taught, total = sum(1 for t in found.elements if t.modules), len(found.elements)
    return say(
        lang,
        "{count} courses; {indicators} indicators: {counts}; {taught} of {total} K, S and A are taught",
        count=len(found.modules),
        indicators=len(found.indicators),
        counts=counts,
        taught=taught,
        total=total,
    )


def _print(
    found: Coverage,
    by: str,
    only: bool,
    style: str,
    limit: int | None,
    lang: Language,
    excel: bool,
) -> None:
    from kps_graph.courses.coverage import Status
    from kps_graph.exports.course import data, tables

    indicators = [
        c for c in found.indicators if not (only and c.status in (Status.TAUGHT, Status.PREPARED))
    ]
    elements = [e for e in found.elements if not (only and e.modules)]
    modules = [m for m in found.modules if not (only and (m.indicators or m.elements))]
    if style == "json":
        made = {
            "indicator": lambda: data.indicators_data(indicators),
            "competency": lambda: data.competencies_data(elements),
            "course": lambda: data.courses_data(modules),
        }[by]()
        echo_json(made[:limit] if limit else made)
        return
    if by == "course":
        rows = tables.by_course(modules, style == "table", between(style, lang))
    elif by == "competency":
        rows = tables.by_competency(elements, between(style, lang))
    else:
        rows = tables.by_indicator(indicators, between(style, lang))
    show(
        rows,
        style,
        lang,
        limit,
        headings={c: lang.pick(h) for c, h in tables.HEADINGS.items()},
        values={"status": {s: lang.pick(w) for s, w in tables.STATUS.items()}},
        empty=Sentence("everything is covered"),
        excel=excel,
    )
