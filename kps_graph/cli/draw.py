"""``kps-graph draw``: pictures of standards and of what they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import include_option, lang_option, store_option
from kps_graph.cli.output import replace_file

if TYPE_CHECKING:
    from kps_graph.exports.scene import Lang
    from kps_graph.networks.stored import Include

__all__ = ["draw"]

_ENDINGS = (".svg", ".html", ".htm")
_KINDS = ("overlap", "map", "competency")


@click.command()
@click.argument("what", nargs=-1, required=True,
                metavar="STANDARD | overlap A B [C]... | map | competency X")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The file to write: .svg or .html.")
@click.option("--indicators", type=click.Choice(["text", "codes"]), default="text",
              show_default=True, help="In a STANDARD: write indicators out, or only their codes.")
@include_option
@store_option
@lang_option
def draw(what: tuple[str, ...], output: Path, indicators: str, include: Include, store: Path,
         lang: str) -> None:
    """Draw a picture as SVG, or as a page that can be searched and explored without a network.

    \b
    STANDARD         its tasks and activities, and the K, S and A that they need
    overlap A B C    how much chosen occupations share (all of the store if none is named)
    map              all occupations: what shares rare competencies stands close together
    competency X     who uses a competency (its text), and what is needed together with it

    STANDARD is a code or name in the store, or a document to read.
    """  # noqa: D301 - \b is click's mark for lines that are kept
    if output.suffix.lower() not in _ENDINGS:
        raise click.UsageError(f"{output.name} is neither .svg nor .html")
    page = output.suffix.lower() != ".svg"
    language: Lang = "zh-Hant" if lang == "zh-Hant" else "en"
    kind, *rest = what
    if kind in _KINDS:
        text = _network(kind, rest, page, include, store, language)
    elif rest:
        raise click.UsageError(f"{kind!r} is no picture of several: overlap, map or competency")
    else:
        text = _standard(kind, page, indicators, store, language)
    replace_file(output, text.encode())
    click.echo(str(output))


def _standard(given: str, page: bool, indicators: str, store: Path, lang: Lang) -> str:
    from kps_graph.cli.standard import the_standard
    from kps_graph.exports import drawing

    value = the_standard(given, store, _KINDS)
    write = drawing.html if page else drawing.svg
    return write(value, lang, "text" if indicators == "text" else "code")


def _network(kind: str, rest: list[str], page: bool, include: Include, store: Path,
             lang: Lang) -> str:
    """A picture of what the occupations of the store share."""
    import kps_graph
    from kps_graph.exports import competency_star, occupation_map, overlap_matrix

    with kps_graph.open(store) as graph:
        if kind == "map":
            if rest:
                raise click.UsageError("the map shows all occupations: name none")
            usage = graph.usage(include)
            return (occupation_map.html if page else occupation_map.svg)(usage, lang)
        if kind == "overlap":
            chosen = [graph.identity(o) for o in rest]
            usage = graph.usage(include, also=chosen)
            chosen = chosen or [o.id for o in usage.occupations]
            return (overlap_matrix.html if page else overlap_matrix.svg)(usage, chosen, lang)
        if len(rest) != 1:
            raise click.UsageError("name one competency by its text, in quotes if it has spaces")
        usage = graph.usage(include)
        found = graph.competency(rest[0], usage)
        usage = graph.detailed(usage, usage.by(found.id))
        write = competency_star.html if page else competency_star.svg
        return write(usage, found.id, lang, graph.categories())
