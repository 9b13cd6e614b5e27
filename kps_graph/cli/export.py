"""``kps-graph export``: standards and networks for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kps_graph.cli.options import (
    include_option,
    lang_option,
    no_slice,
    output_option,
    slice_option,
    store_option,
)
from kps_graph.cli.output import STANDARD_OUTPUT, save
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.tables import note
from kps_graph.cli.terminal import echo
from kps_graph.cli.values import Choice, Whole
from kps_graph.cli.waiting import progress
from kps_graph.words import Language, Sentence

if TYPE_CHECKING:
    from kps_graph.graph.questions import Kind, Network
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Slice
    from kps_graph.store import Place

__all__ = ["export"]


@click.command()
@click.argument("what", metavar="STANDARD|occupations|competencies|uses|store")
@output_option(
    "The file to write; its ending chooses the format: .graphml .gexf .csv of a network, .nq .trig of "
    "the store (with .gz compressed; a folder gets each graph as .ttl), .graphml .ttl .trig .jsonld .nt .rdf .yaml .json of a standard; - "
    "writes GraphML, N-Quads or Turtle to standard output.",
    required=True,
)
@click.option(
    "--min",
    "-n",
    "least",
    type=Whole(1),
    default=1,
    show_default=True,
    help="Join what shares at least this many; of uses, only competencies with so many users.",
)
@click.option(
    "--kind",
    type=Choice(["any", "K", "S", "A"]),
    default="any",
    show_default=True,
    help="Only knowledge, skills or attitudes.",
)
@include_option
@slice_option
@store_option
@lang_option
def export(
    what: str,
    output: Path,
    least: int,
    kind: Kind,
    include: Include,
    part: Slice,
    store: Place,
    lang: Language,
) -> None:
    """Write a standard, a network or the whole store to a file.

    A STANDARD (code, name or document) as GraphML or in any RDF format; ``occupations``: which
    occupations share competencies, and how many; ``competencies``: which are used together; ``uses``:
    who uses which; ``store``: everything, in one file or each graph as Turtle in a folder. The same content is the same bytes every time.
    """
    piped = output == STANDARD_OUTPUT
    if what not in ("occupations", "competencies", "uses"):
        no_slice(part, f"export {what}")
    if what == "store" and not piped and (output.is_dir() or not output.suffix):
        _store_folder(store, output, lang)
        return
    if what == "store":
        data = _store(store, ".nq" if piped else output.name.lower(), lang)
    elif what in ("occupations", "competencies", "uses"):
        data = _network(
            cast("Network", what),
            ".graphml" if piped else output.suffix.lower(),
            least,
            kind,
            include,
            store,
            part,
            lang,
        )
    else:
        data = _standard(what, store, "-.ttl" if piped else output.name)
    if save(output, data):
        echo(str(output))


def _standard(what: str, store: Place, name: str) -> bytes:
    from kps_graph.exports.standards import format_of, standard_as
    from kps_graph.pipeline.given import given

    chosen = given(what, store, ("occupations", "competencies", "uses", "store"))
    format = format_of(name)
    if format is None:
        raise BadUsage(
            "{ending} is no format; use .graphml .ttl .trig .nq .nt .jsonld .rdf .yaml or .json",
            ending=Path(name).suffix.lower() or Sentence("a name without ending"),
        )
    return standard_as(chosen.standard, format, chosen.identity, chosen.base)


def _network(
    what: Network,
    ending: str,
    least: int,
    kind: Kind,
    include: Include,
    store: Place,
    part: Slice,
    lang: Language,
) -> bytes:
    import kps_graph
    from kps_graph.exports.networks import ENDINGS, network_as

    if ending not in ENDINGS:
        raise BadUsage("a network is written as {endings}", endings=ENDINGS)
    with kps_graph.open(store).within(part) as graph:
        found = graph.network(what, least, kind=kind, include=include)
        note(graph.selection.said().in_words(lang))
    return network_as(found, ending)


def _store(store: Place, name: str, lang: Language) -> bytes:
    """Every graph of a store, one after the other in the order of their names."""
    import gzip

    import kps_graph
    from kps_graph.exports.results import graph_as_trig
    from kps_graph.exports.settled import settled
    from kps_graph.store import nquads_of

    plain = name.removesuffix(".gz")
    if not plain.endswith((".nq", ".trig")):
        raise BadUsage("the store is written as .nq or .trig, or these with .gz, or to a folder")
    with kps_graph.open(store) as graph, progress(lang) as told:
        graphs = graph.store.graphs()
        dumped = {}
        for number, iri in enumerate(graphs, 1):
            dumped[iri] = nquads_of(graph.store, iri)
            if told:
                told(number, len(graphs), "write")
    parts = settled(dumped).values()
    data = b"".join(map(graph_as_trig, parts) if plain.endswith(".trig") else parts)
    # without a time in its head, so that the same store is the same bytes
    return gzip.compress(data, mtime=0) if name.endswith(".gz") else data


def _store_folder(store: Place, folder: Path, lang: Language) -> None:
    """Every graph of a store as Turtle in a file of its own, named like the graph.

    Raises:
        BadUsage: if the folder holds something, which would pass for a graph of the store.
    """
    from urllib.parse import quote

    import kps_graph
    from kps_graph.exports.results import graph_as_turtle
    from kps_graph.exports.settled import settled
    from kps_graph.saving import replace_file
    from kps_graph.store import nquads_of

    if folder.is_dir() and next(folder.iterdir(), None):
        raise BadUsage("the folder {folder} is not empty", folder=str(folder))
    with kps_graph.open(store) as graph, progress(lang) as told:
        folder.mkdir(parents=True, exist_ok=True)
        graphs = graph.store.graphs()
        base = graph.base
        for number, iri in enumerate(graphs, 1):
            name = quote(iri.removeprefix(base), safe="")
            said = settled({iri: nquads_of(graph.store, iri)})[iri]
            replace_file(folder / f"{name}.ttl", graph_as_turtle(said))
            if told:
                told(number, len(graphs), "write")
    echo(str(folder))
