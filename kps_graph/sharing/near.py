"""The occupations most like one, with the reasons."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum
from typing import Final

from kps_graph.sharing.tabular import Answers, heads, named, some
from kps_graph.sharing.usage import Competency, Occupation, Usage, wording
from kps_graph.store.rows import Rows, Value

__all__ = ["Neighbour", "Reason", "likeness", "nearest", "reason_rows"]

#: No likeness is wrong by so much, in whatever order its rarities are added.
_ROUGH: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Reason:
    """A competency that two occupations share: used by so many, hence so rare.

    ``forms`` are how the two word it, where that is not its name.
    """

    competency: Competency
    used_by: int
    rarity: float
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An occupation close to another.

    Attributes:
        occupation: which.
        similarity: the part, by rarity, of all that the two use which they share; 0 to 1.
        reasons: what they share, the rarest first.
    """

    occupation: Occupation
    similarity: float
    reasons: tuple[Reason, ...]


def nearest(usage: Usage, occupation: str, n: int = 10, min_shared: int = 1) -> Answers[Neighbour]:
    """The ``n`` occupations most like ``occupation``, with the reasons.

    Every competency is weighed by its rarity (:meth:`Usage.rarity`): to share what few use says
    more than to share what everyone uses.
    """
    alike = likeness(usage, occupation, n, min_shared)
    found = [(-similarity, o, competencies) for o, (similarity, competencies) in alike.items()]

    def reasons(other: str, competencies: Iterable[str]) -> Iterator[Reason]:
        for c in sorted(competencies, key=lambda c: (len(usage.by(c)), c)):
            forms = usage.forms(c, (occupation, other))
            yield Reason(usage.competency(c), len(usage.by(c)), usage.rarity(c), forms)

    return Answers(
        (
            Neighbour(usage.occupation(other), -negative, tuple(reasons(other, competencies)))
            for negative, other, competencies in heapq.nsmallest(n, found)
        ),
        _rows,
    )


def likeness(
    usage: Usage, occupation: str, n: int | None = None, min_shared: int = 1
) -> dict[str, tuple[float, list[str]]]:
    """How like each other occupation is that shares something, 0 to 1, and what that is.

    Args:
        usage: who uses what.
        occupation: which.
        n: how many of the others are wanted, the most alike (some more may come); None for all.
        min_shared: what the others share at least.
    """
    own = usage.of(occupation)
    reached = usage.reach(occupation)
    weights = usage.rarities
    common: dict[str, list[str]] = {}
    for competency in own:
        for other in usage.by(competency):
            common.setdefault(other, []).append(competency)
    common.pop(occupation, None)
    size = fsum(weights[c] for c in own)
    if min_shared > 1:
        common = {o: shared for o, shared in common.items() if len(shared) >= min_shared}
    if n is not None and not usage.related:
        common = _most(usage, common, size, n)
    found = {}
    for other, competencies in common.items():
        both = fsum(weights[c] for c in competencies)
        # of sets, whose order is no matter to an exact sum: a store has 800 times 40 of these
        rest = usage.of(other).keys() - reached.keys()
        union = size + fsum(map(weights.__getitem__, rest))
        found[other] = (both / union, competencies)
    return found


def _most(usage: Usage, common: dict[str, list[str]], size: float, n: int) -> dict[str, list[str]]:
    """Those of ``common`` that may be among the ``n`` most alike, by sums that are nearly right."""
    weights, rough = usage.rarities, {}
    for other, competencies in common.items():
        both = sum(map(weights.__getitem__, competencies))
        rough[other] = both / (size + usage.weight(other) - both)
    least = min(heapq.nlargest(n, rough.values()), default=0.0) - _ROUGH
    return {o: competencies for o, competencies in common.items() if rough[o] >= least}


def _rows(found: Iterable[Neighbour], most: int | None) -> Rows:
    """A row for each occupation; each reason with the number of occupations that use it."""

    def why(n: Neighbour) -> tuple[str, ...]:
        if most is None:
            return (
                some((r.competency.name for r in n.reasons), None),
                some((str(r.used_by) for r in n.reasons), None),
            )
        listed = (f"{wording(r.competency.name, r.forms, most)} [{r.used_by}]" for r in n.reasons)
        return (some(listed, most),)

    used_by = ("reasons_used_by",) if most is None else ()
    return Rows.of(
        ("code", "name", "similarity", "shared", "reasons", *used_by),
        found,
        lambda n: (
            n.occupation.code,
            n.occupation.name,
            n.similarity,
            len(n.reasons),
            *why(n),
        ),
    )


def reason_rows(neighbours: Iterable[Neighbour], most: int | None = None) -> Rows:
    """A row for each competency that a near occupation shares; ``most``: see :meth:`Tabular.rows`."""

    def row(pair: tuple[Neighbour, Reason]) -> tuple[Value, ...]:
        n, r = pair
        return (
            n.occupation.code,
            n.occupation.name,
            n.similarity,
            *named(r.competency, r.forms, most),
            r.used_by,
            r.rarity,
            r.competency.id,
        )

    return Rows.of(
        ("code", "name", "similarity", *heads(most), "used_by", "rarity", "iri"),
        ((n, r) for n in neighbours for r in n.reasons),
        row,
    )
