"""Judges whether two names say the same, are related, or differ, and says why.

First the rules, then the model: names that are equal once normalised, or once what carries no
meaning is gone, are the same; all others are weighed by the small linear model of
:mod:`kps_graph.align.weights`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from kps_graph.align import weights
from kps_graph.align.canonicalise import Canonical, canonical
from kps_graph.align.embedding import Embedding, nudge
from kps_graph.align.features import FEATURES, Matrix, measure, prepare
from kps_graph.align.layers import RULES, refused, rule
from kps_graph.align.lexicon import Lexicon, key_of
from kps_graph.errors import ModelError

__all__ = [
    "IN_BRACKETS",
    "KINDS",
    "Judgement",
    "Label",
    "Pair",
    "judge",
    "labels",
    "probabilities",
    "relation",
]

KINDS: Final = ("K", "S", "A")


class Label(StrEnum):
    """What two names are to each other."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of one kind (K, S or A) to be judged."""

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two names are to each other.

    Attributes:
        pair: the names, as given.
        label: same, related or different.
        score: how alike they are, from 0 to 1: the probability of same and half that of related.
        method: ``identical``, ``canonical``, ``reordered``, ``brackets``, ``lexical``,
            ``embedding``; in links also ``across`` and ``curated``.
        certainty: the probability of the label.
        relation: the SKOS property that says it, from ``a`` to ``b``; "" if they differ.
    """

    pair: Pair
    label: Label
    score: float
    method: str
    certainty: float
    relation: str


#: How sure it is that names of the same characters that no rule takes for the same are related.
IN_BRACKETS: Final = 0.6
_ORDER: Final = (Label.SAME, Label.RELATED, Label.DIFFERENT)


def probabilities(features: Matrix) -> Matrix:
    """Of same, related and different, a row per pair."""
    logits = features @ np.array([weights.COEFFICIENTS[f] for f in FEATURES])
    logits = logits + np.array(weights.INTERCEPT)
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    found: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return found


def judge(
    pairs: Iterable[Pair], lexicon: Lexicon, embedding: Embedding | None = None
) -> list[Judgement]:
    """Judges each of ``pairs`` by itself, with the weights of ``lexicon``.

    The order of the two names and the company of other pairs make no difference. With an
    ``embedding``, a pair that the model is unsure of is moved by how close its vectors are.

    Raises:
        ModelError: if a kind is not K, S or A, or a name is empty.
    """
    given = list(pairs)
    for pair in given:
        if pair.kind not in KINDS or not (pair.a.strip() and pair.b.strip()):
            raise ModelError(
                "cannot judge {pair}: expected kind K, S or A and two names", pair=repr(pair)
            )
    keys = sorted({(p.kind, t) for p in given for t in (p.a, p.b)})
    rows = {key: n for n, key in enumerate(keys)}
    forms = [canonical(*key) for key in keys]
    ready = prepare(forms, lexicon)
    # measured in one order, so that the judgement is the same both ways to the last bit
    ends = [sorted((rows[p.kind, p.a], rows[p.kind, p.b])) for p in given]
    i, j = np.array(ends, dtype=int).reshape(-1, 2).T
    chances = probabilities(measure(ready, i, ready, j, lexicon))
    method = ["lexical"] * len(given)
    if embedding is not None:
        texts = [t for _, t in keys]
        chances, moved = nudge(chances, texts, i, j, embedding)
        method = ["embedding" if m else "lexical" for m in moved]
    return [
        _judged(p, forms[rows[p.kind, p.a]], forms[rows[p.kind, p.b]], c, m)
        for p, c, m in zip(given, chances, method, strict=True)
    ]


def _judged(pair: Pair, a: Canonical, b: Canonical, chances: Matrix, method: str) -> Judgement:
    if key_of(pair.a) == key_of(pair.b):
        return Judgement(pair, Label.SAME, 1.0, "identical", 1.0, "exactMatch")
    if by := rule(pair.kind, a, b):
        by = "canonical" if by == "identical" else by
        return Judgement(pair, Label.SAME, RULES[by], by, RULES[by], "closeMatch")
    if by := refused(a, b):
        return Judgement(pair, Label.RELATED, 0.5, by, IN_BRACKETS, "relatedMatch")
    label = labels(chances.reshape(1, 3))[0]
    score = round(float(chances[0] + chances[1] / 2), 4)
    certainty = round(float(chances[_ORDER.index(label)]), 4)
    return Judgement(pair, label, score, method, certainty, relation(label, a, b))


def labels(chances: Matrix) -> list[Label]:
    """The label that each row of ``chances`` of same, related and different amounts to."""
    same, related, different = chances.T
    otherwise = np.where(np.maximum(same, related) >= different, 1, 2)
    return [_ORDER[n] for n in np.where(same >= weights.SAME_FROM, 0, otherwise)]


def relation(label: Label, a: Canonical, b: Canonical) -> str:
    """The SKOS property from ``a`` to ``b``: broad or narrow where one ends in the other."""
    if label is Label.DIFFERENT:
        return ""
    if label is Label.SAME:
        return "closeMatch"
    if len(a.text) > len(b.text) and a.text.endswith(b.text):
        return "broadMatch"
    if len(b.text) > len(a.text) and b.text.endswith(a.text):
        return "narrowMatch"
    return "relatedMatch"
