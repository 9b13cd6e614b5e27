"""What the names in a store teach about the weight of words: learned once, kept as JSON.

Nothing here comes from general language. How telling a character is, and in what a name may end,
is read off the names themselves.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from typing import Any, Final

from kps_graph.align.background import CHARACTERS, PRIOR_NAMES
from kps_graph.align.canonicalise import canonical
from kps_graph.align.uncollected import uncollected
from kps_graph.errors import ModelError
from kps_graph.folding import fold
from kps_graph.words import Sentence

__all__ = ["Lexicon", "Name", "has_words", "key_of", "learn"]

_VERSION: Final = 2
_A_WORD: Final = 2


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
        tails: how many names end in each pair of characters.
        ends: how often a character stands last in a name, and anywhere.
    """

    names: int = 0
    grams: Mapping[str, int] = field(default_factory=dict)
    tails: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def weight(self, gram: str) -> float:
        """How telling ``gram`` is: near 0 for what stands everywhere, high for the rare.

        Few names teach little: :mod:`kps_graph.align.background` stands in for the rest.
        """
        names = self.names + PRIOR_NAMES
        return math.log(
            (names + 1) / (self.grams.get(gram, 0) + PRIOR_NAMES * _shares().get(gram, 0.0) + 1)
        )

    def to_json(self) -> str:
        """The lexicon as JSON, the same for the same names."""
        content = {
            "version": _VERSION,
            "names": self.names,
            "grams": self.grams,
            "tails": self.tails,
            "ends": self.ends,
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
                raise ModelError(
                    "the lexicon was written by another version", hint=Sentence("learn it anew")
                )
            content["ends"] = {k: (v[0], v[1]) for k, v in content["ends"].items()}
            return cls(**content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise ModelError(
                "this is no lexicon: {fault}", fault=str(fault), hint=Sentence("learn it anew")
            ) from fault


@cache
def _shares() -> dict[str, float]:
    """The background as character to share."""
    return {c: per_mille / 1000 for per_mille, line in CHARACTERS.items() for c in line}


@uncollected()
def learn(names: Iterable[Name]) -> Lexicon:
    """What ``names``, all of a store, teach."""
    forms = [canonical(*name) for name in {(n.kind, n.text) for n in names if has_words(n.text)}]
    ends = Counter(form.folded[-1] for form in forms)
    anywhere = Counter(chain.from_iterable(form.folded for form in forms))
    distinct = {(form.kind, form.text) for form in forms}
    tails = Counter(text[-_A_WORD:] for _, text in distinct)
    grams = Counter(
        chain.from_iterable({*text, *map("".join, pairwise(text))} for _, text in distinct)
    )
    return Lexicon(
        names=len(distinct),
        grams=dict(grams),
        tails={t: n for t, n in tails.items() if n > 1},
        ends={c: (ends[c], n) for c, n in anywhere.items()},
    )
