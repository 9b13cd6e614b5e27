"""The numbers that a list prints before its items, where the file only says how to count."""

from __future__ import annotations

from typing import Final

__all__ = ["ordinal"]

_DIGITS: Final = "〇一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def ordinal(number: int, style: str) -> str:
    """``number`` as a list numbered in ``style`` prints it.

    Styles are named as in ODF (``1``, ``a``, ``一, 二, 三, ...``) or OOXML (``decimal``); an
    unknown one counts in digits, and ``""``, ``none`` and ``bullet`` print nothing.
    """
    if style in ("", "none", "bullet"):
        return ""
    if number < 1 or number > 9999:
        return str(number)
    match style:
        case "a" | "lowerLetter":
            return _letters(number).lower()
        case "A" | "upperLetter":
            return _letters(number)
        case "i" | "lowerRoman":
            return _roman(number).lower()
        case "I" | "upperRoman":
            return _roman(number)
        case "decimalZero" | "01, 02, 03, ...":
            return f"{number:02}"
        case "decimalFullWidth" | "１, ２, ３, ...":
            return str(number).translate({48 + d: 0xFF10 + d for d in range(10)})
        case "decimalEnclosedCircle" | "①, ②, ③, ..." if number <= len(_CIRCLED):
            return _CIRCLED[number - 1]
        case (
            "taiwaneseCountingThousand"
            | "taiwaneseCounting"
            | "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "ideographDigital"
            | "一, 二, 三, ..."
        ):
            return _chinese(number)
        case "ideographTraditional" | "甲, 乙, 丙, ..." if number <= len(_STEMS):
            return _STEMS[number - 1]
        case "ideographZodiac" | "子, 丑, 寅, ..." if number <= len(_BRANCHES):
            return _BRANCHES[number - 1]
        case _:
            return str(number)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _chinese(number: int) -> str:
    """Up to 99 in words (十二), digit by digit above."""
    if number > 99:
        return "".join(_DIGITS[int(d)] for d in str(number))
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else _DIGITS[tens])
        + ("十" if tens else "")
        + (_DIGITS[ones] if ones else "")
    )
