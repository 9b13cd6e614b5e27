"""Runs of characters to lines, and lines to paragraphs: what belongs together on a page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kps_graph.document import Paragraph, Span
from kps_graph.readers.pdf_marks import Run, full_widths

__all__ = ["Breaks", "Line", "lines", "paragraphs"]

WIDE: Final = re.compile(r"[ᄀ-ᇿ⺀-⿟、-〿぀-㆏㐀-䶿一-鿿가-힯豈-﫿︰-﹏！-｠￠-￦\U00020000-\U0003ffff]")
#: A glyph that only ever begins an item; ``-`` and the like need a space after them.
BULLET: Final = re.compile(r"[•●○◦▪▫■□◆◇▶▷►‣⁃∙·‧・➢➤✓✔☑※★☆\ue000-\uf8ff]|[-–—*+o]\s")
_LATIN_END: Final = re.compile(r"[A-Za-z0-9,.;:!?)%'\"&+]\s*$")
_LATIN_START: Final = re.compile(r"[A-Za-z0-9(&+'\"]")
_HAN: Final = "[㐀-䶿一-鿿豈-﫿⺀-⿟]"
_IDEOGRAPH: Final = re.compile(_HAN)
#: A Latin word and what stands between it and a Chinese character; a code before it is none of it.
_TO_WIDE: Final = re.compile(
    rf"(?:[A-Za-z](?:\d+\.)+\d)?(?P<word>[A-Za-z0-9]+)(?P<space>\s*)(?={_HAN})"
)
_TO_LATIN: Final = re.compile(rf"(?<={_HAN})(?P<space>\s*)(?P<word>[A-Za-z0-9]+)")
#: A code with the first word of its name behind it, nothing between: K2P2P, O1.1.23D.
_GLUED: Final = re.compile(r"\W*[TOPKSA]\d{1,2}(?:\.\d{1,2})*(?=[A-Z1-9])[A-Za-z0-9/]+$")
#: Latin words in a row between Chinese characters, the line broken at one of their ends.
_WORDS: Final = r"[A-Za-z0-9][A-Za-z0-9 .,&/+'\-]*(?<![ ,])"
_AHEAD_OF_WORDS: Final = re.compile(rf"{_HAN}(?P<space>\s*)(?P<words>{_WORDS})$")
_BEHIND_WORDS: Final = re.compile(rf"(?P<words>{_WORDS})(?P<space>\s*){_HAN}")
#: How many more words must be written one way than the other to be what the document does.
_CLEAR: Final = 3
#: Hardly a word has more letters.
_LONGEST_WORD: Final = 20
#: How much of a line is looked at for the word at its end.
_LONGEST: Final = 40
#: A bullet, number or code at the beginning of a line, which the space after it belongs to; before
#: a Latin name no more of the digits than are surely those of the code.
_LEADING: Final = re.compile(
    r"^\W*(?:[A-Za-z]{0,2}\d[\d.]*(?![\d.A-Za-z])"
    r"|[A-Za-z](?:(?:\d+\.)+\d|\d{1,2})(?=\d*[A-Za-z]))?\W*"
)
_LATIN: Final = re.compile(r"[A-Za-z0-9]{2}|[A-Za-z0-9] ")
_FIRST_WORD: Final = re.compile(r"[A-Za-z]+")
_LAST_WORD: Final = re.compile(r"[A-Za-z]+$")
_REST: Final = re.compile(r"[A-Za-z0-9.\-]+")
_WHOLE: Final = re.compile(r"[A-Za-z0-9][.\-]?$")
_ALNUM: Final = re.compile(r"[A-Za-z0-9]")
_DIGITS_LAST: Final = re.compile(r"\d$")
_ANY_WORD: Final = re.compile(r"[A-Za-z]{2,}")
#: A code or number that a break cuts after a full stop.
_CUT_CODE: Final = re.compile(
    rf"(?:^\W*[A-Za-z]?\d+(?:\.\d+)*|(?:{_HAN}|[A-Za-z0-9][A-Za-z])\d+)\.$"
)
#: A code of several numbers, which no other one goes on with.
_CODE: Final = re.compile(r"[A-Za-z]\d+(?:\.\d+)+(?![A-Za-z0-9.])")
#: A code that is longer than any: with digits of its name.
_LONG_CODE: Final = re.compile(r"[A-Za-z]\d+(?:\.\d+)*\.\d{3,}")
#: A date or a number of a document, alone on a line that it is too long for.
_CUT_NUMBER: Final = re.compile(
    rf"(?=[A-Za-z0-9])(?=\S*\d)(?!{_CODE.pattern}$)[A-Za-z0-9]+(?:[./:\-][A-Za-z0-9]+)+"
)
#: More than the width of a space, and much less, in full-width characters.
_SPACE: Final = 0.3
_TIGHT: Final = 0.12
#: Bullets that differ by less stand at one depth, in points.
_INDENT: Final = 3.0
#: What cannot be parted from the character after it, or before it, at the end of a line.
_OPENING: Final = "（(「『《〈【〔[{“‘"
_CLOSING: Final = "，。、；：！？）」』》〉】〕)]},.;:!?”’…%％"


@dataclass(slots=True)
class Line:
    """One visual line. A space at its end is one that the file has before the next line.

    ``em`` is the width of a full-width character on it, by its own characters.
    """

    text: str
    left: float
    right: float
    middle: float
    em: float
    runs: list[Run]


def lines(runs: Sequence[Run]) -> list[Line]:
    """The lines that runs form, from the top down."""
    rows: list[list[Run]] = []
    middle = height = 0.0
    for run in sorted(runs, key=lambda r: r.top + r.bottom):
        at = (run.top + run.bottom) / 2
        if not rows or at - middle > 0.4 * min(height, run.bottom - run.top):
            rows.append([])
            middle, height = at, run.bottom - run.top
        rows[-1].append(run)
    return [line for row in rows if (line := _line(row)) is not None]


def _line(row: list[Run]) -> Line | None:
    if len(row) > 1:
        row.sort(key=lambda r: r.left)
    inked = [run for run in row if not run.text.isspace()]
    if not inked:
        return None
    middle = (inked[0].top + inked[0].bottom) / 2
    right = max(run.right for run in inked) if len(inked) > 1 else inked[0].right
    text, left = _joined(row).lstrip(), inked[0].left
    return Line(
        text, left, right, middle, (right - left) / max(0.5, full_widths(text.strip())), row
    )


def _joined(row: Sequence[Run]) -> str:
    """One line's text; a gap is a space between Latin words, and anywhere if it is wide."""
    if len(row) == 1:
        return row[0].text
    parts = [row[0].text]
    for before, run in pairwise(row):
        gap, height = run.left - before.right, run.bottom - run.top
        if (
            gap > 0.1 * height
            and not before.text[-1].isspace()
            and (gap > 0.5 * height or not (WIDE.match(before.text[-1]) or WIDE.match(run.text)))
        ):
            parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Breaks:
    """What stands where a line of one document was broken: a space or nothing.

    Word draws that space always, LibreOffice if the line has room for it, browsers and WeasyPrint
    never. Where the file does not tell, Latin words are parted by a space, Chinese characters by
    nothing, and between the two it is as it mostly is within the lines of the same document: at
    the same Latin word, or else at all of them.

    Attributes:
        drawn: whether it is drawn where there is room.
        always: whether it is drawn also where there is none.
        after: by Latin word, how much more often a space stands between it and a Chinese
            character than nothing does; all words and all numbers are counted too.
        ahead: the same between a Chinese character and the word.
        words: the Latin words that stand within lines.
    """

    drawn: bool
    always: bool
    after: Mapping[str, int]
    ahead: Mapping[str, int]
    words: Set[str]

    @classmethod
    def of(cls, groups: Iterable[tuple[Sequence[Line], float, float]]) -> Breaks:
        """The custom of a document; ``groups`` are lines with the edges that they stand between."""
        drawn = broken = False
        full_with = full_without = 0
        after: Counter[str] = Counter()
        ahead: Counter[str] = Counter()
        words: set[str] = set()
        for group, left, right in groups:
            margin, em = margin_of(group, left), em_of(group) if len(group) > 1 else 1.0
            for line, following in pairwise(group):
                in_latin = _ends_latin(line.text) and _FIRST_WORD.match(following.text) is not None
                broken |= in_latin
                if line.text[-1:] == " ":
                    drawn = True
                    full_with += right - margin - line.right < _TIGHT * em
                elif in_latin:
                    full_without += right - margin - line.right < _TIGHT * em
            for n, line in enumerate(group):
                if not _LATIN.search(line.text):
                    continue
                text = _LEADING.sub("", line.text)
                cut = n and _ends_latin(group[n - 1].text) and _FIRST_WORD.match(line.text)
                goes_on = n + 1 < len(group) and _FIRST_WORD.match(group[n + 1].text)
                found_words = _ANY_WORD.findall(text)
                words.update(
                    found_words[
                        bool(cut) : len(found_words) - bool(goes_on and _ends_latin(line.text))
                    ]
                )
                for counts, pattern in ((after, _TO_WIDE), (ahead, _TO_LATIN)):
                    for found in pattern.finditer(text):
                        for word in (_kind(found["word"]), found["word"]):
                            counts[word] += 1 if found["space"] else -1
        # a single word that is cut does not speak against it
        always = 0 < full_with >= full_without
        return cls(drawn or not broken, always, after, ahead, words)

    def between(self, line: Line, following: Line, room: float) -> str:
        """What stands between a line and the following one.

        ``room`` is what the line has left at its end, in full-width characters.
        """
        if line.text[-1:].isspace() or (_CODE.fullmatch(line.text) and _CODE.match(following.text)):
            return " "
        if (
            (
                line.text.endswith(".")
                and following.text[:1].isdigit()
                and _CUT_CODE.search(line.text)
            )
            or (following.text[:1].isdigit() and _LONG_CODE.fullmatch(line.text))
            or (_CUT_NUMBER.fullmatch(line.text) and _ALNUM.match(following.text))
            or (self.drawn and (self.always or room > _SPACE))
        ):
            return ""
        if _LATIN_END.search(line.text) and _LATIN_START.match(following.text):
            return "" if self.drawn and self._cut(line.text, following.text) else " "
        if _ALNUM.match(line.text[-1:]) or _ALNUM.match(following.text):
            return self._beside(line.text[-_LONGEST:], following.text[:_LONGEST])
        return ""

    def _beside(self, text: str, following: str) -> str:
        """What stands between a Chinese character and a Latin word that a break has parted.

        The same word elsewhere tells, or else the other end of several words in a row that is set
        apart, or else most words where they agree, or else that other end, whatever it is.
        """
        for counts, pattern in ((self.after, _TO_WIDE), (self.ahead, _TO_LATIN)):
            # what the two lines would look like as one
            meeting = pattern.finditer(f"{text}\n{following}")
            word = next((m["word"] for m in meeting if m["space"] == "\n"), None)
            if word is not None:
                other = (
                    _AHEAD_OF_WORDS.search(text)
                    if pattern is _TO_WIDE
                    else _BEHIND_WORDS.match(following)
                )
                alike = 0 if other is None else 1 if other["space"] else -1
                apart = other is not None and alike > 0 and " " in other["words"]
                most = counts.get(_kind(word), 0)
                if abs(most) < _CLEAR or apart or (most > 0 and _GLUED.match(text)):
                    most = alike
                return " " if (counts.get(word) or most) > 0 else ""
        return ""

    def _cut(self, text: str, following: str) -> bool:
        """Whether a break falls into a word, as it does if that is too long for a line."""
        first, rest = _LAST_WORD.search(text), _FIRST_WORD.match(following)
        if rest is None or any(c.isspace() for c in _LEADING.sub("", text)):
            return False
        if first is not None:
            one, two = first[0], rest[0]
            if any(one + two in word for word in self.words):
                return True
            parts = any(w.endswith(one) for w in self.words) and any(
                w.startswith(two) for w in self.words
            )
            if parts or len(one + two) > _LONGEST_WORD:
                return False
        if _IDEOGRAPH.search(BULLET.sub("", text)) or rest[0] in self.words:
            return False  # between Chinese characters no word need be cut
        if first is None:
            return _DIGITS_LAST.search(text) is not None  # 110 + V
        return first[0][-1].islower() == rest[0][0].islower()


def _ends_latin(text: str) -> bool:
    """Whether a Latin word stands at the end of ``text``."""
    last = text[-1:]
    return last.isascii() and last.isalpha()


def _kind(word: str) -> str:
    """What stands for all Latin words, or all numbers, where they are counted."""
    return "<number>" if word.isdigit() else "<word>"


def paragraphs(
    lines: Sequence[Line],
    left: float,
    right: float,
    span: Span,
    breaks: Breaks,
    before: Line | None = None,
    ends: bool = False,
) -> Iterator[Paragraph]:
    """Lines between two edges as paragraphs, soft where they may go on with the line before.

    A line that begins with a bullet starts a list item, as deep as it is indented among the
    bullets. A line after one that had ample room left for its first word, or after more than the
    usual distance, starts a paragraph. A space stays at the end of a line that the next one may
    go on with; that of the last line too, unless the text ``ends`` here for certain. ``before``
    is the line that the first one goes on with if the text began on the page before.
    """
    if not lines:
        return
    if len(lines) == 1 and before is None:
        text = lines[0].text.rstrip()
        stays = text != lines[0].text and not ends
        yield Paragraph(
            f"{text} " if stays else text, span, 0 if BULLET.match(lines[0].text) else None
        )
        return
    margin, em = margin_of(lines, left), em_of(lines)
    steps = [b.middle - a.middle for a, b in pairwise(lines)]
    usual = min(steps, default=0.0)
    bullets = [BULLET.match(line.text) is not None for line in lines]
    indents = _indents([line.left for line, b in zip(lines, bullets, strict=True) if b])
    soft = [
        n > 0
        and not (
            bullets[n]
            or steps[n - 1] > 1.6 * usual
            or right - margin - lines[n - 1].right > _needed(line)
        )
        for n, line in enumerate(lines)
    ]
    gaps = [
        breaks.between(last, line, (right - margin - last.right) / em)
        if (last := lines[n - 1] if n else before) is not None
        else None
        for n, line in enumerate(lines)
    ]
    texts = _mended([line.text for line in lines], soft, gaps)
    for n, line in enumerate(lines):
        depth = bisect_right(indents, line.left) - 1 if bullets[n] else None
        text = texts[n].rstrip()
        if not text:
            continue
        if n + 1 < len(lines):
            text += " " if soft[n + 1] and gaps[n + 1] else ""
        elif text != texts[n] and not ends:
            text += " "
        yield Paragraph(text, span, depth, soft=soft[n], gap=gaps[n] if soft[n] or n == 0 else None)


def _mended(texts: list[str], soft: Sequence[bool], gaps: list[str | None]) -> list[str]:
    """``texts`` in which the rest of a word or code stands with its beginning; ``gaps`` follow."""
    for n in range(1, len(texts)):
        if (
            soft[n]
            and gaps[n] == ""
            and (rest := _REST.match(texts[n]))
            and _WHOLE.search(texts[n - 1])
        ):
            texts[n - 1] += rest[0]
            left_over = texts[n][rest.end() :]
            gaps[n], texts[n] = " " * left_over[:1].isspace(), left_over.lstrip()
    return texts


def _indents(lefts: list[float]) -> list[float]:
    """Where the bullets of each depth begin."""
    found: list[float] = []
    for left in sorted(lefts):
        if not found or left - found[-1] > _INDENT:
            found.append(left)
    return found


def _needed(line: Line) -> float:
    """The width that the first word of a line would have taken on the line before."""
    text = line.text.strip()
    end = 1
    if not WIDE.match(text):
        while end < len(text) and not text[end].isspace() and not WIDE.match(text, end):
            end += 1
    elif text[0] in _OPENING:
        end = 2
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return line.em * (full_widths(text[:end]) + 1.2)


def margin_of(lines: Sequence[Line], left: float) -> float:
    """How far within a cell its text begins; it ends as far within."""
    return max(0.0, min([line.left for line in lines], default=left) - left)


def em_of(lines: Sequence[Line]) -> float:
    """The width of a full-width character in a cell: lines of Latin letters make it too small."""
    return max([line.em for line in lines], default=1.0) or 1.0
