"""Folds texts for comparison, never for display.

Two texts with the same fold are *normalised-identical*: they differ only in width, compatibility
glyphs (Kangxi radicals), character variants, case, spacing and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

__all__ = ["SEARCHED", "composed", "element_key", "fold", "glyphs", "pattern", "searchable"]

#: Variant characters that Taiwanese documents mix, each to the form that is compared.
VARIANTS: Final = str.maketrans(
    {
        "臺": "台",
        "裡": "裏",
        "峯": "峰",
        "羣": "群",
        "着": "著",
        "啓": "啟",
        "衆": "眾",
        "綫": "線",
        "爲": "為",
        "脚": "腳",
        "麽": "麼",
        "銹": "鏽",
        "鉢": "缽",
        "囘": "回",
        "产": "產",
    }
)
#: Words that are spelled two ways and mean one thing.
SPELLINGS: Final = (("記錄", "紀錄"), ("計劃", "計畫"), ("帳務", "賬務"), ("週", "周"))
#: Spellings that only a search takes for one: comparison weighs them as synonyms.
SEARCHED: Final = (
    ("佈", "布"),
    ("粘", "黏"),
    ("銲", "焊"),
    ("别", "別"),
    ("踪", "蹤"),
    ("部份", "部分"),
    ("坐標", "座標"),
    ("儀錶", "儀表"),
    ("剎車", "煞車"),
    ("傢俱", "家具"),
)


def composed(text: str) -> str:
    """``text`` in Unicode's normal form C: the forms that look the same and are the same by it.

    So U+F9E4 becomes 理 (U+7406), which people type and search for; radicals and full width
    stay as they are.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def glyphs(text: str) -> str:
    """Repairs compatibility glyphs (⾦ → 金, ﬁ → fi, full-width letters) and keeps punctuation.

    NFKC would also turn ``，`` into ``,``; only letters and digits are touched here.
    """
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.category(c)[0] in "LNS" else c for c in text
    )


#: What has a variant at all, and what is no letter or digit: few texts are written anew.
_VARIANT: Final = re.compile(f"[{''.join(map(chr, VARIANTS))}]")
_UNREAD: Final = re.compile(r"(?:[^\w+#]|_)+")


def _letters(text: str) -> str:
    """The letters and digits of ``text`` in one width, case and variant."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    letters = wide if wide.isalnum() else _UNREAD.sub("", wide)
    return letters.translate(VARIANTS) if _VARIANT.search(letters) else letters


#: The characters in which these spellings differ, each to the one that is searched for.
_SPELLED: Final = str.maketrans(
    {
        a: b
        for variant, chosen in (*SPELLINGS, *SEARCHED)
        for a, b in zip(variant, chosen, strict=True)
        if a != b
    }
)


_MISSPELLED: Final = re.compile(f"[{''.join(map(chr, _SPELLED))}]")
_RESPELLED: Final = frozenset((*VARIANTS, *_SPELLED))


def searchable(text: str) -> str:
    """The form of ``text`` that a search uses: as :func:`fold`, but character by character.

    So any part of a text folds to a part of what the text folds to: 會議記 is found in 會議記錄, and
    is 會議紀 there. The spellings of :data:`SEARCHED` are one here as well. May be empty.
    """
    letters = _letters(text)
    return letters.translate(_SPELLED) if _MISSPELLED.search(letters) else letters


@cache
def _written() -> Mapping[str, str]:
    """Each character that others fold to, with all of these and itself."""
    ways: dict[str, list[str]] = {}
    for code in (*range(0x20, 0xD800), *range(0xF900, 0xFFEF), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        if (
            code not in _RESPELLED
            and unicodedata.is_normalized("NFKC", character)
            and character.casefold() == character
        ):
            continue  # nearly all: it folds to itself, or to nothing
        folded = searchable(character)
        if len(folded) == 1:
            ways.setdefault(folded, [folded]).append(character)
    return {folded: "".join(sorted(characters)) for folded, characters in ways.items()}


def pattern(text: str) -> str:
    """A regular expression for the texts that ``text`` is found in, whatever variants they use.

    It is one for SPARQL's REGEX and for Python's ``re``. White space and punctuation may stand
    between the characters.
    """
    folded = searchable(text)
    if not folded:
        return re.escape(text.strip())
    return r"\W*".join(
        ways if ways.isalnum() and len(ways) == 1 else f"[{re.escape(ways)}]"
        for ways in (_written().get(c, c) for c in folded)
    )


@lru_cache(maxsize=1 << 19)
def fold(text: str) -> str:
    """The form of ``text`` that comparison uses: letters and digits only, in one spelling.

    A text that has no letter or digit folds to itself without white space, so that nothing
    folds to the same as something else merely by being empty.
    """
    letters = _letters(text)
    for variant, chosen in SPELLINGS:
        letters = letters.replace(variant, chosen)
    return letters or "".join(unicodedata.normalize("NFKC", text).casefold().split())


def element_key(name: str, items: Iterable[str] = ()) -> str:
    """The key under which a K, S, A or one of their items meets its equals.

    An element with items is its heading and its items together: K12 and K25 of one standard can
    share a heading and list different laws.
    """
    return "\n".join([fold(name), *(fold(i) for i in items)])
