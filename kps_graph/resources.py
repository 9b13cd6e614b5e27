"""Finds the folders that are the product: ontology, shapes, queries, examples.

They lie beside the package in a checkout (and an editable install) and inside it, under
``_data``, in a wheel.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kps_graph.errors import ResourceError

__all__ = ["files", "folder"]

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
        f"the folder {name!r} is missing from this installation",
        hint="reinstall kps-graph, or run it from a complete checkout",
    )


def files(name: str, pattern: str) -> Iterator[Path]:
    """The files below :func:`folder` ``name`` that match ``pattern``, sorted by path.

    Raises:
        ResourceError: if there is none, since checking nothing would look like success.
    """
    found = sorted(folder(name).rglob(pattern))
    if not found:
        raise ResourceError(f"the folder {name!r} holds no {pattern}")
    yield from found
