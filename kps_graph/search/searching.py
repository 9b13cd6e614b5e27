"""Searches an index: what has all words, what has some, and what comes near to a word."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice, pairwise
from typing import Final

from kps_graph.folding import searchable
from kps_graph.search.hits import Hit, Hits, Place
from kps_graph.search.index import Index, Text
from kps_graph.search.words import Code, Word, code_of, words

__all__ = ["KINDS", "search", "suggest"]

#: What can be searched for by ``kind``.
KINDS: Final = ("standard", "task", "activity", "output", "indicator", "K", "S", "A", "note")

#: So many texts are weighed against each other, the shortest that have the words.
_WEIGHED: Final = 150
#: A text has this part of a misspelled word's pairs of characters, at least.
_NEAR: Final = 0.3


def search(
    index: Index,
    given: Sequence[str],
    limit: int | None = 20,
    *,
    kind: str | None = None,
    similar: bool = False,
    within: Collection[str] | None = None,
) -> Hits:
    """The texts that have the words, the best first.

    Texts with all words come first, then those with some; if there is none, those that come near.

    Args:
        index: to be searched.
        given: the words, or a code of a standard, or that and the code of a part of it.
        limit: how many texts; None for all.
        kind: one of :data:`KINDS`, if only such texts are wanted.
        similar: whether words that say the same count too.
        within: identities of the only standards that are looked at; None for all.
    """
    wanted = _Wanted(index, kind, within, limit)
    code = code_of(given)
    if code is not None and (coded := wanted.coded(code)):
        return Hits(coded, [" ".join(given)], False, _count(coded))
    asked = words(given, similar)
    hits = wanted.all_of(asked) if asked else []
    if asked and not hits:
        asked = words(given, similar, simplified=True)
        hits = wanted.all_of(asked)
    forms = list(dict.fromkeys([w.given for w in asked] + [f for w in asked for f in w.forms[1:]]))
    if len(asked) > 1 and (limit is None or len(hits) < limit):
        hits += wanted.some_of(asked, {(h.kind, h.text) for h in hits})
    near = bool(asked) and not hits
    if near:
        hits = wanted.near(asked)
    return Hits(hits[:limit], forms, near, _count(hits[:limit]))


def suggest(
    index: Index,
    typed: str,
    limit: int = 8,
    *,
    kind: str | None = None,
    within: Collection[str] | None = None,
) -> list[str]:
    """Texts that go on as ``typed`` begins, the most used first, then those that hold it."""
    joined = searchable(typed)
    if not joined:
        return []
    found: Counter[str] = Counter()
    for number in islice(index.having(joined), _WEIGHED):
        text = index.text(number)
        if kind in (None, text.kind):
            places = [p for p in text.places if within is None or p.standard in within]
            found[text.text] += len(places)
    found = +found  # what stands nowhere that is looked at is none
    if not found:
        return [hit.text for hit in search(index, [typed], limit, kind=kind, within=within)]
    ranked = sorted(
        found,
        key=lambda t: (not searchable(t).startswith(joined), -found[t], len(t), t),
    )
    return ranked[:limit]


class _Wanted:
    """What is searched, and which texts of it are wanted."""

    def __init__(
        self, index: Index, kind: str | None, within: Collection[str] | None, limit: int | None
    ) -> None:
        self._index = index
        self._kind = kind
        self._within = within
        self._limit = limit

    def all_of(self, asked: Sequence[Word]) -> list[Hit]:
        """The texts that have a form of every word."""
        folded = self._index.folded
        first, *others = sorted(map(_least, asked), key=lambda forms: -min(map(len, forms)))
        numbers = (
            n
            for n in self._index.having(*first)
            if all(any(form in folded[n] for form in forms) for forms in others)
        )
        return self._ranked(self._few(numbers), self._weight(asked), asked)

    def some_of(self, asked: Sequence[Word], known: Collection[tuple[str, str]]) -> list[Hit]:
        """The texts that have some of the words, and are not among the ``known``."""
        having: Counter[int] = Counter()
        for word in asked:
            numbers = list(self._index.having(*_least(word)))
            # the fewer have it the more it says
            rarity = round(100 * math.log(1 + len(self._index.folded) / (1 + len(numbers))))
            for number in numbers:
                having[number] += rarity
        best = sorted(having, key=lambda n: (-having[n], n))
        weight = self._weight(asked)
        texts = self._few(n for n in best)
        return [
            h
            for h in self._ranked(texts, lambda n, t: having[n] / 10 + weight(n, t) - 100, asked)
            if (h.kind, h.text) not in known
        ]

    def near(self, asked: Sequence[Word]) -> list[Hit]:
        """The texts that have many of the pairs of characters of misspelled words."""
        pairs = {a + b for w in asked for f in w.forms for a, b in pairwise(f)}
        having: Counter[int] = Counter()
        for pair in pairs:
            having.update(self._index.having(pair))
        folded = self._index.folded

        def likeness(number: int, text: Text | None = None) -> float:
            # of its pairs: those that it has, and how much else it has
            part = having[number] / len(pairs)
            return 20 * part + 20 * having[number] / (len(pairs) + len(folded[number]))

        close = [n for n, count in having.items() if count >= _NEAR * len(pairs)]
        close.sort(key=lambda n: (-likeness(n), n))
        return self._ranked(self._few(close), likeness, asked, pairs)

    def coded(self, code: Code) -> list[Hit]:
        """The standards whose code begins so, or their parts with a code."""
        places: dict[int, list[Place]] = {}
        for number, place in self._index.coded(code.standard, code.element):
            places.setdefault(number, []).append(place)
        found = []
        for number, listed in places.items():
            text = self._index.text(number)
            left = self._kept(text, listed)
            if left:
                found.append(Hit(text.kind, text.text, (), 0.0, left))
        return found[: self._limit]

    def _few(self, numbers: Iterable[int]) -> dict[int, tuple[Text, tuple[Place, ...]]]:
        """The first of ``numbers`` that are wanted, with their places."""
        found = {}
        most = None if self._limit is None else max(_WEIGHED, self._limit)
        for number in numbers:
            text = self._index.text(number)
            if left := self._kept(text, text.places):
                found[number] = (text, left)
                if most is not None and len(found) == most:
                    break
        return found

    def _kept(self, text: Text, places: Sequence[Place]) -> tuple[Place, ...]:
        if self._kind not in (None, text.kind):
            return ()
        if self._within is None:
            return tuple(places)
        return tuple(p for p in places if p.standard in self._within)

    def _weight(self, asked: Sequence[Word]) -> Callable[[int, Text], float]:
        """How well a text that has words answers a search for them."""
        whole = searchable("".join(w.given for w in asked))
        forms = [f for w in asked for f in w.forms]
        given = [w.forms[0] for w in asked]
        longest = [sorted(w.forms, key=len, reverse=True) for w in asked]

        def weight(number: int, text: Text) -> float:
            folded = text.folded
            covered = sum([next((len(f) for f in fs if f in folded), 0) for fs in longest])
            score = 10 * covered / (covered + 0.5 * len(folded))
            score += 6 if folded == whole else 3 if folded in forms else 0
            score += 1.5 if folded.startswith(tuple(forms)) else 0
            score += 1 if len(asked) > 1 and whole in folded else 0
            # as it was given says more than as a synonym
            score += sum([form in folded for form in given]) / len(given)
            return score + 0.3 * math.log(len(text.places)) + (1.5 if text.title else 0)

        return weight

    def _ranked(
        self,
        texts: dict[int, tuple[Text, tuple[Place, ...]]],
        weight: Callable[[int, Text], float],
        asked: Sequence[Word],
        pairs: Iterable[str] = (),
    ) -> list[Hit]:
        scores = {n: weight(n, text) for n, (text, _) in texts.items()}
        forms = tuple(sorted(pairs)) or tuple(f for w in asked for f in w.forms)
        return [
            Hit(text.kind, text.text, forms, round(scores[n], 3), places)
            for n in sorted(scores, key=lambda n: (-scores[n], n))[: self._limit]
            for text, places in [texts[n]]
        ]


def _least(word: Word) -> list[str]:
    """The forms of a word that hold no other: a text that has any form has one of these."""
    return [f for f in word.forms if not any(other in f for other in word.forms if other != f)]


def _count(hits: Sequence[Hit]) -> int:
    return len({place.standard for hit in hits for place in hit.places})
