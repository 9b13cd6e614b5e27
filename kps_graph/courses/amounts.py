"""The hours and levels that the cells of a course table state, in the ways people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["hours_in", "level_in", "levels_in", "total_in"]

_NUMBER: Final = r"\d+(?:\.\d+)?|[一二三四五六七八九十]{1,3}"
_UNIT: Final = "小時|時|hours?|hrs?|h|分鐘|分|minutes?|mins?|節|堂"
_PART: Final = re.compile(rf"({_NUMBER})\s*({_UNIT})?")
#: A remark behind the hours, which says what is in them: 12 小時（含評量 2 小時）.
_REMARK: Final = re.compile(r"\s*[(\[].*[)\]]$")
#: Hours by kind, which add up: 講授 3 小時、實作 3 小時; 2 小時 30 分.
_BY_KIND: Final = re.compile(
    rf"(?:[^\d一二三四五六七八九十,、;+]{{0,8}}(?:{_NUMBER})\s*(?:{_UNIT})\s*[,、;+及和與]?\s*)+"
)
_TOTAL: Final = re.compile(
    rf"(?:合計|總計|共計|總時數|total)\s*[::]?\s*({_NUMBER})\s*(?:小時|hours?|hrs?|h)\b",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(r"\D*?([1-6一二三四五六])\s*級?\D{0,3}")
_LEVELS: Final = re.compile(r"[1-6](?:\s*[、,/~-]\s*[1-6])*")
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")}


def hours_in(text: str) -> float | None:
    """The hours that a cell states: ``12``, ``12 小時``, ``1.5h``, ``90 分鐘``, ``十二小時``.

    Hours by kind (``講授 3 小時、實作 3 小時``) add up; what stands in brackets behind them is a
    remark. None if there is no such number.
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    said = re.sub(r"(?<=\d),(?=\d{3}\b)", "", said).replace("\n", "、")
    said = _REMARK.sub("", said) or said
    if one := _PART.fullmatch(said):
        return _hours(one)
    if not _BY_KIND.fullmatch(said):
        return None
    return sum(_hours(part) for part in _PART.finditer(said) if part[2])


def _hours(part: re.Match[str]) -> float:
    number = _number(part[1])
    return number / 60 if (part[2] or "").startswith(("分", "min")) else number


def _number(text: str) -> float:
    if text[0] not in "一二三四五六七八九十":
        return float(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def total_in(text: str) -> float | None:
    """The sum of hours that a line states: ``合計 51 小時``; None if it states none."""
    found = _TOTAL.search(unicodedata.normalize("NFKC", text))
    return _number(found[1]) if found else None


def level_in(text: str) -> int | None:
    """The level, 1 to 6, that a cell states: ``5``, ``L5``, ``第五級``; None if it states none."""
    match = _LEVEL.fullmatch(unicodedata.normalize("NFKC", text).casefold().strip())
    if match is None:
        return None
    return _DIGITS.get(match[1]) or int(match[1])


def levels_in(text: str) -> tuple[int, ...]:
    """All levels that a cell of table 1 states: ``4、5``; the one of :func:`level_in`; or none."""
    said = unicodedata.normalize("NFKC", text).strip()
    if _LEVELS.fullmatch(said):
        return tuple(map(int, re.findall(r"\d", said)))
    one = level_in(text)
    return () if one is None else (one,)
