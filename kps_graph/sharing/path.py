"""The cheapest chain of occupations from one to another, and why it is."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.errors import BadParameter
from kps_graph.sharing.moves import Gap, Need, gap
from kps_graph.sharing.near import likeness
from kps_graph.sharing.tabular import Answers, some
from kps_graph.sharing.usage import Usage, wording
from kps_graph.store.rows import Rows, Value
from kps_graph.words import Language, Lines, Sentence

__all__ = ["Cost", "Prices", "Route", "Steps", "route", "steps"]

#: Likenesses that differ by less are sums of the same weights in another order.
_ROUNDED: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Prices:
    """What a step costs besides what it needs anew, in competencies.

    Attributes:
        step: each step.
        level: each base level that a step goes down.
    """

    step: float = 2.0
    level: float = 3.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step costs.

    Attributes:
        missing: competencies that the next occupation uses and the one before does not.
        size: how many the next occupation uses.
        lost: base levels that the step goes down; 0 where one is not known.
        total: ``missing * missing / size``, and the prices of the step and of the levels lost: a
            competency counts by the part of the occupation that is new, so that a long step costs
            more than two short ones that need as much.
    """

    missing: int
    size: int
    lost: int
    total: float


@dataclass(frozen=True, slots=True)
class Route:
    """The cheapest chain of occupations between two.

    Attributes:
        occupations: in order, the first and last included.
        costs: of each step.
        direct: the cost of going there at once; None if both are the same.
        nearer: how many occupations are nearer to both ends than these are to each other, and so
            could stand between them.
        prices: that a step was reckoned with.
    """

    occupations: tuple[str, ...]
    costs: tuple[Cost, ...]
    direct: Cost | None
    nearer: int
    prices: Prices

    @property
    def total(self) -> float:
        """What all steps cost."""
        return sum(cost.total for cost in self.costs)


class Steps(Answers[Gap]):
    """The steps of a chain: what each needs; and the chain, which says what each costs.

    Attributes:
        route: the chain.
    """

    route: Route

    def explain(self, lang: Language = Language.CHINESE) -> str:
        """Why the chain goes as it does, in words: a line for each step, and the direct way."""
        direct = self.route.direct
        if direct is None:
            return ""
        said = [_said(g, cost) for g, cost in zip(self, self.route.costs, strict=True)]
        if len(self) > 1:
            said.append(
                Sentence(
                    "in all {total:.1f}, directly {direct:.1f}: the detour is cheaper",
                    total=self.route.total,
                    direct=direct.total,
                )
            )
        else:
            said.append(
                Sentence(
                    "no way through the {nearer} occupations nearer to both is cheaper",
                    nearer=self.route.nearer,
                )
                if self.route.nearer
                else Sentence("no occupation is nearer to both than they are to each other")
            )
        said.append(
            Sentence(
                "a step costs what it needs anew, times the part that this is of the occupation, "
                "{step:g} for itself, and {level:g} for each level lost",
                step=self.route.prices.step,
                level=self.route.prices.level,
            )
        )
        return Lines(tuple(said)).in_words(lang)


def _said(step: Gap, cost: Cost) -> Sentence:
    ends = {"start": step.start.name, "goal": step.goal.name}
    counts = {"missing": cost.missing, "size": cost.size, "total": cost.total}
    if cost.lost:
        return Sentence(
            "{start} → {goal}: {missing} of {size} are new, levels lost {lost}: {total:.1f}",
            **ends,
            **counts,
            lost=cost.lost,
        )
    return Sentence("{start} → {goal}: {missing} of {size} are new: {total:.1f}", **ends, **counts)


class _Costs:
    """The cost of every step from an occupation."""

    def __init__(self, usage: Usage, prices: Prices) -> None:
        self._usage, self._prices = usage, prices
        self._rows: dict[str, Counter[str]] = {}

    def of(self, here: str, there: str) -> Cost:
        usage = self._usage
        if here not in self._rows:
            reached = map(usage.users, usage.reach(here))
            self._rows[here] = Counter(itertools.chain.from_iterable(reached))
        size = len(usage.of(there))
        missing = size - self._rows[here][there]
        levels = [usage.occupation(o).level for o in (here, there)]
        above, below = (level if isinstance(level, int) else None for level in levels)
        lost = max(0, above - below) if above is not None and below is not None else 0
        prices = self._prices
        new = missing * missing / size if size else 0.0
        return Cost(missing, size, lost, new + prices.step + prices.level * lost)


def route(
    usage: Usage,
    start: str,
    goal: str,
    *,
    prices: Prices = Prices(),
    most: int | None = None,
    within: str | None = None,
) -> Route:
    """The cheapest chain of occupations from ``start`` to ``goal``; of equals, the shortest.

    Between the two stand only occupations that are nearer to each of them than they are to each
    other, by the likeness of :func:`nearest`. The direct step is a chain too: it is kept unless
    another costs less in all.

    Args:
        usage: who uses what.
        start: an occupation.
        goal: another one.
        prices: of steps and of levels lost.
        most: how many steps at most; None for any number.
        within: only occupations of this category in between, or of those that begin so.

    Raises:
        BadParameter: if no step is allowed, or a price is below 0.
    """
    usage.occupation(start), usage.occupation(goal)
    if (most is not None and most < 1) or min(prices.step, prices.level) < 0:
        raise BadParameter("a path has at least one step, and no price below 0")
    if start == goal:
        return Route((start,), (), None, 0, prices)
    costs = _Costs(usage, prices)
    between = _between(usage, start, goal, within)
    names = _cheapest(costs, start, goal, between, most or len(between) + 1)
    return Route(
        names,
        tuple(itertools.starmap(costs.of, itertools.pairwise(names))),
        costs.of(start, goal),
        len(between),
        prices,
    )


def _between(usage: Usage, start: str, goal: str, within: str | None) -> list[str]:
    """The occupations that are nearer to both ends than these are to each other."""
    here, there = ({o: s for o, (s, _) in likeness(usage, end).items()} for end in (start, goal))
    apart = here.get(goal, 0.0)
    return sorted(
        o
        for o in here.keys() & there.keys()
        if o not in (start, goal)
        and min(here[o], there[o]) > apart + _ROUNDED
        and (within is None or any(c.startswith(within) for c in usage.occupation(o).categories))
    )


def _cheapest(
    costs: _Costs, start: str, goal: str, between: Sequence[str], most: int
) -> tuple[str, ...]:
    """The chain of the smallest sum with at most ``most`` steps, found step by step."""
    best: dict[str, tuple[float, tuple[str, ...]]] = {start: (0.0, (start,))}
    reached = dict(best)
    for _ in range(most):
        further: dict[str, tuple[float, tuple[str, ...]]] = {}
        for here, (total, names) in reached.items():
            for there in (*between, goal):
                if there in names or here == goal:
                    continue
                sum_ = total + costs.of(here, there).total
                limit = min(
                    best.get(there, _NEVER), further.get(there, _NEVER), best.get(goal, _NEVER)
                )
                if sum_ < limit[0]:
                    further[there] = (sum_, (*names, there))
        if not further:
            break
        best |= further
        reached = further
    return best[goal][1]


_NEVER: Final[tuple[float, tuple[str, ...]]] = (float("inf"), ())


def steps(usage: Usage, route: Route) -> Steps:
    """The steps of ``route``: what each needs."""
    found = Steps((gap(usage, a, b) for a, b in itertools.pairwise(route.occupations)), _rows)
    found.route = route
    return found


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
            some((_called(need, most) for need in g.missing), most),
        )

    return Rows.of(
        ("step", "from", "from_name", "to", "to_name", "missing", "raised", "covered", "needs"),
        enumerate(found, 1),
        row,
    )


def _called(need: Need, most: int | None) -> str:
    name = need.competency.name
    return name if most is None else wording(name, need.forms, most)
