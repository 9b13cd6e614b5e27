"""Which units, or which indicators of a unit, a run of rows covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kps_graph.extract.units import Draft, Placed

__all__ = ["prefers_upper", "rows_of", "targets_of"]


def rows_of(roots: Iterable[Draft]) -> dict[Draft, set[int]]:
    """The rows that each unit or anything below it stands in."""
    found: dict[Draft, set[int]] = {}
    for unit in roots:
        found |= rows_of(unit.children)
        found[unit] = unit.rows.union(*(found[child] for child in unit.children))
    return found


def targets_of(
    roots: Iterable[Draft], covered: Mapping[Draft, set[int]], rows: set[int], upper: bool
) -> Iterable[Draft | Placed]:
    """The widest units that ``rows`` covers whole, and the single indicators of others.

    ``covered`` are the rows of each unit. Where a unit has one child only, both are covered alike:
    ``upper`` says which is meant.
    """
    for unit in roots:
        own = covered[unit]
        if not own & rows:
            continue
        if own <= rows:
            while not upper and len(unit.children) == 1 and not unit.indicators:
                unit = unit.children[0]
            yield unit
            continue
        inner = [
            *targets_of(unit.children, covered, rows, upper),
            *(p for p in unit.indicators if p.row in rows),
        ]
        yield from inner or [unit]


def prefers_upper(covered: Mapping[Draft, set[int]], runs: Iterable[set[int]]) -> bool:
    """Whether cells cover whole units rather than their parts, where the two can be told apart."""
    above = below = 0
    wide = [rows for unit, rows in covered.items() if len(unit.children) > 1]
    for run in runs:
        for rows in wide:
            if rows <= run:
                above += 1
            elif rows & run:
                below += 1
    return above > below
