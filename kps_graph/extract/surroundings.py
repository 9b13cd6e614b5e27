"""What stands around a place in the text of a cell: whether a code is likely there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Final

from kps_graph.extract.text import INVISIBLE, MARKS

__all__ = ["CLOSING", "COUNTED", "IDEOGRAPH", "After", "Before", "CellText"]

IDEOGRAPH: Final = r"\u2e80-\u2fff\u3005\u3007\u3400-\u9fff\uf900-\ufaff"
_LATIN: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
#: Words that begin with a small letter and are no plural of a code: cGMP, steam.
_WORD: Final = re.compile(r"[a-z](?:[A-Z]|[a-z]{2})")
#: What separates a code from its text and belongs to neither.
_MARK: Final = re.compile(
    rf"[.．](?!\d)\s*|\s*[：:、](?=\s*[^\s、，,；;])|\s*[-‐–—−－_](?=\s*[A-Za-z0-9{IDEOGRAPH}])"
)
_BRACKETS: Final = re.compile(r"[（(【\[「『《〈]|[）)】\]」』》〉]")
CLOSING: Final = dict(zip("（(【[「『《〈", "）)】]」』》〉", strict=True))
#: A closing bracket between a code and its name, with the mark behind it.
_CLOSED: Final = re.compile(r"[）)\]】][.．、：:]?\s*(?=\w)")
_OPENING: Final = "（(【[「『《〈"
#: What no code stands directly behind.
_NEVER: Final = f"{_OPENING}<"
#: What counts: digits before it are more likely its own than those of a code.
COUNTED: Final = re.compile(
    r"[\d.]*\n?(?:[年月日時小週天次級維軸類項種階段步大人個元歲度分層吋期合面英對萬千百坪公]|[A-Z](?![A-Za-z]|\d(?![A-Z]))|[%℃°])"
)


#: A line that begins with a code.
_LINE: Final = re.compile(r"\n\s*[TOPKSAＴＯＰＫＳＡ]\s?\d")


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


class CellText:
    """The text of a cell, and what is asked of it at many places."""

    __slots__ = ("_gaps", "_pairs", "_soft", "source", "text")

    def __init__(
        self, text: str, starts: Sequence[tuple[int, bool]], gaps: Mapping[int, str]
    ) -> None:
        self.source = text
        self.text = text if text.isascii() else INVISIBLE.sub(" ", text)
        self._soft = dict(starts)
        self._gaps = gaps
        self._pairs: list[tuple[int, int]] | None = None

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
        if last in "、，,/／~～∼":
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
        if next_ in ("", *"，,、。；;）)】」~～∼/／"):
            return After.NOTHING, stop
        first = rest[:1]
        if first == "\n" and stop + 1 not in self._gaps and _LINE.match(rest):
            return After.NOTHING, stop  # the next line has a code of its own
        if first.isspace():
            return After.BLANK, stop
        if _LATIN.match(first):
            small = first.islower() and not _WORD.match(rest)
            return (After.SMALL if small else After.CAPITAL), stop
        if first.isdigit():
            return After.DIGIT, stop
        return (After.IDEOGRAPH if ord(first) > 0x2E7F else After.OTHER), stop

    def closed(self, start: int, stop: int) -> int:
        """Where the name begins behind a bracket that only closes, as in ``K01)甲``; else 0."""
        mark = _CLOSED.match(self.text, stop)
        return mark.end() if mark is not None and not self.within(start) else 0

    def across(self, stop: int) -> int:
        """The place behind ``stop`` where the text goes on, if only the line ends there."""
        return stop + 1 if self._gaps.get(stop + 1) == "" else stop

    def latin(self, start: int) -> bool:
        """Whether a Latin word and a blank stand before ``start``."""
        before = self.text[max(0, start - 2) : start]
        return before[1:] == " " and before.isascii() and before[0].isalpha()

    def word(self, stop: int) -> bool:
        """Whether a blank and a Latin word stand behind ``stop``."""
        rest = self.text[stop : stop + 8]
        first = rest.lstrip()[:1]
        return rest[:1].isspace() and first.isascii() and first.isalpha()

    def within(self, at: int) -> bool:
        """Whether a pair of brackets stands around the place ``at``."""
        if self._pairs is None:
            self._pairs = []
            open_: list[int] = []
            for match in _BRACKETS.finditer(self.text):
                if match[0] in _OPENING:
                    open_.append(match.start())
                elif open_:
                    self._pairs.append((open_.pop(), match.start()))
            self._pairs.sort()
        n = bisect_right(self._pairs, (at, 0))
        return any(begin < at < end for begin, end in self._pairs[:n])
