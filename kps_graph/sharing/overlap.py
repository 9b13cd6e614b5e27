"""All pairs that share something, with how much: the algebra below every projection.

The product of the incidence matrix with itself, of which only the half above the diagonal is
wanted. Weights are summed as integers, so that every machine gives the same numbers. In numpy:
scipy takes longer to import than a corpus to multiply.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kps_graph.sharing.tabular import Tabular
from kps_graph.store.rows import Rows
from kps_graph.terms import stated_code

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

__all__ = ["Incidence", "Overlaps", "Weight", "incidence", "overlaps", "runs"]

#: How the overlap of two is weighed: by rarity, by count, or by plain Jaccard index.
Weight: TypeAlias = Literal["rarity", "count", "jaccard"]

#: One unit of rarity as an integer: six decimals.
SCALE: Final = 1_000_000
#: How many shared things are looked at at once: what the cache of a processor holds.
BLOCK: Final = 1 << 17


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
        del most
        names = self.called
        return Rows.of(
            ("code", "name", "other", "other_name", "shared", "similarity"),
            sorted(self, key=lambda p: (-p[3], p[0], p[1])),
            lambda p: (
                stated_code(p[0]),
                names.get(p[0], p[0]),
                stated_code(p[1]),
                names.get(p[1], p[1]),
                p[2],
                p[3],
            ),
        )

    def __repr__(self) -> str:
        return f"<Overlaps: {len(self)} pairs of {len(self.names)}>"

    def __iter__(self) -> Iterator[tuple[str, str, int, float]]:
        names = self.names
        for a, b, shared, weight in zip(
            self.left, self.right, self.shared, self.weight, strict=True
        ):
            yield names[a], names[b], shared, weight


def incidence(pairs: Iterable[tuple[str, str]]) -> Incidence:
    """(user, thing) pairs as an incidence; repeated pairs count once."""
    names: dict[str, int] = {}
    things: dict[str, int] = {}
    cells = sorted(
        {
            names.setdefault(a, len(names)) << 32 | things.setdefault(b, len(things))
            for a, b in pairs
        }
    )
    return Incidence(
        tuple(names),
        len(things),
        array("q", [cell >> 32 for cell in cells]),
        array("q", [cell & 0xFFFFFFFF for cell in cells]),
    )


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

    cells = pairs if isinstance(pairs, Incidence) else incidence(pairs)
    size = len(cells.names)
    rows, columns = (
        np.frombuffer(a, dtype=np.int64) if a else np.empty(0, dtype=np.int64)
        for a in (cells.rows, cells.columns)
    )
    users = np.bincount(columns, minlength=cells.things)
    table = np.array(
        [_cost(max(n, 1), size, weight) for n in range(users.max(initial=0) + 1)], dtype=np.int64
    )
    costs = table[users[columns]]
    kept, shared, both = _product(rows, columns, costs, users, size, max(1, min_shared))
    left, right = np.divmod(kept, max(size, 1))
    own = np.bincount(rows, weights=costs, minlength=size).astype(np.int64)
    values = shared if weight == "count" else both / (own[left] + own[right] - both)
    return Overlaps(
        cells.names,
        array("q", left.tobytes()),
        array("q", right.tobytes()),
        array("q", shared.tobytes()),
        array("d", values.astype(np.float64).tobytes()),
    )


def runs(starts: Numbers, lengths: Numbers) -> Numbers:
    """The whole numbers from each start on, as many as its length, one run after the other."""
    import numpy as np

    ends = np.cumsum(lengths)
    found: Numbers = np.repeat(starts - ends + lengths, lengths)
    found += np.arange(len(found))
    return found


def _product(
    rows: Numbers, columns: Numbers, costs: Numbers, users: Numbers, size: int, least: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Each pair (left * size + right) that shares ``least`` things: how many, what they cost."""
    import numpy as np

    # the users of a thing stand together, in order: each meets those that come after it
    by_thing = np.argsort(columns, kind="stable")
    place = np.empty_like(by_thing)
    place[by_thing] = np.arange(len(by_thing))
    later = rows[by_thing]
    meets = np.cumsum(users)[columns] - place - 1
    first = np.searchsorted(rows, np.arange(size + 1))
    met = np.concatenate(([0], np.cumsum(meets)))[first]
    found = [(np.empty(0, np.int64),) * 3]
    start = 0
    while start < size:
        stop = max(int(np.searchsorted(met, met[start] + BLOCK, "right")) - 1, start + 1)
        here = slice(first[start], first[stop])
        pair = np.repeat((rows[here] - start) * size, meets[here])
        pair += later[runs(place[here] + 1, meets[here])]
        cost = np.repeat(costs[here], meets[here])
        pair, shared, both = _summed(pair, cost, (stop - start) * size)
        enough = shared >= least
        found.append((pair[enough] + start * size, shared[enough], both[enough]))
        start = stop
    pairs, shared, both = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return pairs, shared, both


def _summed(pairs: Numbers, costs: Numbers, most: int) -> tuple[Numbers, Numbers, Numbers]:
    """Each of ``pairs`` (below ``most``) once, in order: how often it is there, what it costs."""
    import numpy as np

    if len(pairs) > most:  # most cells are filled: add into each; sums of integers are exact
        shared = np.bincount(pairs, minlength=most)
        both = np.bincount(pairs, weights=costs, minlength=most).astype(np.int64)
        found = np.flatnonzero(shared)
        return found, shared[found], both[found]
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    return (
        pairs[starts],
        np.diff(starts, append=len(pairs)),
        np.add.reduceat(costs[order], starts) if len(pairs) else costs,
    )


def _cost(users: int, everyone: int, weight: Weight) -> int:
    """What sharing a thing weighs that so many of everyone use."""
    return round(math.log((everyone + 1) / users) * SCALE) if weight == "rarity" else 1
