"""The occupations that a course prepares for: what of their K and S it teaches, what each still needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kps_graph.sharing.tabular import Answers, some
from kps_graph.sharing.usage import Competency, Occupation, Usage
from kps_graph.store.rows import Rows

__all__ = ["Prepared", "prepared"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An occupation that a course goes some way towards.

    Attributes:
        occupation: which.
        taught: those of its K and S that the course teaches.
        missing: those that it still needs; what fewest occupations need comes last.
    """

    occupation: Occupation
    taught: tuple[Competency, ...]
    missing: tuple[Competency, ...]

    @property
    def part(self) -> float:
        """The part of its K and S that the course teaches, 0 to 1."""
        return len(self.taught) / (len(self.taught) + len(self.missing))


def prepared(
    usage: Usage, taught: Collection[str], n: int = 10, without: Collection[str] = ()
) -> Answers[Prepared]:
    """The ``n`` occupations of whose K and S ``taught`` is the greatest part.

    Args:
        usage: who uses what.
        taught: the competencies, by id.
        n: how many occupations.
        without: those that the course is made for.
    """
    held = frozenset(taught)
    found = []
    for occupation in usage.occupations:
        if occupation.id in without:
            continue
        needed = [usage.competency(c) for c in usage.of(occupation.id)]
        needed = [c for c in needed if c.kind in ("K", "S")]
        needed.sort(key=lambda c: (-len(usage.by(c.id)), c.id))
        have = tuple(c for c in needed if c.id in held)
        if have:
            missing = tuple(c for c in needed if c.id not in held)
            found.append(Prepared(occupation, have, missing))
    found.sort(key=lambda p: (-p.part, -len(p.taught), p.occupation.id))
    return Answers(found[:n], _rows)


def _rows(found: Iterable[Prepared], most: int | None) -> Rows:
    return Rows.of(
        ("code", "name", "part", "covered", "missing", "needs"),
        found,
        lambda p: (
            p.occupation.code,
            p.occupation.name,
            p.part,
            len(p.taught),
            len(p.missing),
            some((c.name for c in p.missing), most),
        ),
    )
