"""The overlap of chosen occupations as a matrix, like next to like."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from kps_graph.errors import ModelError
from kps_graph.exports.pictures import overlap_overview, page, render
from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.scene import Box, Frozen, Node, Scene, Shape, Text
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.sharing.usage import Usage
from kps_graph.words import Language

__all__ = ["html", "layout", "svg"]

MARGIN: Final = 32.0
LABEL: Final = 13.0
ANGLE: Final = 50.0
#: Of more occupations than this, cells have no room for numbers and no node of their own.
MOST: Final = 60


def svg(usage: Usage, occupations: Sequence[str], lang: Language = Language.CHINESE) -> str:
    """The matrix as an SVG file."""
    return render.svg(layout(usage, occupations, lang))


def html(usage: Usage, occupations: Sequence[str], lang: Language = Language.CHINESE) -> str:
    """The matrix as a page: pointing at a cell says what the two share, the rarest first."""
    return page.html(layout(usage, occupations, lang))


def layout(usage: Usage, occupations: Sequence[str], lang: Language = Language.CHINESE) -> Scene:
    """The matrix of ``occupations``, reordered so that similar ones are neighbours.

    Raises:
        ModelError: for fewer than two different occupations, or an unknown one.
    """
    chosen = [usage.occupation(o).id for o in dict.fromkeys(occupations)]
    if len(chosen) < 2:
        raise ModelError("a matrix needs at least two different standards")
    if len(chosen) > MOST:
        return overlap_overview.layout(usage, chosen, lang)
    likeness = {pair: _likeness(usage, *pair) for pair in combinations(sorted(chosen), 2)}
    return _Matrix(usage, _arranged(chosen, likeness), likeness, lang).scene()


def _likeness(usage: Usage, one: str, other: str) -> float:
    """The part, by rarity, of what both use together which they share."""
    both = set(usage.shared(one, other))
    union = both.union(usage.of(one), usage.of(other))
    whole = math.fsum(map(usage.rarity, union))
    return math.fsum(map(usage.rarity, both)) / whole if whole else 0.0


def _arranged(chosen: Sequence[str], likeness: dict[tuple[str, str], float]) -> list[str]:
    """A chain from the most similar pair outward, each next one put at the end it is most like."""
    first = min(likeness, key=lambda pair: (-likeness[pair], pair))
    chain = list(first)
    left = sorted(set(chosen) - set(chain))
    while left:
        _, _, name, end = min(
            (-likeness[min(name, end), max(name, end)], number, name, end)
            for name in left
            for number, end in enumerate((chain[-1], chain[0]))
        )
        left.remove(name)
        chain.insert(len(chain) if end == chain[-1] else 0, name)
    return chain


class _Matrix:
    """Draws the matrix of occupations in a given order."""

    def __init__(
        self,
        usage: Usage,
        order: Sequence[str],
        likeness: dict[tuple[str, str], float],
        lang: Language,
    ) -> None:
        self._usage = usage
        self._order = order
        self._likeness = likeness
        self._lang: Language = lang
        self._own = words(lang)
        self._cell = 44.0 if len(order) <= 16 else 34.0 if len(order) <= 40 else 24.0
        self._names = [fit(usage.occupation(o).name, 280, LABEL) for o in order]
        longest = max(width(n, LABEL) for n in self._names)
        self._left = MARGIN + longest + 44
        self._high = longest * math.sin(math.radians(ANGLE))
        self._more = longest * math.cos(math.radians(ANGLE))

    def scene(self) -> Scene:
        own, size = self._own, len(self._order) * self._cell
        wide = self._left + size + max(self._more, 20) + MARGIN
        notes = wrap(own["overlap-summary"], wide - 2 * MARGIN, 13)
        top = 52 + 18.2 * len(notes) + self._high + 46
        title = f"{own['overlap']} · {len(self._order)} {own['occupations']}"
        ground: list[Shape] = [
            Text(MARGIN, 46, (title,), "title", 22, own=True),
            Text(MARGIN, 70, notes, "soft", 13, own=True),
        ]
        most = max(self._likeness.values()) or 1.0
        nodes: list[Node] = []
        for row, name in enumerate(self._order):
            nodes += self._labels(row, name, top)
            nodes += (
                self._pair(row, column, top, most)
                for column in range(len(self._order))
                if column != row
            )
        return Scene(
            title,
            own["overlap-summary"],
            self._lang,
            wide,
            top + size + MARGIN,
            tuple(ground),
            (),
            tuple(nodes),
            frozen=Frozen(self._left, top, top - self._high - 34),
        )

    def _labels(self, row: int, name: str, top: float) -> list[Node]:
        """The row's name, its column's name, and the cell where they cross."""
        occupation, cell = self._usage.occupation(name), self._cell
        y, x = top + row * cell, self._left + row * cell
        box = Box(MARGIN, y, self._left - MARGIN - 8, cell)
        number = Text(
            self._left - 14, y + cell / 2 + 4, (str(row + 1),), "soft", 11, anchor="end", own=True
        )
        label = Text(
            self._left - 40, y + cell / 2 + 5, (self._names[row],), "strong", LABEL, anchor="end"
        )
        turned = Text(
            x + cell / 2 + 4, top - 22, (self._names[row],), "strong", LABEL, angle=-ANGLE
        )
        count = str(len(self._usage.of(name)))
        across = Box(x, y, cell, cell, "diagonal")
        head = Text(x + cell / 2, top - 6, (str(row + 1),), "soft", 11, anchor="middle", own=True)
        detail = [clean(occupation.code)] if occupation.code else []
        if occupation.level is not None:
            detail.append(f"L{occupation.level}")
        detail.append(f"{count} {self._own['competencies']}")
        said = (" · ".join(detail),)
        cells = tuple(
            f"row-{min(row, c)}-{max(row, c)}-{side}"
            for c in range(len(self._order))
            if c != row
            for side in ("a", "b")
        )
        clear = Box(box.x, box.y, box.width, box.height, "clear")
        above = Box(x, top - 20, cell, 20, "clear")
        name = clean(occupation.name)
        return [
            Node(
                f"row-{row}",
                name,
                box,
                (clear, number, label),
                (f"row-{row}-{row}", f"column-{row}", *cells),
                said,
            ),
            Node(
                f"column-{row}",
                name,
                above,
                (above, head, turned),
                (f"row-{row}-{row}", f"row-{row}", *cells),
                said,
            ),
            Node(
                f"row-{row}-{row}",
                name,
                across,
                (across, self._number(count, x, y, "soft")),
                (f"row-{row}", f"column-{row}"),
                said,
            ),
        ]

    def _pair(self, row: int, column: int, top: float, most: float) -> Node:
        """One cell; its mirror image lights up with it."""
        usage, cell = self._usage, self._cell
        one, other = self._order[row], self._order[column]
        likeness = self._likeness[min(one, other), max(one, other)]
        both = usage.shared(one, other)
        style = f"heat{round(10 * likeness / most) if both else 0}"
        x, y = self._left + column * cell, top + row * cell
        box = Box(x, y, cell, cell, style)
        pair = f"row-{min(row, column)}-{max(row, column)}"
        here, mirror = ("a", "b") if row < column else ("b", "a")
        detail = [f"{self._own['shared']} {len(both)} · {self._own['similarity']} {likeness:.2f}"]
        detail += [f"· {clean(usage.competency(c).name)} ({len(usage.by(c))})" for c in both[:15]]
        if len(both) > 15:
            detail.append("…")
        label = f"{clean(usage.occupation(one).name)} × {clean(usage.occupation(other).name)}"
        shapes = (box, self._number(str(len(both)) if both else "", x, y, f"{style}-text"))
        return Node(
            f"{pair}-{here}",
            label,
            box,
            shapes,
            (f"{pair}-{mirror}", f"row-{row}", f"column-{column}"),
            tuple(detail),
        )

    def _number(self, text: str, x: float, y: float, style: str) -> Text:
        half = self._cell / 2
        return Text(
            x + half,
            y + half + 4,
            (text,),
            style,
            12 if self._cell > 30 else 10,
            anchor="middle",
            own=True,
        )
