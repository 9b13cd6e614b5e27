"""``kps-graph review``: the conditions of the certification, decided or put to a person."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kps_graph.cli.options import lang_option

__all__ = ["review"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "-f", "style", default="text", show_default=True,
              type=click.Choice(["text", "markdown", "html", "json"]))
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False),
              help="Write to a file instead.")
@lang_option
def review(file: Path, style: str, output: Path | None, lang: str) -> None:
    """Go through the 21 conditions of the certification (職能基準品質認證) for FILE.

    What the rules decide is decided; the rest is put as questions, with what the document says.
    Exits with 1 if a condition is not met.
    """
    from kps_graph import profiles
    from kps_graph.cli.output import replace_file, write
    from kps_graph.exports.review import write as written
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.prepare import extraction
    from kps_graph.pipeline.sources import SourceFile
    from kps_graph.review import Outcome
    from kps_graph.review import review as reviewed

    found, _, _ = extraction(file)
    report, _ = check([SourceFile(file.as_posix(), file)], profiles.load("review"))
    answers = reviewed(found.standard, report.findings)
    name = f"{found.standard.code or ''} {found.standard.name}".strip() or file.name
    data = written(answers, name, style, lang)
    if output:
        replace_file(output, data)
    else:
        write(data)
    if any(a.outcome is Outcome.NOT_MET for a in answers):
        sys.exit(1)
