"""Finds the codes of units and elements in running text, and tells them from look-alikes.

A code is a letter and numbers at the place where an item begins: ``T1.1``, ``P1.2.3``, ``K01``.
They are printed in many ways (``P 5.1.2``, ``P.1.1.1``, ``P1.3.3.``, ``P1-1-1``, ``03.2.2`` for
O3.2.2, full width, bold), and ordinary text is full of things that look like them (``S7 PLC``,
``A4``, ``T1.5 mm``). Markup decides where there is any: a code begins a paragraph. In bare text
``K1 … K2 …`` the codes of one cell form a sequence, and the best sequence is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.extract.text import INVISIBLE, MARKS

__all__ = ["Candidate", "Code", "candidates", "choose", "parse_code"]

#: How many numbers a code of each kind has: fewest and most.
PARTS: Final = {"T": (1, 4), "O": (2, 4), "P": (2, 4), "K": (1, 1), "S": (1, 1), "A": (1, 1)}

_SEPARATOR: Final = r"\s?[.．。\-‐‑–－_]\s?"
_NUMBERS: Final = rf"\d{{1,3}}(?:{_SEPARATOR}\d{{1,3}})*"
_WORD: Final = r"[A-Za-z\u2e80-\u9fff\uf900-\ufaff]"
_PATTERNS: Final = {
    kind: re.compile(
        rf"(?<![A-Za-z0-9Ａ-Ｚａ-ｚ０-９.])"
        rf"(?P<letter>[{kind}{kind.lower()}{chr(ord(kind) + 0xFEE0)}{'0' if kind == 'O' else ''}])"
        rf"(?:\s?[.．]\s?|\s)?(?P<numbers>{_NUMBERS})(?P<dot>[.．](?!\d))?"
        rf"(?P<after>\s*[：:、](?=\s*\S)|\s*[-‐–—－](?=\s*{_WORD}))?"
    )
    for kind in PARTS
}
_CJK: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
#: A code typed with O for 0, or I or l for 1; it is one only where the sequence wants it.
_MISTYPED: Final = {
    kind: re.compile(
        rf"(?<![A-Za-z0-9])(?P<letter>{kind})"
        rf"(?=[\dOIl.]*[OIl])(?=[OIl.]*\d)(?P<numbers>[\dOIl]{{1,3}}(?:\.[\dOIl]{{1,3}})*)"
        rf"(?P<dot>[.](?![\dOIl]))?(?P<after>\s*[：:、](?=\s*\S)|(?=\s|{_CJK.pattern}))"
    )
    for kind in PARTS
}
_AS_DIGITS: Final = str.maketrans("OIl", "011")
#: What its neighbours must say for it: more than the one before it can.
_DOUBTFUL: Final = -5
#: How many candidates a code may stand behind the one that it follows.
_REACH: Final = 60
#: What speaks against a first code in the middle of a text: much if it is one number only.
_OPENING: Final = (-3, -1)
#: What follows a number that is a measure.
_MEASURE: Final = re.compile(r"\s*(?:(?:[mck]?m|kg|[VWA]|[kMG]?Hz)(?![A-Za-z/])|[%℃°])")
#: What stands between the codes of a cell that merely refers to elements, and what each weighs.
_BETWEEN: Final = re.compile(r"[\s、，,；;/／•]+")
_LISTED: Final = 9
_GLUED: Final = re.compile(r"[A-Za-z]")


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a text that looks like a code.

    Attributes:
        code: what it would be.
        start, end: where it stands in the text, the separator after it included.
        weight: how much its surroundings speak for it.
        first: whether it begins a paragraph.
        sure: whether that paragraph cannot be the mere continuation of a line.
    """

    code: Code
    start: int
    end: int
    weight: int
    first: bool
    sure: bool = False


def _code(kind: str, match: re.Match[str], source: str = "") -> Code | None:
    """The code that ``match`` found; ``source`` is the text as it stands, invisible and all."""
    printed = [
        unicodedata.normalize("NFKC", n).translate(_AS_DIGITS)
        for n in re.split(_SEPARATOR, match["numbers"])
    ]
    if match["letter"] == "0" and len(printed) == 1:
        return None
    low, high = PARTS[kind]
    if not low <= len(printed) <= high:
        return None
    numbers = tuple(int(n) for n in printed)
    if numbers == (0,):
        return None  # codes count from one
    text = kind + ".".join(printed)
    end = match.start("after") if match["after"] else match.end()
    raw = INVISIBLE.sub("", (source or match.string)[match.start() : end]).strip()
    return Code(kind, numbers, text, None if raw == text else raw)


def parse_code(text: str, kinds: str = "TOPKSA") -> Code | None:
    """The code that is the whole of ``text``, or None."""
    for kind in kinds:
        match = _PATTERNS[kind].fullmatch(text.strip())
        if match and (code := _code(kind, match)):
            return code
    return None


def candidates(text: str, kind: str, starts: Sequence[tuple[int, bool]]) -> list[Candidate]:
    """Everything in ``text`` that looks like a code of ``kind``, with its local weight.

    Args:
        text: the text of a cell, its paragraphs joined by line feeds.
        kind: one of T O P K S A.
        starts: the offsets at which paragraphs begin, each with whether it is soft (may be the
            mere continuation of a line).
    """
    soft = dict(starts)
    found: list[Candidate] = []
    source, text = text, text if text.isascii() else INVISIBLE.sub(" ", text)
    listed = kind in "KS" and not _BETWEEN.sub("", _PATTERNS[kind].sub("", text))
    for match in _PATTERNS[kind].finditer(text):
        code = _code(kind, match, source)
        if code is None:
            continue
        begin = text.rfind("\n", 0, match.start()) + 1
        first = MARKS.fullmatch(text, begin, match.start()) is not None
        before = text[max(0, match.start() - 8) : match.start()]
        after = text[match.end() : match.end() + 8]
        weight = (
            _LISTED
            if listed
            else _weight(match, code, before, after, first, soft.get(begin, False))
        )
        if weight > -100:
            sure = first and not soft.get(begin, False)
            found.append(Candidate(code, match.start(), match.end(), weight, first, sure))
    for start, is_soft in starts:
        mistyped = None if is_soft else _MISTYPED[kind].match(text, start)
        if mistyped and (code := _code(kind, mistyped)):
            found.append(Candidate(code, start, mistyped.end(), _DOUBTFUL, True))
    return sorted(found, key=lambda c: c.start)


def _weight(
    match: re.Match[str], code: Code, before: str, after: str, first: bool, soft: bool
) -> int:
    """How much the surroundings of a candidate speak for its being a code."""
    weight = {1: 0, 2: 1, 3: 3, 4: 3}[len(code.numbers)]
    last_digits = code.text.rsplit(".", 1)[-1].lstrip("TOPKSA")
    padded = last_digits.startswith("0")
    if first:
        weight += 3 if soft else 6
    elif before[-1:].isspace():
        weight += 0
        if re.search(r"[A-Za-z]\s$", before):
            weight -= 3
    else:
        weight -= 2
        if before[-1:] in "【[（(〔「『<《/":
            return -100
    if padded and code.kind in "KSA":
        weight += 2
    if _GLUED.match(after):
        # K8s, S1000D: no code; but K05Excel at the start of a paragraph is one
        return weight - 3 if first and not soft and (padded or len(last_digits) > 1) else -100
    if match["after"] or match["dot"]:
        weight += 1 if first else -2
    elif after[:1].isspace():
        weight += 1
    elif not _CJK.match(after) and after:
        weight -= 3
    if after.lstrip()[:1] in ("", *"，、。；）)】」") and not match["after"]:
        weight -= 2 if first else 4
    if len(code.numbers) == 2 and _MEASURE.match(after) and (soft or not first):
        return -100  # T1.5 mm: a measure, unless it begins a paragraph for certain
    return weight


def choose(
    found: Sequence[Candidate], expect: Callable[[Candidate], int] | None = None
) -> list[Candidate]:
    """The best sequence of codes among the candidates of one cell, in order.

    Every candidate brings its own weight and what ``expect`` says of its code (known from
    elsewhere, belonging to this row); following its predecessor by one speaks for it, repeating
    or going back speaks against. Where two readings are equal the later place wins, since a text
    mentions what comes next rather than what came before.
    """
    if not found:
        return []
    style = _padding(found)
    best: list[tuple[int, int]] = []
    for i, c in enumerate(found):
        own = c.weight + (expect(c) if expect else 0)
        if style is not None and not c.first and _single(c.code) and _is_padded(c.code) != style:
            own -= 3
        if style and not c.first and not _single(c.code):
            own += 2  # K12 has the width of the padded codes around it
        score, previous = own + (0 if c.first else _OPENING[len(c.code.numbers) > 1]), -1
        for j in range(max(0, i - _REACH), i):
            total = best[j][0] + own + _step(found[j].code, c)
            if total >= score:
                score, previous = total, j
        best.append((score, previous))
    at = max(range(len(found)), key=lambda i: (best[i][0], i))
    if best[at][0] <= 0 and not any(c.first for c in found):
        return []
    chain: list[Candidate] = []
    while at >= 0:
        chain.append(found[at])
        at = best[at][1]
    return chain[::-1]


def _step(before: Code, candidate: Candidate) -> int:
    """How well ``candidate`` follows the code ``before`` in one cell."""
    code = candidate.code
    if code.numbers == before.numbers:
        return -2 if candidate.sure else -9
    one_up = code.unit == before.unit and code.numbers[-1] == before.numbers[-1] + 1
    new_unit = code.numbers[-1] == 1 and code.unit > before.unit
    child = code.unit == before.numbers
    if one_up or new_unit or child:
        return 4
    if code.numbers > before.numbers:
        return 0 if candidate.first else -2
    return -1 if candidate.first else -6


def _is_padded(code: Code) -> bool:
    return code.text[1:2] == "0"


def _single(code: Code) -> bool:
    """Whether padding would show on this code."""
    return code.kind in "KSA" and code.numbers[-1] < 10


def _padding(found: Sequence[Candidate]) -> bool | None:
    """Whether the codes that begin a paragraph are padded (K01); None if they do not tell."""
    firsts = [c.code for c in found if c.first and _single(c.code)]
    if not firsts:
        return None
    return all(_is_padded(c) for c in firsts)
