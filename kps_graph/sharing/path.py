"""The chain of occupations from one to another that keeps each step small."""

from __future__ import annotations

import heapq
import itertools
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from kps_graph.sharing.moves import Gap, gap
from kps_graph.sharing.tabular import Answers, some
from kps_graph.sharing.usage import Usage, wording
from kps_graph.store.rows import Rows, Value

__all__ = ["chain", "steps"]


class _Steps:
    """The cost of every step from an occupation: what the next one uses and this one lacks."""

    def __init__(self, usage: Usage) -> None:
        self._usage = usage
        self._sizes = {o.id: len(usage.of(o.id)) for o in usage.occupations}
        self._rows: dict[str, dict[str, int]] = {}

    def of(self, occupation: str) -> dict[str, int]:
        if occupation not in self._rows:
            usage = self._usage
            reached = map(usage.users, usage.reach(occupation))
            shared = Counter(itertools.chain.from_iterable(reached))
            self._rows[occupation] = {o: n - shared[o] for o, n in self._sizes.items()}
        return self._rows[occupation]


def steps(usage: Usage, occupations: Sequence[str]) -> Answers[Gap]:
    """The steps from each of ``occupations`` to the next: what each needs."""
    return Answers((gap(usage, a, b) for a, b in itertools.pairwise(occupations)), _rows)


def chain(usage: Usage, start: str, goal: str) -> tuple[str, ...]:
    """The chain of occupations from ``start`` to ``goal`` that keeps each step's gap smallest.

    A step's gap is the number of competencies that the next occupation uses and the one before
    it does not. Of all chains, that whose largest step is smallest; of those, that with the
    smallest sum, then the shortest. The direct step is a chain too, and often the best.

    Returns:
        The occupations in order, the first and last included.
    """
    usage.occupation(start), usage.occupation(goal)
    if start == goal:
        return (start,)
    steps = _Steps(usage)
    return tuple(_shortest(steps, start, goal, _smallest_largest(steps, start, goal)))


_NEVER: Final = (sys.maxsize, 0)


def _smallest_largest(steps: _Steps, start: str, goal: str) -> int:
    """The size of the largest step on the chain where it is smallest."""
    best = {start: 0}
    queue = [(0, start)]
    while queue:
        largest, here = heapq.heappop(queue)
        if here == goal:
            break
        if largest > best[here]:
            continue
        for other, cost in steps.of(here).items():
            reached = max(largest, cost)
            # what is no smaller than a way to the goal that is known cannot lead to a better one
            if reached < best.get(other, reached + 1) and reached < best.get(goal, reached + 1):
                best[other] = reached
                heapq.heappush(queue, (reached, other))
    return best[goal]


def _shortest(steps: _Steps, start: str, goal: str, limit: int) -> list[str]:
    """The chain of the smallest sum among those with no step above ``limit``."""
    best = {start: (0, 0)}
    before: dict[str, str] = {}
    queue = [(0, 0, start)]
    while queue:
        total, length, here = heapq.heappop(queue)
        if here == goal:
            break
        if (total, length) > best[here]:
            continue
        for other, cost in steps.of(here).items():
            if cost <= limit:
                reached = (total + cost, length + 1)
                if reached < best.get(other, _NEVER) and reached < best.get(goal, _NEVER):
                    best[other] = reached
                    before[other] = here
                    heapq.heappush(queue, (*reached, other))
    steps_back = [goal]
    while steps_back[-1] != start:
        steps_back.append(before[steps_back[-1]])
    return steps_back[::-1]


def _rows(found: Iterable[Gap], most: int | None) -> Rows:
    """A row for each step, with what it needs, what most tasks need first."""

    def row(step: tuple[int, Gap]) -> tuple[Value, ...]:
        n, g = step
        return (
            n,
            g.start.code,
            g.start.name,
            g.goal.code,
            g.goal.name,
            len(g.missing),
            len(g.raised),
            g.covered,
            some((wording(need.competency.name, need.forms) for need in g.missing), most),
        )

    return Rows.of(
        ("step", "from", "from_name", "to", "to_name", "missing", "raised", "covered", "needs"),
        enumerate(found, 1),
        row,
    )
