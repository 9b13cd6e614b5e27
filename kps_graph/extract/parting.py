"""Parts the digits behind a letter into those of a code and those of the name, for a whole document.

``K188D列印`` is K1, K18 or K188. One cell seldom tells which, but the document does: each number has
one name, and the numbers are about as many as the names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from kps_graph.extract.surroundings import COUNTED

__all__ = ["parted", "partings"]

_CAPITAL: Final = re.compile(r"[A-Z]")
#: Words that a single capital begins and no number stands before: P2P, C語言, I/O, X光.
_WORD: Final = re.compile(r"[A-Z](?:2[A-Z]|語言|程式|[型形級片]|[+#/&])")
#: What speaks against a name that begins with so many digits, and with something else than a word.
_DIGITS: Final = (0, 0, 2, 3, 6)
_PLAIN: Final = 3
#: Voltages that have a name.
_VOLTS: Final = frozenset(["12", "24", "48", "110", "220", "380"])
#: There is 3D and 5S, but hardly 1D.
_ONE: Final = 1
#: What speaks against a code that leaves its name without a number, by what the name begins with.
_CAPITAL_ALONE, _DOT, _UNIT = 2, 6, 3
#: What no name begins with, but a number stands before.
_MEASURE: Final = re.compile(r"小時|[吋坪%℃°]|公[斤尺分里]|萬元")
#: What speaks against a number that is higher than there are names, and much higher.
_HIGH, _TOO_HIGH = 2, 6
#: How far apart the numbers of a document may be.
_FAR: Final = 12


def partings(digits: str, after: str) -> Iterator[tuple[int, int, int]]:
    """The ways to part ``digits`` before the text ``after``.

    Each is how many digits the code has, its number, and what speaks against it by the name alone.
    """
    for size in range(1, min(3, len(digits)) + 1):
        rest = digits[size:]
        if rest[:1] != "0" and int(digits[:size]):
            yield size, int(digits[:size]), _against(rest, after)


def _against(rest: str, after: str) -> int:
    """What speaks against a name of the digits ``rest`` and the text ``after``."""
    word = _WORD.match(after) is not None
    counted = not word and (COUNTED.match(after) is not None or after[:1] in (".", "．"))
    if rest:
        digits = min(len(rest), 4)
        if after[:1] == "V" and counted:
            return 0 if rest in _VOLTS else _DIGITS[3]
        if counted and not after[:1].isascii():
            return max(1, _DIGITS[digits] - 1)  # 24小時, 4小時
        named = counted or (not word and _CAPITAL.match(after))
        return _DIGITS[digits] + (0 if named else _PLAIN) + (_ONE if rest == "1" else 0)
    if after[:1] in (".", "．"):
        return _DOT
    if _MEASURE.match(after):
        return _UNIT
    return _CAPITAL_ALONE if counted and after[:1].isascii() else 0


def parted(places: Mapping[str, Mapping[int, int]], taken: Collection[int]) -> dict[str, int]:
    """The number of each of the texts of ``places``, no two of them the same where that can be.

    Args:
        places: what speaks against each number that a text may have.
        taken: the numbers that other names certainly have.
    """
    amount = _top(places, taken)
    left = {
        text: {n: c + _height(n, amount) for n, c in ways.items() if n not in taken} or dict(ways)
        for text, ways in places.items()
    }
    chosen: dict[str, int] = {}
    while left:
        text = max(left, key=lambda t: _regret(left[t]))
        ways = left.pop(text)
        number = min(ways, key=lambda n: (ways[n], n))
        chosen[text] = number
        for others in left.values():
            if number in others and len(others) > 1:
                del others[number]
    return chosen


def _top(places: Mapping[str, Mapping[int, int]], taken: Collection[int]) -> int:
    """How high the numbers go: as far as names speak for one not far above another."""
    likely = sorted({min(w, key=lambda n: (w[n], n)) for w in places.values()}.union(taken))
    top = 0
    for number in likely:
        if number - top > _FAR + top // 4:
            break
        top = number
    return max(top, len(places) + len(taken))


def _height(number: int, amount: int) -> int:
    """What speaks against ``number`` where they go up to ``amount``."""
    if number <= amount:
        return 0
    return _HIGH if number <= amount + amount // 2 + 3 else _TOO_HIGH


def _regret(ways: Mapping[int, int]) -> int:
    """How much worse the second best of ``ways`` is than the best."""
    best, *others = sorted(ways.values())
    return others[0] - best if others else 100
