"""How widely each competency is reused, after ESCO's four reusability levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kps_graph.sharing.tabular import NamedAnswers, heads, named
from kps_graph.sharing.usage import Usage
from kps_graph.store.rows import Rows, Value

__all__ = ["Reuse", "ReuseLevel", "Thresholds", "reuse", "reuse_level_rows"]


class ReuseLevel(StrEnum):
    """The reusability levels of ESCO, from the widest to the narrowest."""

    TRANSVERSAL = "transversal"
    CROSS_SECTOR = "cross-sector"
    SECTOR_SPECIFIC = "sector-specific"
    OCCUPATION_SPECIFIC = "occupation-specific"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where one level ends and the next begins; ESCO decides by hand, this counts.

    A sector is a cluster of 職類別, the first letter of its code.

    Attributes:
        transversal: used in at least this part of all sectors.
        sector_specific: at least this part of its users are in one sector.
    """

    transversal: float = 0.5
    sector_specific: float = 0.8


@dataclass(frozen=True, slots=True)
class Reuse:
    """How widely a competency is reused.

    Attributes:
        level: its reusability level.
        used_by: how many occupations use it.
        sectors: how many of them are in each sector; one that states several counts in each.
    """

    level: ReuseLevel
    used_by: int
    sectors: Mapping[str, int]


def reuse(usage: Usage, thresholds: Thresholds | None = None) -> NamedAnswers[Reuse]:
    """How widely each competency is reused, by competency.

    One user makes it occupation-specific. Users in at least ``transversal`` of the sectors (and
    in three at least) make it transversal; users of whom ``sector_specific`` are in one sector
    make it sector-specific; all else is cross-sector. Occupations that state no category count
    as users, in no sector.
    """
    limits = thresholds or Thresholds()
    every = {s for o in usage.occupations for s in o.sectors}
    found = {}
    for competency in usage.competencies:
        users = usage.by(competency.id)
        sectors = Counter(s for o in users for s in sorted(usage.occupation(o).sectors))
        found[competency.id] = Reuse(
            _level(len(users), sectors, len(every), limits), len(users), dict(sectors)
        )
    return NamedAnswers(found, partial(_rows, usage))


def _level(users: int, sectors: Mapping[str, int], every: int, limits: Thresholds) -> ReuseLevel:
    if users <= 1:
        return ReuseLevel.OCCUPATION_SPECIFIC
    if len(sectors) >= max(3, limits.transversal * every):
        return ReuseLevel.TRANSVERSAL
    if max(sectors.values(), default=users) >= limits.sector_specific * users:
        return ReuseLevel.SECTOR_SPECIFIC
    return ReuseLevel.CROSS_SECTOR


def _rows(usage: Usage, found: Mapping[str, Reuse], most: int | None) -> Rows:
    """A row for each competency, the widest reused first."""
    order = {level: n for n, level in enumerate(ReuseLevel)}
    listed = sorted(
        found.items(),
        key=lambda f: (order[f[1].level], -f[1].used_by, usage.competency(f[0]).name, f[0]),
    )

    def sectors(r: Reuse) -> tuple[str, ...]:
        found = sorted(r.sectors.items())
        if most is None:
            return "|".join(s for s, _ in found), "|".join(str(k) for _, k in found)
        return (" ".join(f"{s}:{k}" for s, k in found),)

    def row(pair: tuple[str, Reuse]) -> tuple[Value, ...]:
        c, r = pair
        return (
            str(r.level),
            *named(usage.competency(c), usage.forms(c, sorted(usage.by(c))), most),
            r.used_by,
            *sectors(r),
            c,
        )

    each = ("sectors_occupations",) if most is None else ()
    columns = ("reuse", *heads(most), "occupations", "sectors", *each, "iri")
    return Rows.of(columns, listed, row)


def reuse_level_rows(reuses: Mapping[str, Reuse]) -> Rows:
    """A row for each reuse level, with how many competencies have it."""
    counts = Counter(r.level for r in reuses.values())
    return Rows.of(("reuse", "size"), ReuseLevel, lambda level: (str(level), counts[level]))
