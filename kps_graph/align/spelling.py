"""Spells alike the words that are one word, by the lists of :mod:`kps_graph.align.synonyms`."""

from __future__ import annotations

import re
from functools import cache

from kps_graph.align import synonyms
from kps_graph.folding import fold

__all__ = ["spell"]


def spell(text: str) -> str:
    """``text``, folded, with every listed word as the first of its group: 客戶 as 顧客."""
    pattern, chosen = _spellings()
    return pattern.sub(lambda m: chosen.get(m[0], m[0]), text)


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all variant words, longest first, and what each is spelled as."""
    chosen: dict[str, str] = {}
    for first, *others in (*synonyms.SAME_WORDS, *synonyms.ABBREVIATIONS):
        for word in (first, *others):
            chosen.setdefault(fold(word), fold(first))
    across = (map(fold, pair.split("|")) for pair in synonyms.ACROSS_WORDS)
    patterns = [(word, f"(?={rest})") for word, rest in across]
    patterns += [(w, _whole(w)) for w in sorted(chosen, key=lambda w: (-len(w), w))]
    # by their first character: most places of a text are passed by in one step
    by_first: dict[str, list[str]] = {}
    for word, rest in patterns:
        by_first.setdefault(word[0], []).append(re.escape(word[1:]) + rest)
    every = (f"{re.escape(c)}(?:{'|'.join(rests)})" for c, rests in by_first.items())
    return re.compile("|".join(every)), chosen


def _whole(word: str) -> str:
    """What must hold behind ``word``: one in Latin letters is no part of another: AI in AIoT."""
    return f"(?<![a-z]{re.escape(word)})(?![a-z])" if word.isascii() else ""
