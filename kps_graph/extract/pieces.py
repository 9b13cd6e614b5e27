"""Cuts the content of a cell into pieces: one per code, with its text and sub-items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from kps_graph.document import Paragraph, Span
from kps_graph.extract.codes import Candidate, Code, candidates, choose
from kps_graph.extract.text import BULLET, MARKS, join, split_bullets
from kps_graph.model import Item

__all__ = ["Content", "Piece", "Segment", "bullets", "content"]


@dataclass(frozen=True, slots=True)
class Segment:
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
    is what stands before it instead of a code.
    """

    code: Code | None
    span: Span
    name: str = ""
    items: list[Item] = field(default_factory=list)
    joined: list[Segment] = field(default_factory=list)
    number: str = ""

    def extend(self, segments: Iterable[Segment]) -> None:
        """Takes in what follows: a bulleted segment is a new item, others go on with the last."""
        for segment in segments:
            if segment.bullet:
                self.items.append(Item(segment.text, segment.span))
            elif self.items:
                last = self.items[-1]
                self.items[-1] = replace(last, text=join(last.text, segment.text, segment.gap))
            else:
                if self.name and segment.own:
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
class Content:
    """A cell's content: what stands before the first code, and one piece per code."""

    lead: tuple[Segment, ...]
    pieces: tuple[Piece, ...]


def content(
    paragraphs: Iterable[Paragraph],
    kind: str,
    expect: Callable[[Candidate, str], int] | None = None,
) -> Content:
    """The content of a cell in which codes of ``kind`` are expected.

    Args:
        paragraphs: the cell's.
        kind: one of T O P K S A; "" if no codes are expected.
        expect: what is known from elsewhere of a candidate and the text after it.
    """
    parts = [p for p in paragraphs if p.text.strip()]
    text = "\n".join(p.text for p in parts)
    starts: list[int] = []
    at = 0
    for p in parts:
        starts.append(at)
        at += len(p.text) + 1
    found: list[Candidate] = []
    if kind:
        soft = [(s, p.soft) for s, p in zip(starts, parts, strict=True)]
        places = candidates(text, kind, soft)
        weigh = (lambda c: expect(c, text[c.end : c.end + 40])) if expect else None
        found = choose(places, weigh)
    bounds = [*(c.start for c in found), len(text)]
    lead = tuple(_segments(text, 0, bounds[0], starts, parts))
    pieces = []
    for candidate, end in zip(found, bounds[1:], strict=True):
        if end < len(text) and not _marked(text[candidate.end : end]):
            # K1 甲、K2 乙: the comma is the list's
            end = candidate.end + len(text[candidate.end : end].rstrip(" \u3000、，,；;"))
        span = parts[_index(starts, candidate.start)].span
        piece = Piece(candidate.code, span)
        piece.extend(_segments(text, candidate.end, end, starts, parts))
        pieces.append(piece)
    return Content(lead, tuple(pieces))


def _marked(text: str) -> bool:
    """Whether ``text`` ends with a line that holds nothing but the mark of a list, or nothing."""
    _, line_end, last = text.rpartition("\n")
    return bool(line_end) and MARKS.fullmatch(last) is not None


def _index(starts: list[int], at: int) -> int:
    """The number of the paragraph that the offset ``at`` falls in."""
    return max(i for i, s in enumerate(starts) if s <= at)


def _segments(
    text: str, start: int, end: int, starts: list[int], parts: list[Paragraph]
) -> Iterable[Segment]:
    """The segments of ``text[start:end]``: cut at paragraph ends and at bullets."""
    for i, paragraph in enumerate(parts):
        begin = max(start, starts[i])
        stop = min(end, starts[i] + len(paragraph.text))
        chunk = text[begin:stop]
        if not chunk.strip():
            continue
        whole = begin == starts[i]
        listed = whole and paragraph.depth is not None
        for n, (glyph, piece) in enumerate(split_bullets(chunk)):
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


def bullets(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether any list item among ``paragraphs`` has its bullet as text."""
    return any(p.depth is not None and BULLET.match(p.text.strip()) for p in paragraphs)
