"""``kps-graph diff``: what two versions of a standard have changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import lang_option, limits_option, output_option, store_option
from kps_graph.cli.output import STANDARD_OUTPUT, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo, write
from kps_graph.cli.values import Choice
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.store import Place
    from kps_graph.workers.limits import Limits

__all__ = ["diff"]

_ENDINGS = {".txt": "text", ".json": "json", ".html": "html", ".xlsx": "xlsx", ".ttl": "turtle"}


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "-f",
    "style",
    type=Choice(list(_ENDINGS.values())),
    help="[default: by the ending of OUTPUT, else text]",
)
@click.option("--all", "all_parts", is_flag=True, help="List what was kept as it is, too.")
@output_option("Write it to a file (.txt, .json, .html, .xlsx, .ttl).")
@store_option
@limits_option
@lang_option
def diff(
    old: str,
    new: str,
    style: str | None,
    all_parts: bool,
    output: Path | None,
    store: Place,
    limits: Limits,
    lang: Language,
) -> None:
    """Compare two versions of a standard, OLD and NEW: codes, names, or documents.

    Every field, task, activity, output, indicator, K, S, A and note is kept, moved, renumbered,
    re-worded, new or gone. Parts are compared by what they say, since a new version numbers anew.
    """
    from kps_graph.exports.difference import difference
    from kps_graph.pipeline.given import given
    from kps_graph.standards.versions import changes

    ending = output.suffix.lower() if output and output != STANDARD_OUTPUT else ".txt"
    format = style or _ENDINGS.get(ending)
    if format is None:
        raise BadUsage("{file} ends in none of {endings}", file=ending, endings=tuple(_ENDINGS))
    ends = [given(name, store, limits=limits) for name in (old, new)]
    kept = tuple((end.identity, end.base) for end in ends)
    version = changes(*(end.standard for end in ends))
    data = difference(version, format, lang, all_parts=all_parts, kept=kept)
    if output is None:
        write(data)
    elif save(output, data):
        echo(str(output), err=True)
