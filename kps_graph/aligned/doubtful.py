"""What a person is asked in a review: the least certain links of a store, with their context."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kps_graph.align.decisions import Ends
from kps_graph.align.lexicon import key_of
from kps_graph.aligned.names import texts_of
from kps_graph.store import Store
from kps_graph.terms import kind_of, kps, skos

__all__ = ["Question", "Use", "questions", "uses"]

#: The score between same and related, where a mistake costs most.
BETWEEN: Final = 0.75
#: Links below this score are related at best, whoever decides.
FROM: Final = 0.6


@dataclass(frozen=True, slots=True)
class Question:
    """A link that no person has decided on.

    Attributes:
        kinds: of the two competencies, K, S or A.
        texts: their most used wordings; items follow on lines of their own.
        iris: of the two.
        label: ``same`` or ``related``, as proposed.
        score: how alike the method took them to be.
        used: in how many standards each of them stands.
    """

    kinds: tuple[str, str]
    texts: tuple[str, str]
    iris: tuple[str, str]
    label: str
    score: float
    used: tuple[int, int]

    @property
    def ends(self) -> Ends:
        """Both ends as a decision names them."""
        one, two = sorted((k, key_of(t)) for k, t in zip(self.kinds, self.texts, strict=True))
        return one, two


@dataclass(frozen=True, slots=True)
class Use:
    """Where a competency stands: the standard's name, and what needs it there."""

    standard: str
    units: tuple[str, ...]


def questions(store: Store, decided: Collection[Ends] = ()) -> list[Question]:
    """The links made by likeness that may well be *same*, and no decision is about.

    The least certain come first, and of equally certain ones those that concern most standards.
    """
    near = store.select(
        f"SELECT ?m ?score WHERE {{ ?m <{kps.matchScore}> ?score FILTER(?score >= {FROM}) }}"
    )
    scores = {str(r["m"]): float(r["score"] or 0) for r in near}
    # method and status are compared here: given as constants, they are what the engine begins with
    listed = " ".join(f"<{m}>" for m in scores)
    rows = store.select(
        f"SELECT ?m ?a ?b ?method ?status WHERE {{ VALUES ?m {{ {listed} }} "
        f"?m <{kps.matchMethod}> ?method ; <{kps.matchStatus}> ?status ; "
        f"<{kps.matchSubject}> ?a ; <{kps.matchObject}> ?b }}"
    ).to_dicts()
    same = {
        (str(r["a"]), str(r["b"]))
        for r in store.select(f"SELECT ?a ?b WHERE {{ ?a <{skos.closeMatch}> ?b }}")
    }
    counts = {
        str(r["c"]): int(r["n"] or 0)
        for r in store.select(
            f"SELECT ?c (COUNT(?s) AS ?n) WHERE {{ ?s <{kps.uses}> ?c }} GROUP BY ?c"
        )
    }
    texts = texts_of(store)
    found = []
    for row in rows:
        if (row["method"], row["status"]) != ("lexical", "proposed"):
            continue
        a, b = str(row["a"]), str(row["b"])
        label = "same" if (a, b) in same else "related"
        question = Question(
            (kind_of(a), kind_of(b)),
            (texts[a], texts[b]),
            (a, b),
            label,
            scores[str(row["m"])],
            (counts.get(a, 0), counts.get(b, 0)),
        )
        if question.ends not in decided:
            found.append(question)
    return sorted(found, key=lambda q: (abs(q.score - BETWEEN), -sum(q.used), q.iris))


def uses(store: Store, iri: str, limit: int = 3) -> list[Use]:
    """Up to ``limit`` standards in which the competency stands, with two units of each."""
    parts = store.select(f"SELECT ?x WHERE {{ ?x <{kps.expresses}> <{iri}> }} ORDER BY ?x")
    elements = dict.fromkeys(str(r["x"]).partition("/items/")[0] for r in parts)
    rows = store.select(
        f"SELECT ?s ?name ?unit WHERE {{ VALUES ?e {{ {' '.join(f'<{e}>' for e in elements)} }} "
        f"GRAPH ?s {{ ?e <{kps.position}> ?n }} ?s <{skos.prefLabel}> ?name "
        f"OPTIONAL {{ {{ ?u <{kps.requiresKnowledge}> ?e }} UNION "
        f"{{ ?u <{kps.requiresSkill}> ?e }} ?u <{skos.prefLabel}> ?unit }} }} ORDER BY ?s ?u"
    )
    found: dict[str, tuple[str, list[str]]] = {}
    for row in rows:
        units = found.setdefault(str(row["s"]), (str(row["name"]), []))[1]
        if row["unit"] and len(units) < 2:
            units.append(str(row["unit"]))
    return [Use(name, tuple(units)) for name, units in list(found.values())[:limit]]
