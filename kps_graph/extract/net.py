"""Says what looks like a code and was not read as one: no item is lost in silence.

Plain look-alikes are left alone: what cannot be an item here by its letter, its number or what
stands around it (``S7 PLC`` among knowledge, ``K8s``, ``A4``, ``T1.5 mm``, a mark 【T1.1】).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kps_graph.extract.codes import Candidate
from kps_graph.extract.sequence import Style
from kps_graph.extract.surroundings import After, Before

__all__ = ["overlooked"]

#: A code of any kind that nothing but a code looks like.
_ANYWHERE: Final = re.compile(
    r"[TOPKSA](?:(?<![A-Za-z0-9.].)"
    r"(?:(?<=[TOP])\s?\d{1,2}\.\d{1,2}\.\d{1,6}(?!\d)|(?<=[KSA])0\d(?![\d.]))"
    r"|(?<=[OP])(?<![^\s、，,;；].)\d{1,2}\.\d{1,2}(?=\s*(?:[、，,;；]|$)))",
    re.MULTILINE,
)
#: The numbers of an output or indicator whose letter is missing, directly behind a text.
_LETTERLESS: Final = re.compile(
    r"(?<=[\u3400-\u9fff。；;、，）)])(\d{1,2})[.．](\d{1,2})[.．](\d{1,2})(?=\s?[\u3400-\u9fff])"
)
_MARK: Final = re.compile(r"[（(【\[「『]\s*$")
_ENOUGH: Final = 24


def overlooked(
    text: str,
    kinds: str,
    places: Sequence[Candidate],
    chosen: Sequence[Candidate],
    style: Style | None,
    defined: Callable[[Candidate], bool] | None,
) -> Iterator[tuple[int, str]]:
    """The places of ``text`` that look like codes and were not chosen, each with its text.

    Args:
        text: of a cell.
        kinds: that were looked for.
        places: all candidates of the cell.
        chosen: those that were taken for codes.
        style: how the document writes the codes of the column.
        defined: whether the code of a candidate stands elsewhere with another text.
    """
    ranges = [(c.start, c.end) for c in chosen]
    taken = {c.start for c in chosen}
    at = -1
    for n, c in enumerate(places):
        if c.start == at or c.start in taken or any(a <= c.start < b for a, b in ranges):
            continue
        at = c.start
        widest = max((p for p in places[n : n + 12] if p.start == at), key=lambda p: p.stop)
        if not _plain(widest, kinds[0], chosen, style, defined):
            yield at, _stretch(text, at, chosen)
    for match in _LETTERLESS.finditer(text) if kinds[0] in "OP" else ():
        numbers = tuple(map(int, match.groups()))
        last = next((c for c in reversed(chosen) if c.start < match.start()), None)
        if match.start() not in taken and last and _follows(numbers, last.code.numbers):
            yield match.start(), _stretch(text, match.start(), chosen)
    for match in _ANYWHERE.finditer(text):
        kind = match[0][0]
        if match.start() in taken:
            continue
        seen = kind in kinds and any(c.start == match.start() for c in places)
        if seen or _MARK.search(text, 0, match.start()):
            continue
        if any(a <= match.start() < b for a, b in ranges):
            continue
        yield match.start(), _stretch(text, match.start(), chosen)


def _stretch(text: str, start: int, chosen: Sequence[Candidate]) -> str:
    """The text from ``start`` on, as far as it helps to find it and no further than the item."""
    end = next((c.start for c in chosen if c.start > start), len(text))
    line = text[start:end].split("\n", 1)[0]
    return line[:_ENOUGH].strip() + ("…" if len(line) > _ENOUGH else "")


def _plain(
    c: Candidate,
    kind: str,
    chosen: Sequence[Candidate],
    style: Style | None,
    defined: Callable[[Candidate], bool] | None,
) -> bool:
    """Whether a candidate is a plain look-alike."""
    if c.typed:
        return not (c.first or _next(c, chosen))
    if c.after is After.SMALL and c.letter and not c.sure:
        return True
    if not c.letter:
        return not _next(c, chosen)
    several = len(c.code.numbers) > 1
    if c.code.kind != kind and not several and not c.code.padded:
        return True
    if several:
        if c.before is Before.OPENING:
            return False
        return len(c.code.numbers) == 2 and (c.before is Before.WORD or c.latin)
    latin = c.latin or c.word
    if c.code.padded:
        return bool(style and style.padded is False)
    if style and style.padded and c.code.numbers[0] < 10 and not c.first:
        return True
    if c.before is Before.OPENING:
        return not (style and style.padded)
    if c.before is Before.WORD or len(c.code.text) > 4:
        return True
    known = defined is not None and defined(c)
    if (latin or c.after is After.CAPITAL) and known:
        return True
    last = next((x for x in reversed(chosen) if x.start < c.start), None)
    if last is not None and c.start <= last.end + 1:
        # S01 S21參數: the name begins with it
        return known or c.after is not After.BLANK or not _fits(c, chosen)
    return known and not _fits(c, chosen)


def _next(c: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a number would follow that of the code before it by one."""
    before = [x.code.numbers for x in chosen if x.start < c.start]
    numbers = c.code.numbers
    return (
        bool(before)
        and (len(numbers) > 1 or c.code.padded or c.letter)
        and _follows(numbers, before[-1])
    )


def _follows(numbers: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether ``numbers`` are those of the next code behind that of ``last``."""
    return last[:-1] == numbers[:-1] and last[-1] + 1 == numbers[-1]


def _fits(c: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether the number of a candidate could stand at its place."""
    before = [x for x in chosen if x.start < c.start and x.code.kind == c.code.kind]
    behind = [x for x in chosen if x.start > c.start and x.code.kind == c.code.kind]
    number = c.code.numbers[0]
    low = before[-1].code.numbers[0] if before else 0
    high = behind[0].code.numbers[0] if behind else 1000
    return low < number < high
