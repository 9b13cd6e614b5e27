"""Cuts the content of a cell into pieces: one per code, with its text and sub-items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, NamedTuple

from kps_graph.document import Paragraph, Span
from kps_graph.extract.codes import Candidate, Code, candidates
from kps_graph.extract.net import overlooked
from kps_graph.extract.sequence import Style, choose
from kps_graph.extract.text import BULLET, MARKS, join, split_bullets
from kps_graph.model import Item

__all__ = ["Content", "Missed", "Piece", "Segment", "bullets", "content"]

#: What stands between the first and the last of a range of codes.
_RANGE: Final = r"\s*[~～∼〜至到–—−…\-－]{1,2}\s*"
_TO: Final = re.compile(_RANGE)
#: Further numbers behind a code whose letter they share: ``P1.1.1~5``, ``K03、04~06``.
_NUMBERS: Final = re.compile(
    rf"(?:{_RANGE}\d{{1,3}}(?=\s*(?:$|[\n、，,；;。)）])))?"
    rf"(?:(?:{_RANGE}|\s*[、，,]\s*)\d{{1,3}}(?=\s*(?:$|[\n；;。)）]|(?:{_RANGE}|\s*[、，,]\s*)[\dTOPKSA])))*"
)
_NUMBER_MORE: Final = re.compile(rf"(?P<to>{_RANGE})?(?P<number>\d+)")
#: A text that is none: what ends a list of codes.
_NO_TEXT: Final = re.compile(r"(?:[\s、，,;；。．.]|以?及|和|與|等)*")
#: More codes than any range names.
_LONGEST: Final = 99
#: A bullet that nothing follows in its line.
_HANGING: Final = re.compile(rf"(?:{BULLET.pattern})\s*$")
_DIGIT: Final = re.compile(r"\d")
#: A number by itself, which a code before it may have lost to the name: O1.1.2110 V.
_NUMBER: Final = re.compile(r"\d+\s")


class Segment(NamedTuple):
    """A stretch of text between codes, bullets and paragraph ends.

    Attributes:
        bullet: whether it is an item of a list, by a glyph or by markup.
        glyph: whether a bullet glyph stands before it.
        soft: whether it may be the next visual line of the segment before.
        gap: what stood between it and the segment before, where the source tells.
        own: whether it is a paragraph of its own in the source, which is no list item.
    """

    text: str
    span: Span
    bullet: bool = False
    glyph: bool = False
    soft: bool = False
    gap: str | None = None
    own: bool = False


@dataclass(slots=True)
class Piece:
    """What stands under one code; it grows when it goes on in the next page's table.

    ``joined`` are the paragraphs without a code that were taken for more of its name; ``number``
    is what stands before it instead of a code; ``doubt`` is its text where code and name may be
    parted in another way, and ``others`` are the numbers that the code would have then; ``hanging``
    is whether it ends with the bullet of what follows.
    """

    code: Code | None
    span: Span
    name: str = ""
    items: list[Item] = field(default_factory=list)
    joined: list[Segment] = field(default_factory=list)
    number: str = ""
    doubt: str = ""
    others: frozenset[tuple[int, ...]] = frozenset()
    hanging: bool = False

    def extend(self, segments: Iterable[Segment]) -> None:
        """Takes in what follows: a bulleted segment is a new item, others go on with the last."""
        for segment in segments:
            if segment.bullet or self.hanging:
                self.hanging = False
                self.items.append(Item(segment.text, segment.span))
            elif self.items:
                last = self.items[-1]
                self.items[-1] = replace(last, text=join(last.text, segment.text, segment.gap))
            else:
                if self.name and segment.own and not _open(self.name):
                    self.joined.append(segment)
                self.name = join(self.name, segment.text, segment.gap)

    @property
    def lone(self) -> bool:
        """Whether a bullet stands before its only text, which is then no item but its name."""
        return not self.name and len(self.items) == 1

    @property
    def text(self) -> str:
        """Name and items in one text, for kinds that have no items of their own."""
        if self.lone:
            return self.items[0].text
        return "\n".join([self.name, *(f"• {i.text}" for i in self.items)]).strip()


@dataclass(frozen=True, slots=True)
class Missed:
    """What looks like a code and was not read as one, and the code in whose text it stands."""

    text: str
    span: Span
    code: str


@dataclass(frozen=True, slots=True)
class Content:
    """A cell's content: what stands before the first code, one piece per code, what was missed."""

    lead: tuple[Segment, ...]
    pieces: tuple[Piece, ...]
    missed: tuple[Missed, ...] = ()


def content(
    paragraphs: Iterable[Paragraph],
    kinds: str,
    expect: Callable[[Candidate, str], int] | None = None,
    style: Style | None = None,
    defined: Callable[[Candidate], bool] | None = None,
    before: Code | None = None,
) -> Content:
    """The content of a cell in which codes of ``kinds`` are expected.

    Args:
        paragraphs: the cell's.
        kinds: of T O P K S A, that of the column first; "" if no codes are expected.
        expect: what is known from elsewhere of a candidate and the text after it.
        style: how the document writes the codes of the column.
        defined: whether the code of a candidate stands elsewhere with another text.
        before: the last code on the page before, if the cell may go on with its text.
    """
    parts = [p for p in paragraphs if p.text.strip()]
    text = "\n".join(p.text for p in parts)
    starts = list(accumulate((len(p.text) + 1 for p in parts), initial=0))[:-1]
    places: list[Candidate] = []
    if kinds:
        placed = list(zip(starts, parts, strict=True))
        soft = [(s, p.soft) for s, p in placed]
        gaps = {s: p.gap for s, p in placed if p.soft and p.gap is not None}
        places = candidates(text, kinds, soft, gaps)
    weigh = (lambda c: expect(c, text[c.end : c.end + 12])) if expect else None
    found = choose(places, kinds, weigh, style, before)
    bounds = [*(c.start for c in found), len(text)]
    listed = bool(found) and found[0].listed  # 參見 K03
    lead = () if listed else tuple(_segments(text, 0, bounds[0], starts, parts))
    pieces: list[Piece] = []
    for n, (candidate, end) in enumerate(zip(found, bounds[1:], strict=True)):
        span = parts[_index(starts, candidate.start)].span
        following = found[n + 1].code if n + 1 < len(found) else None
        start, codes = _codes(text, candidate, following, end)
        if end < len(text) and not _marked(text[start:end]):
            # K1 甲、K2 乙: the comma is the list's
            end = start + len(text[start:end].rstrip(" \u3000、，,；;/／"))
        pieces += [Piece(code, span) for code in codes]
        if candidate.doubtful and start < end:
            pieces[-1].doubt = _line_of(text, candidate.start, end)
            if not _NUMBER.match(text, start):
                pieces[-1].others = frozenset(
                    c.code.numbers for c in places if c.start == candidate.start
                ) - {candidate.code.numbers}
        elif n and start < end and _nameless(found[n - 1], candidate, defined):
            pieces[-1].doubt = f"{found[n - 1].code.text} {_line_of(text, candidate.start, end)}"
        pieces[-1].extend(_segments(text, start, end, starts, parts))
    if pieces:
        pieces[-1].hanging = _hangs(text[bounds[-2] :])
    missed: tuple[Missed, ...] = ()
    if kinds and _DIGIT.search(text):
        missed = tuple(
            Missed(said, parts[_index(starts, where)].span, _owner(found, where))
            for where, said in overlooked(text, kinds, places, found, style, defined)
        )
    return Content(lead, tuple(pieces), missed)


def _codes(
    text: str, candidate: Candidate, following: Code | None, end: int
) -> tuple[int, list[Code]]:
    """Where the text behind a code begins, and the codes that stand there: several for a range.

    ``following`` is the code that stands at its ``end``, if any.
    """
    code = candidate.code
    if following is not None and _TO.fullmatch(text, candidate.stop, end):
        return end, _range(code, following.numbers[-1] - 1, following)
    more = _NUMBERS.match(text, candidate.stop)
    if more is not None and more.end() > end:
        more = None
    codes = [code]
    for number in _NUMBER_MORE.finditer(more[0]) if more else ():
        last = int(number["number"])
        if number["to"]:
            codes += _range(codes[-1], last, code)[1:]
        elif last:
            codes.append(_numbered(code, last))
    start = more.end() if more and len(codes) > 1 else candidate.end
    return (end if candidate.listed or _NO_TEXT.fullmatch(text, start, end) else start), codes


def _range(first: Code, last: int, like: Code) -> list[Code]:
    """The codes from ``first`` to the number ``last``; ``first`` alone if that is no range."""
    if first.kind != like.kind or first.unit != like.unit or last - first.numbers[-1] > _LONGEST:
        return [first]
    return [first] + [_numbered(first, n) for n in range(first.numbers[-1] + 1, last + 1)]


def _numbered(like: Code, number: int) -> Code:
    """The code with another last ``number``, printed ``like`` this one."""
    stem, dot, printed = like.text.rpartition(".")
    if not dot:
        stem, printed = like.text[0], like.text[1:]
    return Code(like.kind, (*like.unit, number), f"{stem}{dot}{number:0{len(printed)}d}")


def _line_of(text: str, start: int, end: int) -> str:
    """The text from ``start`` on, as far as its line and item go."""
    return text[start:end].split("\n", 1)[0].strip()


def _nameless(
    before: Candidate, candidate: Candidate, defined: Callable[[Candidate], bool] | None
) -> bool:
    """Whether a code may be the beginning of the name of the one before, which has no other.

    That is so if the one before has a line's end for a name and is defined nowhere.
    """
    return (
        before.bare
        and before.letter
        and candidate.first
        and not candidate.listed
        and len(before.code.numbers) == 1
        and candidate.code.numbers[0] != before.code.numbers[0] + 1
        and defined is not None
        and not defined(before)
    )


def _open(text: str) -> bool:
    """Whether a bracket of ``text`` stays open, so that what follows belongs to it."""
    return sum(map(text.count, "（(「『")) > sum(map(text.count, "）)」』"))


def _owner(found: Sequence[Candidate], at: int) -> str:
    """The code of the item in whose text the place ``at`` stands; "" before the first."""
    return next((c.code.text for c in reversed(found) if c.start <= at), "")


def _marked(text: str) -> bool:
    """Whether ``text`` ends with a line that holds nothing but the mark of a list, or nothing."""
    _, line_end, last = text.rpartition("\n")
    return bool(line_end) and MARKS.fullmatch(last) is not None


def _index(starts: list[int], at: int) -> int:
    """The number of the paragraph that the offset ``at`` falls in."""
    return bisect_right(starts, at) - 1


def _segments(
    text: str, start: int, end: int, starts: list[int], parts: list[Paragraph]
) -> Iterable[Segment]:
    """The segments of ``text[start:end]``: cut at paragraph ends and at bullets.

    A bullet at the end of a line is that of the next.
    """
    hanging = False
    for i in range(max(0, _index(starts, start)), len(parts)):
        paragraph = parts[i]
        if starts[i] >= end:
            break
        if starts[i] + len(paragraph.text) <= start:
            continue
        begin = max(start, starts[i])
        stop = min(end, starts[i] + len(paragraph.text))
        chunk = text[begin:stop]
        if not chunk.strip():
            continue
        whole = begin == starts[i]
        listed = whole and paragraph.depth is not None
        for n, (glyph, piece) in enumerate(split_bullets(chunk)):
            glyph = glyph or (n == 0 and hanging and paragraph.soft)
            yield Segment(
                piece,
                paragraph.span,
                bullet=glyph or (listed and n == 0),
                glyph=glyph,
                soft=whole and paragraph.soft,
                gap=paragraph.gap if whole and n == 0 else None,
                own=whole
                and n == 0
                and not glyph
                and not paragraph.soft
                and paragraph.depth is None
                and i > 0,
            )
        hanging = _hangs(chunk)


def _hangs(text: str) -> bool:
    """Whether ``text`` ends with a bullet; most end with no mark at all, which is soon seen."""
    last = text.rstrip()[-1:]
    return MARKS.fullmatch(last) is not None and _HANGING.search(text) is not None


def bullets(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether any list item among ``paragraphs`` has its bullet as text."""
    return any(p.depth is not None and BULLET.match(p.text.strip()) for p in paragraphs)
