"""Modules proposed for a standard: activities that take the same K and S together, in an order.

The steps are few and each is told with its reason, for a designer to change what does not suit:

1. K and S that at least half of the activities need are a foundation, taught first.
2. Activities of one level that have at least half of their other K and S in common are one module
   (average linkage; the closest pair first, of equal pairs the first in the document).
3. Modules stand by level; of one level, that one first whose K and S most of the rest need.
4. A K or S is taught where it is needed first; that module comes before the others that need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.courses.resolve import Parts
from kps_graph.model import Standard, Unit
from kps_graph.standards.inherited import Holder, Inherited, inherited
from kps_graph.words import Sentence

__all__ = ["Proposal", "suggest"]

#: How much of their K and S two groups of activities have in common to be one module.
_ALIKE: Final = 0.5
#: From so many activities on, what half of them need is a foundation.
_MANY: Final = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A module that is proposed.

    Attributes:
        name: of the activities in it, as the standard words them.
        group: code and name of the task that they are part of; "" if of several.
        level: the level of its activities, the highest if they differ; None if not known.
        units: the codes of its activities.
        indicators: the codes of their P; of an activity whose P have none, its own.
        knowledge, skills: the codes of the K and S that are taught here first.
        before: the names of the modules that teach what it needs besides, but for those that
            stand before one of these.
        together: why this is one module.
        here: why it stands here.
    """

    name: str
    group: str
    level: int | None
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    knowledge: tuple[str, ...]
    skills: tuple[str, ...]
    before: tuple[str, ...]
    together: Sentence
    here: Sentence


@dataclass(frozen=True, slots=True)
class _Group:
    """Activities that are to be one module.

    Attributes:
        rank: where the first of them stands in the document.
        units: the activities.
        needs: the K and S of each.
        level: of all of them; None if not known.
    """

    rank: int
    units: tuple[Inherited[Unit], ...]
    needs: tuple[frozenset[str], ...]
    level: int | None

    @property
    def needed(self) -> frozenset[str]:
        """What all of them need."""
        return frozenset().union(*self.needs)


def suggest(standard: Standard, tasks: Sequence[str] = ()) -> tuple[Proposal, ...]:
    """The modules of a course for ``standard``, or for some of its tasks, in their order.

    Raises:
        ResourceError: if the standard has no such task.
    """
    parts = Parts(standard)
    chosen = parts.chosen(tasks)
    groups = [
        _Group(rank, (unit,), (_needs(unit),), _level(unit))
        for rank, unit in enumerate(inherited(standard))
        if not unit.part.units and _belongs(unit, chosen)
    ]
    counted = Counter(code for g in groups for code in g.needed)
    common = frozenset(
        code for code, n in counted.items() if len(groups) >= _MANY and 2 * n >= len(groups)
    )
    order = _ordered(_merged(groups, common), common)
    return _proposals(order, common, parts, _unused(parts, counted) if not chosen else ())


def _needs(unit: Inherited[Unit]) -> frozenset[str]:
    holders: tuple[Holder, ...] = (unit, *unit.indicators())
    return frozenset(code for h in holders for code in (*h.knowledge, *h.skills))


def _level(unit: Inherited[Unit]) -> int | None:
    levels = [p.level for p in unit.indicators()] or [unit.level]
    return max((level for level in levels if isinstance(level, int)), default=None)


def _belongs(unit: Inherited[Unit], chosen: Sequence[str]) -> bool:
    return not chosen or not set(chosen).isdisjoint(u.code for u in (*unit.above, unit.part))


def _unused(parts: Parts, counted: Counter[str]) -> tuple[str, ...]:
    """The K and S that no activity needs."""
    return tuple(c for c, p in parts.by_code.items() if p.kind in "KS" and c not in counted)


def _merged(groups: Sequence[_Group], common: frozenset[str]) -> list[_Group]:
    """The groups, those merged that are alike in what they need besides the foundation."""
    left = list(groups)
    while True:
        pairs = [
            (_likeness(one, other, common), -n, -m)
            for n, one in enumerate(left)
            for m, other in enumerate(left[n + 1 :], n + 1)
            if one.level == other.level
        ]
        likeness, n, m = max(pairs, default=(0.0, 0, 0))
        if likeness < _ALIKE:
            return left
        one, other = left[-n], left.pop(-m)
        left[-n] = _Group(
            one.rank, (*one.units, *other.units), (*one.needs, *other.needs), one.level
        )


def _likeness(one: _Group, other: _Group, common: frozenset[str]) -> float:
    """The part of their K and S that two groups have in common, on average over their activities."""
    found = []
    for here in one.needs:
        for there in other.needs:
            both = (here | there) - common
            found.append(len((here & there) - common) / len(both) if both else 0.0)
    return sum(found) / len(found)


def _ordered(groups: list[_Group], common: frozenset[str]) -> list[_Group]:
    left, order = list(groups), []
    while left:

        def first(group: _Group) -> tuple[int, int, int]:
            rest = [g for g in left if g is not group]
            given = sum(len((group.needed & g.needed) - common) for g in rest)
            return (group.level or 9, -given, group.rank)

        chosen = min(left, key=first)
        left.remove(chosen)
        order.append(chosen)
    return order


def _proposals(
    order: Sequence[_Group], common: frozenset[str], parts: Parts, unused: Sequence[str]
) -> tuple[Proposal, ...]:
    made: list[Proposal] = []
    taught: dict[str, str] = {}
    names: set[str] = set()
    every = [code for code in parts.by_code if code[:1] in "KS"]
    if common:
        levels = [g.level for g in order if g.level is not None and g.needed & common]
        name = "共通基礎"
        shared = [c for c in every if c in common]
        together = Sentence("at least half of the activities need each of these K and S")
        here = Sentence("all other modules build on it")
        made.append(_proposal(name, "", min(levels, default=None), (), shared, (), together, here))
        taught |= dict.fromkeys(common, name)
        names.add(name)
    for n, group in enumerate(order):
        name = _name(group, names)
        names.add(name)
        new = [c for c in every if c in group.needed and c not in taught]
        before = _nearest([taught[c] for c in every if c in group.needed & taught.keys()], made)
        later = [g for g in order[n + 1 :] if not g.needed.isdisjoint(new)]
        here = _here(group, before, later)
        made.append(
            _proposal(
                name,
                _group(group),
                group.level,
                group.units,
                new,
                before,
                _together(group, common),
                here,
            )
        )
        taught |= dict.fromkeys(new, name)
    if unused:
        together = Sentence("no activity needs these K and S")
        here = Sentence("nothing builds on it; move its K and S to where they belong")
        made.append(_proposal("補充內容", "", None, (), unused, (), together, here))
    return tuple(made)


def _nearest(names: Iterable[str], made: Sequence[Proposal]) -> tuple[str, ...]:
    """``names``, each once, without those that stand before another of them."""
    above: dict[str, set[str]] = {}
    for module in made:
        above[module.name] = {b for n in module.before for b in (n, *above[n])}
    listed = list(dict.fromkeys(names))
    return tuple(n for n in listed if not any(n in above[other] for other in listed))


def _proposal(
    name: str,
    group: str,
    level: int | None,
    units: Iterable[Inherited[Unit]],
    taught: Iterable[str],
    before: tuple[str, ...],
    together: Sentence,
    here: Sentence,
) -> Proposal:
    listed, codes = list(units), list(taught)
    return Proposal(
        name,
        group,
        level,
        tuple(u.part.code for u in listed if u.part.code),
        tuple(dict.fromkeys(code for u in listed for code in _indicators(u.part) if code)),
        tuple(c for c in codes if c[:1] == "K"),
        tuple(c for c in codes if c[:1] == "S"),
        before,
        together,
        here,
    )


def _indicators(unit: Unit) -> list[str]:
    codes = [p.code for p in unit.indicators if p.code]
    return codes if len(codes) == len(unit.indicators) else [unit.code or "", *codes]


def _together(group: _Group, common: frozenset[str]) -> Sentence:
    if len(group.units) == 1:
        return Sentence("no other activity of this level shares half of its K and S")
    both = frozenset.intersection(*group.needs) - common
    return Sentence(
        "{units} have {shared} of {total} K and S in common",
        units=tuple(u.part.code or u.part.name for u in group.units),
        shared=len(both),
        total=len(group.needed - common),
    )


def _here(group: _Group, before: tuple[str, ...], later: Sequence[_Group]) -> Sentence:
    level = str(group.level or "?")
    if before:
        return Sentence(
            "level {level}; builds on {modules}; {count} later modules build on it",
            level=level,
            modules=before,
            count=len(later),
        )
    return Sentence(
        "level {level}; builds on no other module; {count} later modules build on it",
        level=level,
        count=len(later),
    )


def _group(group: _Group) -> str:
    tasks = dict.fromkeys(unit.above[0] for unit in group.units if unit.above)
    if len(tasks) != 1:
        return ""
    (task,) = tasks
    return " ".join(filter(None, (task.code, task.name)))


def _name(group: _Group, taken: set[str]) -> str:
    """The name of the task if all its activities are in the group, else theirs; each once."""
    names = list(dict.fromkeys(" ".join(u.part.name.split()) for u in group.units))
    whole = group.units[0].above[-1] if group.units[0].above else None
    if whole is not None and len(names) > 1 and {u.part for u in group.units} == set(whole.units):
        names = [" ".join(whole.name.split())]
    name = "與".join(names) if len(names) < 3 else f"{names[0]}等{len(names)}項"
    if not name or name in taken:
        name = f"{name} {group.units[0].part.code or len(taken) + 1}".strip()
    return name
