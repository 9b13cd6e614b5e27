"""Small operations on the text of documents: joining, bullets, labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from kps_graph.document import Cell
from kps_graph.placeholders import placeholder

__all__ = [
    "BULLET",
    "INVISIBLE",
    "MARKS",
    "compact",
    "is_blank",
    "join",
    "label",
    "nonblank",
    "said",
    "shortened",
    "solid",
    "split_bullets",
    "trimmed",
    "unseparated",
]

#: Glyphs that are bullets wherever they stand between two texts. The private-use ones are what
#: Word's Symbol and Wingdings bullets become.
_STRONG: Final = "•●◆◇■▪▫○◎◦➢➤►▶\uf020-\uf0ff"
#: Circles in a row hold the place of a word: ○○○報告.
_FILLER: Final = "○◯◎●"
#: Characters that are bullets only at the beginning of a paragraph, before white space.
_WEAK: Final = "‧·∙*–—－-"
BULLET: Final = re.compile(
    rf"(?!(?<=[{_FILLER}])[{_FILLER}]|[{_FILLER}]{{2}})[{_STRONG}]|(?:^|(?<=\n))\s*[{_WEAK}](?=\s)"
)
#: What no text without bullets has.
_ANY_BULLET: Final = re.compile(rf"[{_STRONG}{_WEAK}]")
#: What may stand before a code that begins a paragraph.
MARKS: Final = re.compile(rf"[\s□\ue000-\uf8ff{_STRONG}{_WEAK}]*")

#: Characters that show nothing and take no room: a code is read across them.
INVISIBLE: Final = re.compile("[\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENDS: Final = re.compile(rf"^(?:\s|{INVISIBLE.pattern})+|(?:\s|{INVISIBLE.pattern})+$")
#: Longer texts are no labels.
_SHORT: Final = 200
_LATIN_END: Final = re.compile(r"[A-Za-z0-9,.;:!?)%'\"&+]")
_LATIN_START: Final = re.compile(r"[A-Za-z0-9(&+'\"]")


def compact(text: str) -> str:
    """``text`` without white space, the ideographic included, and without invisible characters."""
    bare = "".join(text.split())
    # what is invisible is not printable; few texts have anything that is not
    return bare if bare.isascii() or bare.isprintable() else INVISIBLE.sub("", bare)


def trimmed(text: str) -> str:
    """``text`` without the white space and invisible characters at its ends."""
    ends = text.strip()
    visible = ends.isascii() or (ends[0].isprintable() and ends[-1].isprintable())
    return ends if visible else _ENDS.sub("", text)


def unseparated(name: str) -> str:
    """``name`` without the separator of a list at its end: ``行銷原理；``."""
    return name.rstrip("、，,；;/／ \u3000")


def solid(text: str) -> int:
    """The number of characters of ``text`` that are no white space."""
    return len(compact(text))


def is_blank(text: str) -> bool:
    """Whether ``text`` states nothing: it is empty, or holds the place of content."""
    return not compact(text) or placeholder(text) is not None


def label(text: str) -> str:
    """``text`` as labels are compared: width and compatibility folded, no white space.

    ``工 作 任 務`` and ``職能內涵（K=knowledge 知識）`` become ``工作任務`` and
    ``職能內涵(k=knowledge知識)``.
    """
    return _label(text) if len(text) <= _SHORT else _label.__wrapped__(text)


@lru_cache(maxsize=1 << 12)  # headings and fields are asked for what they are again and again
def _label(text: str) -> str:
    return compact(unicodedata.normalize("NFKC", text)).casefold()


def shortened(text: str, longest: int = 80) -> str:
    """``text`` on one line, its end left out where it is longer than ``longest``."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def join(left: str, right: str, gap: str | None = None) -> str:
    """Two halves of a text that a line or page break cut apart.

    Without a space between Chinese characters, with one between Latin words:
    ``消費者保護`` + ``法`` and ``(International`` + ``Commercial Terms``; or with ``gap`` where
    the source says what stood there.
    """
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left or right
    if gap is not None:
        return f"{left}{gap}{right}"
    spaced = _LATIN_END.match(left[-1]) and _LATIN_START.match(right)
    return f"{left} {right}" if spaced else left + right


def split_bullets(text: str) -> list[tuple[bool, str]]:
    """``text`` as pieces, each with whether a bullet stands before it; never loses text.

    The first piece may be empty when the text begins with a bullet; it is left out then.
    """
    if _ANY_BULLET.search(text) is None:
        whole = trimmed(text)
        return [(False, whole)] if whole else []
    pieces: list[tuple[bool, str]] = []
    start, bulleted = 0, False
    for match in BULLET.finditer(text):
        pieces.append((bulleted, trimmed(text[start : match.start()])))
        start, bulleted = match.end(), True
    pieces.append((bulleted, trimmed(text[start:])))
    return [p for p in pieces if p[1]]


def nonblank(row: Iterable[Cell]) -> list[Cell]:
    """The cells of a row that have text."""
    return [c for c in row if c.text.strip()]


def said(row: Iterable[Cell]) -> str:
    """The text of a row without white space."""
    return compact("".join(cell.text for cell in row))
