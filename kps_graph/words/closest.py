"""What may have been meant by a name that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kps_graph.words.sentence import Sentence

__all__ = ["closest", "did_you_mean"]

#: How alike two names must be, from 0 to 1, as difflib measures it and advises.
_ALIKE: Final = 0.6


def closest(given: str, names: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The ``most`` of ``names`` that may have been meant by ``given``, the likeliest first.

    A name may be meant that holds what is given or is alike in its letters, in any case; and, as
    Chinese words are of two characters, one that shares two neighbouring Chinese characters.
    """
    from difflib import SequenceMatcher

    wanted = given.casefold()
    runs = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
    chinese = [run for run in runs if not run[0].isascii() and not run[1].isascii()]
    matcher = SequenceMatcher(None, b=wanted, autojunk=False)
    ranked = []
    for name in dict.fromkeys(names):
        folded = name.casefold()
        matcher.set_seq1(folded)
        holds = bool(wanted) and wanted in folded
        related = holds or any(run in folded for run in chinese)
        if related or (matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE):
            ranked.append((not holds, -matcher.ratio(), name))
    return tuple(name for _, _, name in sorted(ranked)[:most])


def did_you_mean(names: tuple[str, ...]) -> Sentence | None:
    """The question whether one of ``names`` was meant; None if there is none."""
    return Sentence("did you mean {names}?", names=names) if names else None
