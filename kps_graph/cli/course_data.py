"""``kps-graph course add``, ``remove`` and ``export``: a course as data."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.course_options import (
    listed,
    standard_option,
    table_argument,
    tasks_option,
)
from kps_graph.cli.options import (
    lang_option,
    limits_option,
    output_option,
    store_option,
    written_store_option,
)
from kps_graph.cli.output import save
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["add", "add_to", "export", "remove"]


@click.command()
@click.argument("tables", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--standard",
    "--in",
    "standard",
    metavar="STANDARD",
    help="The standard: its code or name in the store.  [default: the one that each table names]",
)
@tasks_option
@written_store_option
@limits_option
@lang_option
def add(
    tables: tuple[Path, ...],
    standard: str | None,
    tasks: str | None,
    store: Path,
    limits: Limits,
    lang: Language,
) -> None:
    """Put the courses in TABLES (files and folders) into the store, beside the standards.

    SPARQL then asks across courses and occupations: see the queries course-coverage and
    course-teaching. A course takes the place of the one that bears its name; its standard must be in
    the store. A file that is no course is named, and the others are added.
    """
    sys.exit(add_to(store, tables, standard, listed(tasks), limits, lang))


def add_to(
    store: Path,
    tables: tuple[Path, ...],
    standard: str | None,
    tasks: tuple[str, ...],
    limits: Limits,
    lang: Language,
) -> int:
    """Adds courses to a store and says what became of each; the exit code."""
    from kps_graph.pipeline.course_store import add_courses, course_files

    added = add_courses(store, course_files(tables), standard, tasks, limits)
    for each in added:
        if each.error is not None:
            echo(
                say(lang, "{place}: {message}", place=str(each.path), message=each.error), err=True
            )
        else:
            echo(
                say(
                    lang,
                    "{path}: {title}, a course on {standard}, {size} triples",
                    path=str(each.path),
                    title=each.title,
                    standard=each.standard,
                    size=each.size,
                )
            )
    if added and all(each.error for each in added):
        return 2
    return 1 if any(each.error for each in added) or not added else 0


@click.command()
@click.argument("titles", nargs=-1, required=True)
@written_store_option
@lang_option
def remove(titles: tuple[str, ...], store: Path, lang: Language) -> None:
    """Remove the courses with these TITLES from the store."""
    from kps_graph.pipeline.course_store import remove_courses

    del lang
    remove_courses(store, titles)
    for title in titles:
        echo(title, err=True)


@click.command()
@table_argument
@click.option(
    "--format",
    "-f",
    "style",
    required=True,
    type=Choice(["moodle", "edx", "edx-json", "case", "schema.org", "turtle"]),
    help="A Moodle competency framework (CSV), an Open edX taxonomy (CSV or JSON), a 1EdTech CASE 1.1 "
    "package (JSON), schema.org (JSON-LD), or the course as it stands in the store (Turtle).",
)
@output_option("The file to write; - for standard output.", required=True)
@standard_option
@tasks_option
@store_option
@limits_option
@lang_option
def export(
    table: Path,
    style: str,
    output: Path,
    standard: str | None,
    tasks: str | None,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Write the course in TABLE for another system.

    What is written is the chosen tasks of the standard with their P, the K, S and A, and the modules
    with what each teaches.
    """
    from kps_graph.courses.basis import basis_of
    from kps_graph.exports.course.formats import course_as
    from kps_graph.pipeline.courses import course_at, reported_course
    from kps_graph.pipeline.given import given

    reading = course_at(table, limits)
    basis = given(standard or basis_of(reading.course), store, limits=limits)
    outcome, _ = reported_course(reading, basis, listed(tasks), lang=lang)
    changed = datetime.fromtimestamp(int(table.stat().st_mtime), UTC)
    data = course_as(outcome, basis.standard, basis.identity, basis.base, style, changed)
    if save(output, data):
        echo(str(output), err=True)
