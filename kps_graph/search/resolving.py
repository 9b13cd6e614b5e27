"""Which thing a name means, however it is spelled.

Three steps, each by what the alignment of names knows: the same once folded (width, variants,
punctuation), the same once reduced to what carries meaning (相關, 能力, synonyms), and alike by
characters and pairs of characters, weighed by how telling they are.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kps_graph.align.candidates import Grams, ranked
from kps_graph.align.canonicalise import canonical
from kps_graph.align.lexicon import Name, learn
from kps_graph.folding import fold, searchable
from kps_graph.search.things import THINGS, Thing
from kps_graph.search.words import traditional
from kps_graph.terms import code_series

__all__ = ["Candidate", "Resolver"]

#: The score of what is the same once folded, and once reduced; what is only alike stays below.
_EXACT: Final = 100.0
_REDUCED: Final = 95.0
_ALIKE: Final = 90.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean.

    Attributes:
        thing: what.
        score: from 0 to 100.
        certain: whether the name means it and nothing else of the kinds that were asked for.
    """

    thing: Thing
    score: float
    certain: bool = False


class Resolver:
    """The names of a store, to ask what one means.

    Attributes:
        things: all of them, by IRI.
    """

    def __init__(self, found: Iterable[Thing]) -> None:
        self.things = {thing.iri: thing for thing in found}
        self._folded: list[tuple[str, str]] = []
        self._kinds = {kind: _Kind(kind) for kind in THINGS}
        for thing in self.things.values():
            self._kinds[thing.kind].add(thing)
        names = [
            Name(kind.kind, form)
            for kind in self._kinds.values()
            for thing in kind.things
            for form in thing.forms
        ]
        grams = Grams(learn(names))
        for kind in self._kinds.values():
            kind.ready(grams)

    def resolve(
        self, names: Sequence[str], kinds: Iterable[str] = (), limit: int = 5
    ) -> list[list[Candidate]]:
        """For each name what it may mean, the likeliest first.

        Args:
            names: as they were written.
            kinds: of :data:`THINGS`; all if there is none.
            limit: how many candidates each has at most.
        """
        chosen = [self._kinds[kind] for kind in kinds or THINGS]
        asked = [_Asked.of(name) for name in names]
        scores: list[dict[str, float]] = [{} for _ in asked]
        for kind in chosen:
            for name, found, alike in zip(asked, scores, kind.alike(asked, limit), strict=True):
                for thing, score in (*alike, *kind.same(name)):
                    found[thing.iri] = max(score, found.get(thing.iri, 0.0))
        return [self._best(found, limit) for found in scores]

    def beginning(self, typed: str, most: int = 500) -> list[Thing]:
        """What has a name that holds what was typed: those that begin so first, the most used."""
        joined = searchable(typed)
        ranks = []
        for iri, folded in self._searchable():
            at = folded.find(joined)
            if at >= 0:
                thing = self.things[iri]
                begins = at == 0 or folded[at - 1] == " "
                ranks.append((not begins, -thing.uses, len(thing.name), iri))
        return [self.things[iri] for *_, iri in sorted(ranks)[:most]]

    def _searchable(self) -> list[tuple[str, str]]:
        if not self._folded:
            self._folded = [
                (thing.iri, " ".join(map(searchable, (*thing.forms, thing.code))))
                for thing in self.things.values()
            ]
        return self._folded

    def _best(self, scores: dict[str, float], limit: int) -> list[Candidate]:
        order = sorted(scores, key=lambda iri: (-scores[iri], -self.things[iri].uses, iri))
        sure = [iri for iri in order if scores[iri] == scores[order[0]] and scores[iri] >= _REDUCED]
        return [
            Candidate(self.things[iri], round(scores[iri], 1), sure == [iri])
            for iri in order[:limit]
        ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A name in the forms in which it is compared: as given and in traditional characters."""

    code: str
    texts: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> _Asked:
        other = traditional(name)
        texts = (name,) if other is None or other == name else (name, other)
        return cls(unicodedata.normalize("NFKC", name).strip().casefold(), texts)


class _Kind:
    """The things of one kind, by every form of their names."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.things: list[Thing] = []
        self._folded: dict[str, list[Thing]] = defaultdict(list)
        self._reduced: dict[str, list[Thing]] = defaultdict(list)
        self._codes: dict[str, list[Thing]] = defaultdict(list)
        self._series: dict[str, list[Thing]] = defaultdict(list)
        self._owners: list[Thing] = []
        self._grams: Grams | None = None
        self._transposed: Any = None

    def add(self, thing: Thing) -> None:
        self.things.append(thing)
        if thing.code:
            self._codes[thing.code.casefold()].append(thing)
            self._series[code_series(thing.code).casefold()].append(thing)
        for key in {fold(form) for form in thing.forms}:
            self._folded[key].append(thing)
        for key in {canonical(self.kind, form).bag for form in thing.forms}:
            self._reduced[key].append(thing)

    def ready(self, grams: Grams) -> None:
        """Turns all names into vectors, once they are all there."""
        texts: list[str] = []
        for thing in self.things:
            for text in dict.fromkeys(canonical(self.kind, form).text for form in thing.forms):
                texts.append(text)
                self._owners.append(thing)
        self._grams = grams
        self._transposed = grams.vectors(texts).T.tocsr() if texts else None

    def same(self, asked: _Asked) -> Iterator[tuple[Thing, float]]:
        for thing in self._codes.get(asked.code, ()):
            yield thing, _EXACT
        for thing in self._series.get(code_series(asked.code), ()):
            yield thing, _ALIKE  # another version of what is meant
        for text in asked.texts:
            for thing in self._folded.get(fold(text), ()):
                yield thing, _EXACT
            for thing in self._reduced.get(canonical(self.kind, text).bag, ()):
                yield thing, _REDUCED

    def alike(self, asked: Sequence[_Asked], limit: int) -> list[list[tuple[Thing, float]]]:
        """What is alike; a thing has several forms, so more are looked at than are wanted."""
        if self._grams is None or self._transposed is None:
            return [[] for _ in asked]
        texts = [canonical(self.kind, name.texts[-1]).text for name in asked]
        found = ranked(self._grams.vectors(texts), self._transposed, 4 * limit)
        return [[(self._owners[n], _ALIKE * min(score, 1.0)) for n, score in row] for row in found]
