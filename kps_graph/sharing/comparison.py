"""What several occupations share, and what each has alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kps_graph.errors import ModelError
from kps_graph.sharing.tabular import Tabular, heads, named
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use
from kps_graph.store.rows import Rows, Value

__all__ = ["Comparison", "Standing", "compare"]


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

    @property
    def columns(self) -> dict[str, str]:
        """What the column of each occupation is called, by its id: its code, else its name."""
        called: dict[str, str] = {}
        for occupation in self.occupations:
            name = stem = occupation.code or occupation.name
            number = 1
            while name in called.values():
                number += 1
                name = f"{stem} ({number})"
            called[occupation.id] = name
        return called

    def rows(self, most: int | None = None) -> Rows:
        """A row for each competency, with a column for each occupation: codes, and the level."""
        names, columns = [o.id for o in self.occupations], self.columns

        def row(pair: tuple[str, Standing]) -> tuple[Value, ...]:
            standing, s = pair
            return (
                standing,
                *named(s.competency, s.forms, most),
                *(cell for name in names for cell in _held(s.uses.get(name), most)),
                s.spread if len(s.uses) > 1 else None,
                s.used_by,
                s.competency.id,
            )

        each = (h for c in columns.values() for h in ((c, f"{c}_level") if most is None else (c,)))
        return Rows.of(
            ("standing", *heads(most), *each, "difference", "used_by", "iri"),
            [
                *(("all", s) for s in self.shared),
                *(("some", s) for s in self.some),
                *((columns[name], s) for name in names for s in self.only[name]),
            ],
            row,
        )

    def __repr__(self) -> str:
        return (
            f"<Comparison of {', '.join(o.name for o in self.occupations)}: "
            f"{len(self.shared)} shared, similarity {self.similarity:.2f}>"
        )


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


def _held(use: Use | None, most: int | None) -> tuple[Value, ...]:
    """The cells of one occupation: its codes and the level, apart or in one."""
    if use is None:
        return (None, None) if most is None else (None,)
    if most is None:
        return "|".join(use.codes) or "✓", use.level
    level = "" if use.level is None else f" L{use.level}"
    return (f"{' '.join(use.codes) or '✓'}{level}",)
