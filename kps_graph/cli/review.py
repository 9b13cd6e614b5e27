"""``kps-graph review``: the conditions of the certification, decided or put to a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import lang_option, limits_option, output_option
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.errors import UnknownFormat
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.exports.checklist import Review
    from kps_graph.workers.limits import Limits

__all__ = ["review"]

_ENDINGS: Final = {
    ".txt": "text",
    ".md": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".odt": "odt",
    ".xlsx": "xlsx",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(list(dict.fromkeys(_ENDINGS.values()))),
    help="[default: by the ending of OUTPUT, else text]",
)
@output_option(
    "Write to a file instead: .docx, .odt, .xlsx and .html are forms to fill in. If the form is "
    "there already, what people wrote in it is kept."
)
@limits_option
@lang_option
def review(
    file: Path, style: str | None, output: Path | None, lang: Language, limits: Limits
) -> None:
    """Go through the 21 conditions of the certification (職能基準品質認證) for FILE.

    What the rules decide is decided; the rest is put as questions, with what the document says.
    Exits with 1 if a condition is not met.
    """
    from kps_graph.cli.output import STANDARD_OUTPUT, save
    from kps_graph.cli.terminal import write
    from kps_graph.exports.checklist import FORMS
    from kps_graph.exports.checklist import write as written
    from kps_graph.exports.checklist.shown import counted
    from kps_graph.pipeline.reviewed import reviewed
    from kps_graph.rules.checklist import Outcome

    style = style or _style(output)
    form = output if style in FORMS and output != STANDARD_OUTPUT else None
    answered = reviewed(file, form if form and not _is_special(form) else None, limits)
    data = written(answered, style, lang)
    if output is None:
        write(data)
    elif save(output, data):
        echo(say(lang, "{message}: {file}", message=counted(answered, lang), file=str(output)))
    _say_changed(answered, lang)
    if any(a.outcome is Outcome.NOT_MET for a in answered.answers):
        sys.exit(1)


def _is_special(path: Path) -> bool:
    """Whether there is something that is no file, such as a device, which keeps nothing."""
    return path.exists() and not path.is_file()


def _say_changed(answered: Review, lang: Language) -> None:
    """Says which verdicts of people rest on evidence that is no longer there."""
    numbers = tuple(
        a.condition.number
        for a in answered.answers
        if (kept := answered.kept.get(a.condition.number)) and kept.outdated(a.evidence)
    )
    if numbers:
        said = say(
            lang,
            "the evidence changed since these were judged, and they are marked: {numbers}",
            numbers=numbers,
        )
        echo(said, err=True)


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
