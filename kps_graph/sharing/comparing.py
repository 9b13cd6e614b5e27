"""What a researcher asks of two or more occupations: nearest, comparison, gap, path."""

from __future__ import annotations

import heapq
import itertools
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.errors import ModelError
from kps_graph.sharing.answers import Tabular
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use
from kps_graph.store.rows import Rows

__all__ = [
    "Comparison",
    "Gap",
    "Need",
    "Neighbour",
    "Reason",
    "Standing",
    "chain",
    "compare",
    "gap",
    "nearest",
    "path",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """A competency that two occupations share: used by so many, hence so rare.

    ``forms`` are how the two word it, where that is not its name.
    """

    competency: Competency
    used_by: int
    rarity: float
    forms: tuple[str, ...] = ()


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
    """A competency in a comparison: how each of the occupations that use it does so.

    ``forms`` are how these word it, where that is not its name.
    """

    competency: Competency
    uses: Mapping[str, Use]
    used_by: int
    forms: tuple[str, ...] = ()

    @property
    def levels(self) -> Mapping[str, int | None]:
        """The level in each of the occupations that use it; None if unknown."""
        return {occupation: use.level for occupation, use in self.uses.items()}

    @property
    def spread(self) -> int:
        """The difference between its highest and lowest known level."""
        known = [level for level in self.levels.values() if level is not None]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Tabular):
    """What occupations have in common and what each has alone.

    Attributes:
        occupations: what was compared, in the order asked.
        shared: what all of them use, the rarest first.
        some: what several but not all use (never anything when two are compared).
        only: what each alone among them uses.
        similarity: the part, by rarity, of all that they use which all of them share; 0 to 1.
    """

    occupations: tuple[Occupation, ...]
    shared: tuple[Standing, ...]
    some: tuple[Standing, ...]
    only: Mapping[str, tuple[Standing, ...]]
    similarity: float

    @property
    def differing(self) -> tuple[Standing, ...]:
        """What is shared by all or some at different levels, the widest spread first."""
        found = [s for s in self.shared + self.some if s.spread]
        return tuple(sorted(found, key=lambda s: (-s.spread, s.competency.id)))

    def rows(self, most: int | None = None) -> Rows:
        """A row for each competency, with a column for each occupation: codes, and the level."""
        from kps_graph.sharing import tables

        del most
        return tables.compare(self)

    def __repr__(self) -> str:
        return (
            f"<Comparison of {', '.join(o.name for o in self.occupations)}: "
            f"{len(self.shared)} shared, similarity {self.similarity:.2f}>"
        )


@dataclass(frozen=True, slots=True)
class Need:
    """A competency that a move needs.

    Attributes:
        competency: which.
        tasks: the tasks of the goal that need it.
        units: the units of work in these that need it.
        part: the part of all its tasks; None if those are not known.
        level: the level at which the goal needs it.
        present: the level at which the start has it; None if not at all or not known.
        used_by: how many occupations use it.
        forms: how the goal, and the start if it has it, word it, where that is not its name.
    """

    competency: Competency
    tasks: tuple[str, ...]
    units: tuple[str, ...]
    part: float | None
    level: int | None
    present: int | None
    used_by: int
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Gap(Tabular):
    """What a move from one occupation to another needs.

    Attributes:
        start: from where.
        goal: to where.
        missing: what the goal uses and the start does not; what most tasks need comes first.
        raised: what both use, the goal at a higher level.
        covered: how many of the goal's competencies the start has.
    """

    start: Occupation
    goal: Occupation
    missing: tuple[Need, ...]
    raised: tuple[Need, ...]
    covered: int

    def rows(self, most: int | None = None) -> Rows:
        """A row for each competency to acquire, then for each to raise."""
        from kps_graph.sharing import tables

        return tables.gap(self, most)

    def __repr__(self) -> str:
        return (
            f"<Gap from {self.start.name} to {self.goal.name}: {len(self.missing)} missing, "
            f"{len(self.raised)} to raise, {self.covered} covered>"
        )


def nearest(usage: Usage, occupation: str, n: int = 10, min_shared: int = 1) -> list[Neighbour]:
    """The ``n`` occupations most like ``occupation``, with the reasons.

    Every competency is weighed by its rarity (:meth:`Usage.rarity`): to share what few use says
    more than to share what everyone uses.
    """
    own = usage.of(occupation)
    reached = usage.reach(occupation)
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
            union = size + sum(usage.rarity(c) for c in usage.of(other) if c not in reached)
            found.append((-both / union, other, competencies))
    return [
        Neighbour(
            usage.occupation(other),
            -negative,
            tuple(
                sorted(
                    (
                        Reason(
                            usage.competency(c),
                            len(usage.by(c)),
                            weights[c],
                            usage.forms(c, (occupation, other)),
                        )
                        for c in competencies
                    ),
                    key=lambda r: (r.used_by, r.competency.id),
                )
            ),
        )
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
    names = [o.id for o in chosen]
    every = dict.fromkeys(c for name in names for c in usage.of(name))
    shared, some = [], []
    only: dict[str, list[Standing]] = {name: [] for name in names}
    for competency in sorted(every, key=lambda c: (len(usage.by(c)), c)):
        users = usage.by(competency)
        uses = {name: users[name] for name in names if name in users}
        standing = Standing(
            usage.competency(competency), uses, len(users), usage.forms(competency, names)
        )
        if len(uses) == len(chosen):
            shared.append(standing)
        elif len(uses) > 1:
            some.append(standing)
        else:
            only[next(iter(uses))].append(standing)
    whole = sum(map(usage.rarity, every))
    similarity = sum(usage.rarity(s.competency.id) for s in shared) / whole if whole else 0.0
    return Comparison(
        chosen, tuple(shared), tuple(some), {k: tuple(v) for k, v in only.items()}, similarity
    )


def gap(usage: Usage, start: str, goal: str) -> Gap:
    """What a move from ``start`` to ``goal`` needs, what most of the goal's tasks need first."""
    have, want = usage.reach(start), usage.of(goal)
    total = usage.occupation(goal).tasks
    missing, raised = [], []
    for competency, use in want.items():
        own = have.get(competency)
        need = Need(
            usage.competency(competency),
            use.tasks,
            use.units,
            len(use.tasks) / total if total else None,
            use.level,
            own.level if own else None,
            len(usage.by(competency)),
            usage.forms(competency, (goal, start)),
        )
        if own is None:
            missing.append(need)
        elif use.level is not None and own.level is not None and use.level > own.level:
            raised.append(need)

    def order(need: Need) -> tuple[int, int, int, int, str]:
        return (
            -len(need.tasks),
            -len(need.units),
            -(need.level or 0),
            need.used_by,
            need.competency.id,
        )

    return Gap(
        usage.occupation(start),
        usage.occupation(goal),
        tuple(sorted(missing, key=order)),
        tuple(sorted(raised, key=order)),
        len(want) - len(missing),
    )


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


def path(usage: Usage, start: str, goal: str) -> tuple[Gap, ...]:
    """The steps of :func:`chain`: what each needs; none if ``start`` is ``goal``."""
    return tuple(gap(usage, a, b) for a, b in itertools.pairwise(chain(usage, start, goal)))


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
