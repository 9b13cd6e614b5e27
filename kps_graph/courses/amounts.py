"""The hours and levels that the cells of a course table state, in the ways people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["hours_in", "level_in", "levels_in", "total_in"]

_HAN: Final = "一二兩三四五六七八九十百半"
_NUMBER: Final = rf"\d+(?:\.\d+)?|[{_HAN}零]{{1,5}}"
_UNIT: Final = "小時|時|hours?|hrs?|h|分鐘|分|minutes?|mins?|m|節|堂"
#: A number with its unit: 12 小時, 兩個小時, 三小時半, 一個半小時, 1.5hr.
_PART: Final = re.compile(rf"({_NUMBER})\s*(?:個(半)?)?\s*(?:({_UNIT})(半)?)?")
#: A sum that is worked out beside its parts: 學科 4 小時、術科 8 小時，共 12 小時.
_IN_ALL: Final = re.compile(
    rf"(?:合計|總計|共計|小計|總共|共|計|total)\s*[::]?\s*({_NUMBER})\s*({_UNIT})?$"
)
#: Parts of a sum that is not worked out: 2+4.
_ADDED: Final = re.compile(r"\d+(?:\.\d+)?(?:\s*\+\s*\d+(?:\.\d+)?)+")
#: A remark behind the hours, which says what is in them: 12 小時（含評量 2 小時）.
_REMARK: Final = re.compile(r"\s*[(\[].*[)\]]$")
#: Hours by kind, which add up: 講授 3 小時、實作 3 小時; 2 小時 30 分.
_BY_KIND: Final = re.compile(
    rf"(?:[^\d{_HAN},、;+]{{0,8}}(?:{_NUMBER})\s*(?:個半?)?\s*(?:{_UNIT})半?\s*[,、;+及和與]?\s*)+"
)
_TOTAL: Final = re.compile(
    rf"(?:合計|總計|共計|總時數|total)\s*[::]?\s*({_NUMBER})\s*(?:小時|hours?|hrs?|h)\b",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(r"\D*?([1-6一二三四五六])\s*級?\D{0,3}")
_ONE: Final = r"(?:level|l|第)?\s*[1-6一二三四五六]\s*級?"
_LEVELS: Final = re.compile(rf"{_ONE}(?:\s*(?:[、,;/~〜∼–—−和及與至到-]|to|and)\s*{_ONE})*")
_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"兩": 2}


def hours_in(text: str) -> float | None:
    """The hours that a cell states: ``12``, ``1.5h``, ``90 分鐘``, ``兩小時``, ``三小時半``, ``3小時30分``.

    Hours by kind (``講授 3 小時、實作 3 小時``, ``2+4``) add up, unless their sum stands behind them
    (``，共 6 小時``); what stands in brackets behind them is a remark. None if there is no such number.
    """
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    said = re.sub(r"(?<=\d),(?=\d{3}\b)", "", said).replace("\n", "、")
    said = _REMARK.sub("", said) or said
    if one := _PART.fullmatch(said):
        return _hours(one)
    if whole := _IN_ALL.search(said):
        return _amount(whole[1], whole[2])
    if _ADDED.fullmatch(said):
        return sum(map(float, said.split("+")))
    if not _BY_KIND.fullmatch(said):
        return None
    stated = [_hours(part) for part in _PART.finditer(said) if part[3]]
    return None if None in stated else sum(filter(None, stated))


def _hours(part: re.Match[str]) -> float | None:
    amount = _amount(part[1], part[3])
    half = 0.5 if part[2] or part[4] else 0
    return None if amount is None else amount + half


def _amount(number: str, unit: str | None) -> float | None:
    amount = _number(number)
    minutes = (unit or "").startswith(("分", "m"))
    return amount / 60 if amount is not None and minutes else amount


def _number(text: str) -> float | None:
    """The number in digits or in Chinese: 二十四, 一百二十, 一百零八, 半; None for what is none."""
    if text[0] not in f"{_HAN}零":
        return float(text)
    if text == "半":
        return 0.5
    value, digit = 0, 0
    for sign in text:
        if sign in "十百":
            value += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        elif sign in _DIGITS and not digit:
            digit = _DIGITS[sign]
        else:
            return None  # 二三 and 三半 are no numbers
    return float(value + digit)


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
    """All levels that a cell states: ``4、5``; both ends of ``5-6``; that of :func:`level_in`; or none."""
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if _LEVELS.fullmatch(said):
        return tuple(_DIGITS.get(n) or int(n) for n in re.findall("[1-6一二三四五六]", said))
    one = level_in(text)
    return () if one is None else (one,)
