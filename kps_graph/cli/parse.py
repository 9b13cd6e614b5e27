"""``kps-graph parse``: one document to JSON, YAML or RDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import base_option, lang_option, limits_option, output_option
from kps_graph.cli.output import save
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.formats import RdfFormat
from kps_graph.terms import DEFAULT_BASE
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.workers.limits import Limits

__all__ = ["parse"]

_FORMATS = ("json", "yaml", *map(str, RdfFormat))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(_FORMATS),
    default="json",
    show_default=True,
    help="What to print.",
)
@output_option("Write to a file instead.")
@base_option
@click.option("--derived", is_flag=True, help="RDF: with inherited K, S and levels.")
@limits_option
@lang_option
def parse(
    file: Path,
    style: str,
    output: Path | None,
    base: str | None,
    derived: bool,
    lang: Language,
    limits: Limits,
) -> None:
    """Read FILE, whatever its format, and print the standard in it.

    What is odd about the document is said on standard error; kps-graph validate tells all.
    """
    from kps_graph.cli.terminal import write
    from kps_graph.exports.reports.phrases import place
    from kps_graph.exports.standards import standard_as
    from kps_graph.pipeline.plan import namespace
    from kps_graph.pipeline.reading import read_safely
    from kps_graph.pipeline.sources import SourceFile

    base = namespace(base or DEFAULT_BASE)
    reading = read_safely(SourceFile.at(file), limits)
    data = standard_as(reading.standard, style, reading.identity, base, derived=derived)
    if output:
        save(output, data)
    else:
        write(data)
    for finding in reading.findings:
        where = " ".join(filter(None, (finding.span.source, place(finding.span, lang))))
        colon = say(lang, ": ")
        echo(colon.join((where, finding.rule, finding.message(lang))), err=True)
