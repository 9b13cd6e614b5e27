"""``kps-graph course suggest`` and ``prepares``: what a course could be, and whom it prepares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.course_options import (
    listed,
    standard_option,
    table_argument,
    tasks_option,
)
from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT, echo_json, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import between, show
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, Whole
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kps_graph.model import Standard
    from kps_graph.sharing import Answers
    from kps_graph.sharing.prepared import Prepared
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["prepares", "suggest"]

_formats = click.option(
    "--format",
    "-f",
    "style",
    default="table",
    show_default=True,
    type=Choice(["table", "csv", "tsv", "json", "markdown"]),
)
_top = click.option(
    "--top", type=Whole(1), default=10, show_default=True, help="How many occupations."
)


@click.command()
@click.argument("standard")
@tasks_option
@output_option("A workbook (.xlsx) to write: the modules to edit, the reasons, other occupations.")
@_formats
@_top
@store_option
@limits_option
@lang_option
def suggest(
    standard: str,
    tasks: str | None,
    output: Path | None,
    style: str,
    top: int,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Propose the modules of a course for STANDARD, with their order and the reasons.

    Activities of one level that need the same K and S are one module; what half of all activities
    need is taught first; modules stand by level and by what later ones build on. The same standard
    has the same proposal every time. The workbook is the one of course template, with the modules
    filled in: edit it, then check it. A sheet names the other occupations that the course prepares
    for, and what each still needs.
    """
    from kps_graph.courses.suggest import suggest as operation
    from kps_graph.exports.course.data import proposals_data
    from kps_graph.exports.course.suggestion import rows, sheets
    from kps_graph.exports.course.template import suggested
    from kps_graph.pipeline.given import given

    if output not in (None, STANDARD_OUTPUT) and output.suffix.lower() != ".xlsx":
        raise BadUsage("{file} is no workbook: name a file ending in .xlsx", file=output.name)
    value = given(standard, store, limits=limits).standard
    chosen = listed(tasks)
    proposals = operation(value, chosen)
    if output is None:
        if style == "json":
            echo_json(proposals_data(proposals, lang))
        else:
            show(
                rows(proposals, lang, between(style, lang)),
                style,
                lang,
                0,
                headings=_headings(lang),
            )
        return
    taught = [code for p in proposals for code in (*p.knowledge, *p.skills)]
    others = _prepared(store, value, taught, top)
    if save(output, suggested(value, chosen, proposals, sheets(proposals, others, lang), lang)):
        echo(str(output), err=True)


def _headings(lang: Language) -> dict[str, str]:
    from kps_graph.exports.course.suggestion import HEADINGS

    return {name: lang.pick((zh, en)) for name, (zh, en, _) in HEADINGS.items()}


@click.command()
@table_argument
@standard_option
@_formats
@_top
@store_option
@limits_option
@lang_option
def prepares(
    table: Path,
    standard: str | None,
    style: str,
    top: int,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Name the other occupations that the course in TABLE prepares for, and what each still needs.

    Those come first of whose K and S the course teaches the greatest part.
    """
    from kps_graph.courses.basis import basis_of
    from kps_graph.courses.check import check_course
    from kps_graph.exports.course.data import prepared_data
    from kps_graph.pipeline.courses import course_at
    from kps_graph.pipeline.given import given

    reading = course_at(table, limits)
    value = given(standard or basis_of(reading.course), store, limits=limits).standard
    covered = check_course(reading.course, value).covered
    found = _prepared(store, value, (c.part.code for c in covered if c.modules), top)
    if style == "json":
        echo_json(prepared_data(found))
        return
    show(
        found.rows(5 if style == "table" else None),
        style,
        lang,
        0,
        empty=Sentence("no other occupation of the store needs a K or S that it teaches"),
    )


def _prepared(
    store: Place, standard: Standard, codes: Iterable[str], top: int
) -> Answers[Prepared]:
    import kps_graph
    from kps_graph.graph.named import prepared_by

    with kps_graph.open(store) as graph:
        return prepared_by(graph, standard, codes, top)
