"""The files of the ontology and its schemes, by the graph that a store keeps them in."""

from __future__ import annotations

from pathlib import Path

from kps_graph.resources import files
from kps_graph.terms import DEFAULT_BASE, graph_iri

__all__ = ["ontology_graphs"]


def ontology_graphs(base: str = DEFAULT_BASE) -> dict[str, tuple[Path, ...]]:
    """The Turtle files of each graph, in the order to load them: the core first.

    ``graph/ontology`` holds the core and its alignments, ``graph/schemes`` the SKOS schemes.
    """
    core = sorted(files("ontology", "*.ttl"), key=lambda path: (path.stem != "kps", path))
    schemes = [path for path in core if path.parent.name == "schemes"]
    return {
        graph_iri("ontology", base): tuple(path for path in core if path not in schemes),
        graph_iri("schemes", base): tuple(schemes),
    }
