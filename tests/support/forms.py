"""The forms that the items of a cell take, and the beginnings that make their codes hard to see.

A standard is the same whether its items are paragraphs, lines of one paragraph or running text,
whether a blank stands behind its codes or nothing, whatever its names begin with, and whatever
numbers are left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from kps_graph.model import Element, Indicator, Output, Standard, Unit
from tests.support.render import Style

#: What names begin with: words that look like the codes or the ends of codes, among others.
BEGINNINGS: dict[str, tuple[str, ...]] = {
    "Chinese": ("",),
    "Latin": (
        "RF",
        "AI ",
        "VR/AR",
        "CNC",
        "SOP ",
        "SQL",
        "S21",
        "K8s ",
        "A4 ",
        "T1.5 mm ",
        "P2P",
        "AIoT",
        "C語言",
    ),
    "digits": ("3D", "5S ", "5G", "2D", "3C", "4M1E", "8D ", "2.4G ", "24小時", "6S", "110V "),
}


@dataclass(frozen=True)
class Form:
    """One way of writing the items of a cell.

    Attributes:
        layout: ``paragraphs``, ``lines`` (of one paragraph) or ``running`` text.
        gap: what stands behind a code; nothing stands between running items either if it is "".
        beginning: the kind of :data:`BEGINNINGS` that names have.
        gaps: whether numbers are left out.
    """

    layout: str = "paragraphs"
    gap: str = " "
    beginning: str = "Chinese"
    gaps: bool = False

    def __str__(self) -> str:
        spaced = "blank" if self.gap else "glued"
        return f"{self.layout} {spaced} {self.beginning}{' gaps' if self.gaps else ''}"

    def style(self, style: Style) -> Style:
        """``style`` in this form: bullets of running text are glyphs, there are no lists in it."""
        bullets = style.bullets
        if self.layout != "paragraphs" and bullets in ("list", "‧ "):
            bullets = "• "
        return replace(style, layout=self.layout, gap=self.gap, bullets=bullets)

    def standard(self, standard: Standard, seed: int = 0) -> Standard:
        """``standard`` with names and numbers of this form."""
        standard = _begun(standard, BEGINNINGS[self.beginning], seed)
        return _gapped(standard, random.Random(seed)) if self.gaps else standard


def forms() -> Iterator[Form]:
    """Every form."""
    for layout, gap, beginning, gaps in product(
        ("paragraphs", "lines", "running"), (" ", ""), BEGINNINGS, (False, True)
    ):
        yield Form(layout, gap, beginning, gaps)


def _begun(standard: Standard, words: tuple[str, ...], seed: int) -> Standard:
    """``standard`` with names that begin with ``words`` in turn."""
    number = seed

    def begun(text: str) -> str:
        nonlocal number
        number += 1
        word = words[number % len(words)]
        return text if not word or text.startswith(word) else word + text

    def unit(value: Unit) -> Unit:
        return replace(
            value,
            name=begun(value.name),
            outputs=tuple(replace(o, name=begun(o.name)) for o in value.outputs),
            indicators=tuple(replace(i, text=begun(i.text)) for i in value.indicators),
            units=tuple(map(unit, value.units)),
        )

    return replace(
        standard,
        tasks=tuple(map(unit, standard.tasks)),
        knowledge=tuple(replace(e, name=begun(e.name)) for e in standard.knowledge),
        skills=tuple(replace(e, name=begun(e.name)) for e in standard.skills),
    )


def _gapped(standard: Standard, chance: random.Random) -> Standard:
    """``standard`` with numbers of O, P, K and S left out, in the order that they have."""
    renamed: dict[str, str] = {}

    def elements(found: tuple[Element, ...]) -> tuple[Element, ...]:
        at, made = 0, []
        for element in found:
            assert element.code is not None
            at += chance.choice((1, 1, 1, 2, 3))
            padded = element.code[1] == "0" or (len(found) > 9 and found[0].code[1:2] == "0")
            renamed[element.code] = f"{element.code[0]}{at:0{2 if padded else 1}d}"
            made.append(replace(element, code=renamed[element.code]))
        return tuple(made)

    knowledge, skills = elements(standard.knowledge), elements(standard.skills)

    def needed(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(renamed[c] for c in codes)

    def numbered(
        found: tuple[Indicator, ...] | tuple[Output, ...],
    ) -> Iterator[Indicator | Output]:
        at = 0
        for part in found:
            at += chance.choice((1, 1, 1, 2))
            stem = part.code.rsplit(".", 1)[0]
            part = replace(part, code=f"{stem}.{at}")
            if isinstance(part, Indicator):
                part = replace(part, knowledge=needed(part.knowledge), skills=needed(part.skills))
            yield part

    def unit(value: Unit) -> Unit:
        return replace(
            value,
            knowledge=needed(value.knowledge),
            skills=needed(value.skills),
            outputs=tuple(numbered(value.outputs)),
            indicators=tuple(numbered(value.indicators)),
            units=tuple(map(unit, value.units)),
        )

    return replace(
        standard, tasks=tuple(map(unit, standard.tasks)), knowledge=knowledge, skills=skills
    )
