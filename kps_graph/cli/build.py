"""``kps-graph build``: documents to a store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import base_option, lang_option, limits_option, written_store_option
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Whole
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.workers.limits import Limits

__all__ = ["build"]


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@written_store_option
@base_option
@click.option("--rebuild", is_flag=True, help="Start from nothing, whatever is there.")
@click.option("--prune", is_flag=True, help="Remove sources that are not among SOURCES.")
@click.option(
    "--jobs",
    "-j",
    type=Whole(1),
    default=None,
    help="Worker processes.  [default: one per processor]",
)
@limits_option
@click.option("--check/--no-check", default=True, help="Apply the rules to what changed.")
@click.option("--align/--no-align", default=True, help="Find out which texts say the same.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="What people decided about matches (SSSOM TSV).  [default: as remembered]",
)
@click.option(
    "--courses",
    multiple=True,
    metavar="TABLE",
    type=click.Path(path_type=Path),
    help="A course, or a folder of courses, to put beside the standards; may be repeated.",
)
@lang_option
def build(
    sources: tuple[Path, ...],
    store: Path,
    base: str | None,
    rebuild: bool,
    prune: bool,
    jobs: int | None,
    check: bool,
    align: bool,
    decisions: Path | None,
    courses: tuple[Path, ...],
    lang: Language,
    limits: Limits,
) -> None:
    """Read SOURCES (files and folders) and bring the store up to date with them.

    Unchanged files are skipped, changed ones replace their standard. The store is replaced in
    one step: a build that is stopped leaves the old one.
    """
    from kps_graph.cli.waiting import BUILDING, progress
    from kps_graph.pipeline.build import build as operation
    from kps_graph.pipeline.sources import find

    files = find(sources)
    left_out = {stage for stage, wanted in (("check", check), ("align", align)) if not wanted}
    with progress(lang, {s: p for s, p in BUILDING.items() if s not in left_out}) as update:
        built = operation(
            files,
            store,
            base=base,
            rebuild=rebuild,
            prune=prune,
            jobs=jobs,
            limits=limits,
            check=check,
            align=align,
            decisions=decisions,
            progress=update,
        )
    from kps_graph.cli.summary import summary

    summary(built, store, lang)
    for finding in built.findings:
        echo(f"{finding.span}: {finding.rule}: {finding.message(lang)}", err=True)
    failed = [s for s in built.manifest.sources.values() if s.outcome == "failed"]
    if built.interrupted:
        echo(
            say(lang, "interrupted; run it again to go on from here"),
            err=True,
        )
        sys.exit(128 + built.interrupted)
    if len(failed) == len(built.manifest.sources):
        sys.exit(2)
    wrong = 0
    if courses:
        from kps_graph.cli.course_data import add_to

        wrong = add_to(store, courses, None, (), limits, lang)
    given = {f.name for f in files}
    sys.exit(1 if wrong or any(s.path in given for s in failed) else 0)
