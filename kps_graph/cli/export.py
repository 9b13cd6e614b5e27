"""``kps-graph export``: standards and networks for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kps_graph.cli.options import include_option, store_option
from kps_graph.cli.output import replace_file

if TYPE_CHECKING:
    from kps_graph.sharing.projected import Include

__all__ = ["export"]


@click.command()
@click.argument("what", metavar="STANDARD|occupations|competencies|store")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; its ending chooses the format: .graphml, .nq, or for a "
    "standard .ttl .trig .jsonld .nt .rdf .yaml .json.",
)
@include_option
@store_option
def export(what: str, output: Path, include: Include, store: Path) -> None:
    """Write a standard, a network or the whole store to a file.

    A STANDARD (code, name or document) as GraphML or in any RDF format; ``occupations``: which
    occupations share competencies, and how many; ``competencies``: who uses which; ``store``:
    everything as N-Quads.
    """
    import kps_graph
    from kps_graph.store import nquads_of

    suffix = output.suffix.lower()
    if what == "store":
        if suffix != ".nq":
            raise click.UsageError("the store is written as N-Quads: name a file ending in .nq")
        with kps_graph.open(store) as graph:
            replace_file(output, nquads_of(graph.store))
    elif what in ("occupations", "competencies"):
        if suffix != ".graphml":
            raise click.UsageError(
                "a network is written as GraphML: name a file ending in "
                ".graphml (kps-graph pairs --format csv lists its edges)"
            )
        replace_file(output, _network(what, store, include))
    else:
        replace_file(output, _standard(what, store, suffix))
    click.echo(str(output))


def _standard(what: str, store: Path, suffix: str) -> bytes:
    from kps_graph import rdf
    from kps_graph.cli.standard import kept

    found = kept(what, store, ("occupations", "competencies", "store"))
    value = found.standard
    if suffix == ".graphml":
        from kps_graph.exports.graphml import graphml
        from kps_graph.sharing import standard_network

        return graphml(standard_network(value, found.identity))
    if suffix == ".yaml":
        from kps_graph.exports.yaml import to_yaml

        return to_yaml(value).encode()
    if suffix == ".json":
        import json

        from kps_graph.extract.interchange import to_data

        return (json.dumps(to_data(value), ensure_ascii=False, indent=1) + "\n").encode()
    from kps_graph.formats import RdfFormat

    chosen = RdfFormat.of_name(f"x{suffix}")
    if chosen is None:
        raise click.UsageError(
            f"{suffix or 'a name without ending'} is no format; use .graphml "
            ".ttl .trig .nq .nt .jsonld .rdf .yaml or .json"
        )
    return rdf.serialise(value, str(chosen.value), found.identity, found.base)


def _network(what: str, store: Path, include: Include) -> bytes:
    import kps_graph
    from kps_graph.exports.graphml import graphml

    with kps_graph.open(store) as graph:
        return graphml(
            graph.network("occupations" if what == "occupations" else "uses", include=include)
        )
