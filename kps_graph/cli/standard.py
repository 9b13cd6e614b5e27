"""A standard as commands are given it: by code or name in the store, or as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kps_graph.errors import ResourceError
from kps_graph.model import Standard
from kps_graph.words import closest, did_you_mean

__all__ = ["Kept", "kept", "the_standard"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A standard and how the graph names it: its identity below a base."""

    standard: Standard
    identity: str
    base: str


def the_standard(given: str, store: Path, words: Sequence[str] = ()) -> Standard:
    """The standard that ``given`` names, as :func:`kept`."""
    return kept(given, store, words).standard


def kept(given: str, store: Path, words: Sequence[str] = ()) -> Kept:
    """The standard that ``given`` names, as the store keeps it, or would keep the document.

    Args:
        given: its code or name, or the path of a document.
        store: where the store is.
        words: what else might have been meant.

    Raises:
        SourceError, ResourceError, StoreError: if there is none.
    """
    path = Path(given)
    if path.is_file():
        from kps_graph.pipeline.prepare import extraction
        from kps_graph.terms import DEFAULT_BASE

        found, identity = extraction(path)
        return Kept(found.standard, identity, DEFAULT_BASE)
    import kps_graph

    with kps_graph.open(store) as graph:
        try:
            identity = graph.identity(given)
        except ResourceError as error:
            if close := closest(given, words):
                raise ResourceError(error.said, hint=did_you_mean(close)) from error
            raise
        return Kept(graph.standard(identity), identity, graph.manifest.base)
