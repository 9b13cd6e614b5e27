"""``kps-graph review``: the conditions of the certification, decided or put to a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import lang_option, limits_option, output_option
from kps_graph.cli.values import Choice
from kps_graph.errors import SourceError, UnknownFormat
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.workers.limits import Limits

__all__ = ["review"]

_ENDINGS: Final = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(["text", "markdown", "html", "json"]),
    help="[default: by the ending of OUTPUT, else text]",
)
@output_option("Write to a file instead.")
@limits_option
@lang_option
def review(
    file: Path, style: str | None, output: Path | None, lang: Language, limits: Limits
) -> None:
    """Go through the 21 conditions of the certification (職能基準品質認證) for FILE.

    What the rules decide is decided; the rest is put as questions, with what the document says.
    Exits with 1 if a condition is not met.
    """
    from kps_graph.cli.output import save
    from kps_graph.cli.terminal import write
    from kps_graph.exports.checklist import write as written
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.reading import Reading
    from kps_graph.pipeline.sources import SourceFile
    from kps_graph.rules import profiles
    from kps_graph.rules.checklist import Outcome
    from kps_graph.rules.checklist import review as reviewed

    style = style or _style(output)
    readings: list[Reading] = []
    report, (source,) = check(
        [SourceFile.at(file)], profiles.load("review"), each=readings.append, limits=limits
    )
    if not readings:
        raise SourceError(source.message or "")
    standard = readings[0].standard
    answers = reviewed(standard, report.findings)
    name = f"{standard.code or ''} {standard.name}".strip() or file.name
    data = written(answers, name, style, lang)
    if output:
        save(output, data)
    else:
        write(data)
    if any(a.outcome is Outcome.NOT_MET for a in answers):
        sys.exit(1)


def _style(output: Path | None) -> str:
    """The format that the name of the file suggests."""
    from kps_graph.cli.output import STANDARD_OUTPUT

    if output is None or output == STANDARD_OUTPUT:
        return "text"
    found = _ENDINGS.get(output.suffix.lower())
    if found is None:
        raise UnknownFormat(
            "the name ends in no format of a report",
            source=output.name,
            hint=Sentence("use one of {names}, or --format", names=tuple(_ENDINGS)),
        )
    return found
