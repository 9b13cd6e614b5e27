"""Settles, for a whole document, which digits are those of a code and which those of its name.

``P1.1.224小時`` may be P1.1.2 or P1.1.22. One cell does not tell, but its numbers do: where P1.1.1
is there and P1.1.21 is not, only P1.1.2 goes on from what there is, and nothing need be said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Doubts"]

_Numbers: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A code that may be another one: its kind and numbers, and the numbers that it may have."""

    key: object
    kind: str
    numbers: _Numbers
    others: Collection[_Numbers]


class Doubts:
    """The codes of a document, and those of them that are in doubt."""

    __slots__ = ("_doubts", "_texts")

    def __init__(self) -> None:
        self._texts: dict[tuple[str, _Numbers], set[str]] = defaultdict(set)
        self._doubts: list[_Doubt] = []

    def read(self, kind: str, numbers: _Numbers, text: str) -> None:
        """Takes in a code and the text behind it."""
        self._texts[kind, numbers].add("".join(text.split())[:8])

    def doubt(
        self, key: object, kind: str, numbers: _Numbers, others: Collection[_Numbers]
    ) -> None:
        """Takes in that a code may have ``others`` for numbers; ``key`` is what says so."""
        self._doubts.append(_Doubt(key, kind, numbers, others))

    def settled(self) -> list[object]:
        """The keys of the doubts that the codes of the whole document settle."""
        depths: dict[str, Counter[int]] = defaultdict(Counter)
        for kind, numbers in self._texts:
            depths[kind][len(numbers)] += 1
        usual = {kind: counted.most_common(1)[0][0] for kind, counted in depths.items()}
        return [d.key for d in self._doubts if self._is_settled(d, usual[d.kind])]

    def _is_settled(self, doubt: _Doubt, usual: int) -> bool:
        """Whether the numbers go on from others, and none of those that they may be does."""
        mine, kind = doubt.numbers, doubt.kind
        if kind in "OP" and len(mine) != usual:
            return False
        return (
            bool(doubt.others)
            and self._goes_on(kind, mine)
            and len(self._texts[kind, mine]) < 2
            and not any(
                (kind, other) not in self._texts
                and (kind not in "OP" or len(other) == usual)
                and self._goes_on(kind, other)
                for other in doubt.others
            )
        )

    def _goes_on(self, kind: str, numbers: _Numbers) -> bool:
        """Whether the number before is there, if there is one."""
        *unit, last = numbers
        return last == 1 or (kind, (*unit, last - 1)) in self._texts
