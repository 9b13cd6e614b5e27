"""Finds the folders that are the product: ontology, shapes, queries, examples.

They lie beside the package in a checkout (and an editable install) and inside it, under
``_data``, in a wheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kps_graph.errors import ResourceError
from kps_graph.terms import DEFAULT_BASE, graph_iri
from kps_graph.words import Sentence

__all__ = ["files", "folder", "ontology_graphs"]

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder called ``name``: ``ontology``, ``shapes``, ``queries`` or ``examples``.

    Raises:
        ResourceError: if it is in neither place.
    """
    for parent in (_PACKAGE / "_data", _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise ResourceError(
        "the folder {name!r} is missing from this installation",
        name=name,
        hint=Sentence("reinstall kps-graph, or run it from a complete checkout"),
    )


def files(name: str, pattern: str) -> Iterator[Path]:
    """The files below :func:`folder` ``name`` that match ``pattern``, sorted by path.

    Raises:
        ResourceError: if there is none, since checking nothing would look like success.
    """
    found = sorted(folder(name).rglob(pattern))
    if not found:
        raise ResourceError("the folder {name!r} holds no {pattern}", name=name, pattern=pattern)
    yield from found


def ontology_graphs(base: str = DEFAULT_BASE) -> dict[str, tuple[Path, ...]]:
    """The Turtle files of each graph, in the order to load them: the core first.

    ``graph/ontology`` holds the core, its alignments and its extensions, ``graph/schemes`` the SKOS
    schemes; shapes stand in neither.
    """
    found = (path for path in files("ontology", "*.ttl") if not path.name.endswith(".shapes.ttl"))
    core = sorted(found, key=lambda path: (path.stem != "kps", path))
    schemes = [path for path in core if path.parent.name == "schemes"]
    return {
        graph_iri("ontology", base): tuple(path for path in core if path not in schemes),
        graph_iri("schemes", base): tuple(schemes),
    }
