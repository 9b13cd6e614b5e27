"""An embedding model as an extra: off by default, loaded from a local path, never downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from kps_graph.errors import MissingExtra, ResourceError
from kps_graph.words import Sentence

__all__ = ["Embedding", "load", "nudge"]

Matrix = np.ndarray[Any, np.dtype[Any]]

#: A pair is open to the vectors when its most likely label is less likely than this.
UNSURE: Final = 0.6
#: The cosine that speaks neither for nor against, and how much a full point of it moves.
NEUTRAL: Final = 0.75
FORCE: Final = 6.0


class Embedding(Protocol):
    """Anything that turns texts into vectors; one row per text."""

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """The vectors of ``texts``."""


def load(path: str | Path) -> Embedding:
    """The sentence-transformers model in the folder ``path``, which must be on this machine.

    Raises:
        ResourceError: if there is no such folder.
        MissingExtra: if the package ``sentence-transformers`` is not installed.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise ResourceError("there is no embedding model here", source=str(path))
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        raise MissingExtra(
            "an embedding model needs the package sentence-transformers",
            hint=Sentence("pip install sentence-transformers, or do without --embedding"),
        ) from missing
    model: Embedding = SentenceTransformer(str(folder), local_files_only=True)
    return model


def nudge(
    chances: Matrix, texts: Sequence[str], rows: Matrix, columns: Matrix, embedding: Embedding
) -> tuple[Matrix, Matrix]:
    """``chances`` with those of unsure pairs moved by the closeness of their vectors.

    Returns:
        the chances, and which pairs were moved.
    """
    unsure = chances.max(axis=1) < UNSURE
    if not unsure.any():
        return chances, unsure
    vectors = np.asarray(embedding.encode(list(texts)), dtype=float)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    cosine = (vectors[rows[unsure]] * vectors[columns[unsure]]).sum(axis=1)
    push = FORCE * (cosine - NEUTRAL)
    moved = chances.copy()
    moved[unsure] *= np.exp(np.outer(push, [1.0, 0.0, -1.0]))
    return moved / moved.sum(axis=1, keepdims=True), unsure
