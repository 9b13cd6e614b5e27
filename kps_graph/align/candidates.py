"""Which pairs are worth judging: each name's nearest by a sparse product, never all pairs."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from kps_graph.align.features import Matrix, codepoints
from kps_graph.align.lexicon import Lexicon

__all__ = ["Grams", "nearest", "ranked"]

#: Grams of more names than this find no neighbours, so that the work grows as the names do and
#: not as their square; but each text keeps its rarest ones.
COMMON_FROM: Final = 250
KEPT: Final = 3
#: How many neighbours of a name are judged, and how alike they must be to be looked at.
NEIGHBOURS: Final = 12
ALIKE_FROM: Final = 0.3


class Grams:
    """Turns texts into unit vectors over characters and pairs of characters of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        grams = sorted(lexicon.grams)
        codes = np.array([_code(g) for g in grams], dtype=np.int64)
        order = np.argsort(codes)
        self._codes = codes[order]
        self._weights = np.array([lexicon.weight(g) for g in grams], dtype=np.float32)[order]
        self._counts = np.array([lexicon.grams[g] for g in grams], dtype=np.int64)[order]

    def vectors(self, texts: list[str]) -> Any:
        """Texts × grams, each row of length 1; grams that the lexicon has not seen are left out."""
        codes, owners = codepoints(texts)
        first = codes[:-1].astype(np.int64)
        inside = owners[:-1] == owners[1:]
        pairs = (first[inside] + 1 << 32) + codes[1:][inside]
        wanted = np.concatenate([codes.astype(np.int64), pairs])
        rows = np.concatenate([owners, owners[:-1][inside]])
        shape = (len(texts), max(len(self._codes), 1))
        if not len(self._codes):
            return sparse.csr_matrix(shape, dtype=np.float32)
        at = np.minimum(np.searchsorted(self._codes, wanted), len(self._codes) - 1)
        known = self._codes[at] == wanted
        at, rows = self._telling(at[known], rows[known])
        found = sparse.coo_matrix((self._weights[at], (rows, at)), shape=shape).tocsr()
        lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
        found.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(found.indptr)).astype(np.float32)
        return found

    def _telling(self, grams: Matrix, rows: Matrix) -> tuple[Matrix, Matrix]:
        """Without the common grams, but with the rarest ones of each row."""
        counts = self._counts[grams]
        order = np.lexsort((counts, rows))
        starts = np.searchsorted(rows[order], rows[order])
        kept = (np.arange(len(order)) - starts < KEPT) | (counts[order] <= COMMON_FROM)
        return grams[order][kept], rows[order][kept]


def _code(gram: str) -> int:
    """One number for a character, another for a pair."""
    return ord(gram) if len(gram) == 1 else (ord(gram[0]) + 1 << 32) + ord(gram[1])


def nearest(a: Any, transposed: Any) -> tuple[Matrix, Matrix]:
    """Row numbers of the pairs of ``a`` and the (transposed) others that are worth judging."""
    found = sp_matmul_topn(a, transposed, top_n=NEIGHBOURS, threshold=ALIKE_FROM, sort=False)
    coo = found.tocoo()
    return coo.row.astype(np.int64), coo.col.astype(np.int64)


def ranked(a: Any, transposed: Any, most: int) -> list[list[tuple[int, float]]]:
    """For each row of ``a`` the most alike of the (transposed) others, with their likeness."""
    found = sp_matmul_topn(a, transposed, top_n=most, threshold=ALIKE_FROM, sort=True)
    ends = found.indptr
    return [
        [
            (int(n), float(score))
            for n, score in zip(found.indices[start:end], found.data[start:end], strict=True)
        ]
        for start, end in pairwise(ends)
    ]
