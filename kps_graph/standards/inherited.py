"""What units and indicators of a standard inherit: the one walk over level, K and S.

A document writes a level, K or S once, at the unit or indicator that it belongs to; whatever stands
below has it too. Everything that needs to know what a part *has* asks here: the derived triples,
a trace, a comparison with courses, the checklist, the usage of competencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from kps_graph.model import Indicator, Level, Standard, Unit

__all__ = ["Holder", "Inherited", "inherited", "tasks"]

Part = TypeVar("Part", Unit, Indicator)
Below = TypeVar("Below", Unit, Indicator)


@dataclass(frozen=True, slots=True)
class Inherited(Generic[Part]):
    """A unit or an indicator with what it has, of its own and from the units above it.

    Attributes:
        part: the unit or the indicator.
        above: the units that it stands in, the task first.
        level: its own, or that of the nearest unit above that has one; None if none has.
        knowledge, skills: references to K and S, those from above first, each once.
    """

    part: Part
    above: tuple[Unit, ...]
    level: Level
    knowledge: tuple[str, ...]
    skills: tuple[str, ...]

    def needs(self, kind: str) -> tuple[str, ...]:
        """The references to K or S, as ``kind`` (``K`` or ``S``) says."""
        return self.knowledge if kind == "K" else self.skills

    def units(self: Inherited[Unit]) -> Iterator[Inherited[Unit]]:
        """The units directly in this one."""
        return (self._with(unit) for unit in self.part.units)

    def indicators(self: Inherited[Unit]) -> Iterator[Inherited[Indicator]]:
        """The indicators directly in this unit."""
        return (self._with(indicator) for indicator in self.part.indicators)

    def walk(self: Inherited[Unit]) -> Iterator[Inherited[Unit]]:
        """This unit and all units below it, in document order."""
        yield self
        for unit in self.units():
            yield from unit.walk()

    def _with(self: Inherited[Unit], part: Below) -> Inherited[Below]:
        """``part``, which stands directly in this unit, with what it inherits."""
        return Inherited(
            part,
            (*self.above, self.part),
            self.level if part.level is None else part.level,
            _union(self.knowledge, part.knowledge),
            _union(self.skills, part.skills),
        )


#: A unit or an indicator: what levels, K and S are attached to.
Holder: TypeAlias = "Inherited[Unit] | Inherited[Indicator]"


def tasks(standard: Standard) -> Iterator[Inherited[Unit]]:
    """The tasks of ``standard``: where each walk begins."""
    for task in standard.tasks:
        yield Inherited(task, (), task.level, _union((), task.knowledge), _union((), task.skills))


def inherited(standard: Standard) -> Iterator[Inherited[Unit]]:
    """Every unit of ``standard`` in document order, with what it has and inherits."""
    for task in tasks(standard):
        yield from task.walk()


def _union(above: tuple[str, ...], stated: tuple[str, ...]) -> tuple[str, ...]:
    """What is above and what is stated here, each once."""
    return tuple(dict.fromkeys((*above, *stated))) if stated else above
