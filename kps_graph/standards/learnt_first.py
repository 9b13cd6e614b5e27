"""What must be learnt before a part of the work can be done: the K and S that it takes, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kps_graph.model import Level, Standard
from kps_graph.standards.paths import Path, Step, paths
from kps_graph.standards.trace import known_code

__all__ = ["Learning", "learnt_first"]


@dataclass(frozen=True, slots=True)
class Learning:
    """A step of learning.

    Attributes:
        number: its place in the order, from 1.
        step: a K or S to learn, with the lowest level at which the standard needs it; or an
            indicator (a unit, where it has none) that can be done then.
        easier: of a K or S, the indicators of a lower level that need it too, where it can be
            practised first; of an indicator, the K and S that it takes.
    """

    number: int
    step: Step
    easier: tuple[str, ...]


def learnt_first(standard: Standard, code: str) -> tuple[Learning, ...]:
    """The order in which to learn for ``code``: an indicator, output or unit, which stands last.

    What the standard needs at a low level is learnt before what it needs at a high one; what more
    indicators need, before what fewer do; K before S.

    Raises:
        ResourceError: if the standard has no such code, or it is that of a K, S or A.
    """
    every = [path for path in paths(standard) if path.units]
    steps = dict.fromkeys(step for path in every for step in (*path.units, path.end) if step)
    wanted = known_code(
        code,
        (step.code for step in steps if step.code),
        standard.code or standard.name,
        others=(path.element.code for path in every if path.element),
    )
    needed: dict[str, Step] = {}
    goals: dict[Step, dict[str, None]] = {}
    for path in every:
        if not path.has(wanted):
            continue
        if path.element:
            needed.setdefault(path.element.code, path.element)
        if path.end is None or path.end.kind == "P" or path.end.code == wanted:
            codes = goals.setdefault(path.end or path.units[-1], {})
            codes |= dict.fromkeys([path.element.code] if path.element else [])
    return tuple(_ordered(needed, goals, every))


def _ordered(
    needed: dict[str, Step], goals: dict[Step, dict[str, None]], every: list[Path]
) -> Iterator[Learning]:
    users: dict[str, dict[str, Level]] = {code: {} for code in needed}
    for path in every:
        end = path.end or path.units[-1]
        if path.element and path.element.code in users and end.kind != "O":
            # an indicator without a code is known by its unit
            users[path.element.code][end.code or path.units[-1].code] = end.level
    lowest = {code: min(map(_rank, by.values()), default=9) for code, by in users.items()}
    least = min((_rank(step.level) for step in goals), default=9)
    number = 0
    for code in sorted(
        needed, key=lambda c: (lowest[c], needed[c].kind, -len(users[c]))
    ):  # of one rank in document order
        number += 1
        easier = [c for c, level in users[code].items() if c and _rank(level) < least]
        level = lowest[code] if lowest[code] < 9 else None
        yield Learning(number, replace(needed[code], level=level), tuple(easier))
    for step, codes in sorted(goals.items(), key=lambda goal: _rank(goal[0].level)):
        number += 1
        yield Learning(number, step, tuple(codes))


def _rank(level: Level) -> int:
    """A level as a number; one that is not known comes last."""
    return level if isinstance(level, int) else 9
