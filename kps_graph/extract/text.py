"""Small operations on the text of documents: joining, bullets, labels."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["BULLET", "compact", "is_blank", "join", "label", "solid", "split_bullets"]

#: Glyphs that are bullets wherever they stand between two texts. The private-use ones are what
#: Word's Symbol and Wingdings bullets become.
_STRONG: Final = "•●◆◇■▪▫○◎◦➢➤►▶\uf020-\uf0ff"
#: Characters that are bullets only at the beginning of a paragraph, before white space.
_WEAK: Final = "‧·∙*–—-"
BULLET: Final = re.compile(rf"[{_STRONG}]|(?:^|(?<=\n))\s*[{_WEAK}](?=\s)")

_ZERO_WIDTH: Final = "\u200b\ufeff\u2060"
_LATIN_END: Final = re.compile(r"[A-Za-z0-9,.;:!?)%'\"&+]$")
_LATIN_START: Final = re.compile(r"^[A-Za-z0-9(&+'\"]")
_PLACEHOLDER: Final = frozenset(("-", "－", "—", "–", "/", "／", "無", "N/A", "n/a"))


def compact(text: str) -> str:
    """``text`` without any white space (the ideographic and the zero-width ones included)."""
    bare = "".join(text.split())
    for character in _ZERO_WIDTH:
        if character in bare:
            bare = bare.replace(character, "")
    return bare


def solid(text: str) -> int:
    """The number of characters of ``text`` that are no white space."""
    return len(compact(text))


def is_blank(text: str) -> bool:
    """Whether ``text`` states nothing: empty, or a mark that stands for "none"."""
    bare = compact(text)
    return not bare or bare in _PLACEHOLDER


def label(text: str) -> str:
    """``text`` as labels are compared: width and compatibility folded, no white space.

    ``工 作 任 務`` and ``職能內涵（K=knowledge 知識）`` become ``工作任務`` and
    ``職能內涵(k=knowledge知識)``.
    """
    return compact(unicodedata.normalize("NFKC", text)).casefold()


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
    spaced = _LATIN_END.search(left) and _LATIN_START.search(right)
    return f"{left} {right}" if spaced else left + right


def split_bullets(text: str) -> list[tuple[bool, str]]:
    """``text`` as pieces, each with whether a bullet stands before it; never loses text.

    The first piece may be empty when the text begins with a bullet; it is left out then.
    """
    pieces: list[tuple[bool, str]] = []
    start, bulleted = 0, False
    for match in BULLET.finditer(text):
        pieces.append((bulleted, text[start : match.start()].strip()))
        start, bulleted = match.end(), True
    pieces.append((bulleted, text[start:].strip()))
    return [p for p in pieces if p[1]]
