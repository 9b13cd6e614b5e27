"""``kps-graph parse``: one document to JSON, YAML or RDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option
from kps_graph.cli.output import replace_file
from kps_graph.cli.values import Choice
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.model import Standard

__all__ = ["parse"]

_FORMATS = ("json", "yaml", "turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml")


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
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file instead.",
)
@click.option("--base", default=None, help="Namespace of the data IRIs.")
@click.option("--derived", is_flag=True, help="RDF: with inherited K, S and levels.")
@lang_option
def parse(
    file: Path, style: str, output: Path | None, base: str | None, derived: bool, lang: Language
) -> None:
    """Read FILE, whatever its format, and print the standard in it.

    What is odd about the document is said on standard error; kps-graph validate tells all.
    """
    from kps_graph.cli.output import write
    from kps_graph.pipeline.prepare import extraction

    found, identity = extraction(file)
    data = _written(found.standard, identity, style, base, derived)
    if output:
        replace_file(output, data)
    else:
        write(data)
    from kps_graph.exports.reports.phrases import place

    for finding in found.findings:
        where = " ".join(filter(None, (finding.span.source, place(finding.span, lang))))
        colon = say(lang, ": ")
        click.echo(colon.join((where, finding.rule, finding.message(lang))), err=True)


def _written(
    standard: Standard, identity: str, style: str, base: str | None, derived: bool
) -> bytes:
    from kps_graph.extract.interchange import to_data
    from kps_graph.terms import DEFAULT_BASE

    if style == "json":
        return (json.dumps(to_data(standard), ensure_ascii=False, indent=1) + "\n").encode()
    if style == "yaml":
        from kps_graph.exports.yaml import to_yaml

        return to_yaml(standard).encode()
    from kps_graph import rdf

    return rdf.serialise(standard, style, identity, base or DEFAULT_BASE, derived=derived)
