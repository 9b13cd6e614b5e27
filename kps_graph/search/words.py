"""What the words of a search are: their folded forms, codes, simplified characters, synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kps_graph.align.synonyms import ABBREVIATIONS, SAME_WORDS
from kps_graph.folding import searchable

__all__ = ["Code", "Word", "code_of", "marks", "traditional", "words"]

_STANDARD: Final = re.compile(r"([A-Za-z]{3})[ -]?(\d{4})(?:[- ]?(\d{1,3})(?:[ -]?v(\d+))?)?", re.I)
_ELEMENT: Final = re.compile(r"[TOPKSA]\d+(?:\.\d+)*", re.I)
#: More ways to write one word than these are not tried.
_WAYS: Final = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is searched for.

    Attributes:
        given: as it was given.
        forms: folded, the one given first; a text with any of them has the word.
    """

    given: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A code that is searched for.

    Attributes:
        standard: what the code of the standard begins with, without hyphens.
        element: the code of a part of it; "" for the standard itself.
    """

    standard: str
    element: str = ""


def words(given: Iterable[str], similar: bool = False, simplified: bool = False) -> list[Word]:
    """The words of a search, apart at white space; those without a letter or digit are none.

    Args:
        given: as typed.
        similar: whether to widen each by the synonyms of the matcher.
        simplified: whether characters that both ways of writing have are taken for simplified ones.
    """
    found = []
    for text in " ".join(given).split():
        forms = [searchable(text)]
        if other := traditional(text, simplified):
            forms.append(searchable(other))
        if similar:
            forms += [way for form in tuple(forms) for way in _synonymous(form)]
        kept = tuple(dict.fromkeys(f for f in forms if f))
        if kept:
            found.append(Word(text, kept))
    return found


def code_of(given: Sequence[str]) -> Code | None:
    """The code that all that is ``given`` is, in any case, width and padding; None if it is none."""
    text = unicodedata.normalize("NFKC", " ".join(given)).strip()
    first = _STANDARD.match(text)
    if first is None:
        return None
    rest = text[first.end() :].strip(" /")
    if rest and not _ELEMENT.fullmatch(rest):
        return None
    letters, digits, serial, version = first.groups()
    standard = letters.upper() + digits
    if serial:
        standard += serial.zfill(3) + (f"v{version}" if version else "")
    return Code(standard, rest)


def traditional(text: str, simplified: bool = False) -> str | None:
    """``text`` in traditional characters as Taiwan has them, if it has simplified ones.

    What Big5 has may be traditional (机 of 机器人), and is left as it is unless it is known to be
    ``simplified``. The converter is the extra ``search``:
    without it, only characters that folding knows are found.
    """
    text = text.encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace"
    )  # halves of characters
    try:
        text.encode("big5")
    except UnicodeEncodeError:
        simplified = True
    converter = _converter() if simplified else None
    return converter(text) if converter else None


@cache
def _converter():  # type: ignore[no-untyped-def] # noqa: ANN202
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    return OpenCC("s2twp").convert


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    """Words that say the same, folded."""
    return tuple(
        tuple(dict.fromkeys(searchable(word) for word in group))
        for group in (*SAME_WORDS, *ABBREVIATIONS)
    )


@lru_cache(maxsize=1024)
def _synonymous(form: str) -> tuple[str, ...]:
    """The other ways to say a folded word, by one or two of its parts, the nearest first."""
    seen, last = {form: None}, [form]
    for _ in range(2):
        ways = [way for known in last for way in _once(known)]
        last = [way for way in dict.fromkeys(ways) if way not in seen]
        seen |= dict.fromkeys(last)
    return tuple(seen)[1 : _WAYS + 1]


def _once(form: str) -> Iterator[str]:
    for group in _groups():
        part = max((w for w in group if w in form), key=len, default=None)
        if part is not None:
            yield from (form.replace(part, w) for w in group if w != part)


_character: Final = lru_cache(maxsize=1 << 14)(searchable)  # one at a time, few of them often


def marks(text: str, forms: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where folded words stand in ``text``: begin and end of each, those that overlap in one."""
    parts = [_character(c) for c in text]
    places = [n for n, part in enumerate(parts) for _ in part]
    folded = "".join(parts)
    found = []
    for form in forms:
        at = folded.find(form)
        while at >= 0:
            found.append((places[at], places[at + len(form) - 1] + 1))
            at = folded.find(form, at + 1)
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)
