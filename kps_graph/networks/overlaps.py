"""All pairs that share something, with how much: the algebra below every projection.

The product of the incidence matrix with itself, by scipy where that is installed (the extra
``networks``), else by an inverted index. Weights are summed as integers, so that both ways, and
every machine, give the same numbers.
"""

from __future__ import annotations

import importlib.util
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias

__all__ = ["Overlaps", "Weight", "compiled_available", "overlaps"]

#: How the overlap of two is weighed: by rarity, by count, or by plain Jaccard index.
Weight: TypeAlias = Literal["rarity", "count", "jaccard"]

#: One unit of rarity as an integer: six decimals.
SCALE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Overlaps:
    """The pairs that share enough, as parallel arrays, ordered by (left, right).

    Attributes:
        names: what the pairs are of; ``left`` and ``right`` index it, left < right.
        shared: how many things each pair shares.
        weight: how much that weighs.
    """

    names: tuple[str, ...]
    left: array[int]
    right: array[int]
    shared: array[int]
    weight: array[float]

    def __len__(self) -> int:
        return len(self.left)

    def __iter__(self) -> Iterator[tuple[str, str, int, float]]:
        names = self.names
        for a, b, shared, weight in zip(
                self.left, self.right, self.shared, self.weight, strict=True):
            yield names[a], names[b], shared, weight


def compiled_available() -> bool:
    """Whether the compiled algebra (scipy and scikit-network) is installed."""
    return all(importlib.util.find_spec(name) for name in ("scipy", "sknetwork"))


def overlaps(
    pairs: Iterable[tuple[str, str]],
    min_shared: int = 1,
    weight: Weight = "rarity",
    compiled: bool | None = None,
) -> Overlaps:
    """The pairs of users that share at least ``min_shared`` things.

    Args:
        pairs: (user, thing); repeated pairs count once.
        min_shared: how many things two must share.
        weight: ``count``, how many they share; ``jaccard``, the part of all that the two use
            which they share; ``rarity``, the same with every thing weighed by ``ln((N+1)/n)``.
        compiled: whether scipy does the algebra; None for whether it is installed.
    """
    names: dict[str, int] = {}
    things: dict[str, int] = {}
    cells = dict.fromkeys(
        (names.setdefault(a, len(names)), things.setdefault(b, len(things))) for a, b in pairs)
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    costs = _costs(columns, len(names), len(things), weight)
    use = compiled_available() if compiled is None else compiled
    left, right, shared, common = (_by_scipy if use else _by_index)(
        rows, columns, costs, len(names), max(1, min_shared))
    own = [0] * len(names)
    for row, column in zip(rows, columns, strict=True):
        own[row] += costs[column]
    if weight == "count":
        values = array("d", shared)
    else:
        values = array("d", (both / (own[a] + own[b] - both) for a, b, both in zip(
            left, right, common, strict=True)))
    return Overlaps(tuple(names), left, right, shared, values)


def _costs(columns: Sequence[int], users: int, things: int, weight: Weight) -> list[int]:
    if weight != "rarity":
        return [1] * things
    counts = Counter(columns)
    return [round(math.log((users + 1) / counts[t]) * SCALE) for t in range(things)]


_Arrays: TypeAlias = "tuple[array[int], array[int], array[int], array[int]]"


def _by_index(rows: Sequence[int], columns: Sequence[int], costs: Sequence[int], size: int,
              min_shared: int) -> _Arrays:
    users: list[list[int]] = [[] for _ in costs]
    for row, column in zip(rows, columns, strict=True):
        users[column].append(row)
    counts: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for column, group in enumerate(users):
        keys = [a * size + b for a, b in combinations(sorted(group), 2)]
        counts.update(keys)
        cost = costs[column]
        for key in keys:
            sums[key] += cost
    kept = sorted(key for key, count in counts.items() if count >= min_shared)
    return (array("q", (k // size for k in kept)), array("q", (k % size for k in kept)),
            array("q", (counts[k] for k in kept)), array("q", (sums[k] for k in kept)))


def _by_scipy(rows: Sequence[int], columns: Sequence[int], costs: Sequence[int], size: int,
              min_shared: int) -> _Arrays:
    import numpy as np
    from scipy import sparse

    shape = (size, len(costs))
    ones = np.ones(len(rows), dtype=np.int64)
    incidence = sparse.csr_matrix((ones, (rows, columns)), shape=shape)
    weighted = incidence.multiply(np.asarray(costs, dtype=np.int64)).tocsr()
    counts = sparse.triu(incidence @ incidence.T, k=1, format="csr")
    sums = sparse.triu(weighted @ incidence.T, k=1, format="csr")
    counts.sort_indices()
    sums.sort_indices()
    kept = counts.data >= min_shared
    coo = counts.tocoo()

    def plain(values: Any) -> array[int]:
        return array("q", values[kept].astype(np.int64).tobytes())

    return plain(coo.row), plain(coo.col), plain(coo.data), plain(sums.data)
