"""A standard as people name it: by code or name in a store, or as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kps_graph.errors import ResourceError
from kps_graph.graph.opened import open
from kps_graph.model import Standard
from kps_graph.pipeline.reading import read_safely
from kps_graph.pipeline.sources import SourceFile
from kps_graph.store import Place
from kps_graph.terms import DEFAULT_BASE
from kps_graph.words import closest, did_you_mean
from kps_graph.workers.limits import Limits

__all__ = ["Given", "given"]


@dataclass(frozen=True, slots=True)
class Given:
    """A standard and how a graph names it.

    Attributes:
        standard: the standard.
        identity: its local name, such as ``KPS1420-001v2``.
        base: the namespace that the identity is a name in.
    """

    standard: Standard
    identity: str
    base: str


def given(
    name: str | Path, store: Place, words: Sequence[str] = (), limits: Limits | None = None
) -> Given:
    """The standard that ``name`` means, as the store keeps it, or would keep the document.

    Args:
        name: its code or name in the store, or the path of a document.
        store: where the store is; it need not exist for a document.
        words: what else might have been meant.
        limits: what reading a document may use of time and memory.

    Raises:
        SourceError, ResourceError, StoreError: if there is none.
    """
    path = Path(name)
    if path.is_file():
        reading = read_safely(SourceFile.at(path), limits)
        return Given(reading.standard, reading.identity, DEFAULT_BASE)
    with open(store) as graph:
        try:
            identity = graph.identity(str(name))
        except ResourceError as error:
            if close := closest(str(name), words):
                raise ResourceError(error.said, hint=did_you_mean(close)) from error
            raise
        return Given(graph.standard(identity), identity, graph.manifest.base)
