"""Numbers that stand before items instead of codes: ``1.``, ``(1)``, ``①``, ``一、``, ``第1項``, ``1-2``.

They are no part of the text, whether typed or counted by the word processor.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kps_graph.extract.surroundings import COUNTED

__all__ = ["number_before", "numbered_parts"]

_HAN: Final = "一二三四五六七八九十"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_RINGS: Final = "①-⑳⑴-⒇⒈-⒛❶-❿➀-➉➊-➓㈠-㈩㊀-㊉"
_IDEOGRAPH: Final = r"[\u3400-\u9fff]"
_NUMBER: Final = re.compile(
    rf"(?:(?P<open>[(（\[【〔])|(?P<nth>第\s?))?(?:(?P<digits>[0-9０-９]{{1,2}})|(?P<han>[{_HAN}]{{1,3}})"
    rf"|(?P<roman>[Ⅰ-Ⅻⅰ-ⅻ]|[ivx]{{2,4}}|[IVX]{{2,4}})|(?P<stem>[{_STEMS}])|(?P<letter>[A-Za-z]))"
    r"(?(open)[)）\]】〕]|(?(nth)\s?[項點](?:[：:]|(?=[\s、.．]))|(?:[)）、]|[.．](?![0-9０-９]))))"
    r"[、.．]?\s*"
    rf"|(?P<ring>[{_RINGS}])\s*"
    # 1 甲, 01 甲, 1-2 甲 and 1-甲; what is counted is text: 3 年以上
    rf"|(?P<plain>[0-9０-９]{{1,2}}(?:[-–－][0-9０-９]{{1,2}})?)(?:\s+|[-–－]\s*)"
    rf"(?={_IDEOGRAPH})(?!{COUNTED.pattern})"
)
#: The parts of such a number that count.
_COUNTING: Final = ("digits", "han", "roman", "stem", "letter", "plain")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
#: What ends the item before, in running text.
_ENDS: Final = re.compile(r"(?:(?<=[。；;，,、])|(?<=\s))\s*")
#: Numbers in rings stand behind anything.
_BEFORE_RING: Final = re.compile(rf"(?=[{_RINGS}])")


def number_before(text: str, wanted: int = 0) -> tuple[str, str]:
    """The number that ``text`` begins with, "" if with none, and the text behind it.

    A number with no more than a blank behind it is one only where it is the ``wanted`` one.
    """
    match = _NUMBER.match(text.lstrip())
    if match is None or (match["plain"] and _value(match) != wanted):
        return "", text
    rest = text.lstrip()[match.end() :]
    latin = match["letter"] or match["roman"]
    if not rest.strip() or (latin and rest[:1].isascii() and rest[:1].isalnum()):
        return "", text
    if match["stem"] and not match["open"] and rest[0] in _STEMS:
        return "", text  # 甲、乙級技術士
    return match[0].strip(), rest


def numbered_parts(text: str) -> list[str]:
    """``text`` cut where its numbers count on: ``1. 甲。2. 乙。`` is two items."""
    match = _NUMBER.match(text.lstrip())
    if match is None or _value(match) != 1:
        return [text]
    parts: list[str] = []
    begin, wanted = 0, 2
    shape = match.lastgroup if match["ring"] else _shape(match)
    for end in (_BEFORE_RING if match["ring"] else _ENDS).finditer(text):
        found = _NUMBER.match(text, end.end())
        if not found or end.end() <= begin or _value(found) != wanted:
            continue
        if (found.lastgroup if found["ring"] else _shape(found)) == shape:
            parts.append(text[begin : end.end()].strip())
            begin, wanted = end.end(), wanted + 1
    return [*parts, text[begin:].strip()]


def _shape(match: re.Match[str]) -> str:
    """The number without what counts: two of one list are alike in it."""
    inner = next((match[name] for name in _COUNTING if match[name]), "")
    return match[0].strip().replace(inner, "", 1)


def _value(match: re.Match[str]) -> int:
    if match["digits"] or match["plain"]:
        return int(re.split("[-–－]", match["digits"] or match["plain"])[-1])
    if match["ring"]:
        return int(unicodedata.numeric(match["ring"]))
    if match["roman"]:
        roman = unicodedata.normalize("NFKC", match["roman"]).lower()
        return _ROMAN.index(roman) + 1 if roman in _ROMAN else 0
    if match["stem"]:
        return _STEMS.index(match["stem"]) + 1
    if match["letter"]:
        return ord(match["letter"].lower()) - ord("a") + 1
    han = match["han"]
    if "十" in han:
        tens, _, ones = han.partition("十")
        return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)
    return _HAN.index(han) + 1 if len(han) == 1 else 0
