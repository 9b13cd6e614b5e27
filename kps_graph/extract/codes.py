"""Finds everything in a text that may be the code of a unit or an element.

A code is a letter and numbers at the place where an item begins: ``T1.1``, ``P1.2.3``, ``K01``.
They are printed in many ways (``P 5.1.2``, ``P.1.1.1``, ``P1.3.3.``, ``P1-1-1``, ``03.2.2`` for
O3.2.2, full width, bold), names stand behind them without a blank (``K013D建模`` is K01 or K013 or
K0), and ordinary text is full of things that look like them (``S7 PLC``, ``A4``, ``T1.5 mm``).
Here every reading is a :class:`Candidate` that says what stands around it;
:mod:`kps_graph.extract.sequence` chooses.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from kps_graph.extract.text import INVISIBLE, MARKS

__all__ = ["COUNTED", "After", "Before", "Candidate", "Code", "candidates", "parse_code"]

#: How many numbers a code of each kind has: fewest and most.
PARTS: Final = {"T": (1, 4), "O": (2, 4), "P": (2, 4), "K": (1, 1), "S": (1, 1), "A": (1, 1)}

_SEPARATOR: Final = r"\s?[.．。\-‐‑–－_]\s?"
_NUMBERS: Final = rf"\d+(?:{_SEPARATOR}\d+)*"
_CJK: Final = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_IDEOGRAPH: Final = r"\u2e80-\u2fff\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_LATIN: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
#: What separates a code from its text and belongs to neither.
_MARK: Final = re.compile(
    rf"[.．](?!\d)\s*|\s*[：:、](?=\s*[^\s、，,；;])|\s*[-‐–—－](?=\s*[A-Za-z0-9{_IDEOGRAPH}])"
)
_AS_DIGITS: Final = str.maketrans("OIl", "011")
#: What follows a number that is a measure.
_MEASURE: Final = re.compile(
    rf"\s*(?:(?:[mck]m|kg|[kMG]?Hz)(?![A-Za-z/])|[mVWA](?![A-Za-z0-9/{_IDEOGRAPH}])|[%℃°])"
)
#: What stands between the codes of a cell that merely refers to elements.
_BETWEEN: Final = re.compile(r"[\s、，,；;/／•~～至–—-]+")
_BRACKETS: Final = re.compile(r"[（(【\[「『《〈]|[）)】\]」』》〉]")
_CLOSING: Final = dict(zip("（(【[「『《〈", "）)】]」』》〉", strict=True))
_OPENING: Final = "（(【[「『《〈"
#: What no code stands directly behind.
_NEVER: Final = f"{_OPENING}<"
#: What counts: digits before it are more likely its own than those of a code.
COUNTED: Final = re.compile(
    r"[\d.]*\n?(?:[年月日時小週天次級維軸類項種階段步大人個元歲度分層吋期合面英對萬千百坪公]|[A-Z](?![A-Za-z]|\d(?![A-Z]))|[%℃°])"
)


class Before(IntEnum):
    """What a candidate stands behind, the likeliest place of a code first."""

    PARAGRAPH = 0
    LINE = 1
    SENTENCE = 2
    LIST = 3
    BLANK = 4
    BRACKET = 5
    IDEOGRAPH = 6
    WORD = 7
    OPENING = 8


class After(IntEnum):
    """What follows the number of a candidate."""

    BLANK = 0
    MARK = 1
    IDEOGRAPH = 2
    CAPITAL = 3
    SMALL = 4
    DIGIT = 5
    NOTHING = 6
    OTHER = 7


@dataclass(frozen=True, slots=True)
class Code:
    """A code as its kind and numbers.

    Attributes:
        kind: one of T O P K S A.
        numbers: ``(1, 2, 3)`` for P1.2.3.
        text: its regular spelling, with the padding as printed: ``K01``, ``P1.2.3``.
        raw: as printed, where that differs from ``text``; else None.
    """

    kind: str
    numbers: tuple[int, ...]
    text: str
    raw: str | None = None

    @property
    def unit(self) -> tuple[int, ...]:
        """The numbers of the unit that an O, P or T belongs to: (1, 2) for P1.2.3."""
        return self.numbers[:-1]

    @property
    def padded(self) -> bool:
        """Whether its number is written with a leading zero."""
        return self.text[1:2] == "0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a place in a text as a code.

    Attributes:
        code: what it would be.
        start, stop: where the code stands in the text.
        end: where the text behind it begins, the separator left out.
        before, after: what stands around it.
        latin: whether a Latin word stands before it.
        word: whether a Latin word follows behind a blank.
        within: whether a pair of brackets stands around it.
        listed: whether its cell holds nothing but codes.
        cut: whether digits follow it that are taken for the beginning of the name.
        counted: whether what follows it reads as the end of a count: ``D`` behind ``K13``.
        doubtful: whether its digits can be parted in several ways that all make sense.
        letter: whether its letter is printed; False for ``1.1.2`` that may be P1.1.2.
        typed: whether it is spelled with letters for digits: ``KO1``.
        sure: whether its paragraph cannot be the mere continuation of a line.
    """

    code: Code
    start: int
    stop: int
    end: int
    before: Before
    after: After
    latin: bool = False
    word: bool = False
    within: bool = False
    listed: bool = False
    cut: bool = False
    counted: bool = False
    doubtful: bool = False
    letter: bool = True
    typed: bool = False

    @property
    def sure(self) -> bool:
        """Whether it begins a paragraph that cannot be the continuation of a line."""
        return self.before is Before.PARAGRAPH

    @property
    def first(self) -> bool:
        """Whether it begins a paragraph or line."""
        return self.before <= Before.LINE

    @property
    def bare(self) -> bool:
        """Whether nothing follows that could be a name."""
        return self.after is After.NOTHING


_NO_GAPS: Final[Mapping[int, str]] = MappingProxyType({})
#: A line that begins with a code.
_LINE: Final = re.compile(r"\n\s*[TOPKSAＴＯＰＫＳＡ]\s?\d")


def _letters(kinds: str) -> str:
    """A character class of the letters of ``kinds``, in every width and case."""
    wide = "".join(chr(ord(k) + 0xFEE0) for k in kinds)
    return f"[{kinds}{kinds.lower()}{wide}{'0' if 'O' in kinds else ''}]"


@cache
def _pattern(kinds: str) -> re.Pattern[str]:
    # a capital may stand directly behind a Latin word, but hardly anything else may
    return re.compile(
        rf"(?:(?<![A-Za-z0-9Ａ-Ｚａ-ｚ０-９.])(?P<letter>{_letters(kinds)})"
        rf"|(?<=[A-Za-z0-9)])(?P<glued>[{kinds}]))"
        rf"(?:\s?[.．]\s?|\s)?(?P<numbers>{_NUMBERS})"
    )


@cache
def _mistyped(kinds: str) -> re.Pattern[str]:
    """A code typed with O for 0, or I or l for 1; it is one only where the sequence wants it."""
    return re.compile(
        rf"(?P<letter>[{kinds}])(?=[\dOIl.]*[OIl])(?=[OIl.]*\d)"
        rf"(?P<numbers>[\dOIl]{{1,3}}(?:\.[\dOIl]{{1,3}})*)(?=[.：:、]|\s|[{_CJK}])"
    )


#: Numbers that may be a code whose letter is missing: ``1.1.2``, and ``02`` or a line's ``2``.
_LETTERLESS: Final = re.compile(
    r"(?<![A-Za-z0-9.．])(?P<numbers>\d{1,2}(?:[.．]\d{1,2}){1,3})(?![\d.．:：%])(?=\s*\S)"
)
_LETTERLESS_ONE: Final = re.compile(
    r"(?<![^\s。；;])(?P<numbers>\d{1,2})(?=\s?[A-Za-z\u3400-\u9fff])"
)


def _code(kind: str, letter: str, numbers: Sequence[str], raw: str) -> Code | None:
    """The code of these printed numbers; None if it has too many, too few or no such numbers."""
    low, high = PARTS[kind]
    if not low <= len(numbers) <= high or (letter == "0" and len(numbers) == 1):
        return None
    printed = [n if n.isascii() else unicodedata.normalize("NFKC", n) for n in numbers]
    values = tuple(map(int, printed))
    if values == (0,):
        return None  # codes count from one
    text = kind + ".".join(printed)
    return Code(kind, values, text, None if raw == text else raw)


def parse_code(text: str, kinds: str = "TOPKSA") -> Code | None:
    """The code that is the whole of ``text``, or None."""
    text = text.strip()
    match = _pattern("TOPKSA").match(text)
    if match is None or text[match.end() :].strip(" .．：:、") or not match["letter"]:
        return None
    kind = "O" if match["letter"] == "0" else unicodedata.normalize("NFKC", match["letter"]).upper()
    if kind not in kinds:
        return None
    numbers = re.split(_SEPARATOR, match["numbers"])
    if any(len(n) > 3 for n in numbers):
        return None
    dotted = match.end() + (text[match.end() :][:1] in (".", "．"))
    return _code(kind, match["letter"], numbers, text[:dotted])


class _Text:
    """The text of a cell, and what is asked of it at many places."""

    __slots__ = ("_gaps", "_pairs", "_soft", "listed", "source", "text")

    def __init__(
        self, text: str, starts: Sequence[tuple[int, bool]], kinds: str, gaps: Mapping[int, str]
    ) -> None:
        self.source = text
        self.text = text if text.isascii() else INVISIBLE.sub(" ", text)
        self._soft = dict(starts)
        self._gaps = gaps
        self._pairs: list[tuple[int, int]] | None = None
        self.listed = not _BETWEEN.sub("", _pattern(kinds).sub("", self.text))

    def before(self, at: int) -> Before:
        """What the place ``at`` stands behind."""
        text = self.text
        begin = text.rfind("\n", 0, at) + 1
        if MARKS.fullmatch(text, begin, at) is not None:
            return Before.LINE if self._soft.get(begin, False) else Before.PARAGRAPH
        last = text[at - 1]
        if last.isspace():
            return Before.SENTENCE if text[:at].rstrip()[-1:] in "。；;！？" else Before.BLANK
        if last in _NEVER:
            return Before.OPENING
        if last in "。；;！？•":
            return Before.SENTENCE
        if last in "、，,/／~～":
            return Before.LIST
        if last in "）)】]」』》〉":
            return Before.BRACKET
        return Before.WORD if last.isascii() and last.isalnum() else Before.IDEOGRAPH

    def after(self, stop: int) -> tuple[After, int]:
        """What follows the place ``stop``, and where the text behind it begins."""
        text = self.text
        mark = _MARK.match(text, stop)
        if mark is not None and mark.end() < len(text):
            return After.MARK, mark.end()
        rest = text[stop : stop + 8]
        next_ = rest.lstrip()[:1]
        if next_ in ("", *"，,、。；;）)】」~～/／"):
            return After.NOTHING, stop
        first = rest[:1]
        if first == "\n" and stop + 1 not in self._gaps and _LINE.match(rest):
            return After.NOTHING, stop  # the next line has a code of its own
        if first.isspace():
            return After.BLANK, stop
        if _LATIN.match(first):
            return (After.SMALL if first.islower() else After.CAPITAL), stop
        if first.isdigit():
            return After.DIGIT, stop
        return (After.IDEOGRAPH if ord(first) > 0x2E7F else After.OTHER), stop

    def across(self, stop: int) -> int:
        """The place behind ``stop`` where the text goes on, if only the line ends there."""
        return stop + 1 if self._gaps.get(stop + 1) == "" else stop

    def latin(self, start: int) -> bool:
        """Whether a Latin word and a blank stand before ``start``."""
        return re.search(r"[A-Za-z] $", self.text[max(0, start - 2) : start]) is not None

    def word(self, stop: int) -> bool:
        """Whether a blank and a Latin word stand behind ``stop``."""
        return re.match(r"\s+[A-Za-z]", self.text[stop : stop + 3]) is not None

    def within(self, at: int) -> bool:
        """Whether a pair of brackets stands around the place ``at``."""
        if self._pairs is None:
            self._pairs = []
            open_: list[int] = []
            for match in _BRACKETS.finditer(self.text):
                if match[0] in _OPENING:
                    open_.append(match.start())
                elif open_:
                    begin = open_.pop()
                    if not open_:
                        self._pairs.append((begin, match.start()))
                        continue
                    self._pairs.append((begin, match.start()))
            self._pairs.sort()
        n = bisect_right(self._pairs, (at, 0))
        return any(begin < at < end for begin, end in self._pairs[:n])


def candidates(
    text: str, kinds: str, starts: Sequence[tuple[int, bool]], gaps: Mapping[int, str] = _NO_GAPS
) -> list[Candidate]:
    """Every reading of a place in ``text`` as a code of one of ``kinds``, by place.

    Args:
        text: the text of a cell, its paragraphs joined by line feeds.
        kinds: letters of T O P K S A; that of the column itself first.
        starts: the offsets at which paragraphs begin, each with whether it is soft (may be the
            mere continuation of a line).
        gaps: what stood before those of the offsets where only a full line ended.
    """
    cell = _Text(text, starts, kinds, gaps)
    found: list[Candidate] = []
    for match in _pattern(kinds).finditer(cell.text):
        found += _readings(cell, match)
    taken = {c.start for c in found}
    for start, soft in starts:
        typed = None if soft else _mistyped(kinds).match(text, start)
        if typed is not None and start not in taken:
            found += _typed(cell, typed)
    if len(kinds) < 3:
        found += _letterless(cell, kinds[0], starts)
    return sorted(found, key=lambda c: (c.start, c.stop))


def _readings(cell: _Text, match: re.Match[str]) -> Iterator[Candidate]:
    """The ways to read one place: how many of its digits are the code's, how many the name's."""
    letter = match["letter"] or match["glued"]
    start = match.start()
    before = cell.before(start)
    bracketed = before is Before.OPENING and cell.before(start - 1) is Before.PARAGRAPH
    kind = "O" if letter == "0" else unicodedata.normalize("NFKC", letter).upper()
    low, high = PARTS[kind]
    groups = list(re.finditer(r"\d+", match["numbers"]))
    offset = match.start("numbers")
    glued, _ = cell.after(cell.across(match.end()))
    joined = glued in (After.IDEOGRAPH, After.CAPITAL, After.SMALL, After.OTHER)
    found: list[tuple[Code, int, bool]] = []
    for count in range(low, min(high, len(groups)) + 1):
        whole = count == len(groups) or _ends(cell.text, offset, groups, count, high)
        digits = groups[count - 1][0]
        for size in range(1, min(3, len(digits)) + 1):
            full = size == len(digits)
            if not (whole if full else joined and digits[size] != "0"):
                continue
            stop = offset + groups[count - 1].start() + size
            numbers = [g[0] for g in groups[: count - 1]] + [digits[:size]]
            if any(len(n) > 3 for n in numbers):
                continue
            dot = 1 if full and re.match(r"[.．](?!\d)", cell.text[stop:]) else 0
            raw = INVISIBLE.sub("", cell.source[start : stop + dot]).strip()
            code = _code(kind, letter, numbers, raw)
            if code is not None:
                found.append((code, stop, not full))
    for code, stop, cut in found:
        if len(code.numbers) == 2 and _MEASURE.match(cell.text, stop) and before:
            continue  # T1.5 mm: a measure, unless it begins a paragraph for certain
        after, end = cell.after(stop)
        if bracketed and cell.text[stop : stop + 1] == _CLOSING.get(cell.text[start - 1]):
            # (K01) 甲
            code = replace(code, raw=cell.source[start - 1 : stop + 1])
            before, end = Before.PARAGRAPH, stop + 1
            after = After.BLANK if cell.text[end : end + 1].isspace() else After.IDEOGRAPH
            yield Candidate(code, start - 1, end, end, before, after)
            continue
        if after is After.OTHER and (parted := re.match(rf"{_SEPARATOR}(?=\d)", cell.text[stop:])):
            end = stop + parted.end()
            after = After.OTHER if parted[0] in ".．" else After.MARK
        counted = COUNTED.match(cell.text, stop) is not None
        yield Candidate(
            code,
            start,
            stop,
            end,
            before,
            after,
            latin=cell.latin(start),
            word=cell.word(stop),
            within=cell.within(start),
            listed=cell.listed,
            cut=cut,
            counted=counted,
            doubtful=len(found) > 1 and (cut or counted),
        )


def _ends(text: str, offset: int, groups: Sequence[re.Match[str]], count: int, most: int) -> bool:
    """Whether a code may end with the group ``count``, though a separator and another follow."""
    between = text[offset + groups[count - 1].end() : offset + groups[count].start()]
    return most == 1 or between.strip() not in (".", "．", "。") or between != between.strip()


def _typed(cell: _Text, match: re.Match[str]) -> Iterator[Candidate]:
    kind = match["letter"]
    numbers = match["numbers"].translate(_AS_DIGITS).split(".")
    stop = match.end()
    dot = cell.text[stop : stop + 1] == "."
    code = _code(kind, kind, numbers, cell.source[match.start() : stop + dot])
    if code is not None:
        after, end = cell.after(stop)
        yield Candidate(code, match.start(), stop, end, Before.PARAGRAPH, after, typed=True)


def _letterless(cell: _Text, kind: str, starts: Sequence[tuple[int, bool]]) -> Iterator[Candidate]:
    """Numbers that stand where a code is expected, without its letter."""
    if PARTS[kind][1] == 1:
        pattern = _LETTERLESS_ONE
    elif cell.text.isdigit():
        return
    else:
        pattern = _LETTERLESS
    for match in pattern.finditer(cell.text):
        before = cell.before(match.start())
        if before > Before.BLANK or before is Before.LIST:
            continue
        numbers = re.split(r"[.．]", match["numbers"])
        if len(numbers) == 1 and before is not Before.PARAGRAPH and numbers[0][0] != "0":
            continue
        if COUNTED.match(cell.text, match.end()) or _MEASURE.match(cell.text, match.end()):
            continue
        code = _code(kind, "", numbers, match["numbers"])
        if code is not None:
            after, end = cell.after(match.end())
            if after in (After.BLANK, After.IDEOGRAPH, After.CAPITAL):
                yield Candidate(
                    code, match.start(), match.end(), end, before, after,
                    within=cell.within(match.start()), letter=False,
                )  # fmt: skip
