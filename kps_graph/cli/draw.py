"""``kps-graph draw``: pictures of standards and of what they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import (
    include_option,
    lang_option,
    no_slice,
    output_option,
    slice_option,
    store_option,
)
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import note
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.exports.pictures.picture import Picture
    from kps_graph.exports.pictures.standard_layout import Indicators
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["draw"]


@click.command()
@click.argument(
    "what", nargs=-1, required=True, metavar="STANDARD | overlap A B [C]... | map | competency X"
)
@output_option("The file to write: .svg or .html; - for an SVG on standard output.", required=True)
@click.option(
    "--indicators",
    type=Choice(["text", "codes"]),
    default="text",
    show_default=True,
    help="In a STANDARD: write indicators out, or only their codes.",
)
@include_option
@slice_option
@store_option
@lang_option
def draw(
    what: tuple[str, ...],
    output: Path,
    indicators: str,
    include: Include,
    part: Slice,
    store: Place,
    lang: Language,
) -> None:
    """Draw a picture as SVG, or as a page that can be searched and explored without a network.

    \b
    STANDARD         its tasks and activities, and the K, S and A that they need
    overlap A B C    how much chosen occupations share (all of the store if none is named)
    map              all occupations: what shares rare competencies stands close together
    competency X     who uses a competency (its text), and what is needed together with it

    STANDARD is a code or name in the store, or a document to read.
    """  # noqa: D301 - \b is click's mark for lines that are kept
    from kps_graph.cli.output import STANDARD_OUTPUT
    from kps_graph.cli.terminal import write
    from kps_graph.exports.pictures.picture import ENDINGS

    if output == STANDARD_OUTPUT:
        write(_picture(what, indicators, include, store, part, lang).svg().encode())
        return
    if output.suffix.lower() not in ENDINGS:
        raise BadUsage("{file} is neither .svg nor .html", file=output.name)
    _picture(what, indicators, include, store, part, lang).save(output)
    echo(str(output))


def _picture(
    what: tuple[str, ...],
    indicators: str,
    include: Include,
    store: Place,
    part: Slice,
    lang: Language,
) -> Picture:
    from kps_graph.exports.pictures.picture import Picture

    if what[0] not in ("map", "overlap", "competency"):
        no_slice(part, f"draw {' '.join(what)}")
    shown: Indicators = "text" if indicators == "text" else "code"
    if len(what) == 1 and Path(what[0]).is_file():
        from kps_graph.exports.pictures.standard_layout import layout
        from kps_graph.pipeline.reading import read_safely
        from kps_graph.pipeline.sources import SourceFile

        return Picture(layout(read_safely(SourceFile.at(Path(what[0]))).standard, lang, shown))
    import kps_graph

    with kps_graph.open(store).within(part) as graph:
        picture = graph.draw(*what, lang=lang, indicators=shown, include=include)
        if what[0] in ("map", "overlap", "competency"):
            note(graph.selection.said().in_words(lang))
        return picture
