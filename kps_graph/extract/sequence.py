"""Chooses among the candidates of a cell: the best sequence of codes.

Every candidate brings what its surroundings say for it, what the rest of the document says (known
elsewhere, belonging to this row), and how well it follows the one before it. All are small numbers
that add up, as the logarithms of odds do: above nought is more likely a code than not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kps_graph.extract.codes import Candidate, Code
from kps_graph.extract.surroundings import After, Before

__all__ = ["Style", "choose"]

#: How many candidates a code may stand behind the one that it follows.
_REACH: Final = 60
#: What never is a code.
_NEVER: Final = -100
#: What stands before a candidate says for it: of one number, and of several.
_BEFORE_ONE: Final = {
    Before.PARAGRAPH: 6,
    Before.LINE: 3,
    Before.SENTENCE: 2,
    Before.LIST: 1,
    Before.BLANK: 0,
    Before.BRACKET: 0,
    Before.IDEOGRAPH: -2,
    Before.WORD: -5,
    Before.OPENING: _NEVER,
}
_BEFORE_MANY: Final = {**_BEFORE_ONE, Before.LIST: 0, Before.WORD: -4}
#: How many numbers a code has speaks for it.
_PARTS: Final = {1: 0, 2: 1, 3: 3, 4: 2}
_LISTED: Final = 9
#: What their neighbours must say for codes that are mistyped or lack their letter.
_TYPED: Final = -5
_LETTERLESS: Final = (-9, -5)
#: What speaks against a code of the other kind of the row, and one that stands in brackets.
_OTHER: Final = -3
_WITHIN: Final = -6
#: What speaks against a first code in the middle of a text: much if it is one number only.
_OPENING: Final = (-3, -1)
#: The numbers of a list seldom leave out so many.
_SOON: Final = 4
#: A unit has hardly so many outputs or indicators.
_HIGH: Final = 20
#: What speaks against a code of another width than all others have.
_WIDTH: Final = -8
#: What speaks against a code that would leave the one before it without a name.
_NAMELESS: Final = -12
_REFERRED: Final = -1
#: What follows a code that has a name.
_NAMED: Final = frozenset(After) - {After.MARK, After.NOTHING, After.OTHER}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document writes its codes.

    Attributes:
        padded: whether single digits have a leading zero (K01); None if it does not tell.
        glued: whether names stand directly behind their codes.
        hundreds: whether there are more than a hundred codes of one kind.
        lined: whether lines are items, since they all begin with codes.
    """

    padded: bool | None = None
    glued: bool = False
    hundreds: bool = False
    lined: bool = False


def choose(
    found: Sequence[Candidate],
    kind: str = "",
    expect: Callable[[Candidate], int] | None = None,
    style: Style | None = None,
    before: Code | None = None,
) -> list[Candidate]:
    """The best sequence of codes among the candidates of one cell, in order.

    Following its predecessor by one speaks for a candidate, repeating or going back speaks
    against it. Where two readings are equal the later place wins, since a text mentions what
    comes next rather than what came before.

    Args:
        found: the candidates, by place.
        kind: the letter of the column; codes of another must earn their place.
        expect: what is known from elsewhere of a candidate.
        style: how the document writes its codes; seen from the cell alone if not given.
        before: the last code on the page before, if the cell may go on with its text.
    """
    if not found:
        return []
    style = _style(found, style or Style())
    kind = kind[:1] or found[0].code.kind
    homely = any(c.first and c.letter and c.code.kind == kind for c in found)
    likely: list[_Scored] = []
    for c in found:
        weight = _weight(c, kind, homely, style)
        if weight > _NEVER // 2:
            likely.append(_Scored(c, weight, expect(c) if expect else 0))
    chain = _best(likely, style, before)
    return [
        c._replace(doubtful=False)
        if c.doubtful and _by_width(c, style) and not _goes_on_otherwise(c, last, found)
        else c
        for last, c in zip([None, *chain], chain, strict=False)
    ]


def _goes_on_otherwise(c: Candidate, before: Candidate | None, found: Sequence[Candidate]) -> bool:
    """Whether ``c`` does not follow ``before`` by one, but would with fewer or more digits."""
    if before is None or c.code.numbers[-1] == before.code.numbers[-1] + 1:
        return False
    wanted = (*before.code.unit, before.code.numbers[-1] + 1)
    return any(other.start == c.start and other.code.numbers == wanted for other in found)


class _Scored(NamedTuple):
    """A candidate with what its surroundings and what the document say for it."""

    candidate: Candidate
    weight: int
    expected: int


def _best(likely: Sequence[_Scored], style: Style, before: Code | None) -> list[Candidate]:
    """The sequence whose weights and steps add up to most."""
    best: list[tuple[int, int]] = []
    for i, scored in enumerate(likely):
        c, own = scored.candidate, scored.weight + scored.expected
        # what comes next may stand anywhere in a text that goes on from the page before
        opening = 0 if before is not None and _follows_soon(before, c) else _opening(c, style)
        score, previous = own + opening, -1
        for j in range(max(0, i - _REACH), i):
            if likely[j].candidate.stop <= c.start:
                total = best[j][0] + own + _step(likely[j], c, style)
                if total >= score:
                    score, previous = total, j
        best.append((score, previous))
    at = max(range(len(likely)), key=lambda i: (best[i][0], i), default=-1)
    if at < 0 or (
        best[at][0] <= 0 and not any(s.candidate.first and s.candidate.letter for s in likely)
    ):
        return []
    chain: list[Candidate] = []
    while at >= 0:
        chain.append(likely[at].candidate)
        at = best[at][1]
    return chain[::-1]


def _follows_soon(before: Code, c: Candidate) -> bool:
    """Whether ``c`` has a number not far after that of ``before``."""
    one, two = before.numbers, c.code.numbers
    alike = c.letter and before.kind == c.code.kind and one[:-1] == two[:-1]
    return alike and 0 < two[-1] - one[-1] < _SOON


def _opening(c: Candidate, style: Style) -> int:
    """What speaks against a candidate as the first code of its cell."""
    several = len(c.code.numbers) > 1
    if not c.letter and not several:
        return _NAMELESS
    opening = 0 if c.first or c.listed else _OPENING[several]
    if c.doubtful and c.code.numbers[-1] > 3 and not _by_width(c, style):
        # digits of a name: a first code is seldom a high one, that of an indicator hardly ever
        opening -= 5 if several and c.code.numbers[-1] > _HIGH else 2
    return opening


def _style(found: Sequence[Candidate], style: Style) -> Style:
    """``style``, with what the codes that begin the paragraphs of the cell show of it."""
    firsts = [c for c in found if c.first and c.letter and not c.cut]
    single = [c.code for c in firsts if len(c.code.numbers) == 1 and c.code.kind != "T"]
    padded = style.padded
    if padded is None:
        if any(c.padded for c in single):
            padded = True
        elif any(c.numbers[0] < 10 for c in single):
            padded = False
    glued = style.glued or (
        bool(firsts) and all(c.after in (After.IDEOGRAPH, After.CAPITAL) for c in firsts)
    )
    return Style(padded, glued, style.hundreds, style.lined)


def _weight(c: Candidate, kind: str, homely: bool, style: Style) -> int:
    """How much the surroundings of a candidate speak for its being a code."""
    if c.listed:
        return _LISTED
    if c.typed:
        return _TYPED if c.code.kind == kind else _NEVER
    several = len(c.code.numbers) > 1
    weight = _PARTS[len(c.code.numbers)] if c.letter else _LETTERLESS[several]
    before = Before.PARAGRAPH if c.first and style.lined else c.before
    weight += (_BEFORE_MANY if several else _BEFORE_ONE)[before]
    if style.glued and c.before >= Before.IDEOGRAPH:
        weight += 3
    if c.latin and not c.first:
        weight -= 3
    if c.within:
        weight += _WITHIN
    if c.code.kind != kind:
        weight += _other(c, homely)
    if not several and c.code.kind != "T":
        weight += _padding(c, style)
    return weight + _following(c, several, style) + _parted(c, style)


def _other(c: Candidate, homely: bool) -> int:
    """What speaks against a code of the other kind of the row."""
    if len(c.code.numbers) == 1 and not homely and not c.code.padded:
        return _NEVER  # S7 PLC alone in a cell of knowledge
    return _OTHER


def _padding(c: Candidate, style: Style) -> int:
    """Whether the number of K, S or A is written as the document writes them."""
    digits = c.code.text[1:]
    if len(digits) > 2 and not style.hundreds:
        return -3 if style.padded is not True else _WIDTH
    if digits[0] == "0":
        if style.padded and c.before <= (Before.IDEOGRAPH if style.glued else Before.BRACKET):
            return 5
        return -2 if style.padded is False else 2
    if style.padded and len(digits) == 1:
        return _WIDTH if c.cut else -4
    return 1 if style.padded and not c.first else 0


def _by_width(c: Candidate, style: Style) -> bool:
    """Whether the width that all codes of the document have says which digits are the code's."""
    return style.padded is True and not style.hundreds and len(c.code.text) == 3


def _following(c: Candidate, several: bool, style: Style) -> int:
    """What stands behind a candidate says for it."""
    padded = c.code.padded and not several
    match c.after:
        case After.BLANK:
            return 1
        case After.MARK:
            return 1 if c.first else 0
        case After.CAPITAL:
            if several or padded or c.code.kind == "T":
                return 0 if c.first or style.glued else -1
            return -1 if style.glued or c.sure else -3
        case After.SMALL:
            if several or padded:
                return -2
            return -8 if c.sure else _NEVER  # K8s is none
        case After.NOTHING:
            # 甲（參考K02、K03）: what brackets hold belongs to the name
            listed = Before.LIST <= c.before <= Before.BLANK and not (c.latin or c.within)
            if listed and (not several or (c.ends and c.before is Before.LIST)):
                return 0  # K06 熱傳導原理 K14, P1.1.1 做甲、P1.2.1: a reference
            return -2 if c.first else (-4 if several else -3)
        case After.OTHER:
            return -2 if c.first else -3
    return 0 if c.first or style.glued or c.after is After.DIGIT else -1


def _parted(c: Candidate, style: Style) -> int:
    """How well the digits at a place are parted into those of the code and those of the name."""
    if _by_width(c, style):
        return 0
    if c.cut:
        return (-1 if c.counted else -3) - (0 if style.glued else 2)
    return -1 if c.doubtful and c.counted else 0


def _step(scored: _Scored, c: Candidate, style: Style) -> int:
    """How well ``c`` follows the code before it in one cell."""
    before = scored.candidate
    one, two = before.code, c.code
    nameless = 0
    between = before.after in (After.BLANK, After.MARK)
    if c.start <= before.end + between and not (c.listed or c.sure) and before.after in _NAMED:
        # K03 K04 甲: a reference, if K03 stands for something else elsewhere
        nameless = _REFERRED if scored.expected < 0 else _NAMELESS
    if two.kind != one.kind and len(one.numbers) == len(two.numbers) == 1:
        return nameless + (2 if two.numbers[0] == one.numbers[0] + 1 else -1)
    return nameless + _order(before, c, style)


def _order(before: Candidate, c: Candidate, style: Style) -> int:
    """How well the numbers of ``c`` follow those of the code before it."""
    one, two = before.code, c.code
    if two.numbers == one.numbers:
        if c.sure and not c.doubtful:
            return -2
        return -5 if c.before <= Before.SENTENCE else -9
    depth = len(two.numbers)
    one_up = two.unit == one.numbers[: depth - 1] and (
        len(one.numbers) >= depth and two.numbers[-1] == one.numbers[depth - 1] + 1
    )
    new_unit = two.numbers[-1] == 1 and two.unit > one.unit
    child = two.unit == one.numbers and two.kind == "T"
    if one_up or new_unit or child:
        return 4
    if not c.letter:
        return -9
    if two.numbers > one.numbers:
        if c.bare:
            return 0
        ahead = two.numbers[-1] - (one.numbers[-1] if two.unit == one.unit else 0)
        if not c.doubtful and (c.first or c.before is Before.SENTENCE or len(two.numbers) > 1):
            return 0
        if c.doubtful and not _by_width(c, style):
            return 0 if ahead < 4 else -1 if ahead < 12 else -2
        return 0 if ahead < 4 or style.glued else -1
    if (c.sure and (not c.doubtful or _by_width(c, style))) or c.bare or before.bare:
        return -1
    if c.before <= Before.BRACKET or style.glued:
        return -3
    return -6
