"""What a researcher asks of two or more occupations: nearest, comparison, gap, path."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kps_graph.errors import ModelError
from kps_graph.networks.usage import Competency, Occupation, Usage

__all__ = [
    "Comparison",
    "Gap",
    "Need",
    "Neighbour",
    "Reason",
    "Standing",
    "compare",
    "gap",
    "nearest",
    "path",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """A competency that two occupations share: used by so many, hence so rare."""

    competency: Competency
    used_by: int
    rarity: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An occupation close to another.

    Attributes:
        occupation: which.
        similarity: the part, by rarity, of all that the two use which they share; 0 to 1.
        reasons: what they share, the rarest first.
    """

    occupation: Occupation
    similarity: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A competency in a comparison: its level in each of the occupations that use it."""

    competency: Competency
    levels: Mapping[str, int | None]

    @property
    def spread(self) -> int:
        """The difference between its highest and lowest known level."""
        known = [level for level in self.levels.values() if level is not None]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What occupations have in common and what each has alone.

    Attributes:
        occupations: what was compared, in the order asked.
        shared: what all of them use, the rarest first.
        some: what several but not all use (never anything when two are compared).
        only: what each alone among them uses.
    """

    occupations: tuple[Occupation, ...]
    shared: tuple[Standing, ...]
    some: tuple[Standing, ...]
    only: Mapping[str, tuple[Standing, ...]]

    @property
    def differing(self) -> tuple[Standing, ...]:
        """What is shared by all or some at different levels, the widest spread first."""
        found = [s for s in self.shared + self.some if s.spread]
        return tuple(sorted(found, key=lambda s: (-s.spread, s.competency.id)))


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a move needs.

    Attributes:
        competency: which.
        units: the units of work of the goal that need it.
        part: their part of all its units; None if those are not known.
        level: the level at which the goal needs it.
        present: the level at which the start has it; None if not at all or not known.
        used_by: how many occupations use it.
    """

    competency: Competency
    units: tuple[str, ...]
    part: float | None
    level: int | None
    present: int | None
    used_by: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What a move from one occupation to another needs.

    Attributes:
        start: from where.
        goal: to where.
        missing: what the goal uses and the start does not; what most units need comes first.
        raised: what both use, the goal at a higher level.
        covered: how many of the goal's competencies the start has.
    """

    start: Occupation
    goal: Occupation
    missing: tuple[Need, ...]
    raised: tuple[Need, ...]
    covered: int


def nearest(usage: Usage, occupation: str, n: int = 10, min_shared: int = 1) -> list[Neighbour]:
    """The ``n`` occupations most like ``occupation``, with the reasons.

    Every competency is weighed by its rarity (:meth:`Usage.rarity`): to share what few use says
    more than to share what everyone uses.
    """
    own = usage.of(occupation)
    weights = {c: usage.rarity(c) for c in own}
    common: dict[str, list[str]] = {}
    for competency in own:
        for other in usage.by(competency):
            common.setdefault(other, []).append(competency)
    common.pop(occupation, None)
    size = sum(weights.values())
    found = []
    for other, competencies in common.items():
        if len(competencies) >= min_shared:
            both = sum(weights[c] for c in competencies)
            union = size + sum(usage.rarity(c) for c in usage.of(other)) - both
            found.append((-both / union, other, competencies))
    return [
        Neighbour(usage.occupation(other), -negative, tuple(sorted(
            (Reason(usage.competency(c), len(usage.by(c)), weights[c]) for c in competencies),
            key=lambda r: (r.used_by, r.competency.id))))
        for negative, other, competencies in heapq.nsmallest(n, found)
    ]


def compare(usage: Usage, occupations: Sequence[str]) -> Comparison:
    """What ``occupations`` share, and what each of them alone uses.

    Raises:
        ModelError: for fewer than two different occupations, or an unknown one.
    """
    chosen = tuple(usage.occupation(o) for o in dict.fromkeys(occupations))
    if len(chosen) < 2:
        raise ModelError("a comparison needs at least two different standards")
    counts = Counter(c for o in chosen for c in usage.of(o.id))
    shared, some = [], []
    only: dict[str, list[Standing]] = {o.id: [] for o in chosen}
    for competency in sorted(counts, key=lambda c: (len(usage.by(c)), c)):
        levels = {o.id: usage.of(o.id)[competency].level for o in chosen
                  if competency in usage.of(o.id)}
        standing = Standing(usage.competency(competency), levels)
        if len(levels) == len(chosen):
            shared.append(standing)
        elif len(levels) > 1:
            some.append(standing)
        else:
            only[next(iter(levels))].append(standing)
    return Comparison(chosen, tuple(shared), tuple(some), {k: tuple(v) for k, v in only.items()})


def gap(usage: Usage, start: str, goal: str) -> Gap:
    """What a move from ``start`` to ``goal`` needs, what most of the goal's units need first."""
    have, want = usage.of(start), usage.of(goal)
    total = usage.occupation(goal).units
    missing, raised = [], []
    for competency, use in want.items():
        own = have.get(competency)
        need = Need(
            usage.competency(competency), use.units, len(use.units) / total if total else None,
            use.level, own.level if own else None, len(usage.by(competency)))
        if own is None:
            missing.append(need)
        elif use.level is not None and own.level is not None and use.level > own.level:
            raised.append(need)

    def order(need: Need) -> tuple[int, int, int, str]:
        return -len(need.units), -(need.level or 0), need.used_by, need.competency.id

    return Gap(usage.occupation(start), usage.occupation(goal),
               tuple(sorted(missing, key=order)), tuple(sorted(raised, key=order)),
               len(want) - len(missing))


class _Steps:
    """The cost of every step from an occupation: what the next one uses and this one lacks."""

    def __init__(self, usage: Usage) -> None:
        self._usage = usage
        self._sizes = {o.id: len(usage.of(o.id)) for o in usage.occupations}
        self._rows: dict[str, dict[str, int]] = {}

    def of(self, occupation: str) -> dict[str, int]:
        if occupation not in self._rows:
            usage = self._usage
            shared = Counter(o for c in usage.of(occupation) for o in usage.by(c))
            self._rows[occupation] = {o: n - shared[o] for o, n in self._sizes.items()}
        return self._rows[occupation]


def path(usage: Usage, start: str, goal: str) -> tuple[Gap, ...]:
    """The chain of occupations from ``start`` to ``goal`` that keeps each step's gap smallest.

    A step's gap is the number of competencies that the next occupation uses and the one before
    it does not. Of all chains, that whose largest step is smallest; of those, that with the
    smallest sum, then the shortest. The direct step is a chain too, and often the best.

    Returns:
        The steps in order; empty if ``start`` is ``goal``.
    """
    usage.occupation(start), usage.occupation(goal)
    if start == goal:
        return ()
    steps = _Steps(usage)
    chain = _shortest(steps, start, goal, _smallest_largest(steps, start, goal))
    return tuple(gap(usage, a, b) for a, b in pairwise(chain))


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
            if other not in best or reached < best[other]:
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
                if other not in best or reached < best[other]:
                    best[other] = reached
                    before[other] = here
                    heapq.heappush(queue, (*reached, other))
    chain = [goal]
    while chain[-1] != start:
        chain.append(before[chain[-1]])
    return chain[::-1]
