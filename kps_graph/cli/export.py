"""``kps-graph export``: standards and networks for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import (
    include_option,
    lang_option,
    output_option,
    slice_option,
    store_option,
)
from kps_graph.cli.output import STANDARD_OUTPUT, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import note
from kps_graph.cli.terminal import echo
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["export"]


@click.command()
@click.argument("what", metavar="STANDARD|occupations|competencies|store")
@output_option(
    "The file to write; its ending chooses the format: .graphml, .nq, or for a "
    "standard .ttl .trig .jsonld .nt .rdf .yaml .json; - writes N-Quads, GraphML or Turtle to standard output.",
    required=True,
)
@include_option
@slice_option
@store_option
@lang_option
def export(
    what: str, output: Path, include: Include, part: Slice, store: Place, lang: Language
) -> None:
    """Write a standard, a network or the whole store to a file.

    A STANDARD (code, name or document) as GraphML or in any RDF format; ``occupations``: which
    occupations share competencies, and how many; ``competencies``: who uses which; ``store``:
    everything as N-Quads.
    """
    import kps_graph
    from kps_graph.store import nquads_of

    suffix, piped = output.suffix.lower(), output == STANDARD_OUTPUT
    if what == "store":
        if suffix != ".nq" and not piped:
            raise BadUsage("the store is written as N-Quads: name a file ending in .nq")
        with kps_graph.open(store) as graph:
            data = nquads_of(graph.store)
    elif what in ("occupations", "competencies"):
        if suffix != ".graphml" and not piped:
            raise BadUsage(
                "a network is written as GraphML: name a file ending in "
                ".graphml (kps-graph pairs --format csv lists its edges)"
            )
        data = _network(what, store, include, part, lang)
    else:
        data = _standard(what, store, "-.ttl" if piped else output.name)
    if save(output, data):
        echo(str(output))


def _standard(what: str, store: Place, name: str) -> bytes:
    from kps_graph.exports.standards import format_of, standard_as
    from kps_graph.pipeline.given import given

    chosen = given(what, store, ("occupations", "competencies", "store"))
    format = format_of(name)
    if format is None:
        raise BadUsage(
            "{ending} is no format; use .graphml .ttl .trig .nq .nt .jsonld .rdf .yaml or .json",
            ending=Path(name).suffix.lower() or Sentence("a name without ending"),
        )
    return standard_as(chosen.standard, format, chosen.identity, chosen.base)


def _network(what: str, store: Place, include: Include, part: Slice, lang: Language) -> bytes:
    import kps_graph
    from kps_graph.exports.graphml import graphml

    with kps_graph.open(store).within(part) as graph:
        note(graph.selection.said().in_words(lang))
        return graphml(
            graph.network("occupations" if what == "occupations" else "uses", include=include)
        )
