"""Turns the drafts of units into the values of the model."""

from __future__ import annotations

from kps_graph.extract.text import unseparated
from kps_graph.extract.units import Draft, Placed
from kps_graph.model import Indicator, Output, Unit

__all__ = ["assemble"]


def assemble(draft: Draft) -> Unit:
    """The finished unit."""
    code = draft.code
    return Unit(
        code=code.text if code else None,
        name=draft.name,
        level=draft.level,
        knowledge=tuple(draft.needs["K"]),
        skills=tuple(draft.needs["S"]),
        outputs=tuple(
            Output(_text(p), unseparated(p.piece.text), _raw(p), p.piece.span)
            for p in _ordered(draft.outputs)
        ),
        indicators=tuple(
            Indicator(
                _text(p),
                p.piece.text,
                p.level,
                tuple(p.needs["K"]),
                tuple(p.needs["S"]),
                _raw(p),
                p.piece.span,
                tuple(p.places.items()),
            )
            for p in _ordered(draft.indicators)
        ),
        units=tuple(assemble(c) for c in draft.children),
        raw_code=code.raw if code else None,
        span=draft.span,
        places=tuple(draft.places.items()),
    )


def _ordered(placed: list[Placed]) -> list[Placed]:
    """In printed order, except that one printed in another unit's row goes by its number."""
    rows = [p.row for p in placed]
    if rows == sorted(rows):
        return placed
    codes = [p.piece.code for p in placed]
    if any(c is None for c in codes):
        return placed
    return sorted(placed, key=lambda p: p.piece.code.numbers if p.piece.code else ())


def _text(placed: Placed) -> str | None:
    return placed.piece.code.text if placed.piece.code else None


def _raw(placed: Placed) -> str | None:
    return placed.piece.code.raw if placed.piece.code else placed.piece.number or None
