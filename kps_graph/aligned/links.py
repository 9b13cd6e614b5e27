"""Reads the alignment that a store keeps, as it stands: nothing is matched anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from kps_graph.align import Decision, Label
from kps_graph.aligned.names import items_of, representatives, texts_of, whole
from kps_graph.store import Store, Value
from kps_graph.terms import kind_of, kps, match_iri, skos

__all__ = ["Gathered", "Tie", "as_decisions", "clusters", "counts", "ties"]

_SAME: Final = ("exactMatch", "closeMatch")
_RELATED: Final = ("relatedMatch", "broadMatch", "narrowMatch")
_RELATIONS: Final = (*_SAME, *_RELATED)
#: Up to so many links are asked about by name.
_FEW: Final = 5000


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of the store.

    Attributes:
        a: the IRI of the one competency.
        relation: the SKOS property from ``a`` to ``b``, as ``closeMatch``.
        status: ``proposed`` or ``confirmed``.
    """

    a: str
    b: str
    relation: str
    method: str
    score: float
    status: str

    @property
    def label(self) -> Label:
        """Same or related."""
        return Label.SAME if self.relation in _SAME else Label.RELATED


@dataclass(frozen=True, slots=True)
class Gathered:
    """Several wordings that say the same.

    Attributes:
        kind: K, S or A.
        labels: every wording and how many elements bear it, the preferred one first.
        spread: the score of the loosest tie to the representative.
    """

    kind: str
    labels: tuple[tuple[str, int], ...]
    spread: float


def ties(store: Store, label: Label | None = None) -> list[Tie]:
    """Every link of ``store`` in the order of its ends, or those of one ``label``."""
    wanted = _RELATIONS if label is None else _SAME if label is Label.SAME else _RELATED
    listed = " ".join(f"<{skos[r]}>" for r in wanted)
    related = {}
    for a, p, b in store.select(
        f"SELECT ?a ?p ?b WHERE {{ VALUES ?p {{ {listed} }} ?a ?p ?b }}"
    ).terms:
        if a and p and b and "/concept/" in a.value:
            base = a.value.partition("concept/")[0]
            end = p.value.removeprefix(str(skos))
            related[match_iri(a.value, b.value, base)] = (a.value, b.value, end)
    method, score, status = (
        _values(store, p, related) for p in (kps.matchMethod, kps.matchScore, kps.matchStatus)
    )
    return sorted(
        (
            Tie(*ends, method[m], float(score[m]), status[m])
            for m, ends in related.items()
            if m in status
        ),
        key=lambda t: (t.a, t.b),
    )


def _values(store: Store, predicate: str, nodes: Collection[str]) -> dict[str, str]:
    """What ``predicate`` says of each of ``nodes``: asked by name if few, else read off all."""
    few = len(nodes) <= _FEW
    named = f"VALUES ?m {{ {' '.join(f'<{m}>' for m in nodes)} }}" if few else ""
    rows = store.select(f"SELECT ?m ?v WHERE {{ {named} ?m <{predicate}> ?v }}").terms
    return {m.value: v.value for m, v in rows if m and v}


def counts(store: Store) -> list[list[Value]]:
    """How many links there are by kind, relation, method and status; rejected ones too."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for tie in ties(store):
        kinds = "-".join(dict.fromkeys((kind_of(tie.a), kind_of(tie.b))))
        found[kinds, tie.relation, tie.method, tie.status] += 1
    for row in store.select(
        f"SELECT ?a ?b ?method WHERE {{ ?m <{kps.matchStatus}> ?status "
        f'FILTER(?status = "rejected") ?m <{kps.matchMethod}> ?method ; '
        f"<{kps.matchSubject}> ?a ; <{kps.matchObject}> ?b }}"
    ):
        kinds = "-".join(dict.fromkeys((kind_of(str(row["a"])), kind_of(str(row["b"])))))
        found[kinds, "—", str(row["method"]), "rejected"] += 1
    return [[*key, n] for key, n in sorted(found.items())]


def as_decisions(store: Store, label: Label | None = None) -> Iterator[Decision]:
    """The links of ``store``, or those of one ``label``, as rows of an SSSOM table."""
    texts = texts_of(store)
    for tie in ties(store, label):
        yield Decision(
            kind_of(tie.a),
            texts[tie.a],
            kind_of(tie.b),
            texts[tie.b],
            tie.label,
            confidence=tie.score,
            comment=tie.method,
            predicate=f"skos:{tie.relation}",
            by_hand=tie.status == "confirmed",
        )


def clusters(store: Store) -> list[Gathered]:
    """The clusters of several wordings in ``store``, the most used first."""
    stars = representatives(store)
    several = {r for c, r in stars.items() if c != r}
    scores = {frozenset((t.a, t.b)): t.score for t in ties(store, Label.SAME)}
    spread: dict[str, float] = defaultdict(lambda: 1.0)
    for concept, star in stars.items():
        if concept != star:
            tied = scores.get(frozenset((concept, star)), 1.0)
            spread[star] = min(spread[star], tied)
    wordings: dict[str, Counter[str]] = defaultdict(Counter)  # by competency
    items = items_of(store)
    for x, c, text in store.select(
        f"SELECT ?x ?c ?text WHERE {{ ?x <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text }}"
    ).terms:
        if x and c and text and stars.get(c.value) in several:
            wordings[c.value][whole([text.value, *items.get(x.value, ())])] += 1
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for concept, counted in wordings.items():
        found[stars[concept]].update(counted)
    return [
        Gathered(kind_of(star), _ranked(n, _ranked(wordings[star])[0][0]), spread[star])
        for star, n in sorted(found.items(), key=lambda f: (-f[1].total(), f[0]))
    ]


def _ranked(counted: Counter[str], first: str = "") -> tuple[tuple[str, int], ...]:
    """Wordings with their counts, the most used first after ``first``."""
    return tuple(sorted(counted.items(), key=lambda t: (t[0] != first, -t[1], t[0])))
