"""Numbers that stand before items instead of codes: ``1.``, ``(1)``, ``①``, ``一、``.

They are no part of the text, whether typed or counted by the word processor.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["number_before", "numbered_parts"]

_HAN: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(
    rf"(?P<open>[(（])?(?:(?P<digits>[0-9０-９]{{1,2}})|(?P<han>[{_HAN}]{{1,3}})|(?P<letter>[A-Za-z]))"
    r"(?(open)[)）]|(?:[)）、]|[.．](?![0-9０-９])))[、.．]?\s*|(?P<ring>[①-⑳⑴-⒇⒈-⒛])\s*"
)
#: What ends the item before, in running text.
_ENDS: Final = re.compile(r"(?:(?<=[。；;，,、])|(?<=\s))\s*")
#: Numbers in rings stand behind anything.
_BEFORE_RING: Final = re.compile(r"(?=[①-⑳⑴-⒇⒈-⒛])")


def number_before(text: str) -> tuple[str, str]:
    """The number that ``text`` begins with, "" if with none, and the text behind it."""
    match = _NUMBER.match(text.lstrip())
    if match is None:
        return "", text
    rest = text.lstrip()[match.end() :]
    if not rest.strip() or (match["letter"] and rest[:1].isascii() and rest[:1].isalnum()):
        return "", text
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
    inner = match["digits"] or match["han"] or match["letter"] or ""
    return match[0].strip().replace(inner, "", 1)


def _value(match: re.Match[str]) -> int:
    if match["digits"]:
        return int(match["digits"])
    if match["ring"]:
        return (ord(match["ring"]) - ord("①")) % 20 + 1
    if match["letter"]:
        return ord(match["letter"].lower()) - ord("a") + 1
    han = match["han"]
    if "十" in han:
        tens, _, ones = han.partition("十")
        return 10 * (_HAN.index(tens) + 1 if tens else 1) + (_HAN.index(ones) + 1 if ones else 0)
    return _HAN.index(han) + 1 if len(han) == 1 else 0
