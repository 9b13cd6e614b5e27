"""What the names in a store teach about the weight of words: learned once, kept as JSON.

Nothing here comes from general language. How telling a character is, which endings
are a mere frame (…管理), and which words alternate in one frame after another and are therefore
siblings (木質家具上漆工法, 石質家具上漆工法, …) is read off the names themselves.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, Final

from kps_graph.align.background import CHARACTERS, ENDINGS, PRIOR_NAMES
from kps_graph.align.canonical import canonical
from kps_graph.align.uncollected import uncollected
from kps_graph.errors import ModelError
from kps_graph.folding import fold

__all__ = ["LONGEST_TAIL", "Lexicon", "Name", "has_words", "key_of", "learn"]

#: Endings are counted up to this many characters.
LONGEST_TAIL: Final = 8
_VERSION: Final = 1
_LONGEST_GAP: Final = 4
_WIDEST_FRAME: Final = 60
_SHORTEST_FRAMED: Final = 4
_LONGEST_FRAMED: Final = 16
#: Odd numbers by which the characters before and after a word are hashed, modulo 2 ** 64.
_BEFORE: Final = 0x9E3779B97F4A7C15
_AFTER: Final = 0xC2B2AE3D27D4EB4F


@dataclass(frozen=True, slots=True)
class Name:
    """One use of a name: which kind of element (K, S, A) is called what in which standard."""

    kind: str
    text: str
    standard: str = ""


def key_of(text: str) -> str:
    """The key of ``text`` among its equals, line by line, as the graph's concepts use it."""
    return "\n".join(fold(line) for line in text.split("\n"))


def has_words(text: str) -> bool:
    """Whether ``text`` has a letter or digit: what has none names nothing."""
    return any(c.isalnum() for c in text)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What was learned from the names of a store.

    Attributes:
        names: how many distinct names it was learned from.
        grams: in how many of them each character and each pair of characters occurs.
        tails: how many names end in each ending.
        ends: how often a character stands last in a name, and anywhere.
        contrasts: in how many frames two words alternate, as ``織品|陶瓷``.
    """

    names: int = 0
    grams: Mapping[str, int] = field(default_factory=dict)
    tails: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    contrasts: Mapping[str, int] = field(default_factory=dict)

    def weight(self, gram: str) -> float:
        """How telling ``gram`` is: near 0 for what stands everywhere, high for the rare.

        Few names teach little: :mod:`kps_graph.align.background` stands in for the rest.
        """
        names = self.names + PRIOR_NAMES
        return math.log(
            (names + 1)
            / (self.grams.get(gram, 0) + PRIOR_NAMES * _shares(False).get(gram, 0.0) + 1)
        )

    def tail(self, ending: str) -> float:
        """Log of the share of names that end in ``ending``: near 0 for a mere frame."""
        names = self.names + PRIOR_NAMES
        found = self.tails.get(ending, 0) + PRIOR_NAMES * _shares(True).get(ending, 0.0)
        return math.log((found + 1) / (names + 1))

    def to_json(self) -> str:
        """The lexicon as JSON, the same for the same names."""
        content = {
            "version": _VERSION,
            "names": self.names,
            "grams": self.grams,
            "tails": self.tails,
            "ends": self.ends,
            "contrasts": self.contrasts,
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Lexicon:
        """The lexicon that :meth:`to_json` wrote.

        Raises:
            ModelError: if ``text`` is none, or of another version.
        """
        try:
            content: dict[str, Any] = json.loads(text)
            if content.pop("version") != _VERSION:
                raise ModelError("the lexicon was written by another version", hint="learn it anew")
            content["ends"] = {k: (v[0], v[1]) for k, v in content["ends"].items()}
            return cls(**content)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ModelError(f"this is no lexicon: {fault}", hint="learn it anew") from fault


@cache
def _shares(endings: bool) -> dict[str, float]:
    """The background as gram to share."""
    table = ENDINGS if endings else CHARACTERS
    listed = ((g, n) for n, line in table.items() for g in (line.split() if endings else line))
    return {g: n / 1000 for g, n in listed}


@uncollected()
def learn(names: Iterable[Name]) -> Lexicon:
    """What ``names``, all of a store, teach."""
    ends: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    distinct = set()
    for kind, text in {(n.kind, n.text) for n in names if has_words(n.text)}:
        form = canonical(kind, text)
        distinct.add((kind, form.text))
        ends[form.folded[-1]] += 1
        anywhere.update(form.folded)
    grams: Counter[str] = Counter()
    tails: Counter[str] = Counter()
    for _, text in distinct:
        grams.update({*text, *map("".join, pairwise(text))})
        tails.update(text[i:] for i in range(max(0, len(text) - LONGEST_TAIL), len(text)))
    return Lexicon(
        names=len(distinct),
        grams=dict(grams),
        tails={t: n for t, n in tails.items() if n > 1},
        ends={c: (ends[c], n) for c, n in anywhere.items()},
        contrasts=_contrasts(sorted({text for _, text in distinct})),
    )


def _contrasts(texts: list[str]) -> dict[str, int]:
    """In how many frames (beginning, end) two words of up to four characters alternate."""
    frames: dict[str, list[str]] = {}
    for text, start, end in _framed(texts):
        frames.setdefault(f"{text[:start]}|{text[end:]}", []).append(text[start:end])
    found: Counter[tuple[str, str]] = Counter()
    for words in frames.values():
        if len(words) <= _WIDEST_FRAME:
            words.sort()
            for n, a in enumerate(words):
                for b in words[n + 1 :]:
                    if a[0] != b[0] and a[-1] != b[-1]:
                        found[a, b] += 1
    return {f"{a}|{b}": n for (a, b), n in sorted(found.items()) if n > 1}


def _framed(texts: list[str]) -> Iterator[tuple[str, int, int]]:
    """Each place of a word in a text whose frame stands, most likely, around another word too.

    Most frames hold one word, and to write down each of them would cost more than all the rest:
    they meet by the hashes of their two sides, added up for all texts of one length at a time.
    """
    import numpy as np

    by_length: dict[int, list[str]] = {}
    for text in texts:
        if _SHORTEST_FRAMED <= len(text) <= _LONGEST_FRAMED:
            by_length.setdefault(len(text), []).append(text)
    places: list[tuple[list[str], int, int]] = []
    hashes = []
    for length, alike in by_length.items():
        codes = np.frombuffer("".join(alike).encode("utf-32-le"), np.uint32).reshape(-1, length)
        before = np.zeros((length + 1, len(alike)), np.uint64)
        after = np.zeros_like(before)
        for n in range(length):
            before[n + 1] = (before[n] + codes[:, n]) * _BEFORE
            after[length - n - 1] = (after[length - n] + codes[:, length - n - 1]) * _AFTER
        for gap in range(1, min(_LONGEST_GAP, length - 3) + 1):
            for start in range(length - gap + 1):
                places.append((alike, start, start + gap))
                hashes.append(before[start] ^ after[start + gap])
    if not places:
        return
    every = np.concatenate(hashes)
    order = np.argsort(every)
    every = every[order]
    same = every[1:] == every[:-1]
    twice = np.zeros(len(every), bool)
    twice[order[1:][same]] = twice[order[:-1][same]] = True
    first = 0
    for alike, start, end in places:
        for n in np.flatnonzero(twice[first : first + len(alike)]).tolist():
            yield alike[n], start, end
        first += len(alike)
