"""All pairs that share something, with how much: the algebra below every projection.

The product of the incidence matrix with itself. Weights are summed as integers, so that every
machine gives the same numbers.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from kps_graph.networks.answers import Tabular
from kps_graph.store.answers import Rows

__all__ = ["Incidence", "Overlaps", "Weight", "incidence", "overlaps"]

#: How the overlap of two is weighed: by rarity, by count, or by plain Jaccard index.
Weight: TypeAlias = Literal["rarity", "count", "jaccard"]

#: One unit of rarity as an integer: six decimals.
SCALE: Final = 1_000_000
#: How many bits of a sum hold the count: enough for a million shared things.
COUNT_BITS: Final = 20
COUNTS: Final = (1 << COUNT_BITS) - 1


@dataclass(frozen=True, slots=True)
class Incidence:
    """Who uses what, as the cells of a matrix, by row and column.

    Attributes:
        names: the users; ``rows`` index them, in order.
        things: how many things there are to use; ``columns`` are their numbers.
    """

    names: tuple[str, ...]
    things: int
    rows: array[int]
    columns: array[int]


@dataclass(frozen=True, slots=True, repr=False)
class Overlaps(Tabular):
    """The pairs that share enough, as parallel arrays, ordered by (left, right).

    Attributes:
        names: what the pairs are of; ``left`` and ``right`` index it, left < right.
        shared: how many things each pair shares.
        weight: how much that weighs.
        called: what ``names`` are called in a table; themselves if not stated.
    """

    names: tuple[str, ...]
    left: array[int]
    right: array[int]
    shared: array[int]
    weight: array[float]
    called: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        return len(self.left)

    def rows(self, most: int | None = None) -> Rows:
        """A row for each pair, the most alike first."""
        from kps_graph.networks import tables

        del most
        return tables.pairs(self, self.called)

    def __repr__(self) -> str:
        return f"<Overlaps: {len(self)} pairs of {len(self.names)}>"

    def __iter__(self) -> Iterator[tuple[str, str, int, float]]:
        names = self.names
        for a, b, shared, weight in zip(
                self.left, self.right, self.shared, self.weight, strict=True):
            yield names[a], names[b], shared, weight


def incidence(pairs: Iterable[tuple[str, str]]) -> Incidence:
    """(user, thing) pairs as an incidence; repeated pairs count once."""
    names: dict[str, int] = {}
    things: dict[str, int] = {}
    cells = sorted({names.setdefault(a, len(names)) << 32 | things.setdefault(b, len(things))
                    for a, b in pairs})
    return Incidence(tuple(names), len(things), array("q", [cell >> 32 for cell in cells]),
                     array("q", [cell & 0xFFFFFFFF for cell in cells]))


def overlaps(
    pairs: Iterable[tuple[str, str]] | Incidence,
    min_shared: int = 1,
    weight: Weight = "rarity",
) -> Overlaps:
    """The pairs of users that share at least ``min_shared`` things.

    Args:
        pairs: (user, thing), or an incidence made of such pairs before.
        min_shared: how many things two must share.
        weight: ``count``, how many they share; ``jaccard``, the part of all that the two use
            which they share; ``rarity``, the same with every thing weighed by ``ln((N+1)/n)``.
    """
    import numpy as np
    from scipy import sparse

    cells = pairs if isinstance(pairs, Incidence) else incidence(pairs)
    size = len(cells.names)
    rows, columns = (np.frombuffer(a, dtype=np.int64) if a else np.empty(0, dtype=np.int64)
                     for a in (cells.rows, cells.columns))
    users = np.bincount(columns, minlength=cells.things)
    table = np.array([_cost(max(n, 1), size, weight) for n in range(users.max(initial=0) + 1)],
                     dtype=np.int64)
    costs = table[users[columns]]
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=size)))).astype(np.int64)

    def matrix(values: Any) -> Any:
        return sparse.csr_matrix((values, columns, starts), shape=(size, cells.things))

    # One product for both: the count in the lower bits of each sum, its weight in the upper ones.
    product = matrix((costs << COUNT_BITS) + 1) @ matrix(np.ones(len(rows), dtype=np.int64)).T
    kept = np.flatnonzero((product.data & COUNTS) >= max(1, min_shared))
    left = np.searchsorted(product.indptr, kept, side="right") - 1
    right = product.indices[kept].astype(np.int64)
    kept, left, right = (a[left < right] for a in (kept, left, right))
    order = np.argsort(left * size + right)
    kept, left, right = kept[order], left[order], right[order]
    shared, both = product.data[kept] & COUNTS, product.data[kept] >> COUNT_BITS
    own = np.bincount(rows, weights=costs, minlength=size).astype(np.int64)
    values = shared if weight == "count" else both / (own[left] + own[right] - both)
    return Overlaps(
        cells.names, array("q", left.tobytes()), array("q", right.tobytes()),
        array("q", shared.tobytes()), array("d", values.astype(np.float64).tobytes()))


def _cost(users: int, everyone: int, weight: Weight) -> int:
    """What sharing a thing weighs that so many of everyone use."""
    return round(math.log((everyone + 1) / users) * SCALE) if weight == "rarity" else 1
