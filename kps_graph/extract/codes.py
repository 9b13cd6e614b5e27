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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from kps_graph.extract.surroundings import CLOSING, COUNTED, IDEOGRAPH, After, Before, CellText
from kps_graph.extract.text import INVISIBLE

__all__ = ["Candidate", "Code", "candidates", "parse_code"]

#: How many numbers a code of each kind has: fewest and most.
PARTS: Final = {"T": (1, 4), "O": (2, 4), "P": (2, 4), "K": (1, 1), "S": (1, 1), "A": (1, 1)}

_SEPARATOR: Final = r"\s?[.．。\-‐‑–－_]\s?"
_NUMBERS: Final = rf"\d+(?:{_SEPARATOR}\d+)*"
_CJK: Final = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
#: What stands between and around the codes of a cell that merely refers to elements.
_BETWEEN: Final = re.compile(
    r"(?:[\s、，,;；。/／•~～∼〜至到和與及暨–—―−…()（）【】［］\[\]＋+&－-]|同|[詳參]?[見照考]|等)*"
)
_PARTED: Final = re.compile(rf"{_SEPARATOR}(?=\d)")
#: Nothing but codes, as far as the line goes.
_ENDING: Final = re.compile(
    r"(?:[ \t\u3000、，,；;/／•~～∼〜至到和與及–—−\-－]+[TOPKSA]?\d+(?:[.．]\d+)*)*[ \t\u3000、，,。；;]*(?:\n|$)"
)
_DOT: Final = re.compile(r"[.．](?!\d)")
_DIGITS: Final = re.compile(r"\d+")
_AS_DIGITS: Final = str.maketrans("OIl", "011")
#: What follows a number that is a measure.
_MEASURE: Final = re.compile(
    rf"\s*(?:(?:[mck]m|kg|[kMG]?Hz)(?![A-Za-z/])|[mVWA](?![A-Za-z0-9/{IDEOGRAPH}])|[%℃°])"
)


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


class Candidate(NamedTuple):
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
        ends: whether nothing but codes follows as far as its line goes.
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
    ends: bool = False

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


def _letters(kinds: str) -> str:
    """A character class of the letters of ``kinds``, in every width and case."""
    narrow = kinds + kinds.lower()
    wide = "".join(chr(ord(k) + 0xFEE0) for k in narrow)
    return f"[{narrow}{wide}{'0' if 'O' in kinds else ''}]"


@cache
def _pattern(kinds: str) -> re.Pattern[str]:
    # a capital may stand directly behind a Latin word, but hardly anything else may
    return re.compile(
        rf"(?P<letter>{_letters(kinds)})"
        rf"(?:(?<![A-Za-z0-9Ａ-Ｚａ-ｚ０-９].)(?<![A-Za-z]\..)|(?P<glued>(?<=[A-Za-z0-9)][{kinds}])))"
        rf"(?:\s?[.．]\s?|\s|[-‐‑–－_](?=0\d|\d+\.\d))?(?P<numbers>{_NUMBERS})"
    )


@cache
def _mistyped(kinds: str) -> re.Pattern[str]:
    """A code typed with O for 0, or I or l for 1; it is one only where the sequence wants it."""
    return re.compile(
        rf"(?P<letter>[{kinds}])(?<![A-Za-z0-9].)(?=[\dOIl.]*[OIl])(?=[OIl.]*\d)"
        rf"(?P<numbers>[\dOIl]{{1,3}}(?:\.[\dOIl]{{1,3}})*)(?=[.：:、]|\s|[{_CJK}])"
    )


#: Numbers that may be a code whose letter is missing: ``1.1.2``, and ``02`` or a line's ``2``.
_LETTERLESS: Final = re.compile(
    r"(?P<numbers>\d(?<![A-Za-z0-9.．].)\d?(?:[.．]\d{1,2}){1,3})(?![\d.．:：%])(?=\s*\S)"
)
_LETTERLESS_ONE: Final = re.compile(
    r"(?P<numbers>\d(?<![^\s。；;].)\d?)(?=\s?[A-Za-z\u3400-\u9fff])"
)


def _kind(letter: str) -> str:
    """The kind that a printed letter stands for, in any width and case; a zero is an O."""
    return "O" if letter == "0" else unicodedata.normalize("NFKC", letter).upper()


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
    if match is None or text[match.end() :].strip(" .．：:、") or match["glued"] is not None:
        return None
    kind = _kind(match["letter"])
    if kind not in kinds:
        return None
    numbers = re.split(_SEPARATOR, match["numbers"])
    if any(len(n) > 3 for n in numbers):
        return None
    dotted = match.end() + (text[match.end() :][:1] in (".", "．"))
    return _code(kind, match["letter"], numbers, text[:dotted])


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
    cell = CellText(text, starts, gaps)
    found: list[Candidate] = []
    matches = list(_pattern(kinds).finditer(cell.text))
    listed = _listed(cell.text, matches)
    for match in matches:
        found += _readings(cell, match, listed)
    taken = {c.start: c.stop for c in found}
    mistypeable = any(letter in text for letter in "OIl")
    for typed in _mistyped(kinds).finditer(cell.text) if mistypeable else ():
        begun = taken.get(typed.start(), 0)
        if begun and typed["numbers"].count(".") == 2 and text[begun] == ".":
            found = [c for c in found if c.start != typed.start()]  # P1.2.l is no P1.2
            begun = 0
        if not begun and cell.before(typed.start()) <= Before.BLANK:
            found += _typed(cell, typed)
    if len(kinds) < 3:
        found += _letterless(cell, kinds[0], starts)
    return sorted(found, key=lambda c: (c.start, c.stop))


def _listed(text: str, codes: Sequence[re.Match[str]]) -> bool:
    """Whether ``text`` is nothing but ``codes`` and what stands between those of a list."""
    at = 0
    for code in codes:
        if _BETWEEN.fullmatch(text, at, code.start()) is None:
            return False
        at = code.end()
    return _BETWEEN.fullmatch(text, at) is not None


def _readings(cell: CellText, match: re.Match[str], listed: bool) -> Iterator[Candidate]:
    """The ways to read one place: how many of its digits are the code's, how many the name's."""
    text, start = cell.text, match.start()
    before = cell.before(start)
    closing, bracketed = "", before
    if before is Before.OPENING:
        # (K01) 甲 (K02) 乙: where the first is in brackets, all are
        outside = cell.before(start - 1)
        among = outside <= Before.BLANK or outside is Before.BRACKET  # (K01)(K02)
        if outside is Before.PARAGRAPH or (among and text.lstrip()[:1] == text[start - 1]):
            bracketed = Before.LIST if outside is Before.BRACKET else outside
            closing = CLOSING.get(text[start - 1], "")
    ahead = cell.after(match.end())
    found = list(_codes(cell, match, ahead[0]))
    for code, stop, cut in found:
        if len(code.numbers) == 2 and _MEASURE.match(text, stop) and before:
            continue  # T1.5 mm: a measure, unless it begins a paragraph for certain
        if closing and text[stop : stop + 1] == closing:  # (K01) 甲
            code = replace(code, raw=cell.source[start - 1 : stop + 1])
            after = After.BLANK if text[stop + 1 : stop + 2].isspace() else After.IDEOGRAPH
            yield Candidate(code, start - 1, stop + 1, stop + 1, bracketed, after, listed=listed)
            continue
        if not closing and (behind := cell.closed(start, stop)):  # K01)甲
            code = replace(code, raw=cell.source[start : stop + 1])
            after = After.BLANK if text[behind - 1].isspace() else After.IDEOGRAPH
            yield Candidate(code, start, stop + 1, behind, before, after, listed=listed)
            continue
        after, end = ahead if stop == match.end() else cell.after(stop)
        if after is After.OTHER and (parted := _PARTED.match(text, stop)):
            end = parted.end()
            after = After.OTHER if parted[0] in ".．" else After.MARK
        elif text[stop : stop + 1] == "．":  # K01．3D建模
            end = stop + 1
        counted = COUNTED.match(text, stop) is not None
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
            listed=listed,
            cut=cut,
            counted=counted,
            doubtful=len(found) > 1 and (cut or counted or after is After.CAPITAL),
            ends=after is After.NOTHING and _ENDING.match(text, stop) is not None,
        )


def _codes(cell: CellText, match: re.Match[str], behind: After) -> Iterator[tuple[Code, int, bool]]:
    """The codes that a place may be read as, each with its end and whether digits follow it.

    ``behind`` is what follows all of its digits.
    """
    letter = match["letter"]
    kind = letter if letter in PARTS else _kind(letter)
    low, high = PARTS[kind]
    groups = list(_DIGITS.finditer(match["numbers"]))
    offset = match.start("numbers")
    if (goes_on := cell.across(match.end())) != match.end():
        behind, _ = cell.after(goes_on)
    joined = behind in (After.IDEOGRAPH, After.CAPITAL, After.SMALL, After.OTHER) or (
        len(groups) > 2 and len(groups[-1][0]) > 3  # O1.1.2110 V: no code is as long
    )
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
            dotted = stop + (1 if full and _DOT.match(cell.text, stop) else 0)
            raw = cell.source[match.start() : dotted].strip()
            if not raw.isprintable():
                raw = INVISIBLE.sub("", raw).strip()
            code = _code(kind, letter, numbers, raw)
            if code is not None:
                yield code, stop, not full


def _ends(text: str, offset: int, groups: Sequence[re.Match[str]], count: int, most: int) -> bool:
    """Whether a code may end with the group ``count``, though a separator and another follow."""
    between = text[offset + groups[count - 1].end() : offset + groups[count].start()]
    return (
        most == 1
        or between.strip() not in (".", "．", "。")
        or between != between.strip()
        or COUNTED.match(text, offset + groups[count].start()) is not None
    )


def _typed(cell: CellText, match: re.Match[str]) -> Iterator[Candidate]:
    kind = match["letter"]
    numbers = match["numbers"].translate(_AS_DIGITS).split(".")
    stop = match.end()
    dot = cell.text[stop : stop + 1] == "."
    code = _code(kind, kind, numbers, cell.source[match.start() : stop + dot])
    if code is not None:
        after, end = cell.after(stop)
        before = cell.before(match.start())
        yield Candidate(code, match.start(), stop, end, before, after, typed=True)


def _letterless(
    cell: CellText, kind: str, starts: Sequence[tuple[int, bool]]
) -> Iterator[Candidate]:
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
