"""What a move from one occupation to another needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kps_graph.sharing.tabular import Tabular, heads, named, some
from kps_graph.sharing.usage import Competency, Occupation, Usage
from kps_graph.store.rows import Rows, Value

__all__ = ["Gap", "Need", "gap"]

_COLUMNS: Final = (
    "tasks",
    "part",
    "units",
    "level",
    "present",
    "used_by",
    "where",
    "iri",
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

        def row(pair: tuple[str, Need]) -> tuple[Value, ...]:
            change, n = pair
            return (
                change,
                *named(n.competency, n.forms, most),
                len(n.tasks),
                n.part,
                len(n.units),
                n.level,
                n.present,
                n.used_by,
                some(n.units, most),
                n.competency.id,
            )

        return Rows.of(
            ("change", *heads(most), *_COLUMNS),
            [*(("missing", n) for n in self.missing), *(("raise", n) for n in self.raised)],
            row,
        )

    def __repr__(self) -> str:
        return (
            f"<Gap from {self.start.name} to {self.goal.name}: {len(self.missing)} missing, "
            f"{len(self.raised)} to raise, {self.covered} covered>"
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
