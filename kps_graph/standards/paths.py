"""The paths of a standard: from each K, S and A through the work to what needs it, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kps_graph.model import Level, Standard, Unit, element_text, references
from kps_graph.standards.inherited import Holder, Inherited, tasks

__all__ = ["Path", "Step", "paths"]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a standard on a path.

    Attributes:
        kind: T, O, P, K, S or A.
        code: how units refer to it; "" if it has none.
        text: what it says.
        level: of a unit or indicator, its own or inherited.
    """

    kind: str
    code: str
    text: str
    level: Level = None


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a K, S or A to a part of the work that needs it.

    Attributes:
        element: the K, S or A; None on the way to a part that needs none.
        units: the task, then the units below it.
        end: the output or indicator; None where the last unit has neither, and for an A.
    """

    element: Step | None
    units: tuple[Step, ...]
    end: Step | None

    def has(self, code: str) -> bool:
        """Whether a step has this code."""
        steps = (self.element, *self.units, self.end)
        return any(step is not None and step.code == code for step in steps)


def paths(standard: Standard) -> Iterator[Path]:
    """Every path of ``standard``, in document order of the work; attitudes last.

    An output needs all that its unit needs, itself or for one of its indicators. What nothing
    needs, and an attitude, which belongs to the standard as a whole, has a path of its own alone.
    """
    elements = {
        reference: Step(kind, reference, element_text(element))
        for kind, listed in (("K", standard.knowledge), ("S", standard.skills))
        for element, reference in zip(listed, references(listed), strict=True)
    }
    unused = dict(elements)
    for task in tasks(standard):
        for path in _below(task, (), elements):
            if path.element:
                unused.pop(path.element.code, None)
            yield path
    yield from (Path(element, (), None) for element in unused.values())
    for attitude, code in zip(standard.attitudes, references(standard.attitudes), strict=True):
        yield Path(Step("A", code, attitude.name), (), None)


def _below(
    unit: Inherited[Unit], above: tuple[Step, ...], elements: dict[str, Step]
) -> Iterator[Path]:
    part = unit.part
    line = (*above, Step("T", part.code or "", part.name, unit.level))
    ends: list[tuple[Step, tuple[Holder, ...]]] = []
    whole: tuple[Holder, ...] = (unit, *unit.indicators())
    ends += ((Step("O", o.code or "", o.name, unit.level), whole) for o in part.outputs)
    ends += ((Step("P", p.part.code or "", p.part.text, p.level), (p,)) for p in unit.indicators())
    for end, holders in ends:
        yield from (Path(e, line, end) for e in _needed(holders, elements))
    if not ends and not part.units:
        yield from (Path(e, line, None) for e in _needed((unit,), elements))
    for inner in unit.units():
        yield from _below(inner, line, elements)


def _needed(holders: tuple[Holder, ...], elements: dict[str, Step]) -> list[Step | None]:
    """What the holders need, in their order; one that needs nothing has a path all the same."""
    codes = dict.fromkeys(c for h in holders for c in (*h.knowledge, *h.skills))
    return [elements[c] for c in codes if c in elements] or [None]
