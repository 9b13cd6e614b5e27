"""Collects the K or S of one standard from all cells that name them."""

from __future__ import annotations

from collections.abc import Iterable

from kps_graph.extract.findings import Notes
from kps_graph.extract.leads import note_uncoded
from kps_graph.extract.pieces import Piece
from kps_graph.extract.text import unseparated
from kps_graph.folding import element_key, fold
from kps_graph.model import Element

__all__ = ["Elements"]


class Elements:
    """The elements of one kind, by code; the same code may be printed in many cells.

    Two texts under one code are kept apart: the second is referred to as ``K03~2``. The n-th
    element without a code is referred to as ``#n``.
    """

    __slots__ = ("_kind", "_made", "_notes", "_places")

    def __init__(self, kind: str, notes: Notes) -> None:
        self._kind = kind
        self._notes = notes
        self._made: list[tuple[str, Element]] = []
        #: Where in them the elements of each number stand, and those without a code.
        self._places: dict[int | None, list[int]] = {}

    def refer(self, pieces: Iterable[Piece]) -> list[str]:
        """The references to the elements of ``pieces``, which are added where they are new."""
        return [self._refer(piece) for piece in pieces]

    def _refer(self, piece: Piece) -> str:
        name, items, code = piece.name, tuple(piece.items), piece.code
        if piece.lone:
            name, items = items[0].text, ()
        if not items:
            name = unseparated(name)
        raw = code.raw if code else None
        key = element_key(name, (i.text for i in items))
        if code is None:
            uncoded = self._places.get(None, [])
            for i in uncoded:
                reference, element = self._made[i]
                if self._key(element) == key:
                    return reference
            note_uncoded(piece, name, self._kind, (), self._notes)
            reference = f"#{len(uncoded) + 1}"
            return self._add(None, reference, Element(None, name, items, None, piece.span))
        if raw:
            self._notes.add("E03", piece.span, value=raw, code=code.text)
        number = code.numbers[0]
        same = [(i, *self._made[i]) for i in self._places.get(number, ())]
        for i, reference, element in same:
            if not name and not items:
                return reference
            if not element.name and not element.items:  # referred to before it was defined
                self._made[i] = reference, Element(element.code, name, items, raw, piece.span)
                return reference
            if self._key(element) == key:
                self._differs(element, piece)
                return reference
            if fold(element.name) == fold(name) and not (element.items and items):
                # once with its sub-items, once without: one element
                if items:
                    longer = Element(
                        element.code, element.name, items, element.raw_code, element.span
                    )
                    self._made[i] = (reference, longer)
                return reference
        text = same[0][2].code if same and same[0][2].code else code.text
        reference = f"{text}~{len(same) + 1}" if same else text
        return self._add(number, reference, Element(text, name, items, raw, piece.span))

    def _add(self, number: int | None, reference: str, element: Element) -> str:
        self._places.setdefault(number, []).append(len(self._made))
        self._made.append((reference, element))
        return reference

    @staticmethod
    def _key(element: Element) -> str:
        return element_key(element.name, (i.text for i in element.items))

    def _differs(self, element: Element, piece: Piece) -> None:
        if element.name != piece.name:
            self._notes.add(
                "E17", piece.span, code=element.code or "", value=piece.name, other=element.name
            )

    def undefined(self) -> set[str]:
        """The references to elements of which nothing but the code has been found so far."""
        return {r for r, e in self._made if not (e.name or e.items)}

    def finish(self) -> tuple[Element, ...]:
        """The elements by number, those without a code last; a bare code is only a reference."""
        made = [e for _, e in self._made if e.name or e.items or e.code is None]
        return tuple(sorted(made, key=lambda e: int(e.code[1:]) if e.code else 10**6))
