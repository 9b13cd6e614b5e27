"""Which units, or which indicators of a unit, a run of rows covers."""

from __future__ import annotations

from collections.abc import Iterable

from kps_graph.extract.units import Draft, Placed

__all__ = ["prefers_upper", "targets_of"]


def targets_of(roots: Iterable[Draft], rows: set[int], upper: bool) -> Iterable[Draft | Placed]:
    """The widest units that ``rows`` covers whole, and the single indicators of others.

    Where a unit has one child only, both are covered alike: ``upper`` says which is meant.
    """
    for unit in roots:
        own = unit.all_rows()
        if not own & rows:
            continue
        if own <= rows:
            while not upper and len(unit.children) == 1 and not unit.indicators:
                unit = unit.children[0]
            yield unit
            continue
        inner = [
            *targets_of(unit.children, rows, upper),
            *(p for p in unit.indicators if p.row in rows),
        ]
        yield from inner or [unit]


def prefers_upper(roots: Iterable[Draft], runs: Iterable[set[int]]) -> bool:
    """Whether cells cover whole units rather than their parts, where the two can be told apart."""
    above = below = 0
    wide = [u.all_rows() for r in roots for u in r.walk() if len(u.children) > 1]
    for run in runs:
        for rows in wide:
            if rows <= run:
                above += 1
            elif rows & run:
                below += 1
    return above > below
