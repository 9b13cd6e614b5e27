"""A standard as a file: the structured form, RDF, or a network, by the ending of a name."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from kps_graph.extract.interchange import to_data
from kps_graph.formats import RdfFormat
from kps_graph.model import Standard
from kps_graph.printable import json_text
from kps_graph.terms import DEFAULT_BASE

__all__ = ["FORMATS", "format_of", "standard_as"]

#: What a standard is written as: the structured form, any RDF format, or a network.
FORMATS: Final = ("json", "yaml", *map(str, RdfFormat), "graphml")
_ENDINGS: Final = {".json": "json", ".yaml": "yaml", ".graphml": "graphml"}


def format_of(name: str) -> str | None:
    """The one of :data:`FORMATS` that the ending of a file's name means; None if it means none."""
    known = RdfFormat.of_name(name)
    return _ENDINGS.get(PurePath(name).suffix.lower()) or (str(known) if known else None)


def standard_as(
    standard: Standard,
    format: str,
    identity: str,
    base: str = DEFAULT_BASE,
    *,
    derived: bool = False,
) -> bytes:
    """``standard`` as a file.

    Args:
        standard: what to write.
        format: one of :data:`FORMATS`.
        identity: the local name that RDF and networks give it.
        base: the namespace of that name in RDF.
        derived: in RDF, with inherited K, S and levels.
    """
    if format == "json":
        return (json_text(to_data(standard), 1) + "\n").encode()
    if format == "yaml":
        from kps_graph.exports.yaml import to_yaml

        return to_yaml(standard).encode()
    if format == "graphml":
        from kps_graph.exports.graphml import graphml
        from kps_graph.sharing.graphs import standard_network

        return graphml(standard_network(standard, identity))
    from kps_graph import rdf

    return rdf.serialise(standard, format, identity, base, derived=derived)
