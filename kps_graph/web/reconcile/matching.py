"""Answers to the queries of the Reconciliation API, as its JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kps_graph.folding import fold
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.search import THINGS, Thing
from kps_graph.search.resolving import Candidate
from kps_graph.web.reconcile.forms import Asked, Extension
from kps_graph.web.reconcile.properties import PROPERTIES, TYPES, Value, described, values_of
from kps_graph.words import Language, Sentence

__all__ = ["entity", "extended", "matched", "typed"]

#: How many candidates are looked at where properties choose among them.
_LOOKED_AT: Final = 25
#: What a candidate keeps of its score if it has none of the properties.
_KEPT: Final = 0.6


def typed(kind: str, lang: Language) -> dict[str, str]:
    """A type with its name."""
    return {"id": kind, "name": TYPES[kind].in_words(lang)}


def entity(thing: Thing, lang: Language) -> dict[str, Any]:
    """A thing as the suggest service gives it."""
    return {
        "id": thing.iri,
        "name": thing.name,
        "description": described(thing),
        "notable": [typed(thing.kind, lang)],
    }


def matched(
    graph: KnowledgeGraph, batch: Mapping[str, Asked | Sentence], lang: Language
) -> dict[str, Any]:
    """The candidates of every query of a batch; none, and why, of one that cannot be answered."""
    asked = {key: query for key, query in batch.items() if isinstance(query, Asked)}
    found = _candidates(graph, asked)
    values = _wanted(graph, asked, found)
    answers: dict[str, Any] = {}
    for key, query in batch.items():
        if isinstance(query, Asked):
            chosen = _with_properties(query, found[key], values)[: query.limit]
            answers[key] = {"result": [_candidate(c, query, lang) for c in chosen]}
        else:
            answers[key] = {"result": [], "error": query.in_words(lang)}
    return answers


def _candidates(graph: KnowledgeGraph, asked: Mapping[str, Asked]) -> dict[str, list[Candidate]]:
    """Candidates by name alone; those that are asked for alike are looked up together."""
    together: dict[tuple[tuple[str, ...], int], list[str]] = defaultdict(list)
    found: dict[str, list[Candidate]] = {}
    for key, query in asked.items():
        if query.name:
            most = max(query.limit, _LOOKED_AT) if query.properties else query.limit
            together[query.kinds, most].append(key)
        elif not query.properties:
            found[key] = []  # an empty cell means nothing
        else:
            things = graph.texts.named().things.values()
            kinds = query.kinds or THINGS
            found[key] = [Candidate(thing, 100.0) for thing in things if thing.kind in kinds]
    for (kinds, most), keys in together.items():
        answers = graph.resolve([asked[key].name for key in keys], kinds, most)
        found.update(zip(keys, answers, strict=True))
    return found


def _wanted(
    graph: KnowledgeGraph,
    asked: Mapping[str, Asked],
    found: Mapping[str, Sequence[Candidate]],
) -> dict[str, dict[str, list[Value]]]:
    """By property the values of every candidate of a query that names it."""
    iris: dict[str, dict[str, None]] = defaultdict(dict)
    for key, query in asked.items():
        for pid in {pid for pid, _ in query.properties} & PROPERTIES.keys():
            iris[pid].update(dict.fromkeys(c.thing.iri for c in found[key]))
    return {pid: values_of(graph, PROPERTIES[pid], wanted) for pid, wanted in iris.items()}


def _with_properties(
    asked: Asked, found: list[Candidate], values: Mapping[str, Mapping[str, list[Value]]]
) -> list[Candidate]:
    """The candidates, those that have the properties first."""
    if not asked.properties:
        return found
    weighed = []
    for candidate in found:
        hits = sum(
            _has(values.get(pid, {}).get(candidate.thing.iri, ()), wanted)
            for pid, wanted in asked.properties
        )
        part = hits / len(asked.properties)
        if part or asked.name:
            score = round(candidate.score * (_KEPT + (1 - _KEPT) * part), 1)
            weighed.append((replace(candidate, score=score, certain=False), part))
    weighed.sort(key=lambda pair: -pair[0].score)
    best = [c for c, part in weighed if part == 1 and c.score >= 95]
    return [replace(candidate, certain=best == [candidate]) for candidate, _ in weighed]


def _has(values: Iterable[Value], wanted: Iterable[str]) -> bool:
    said = {text for value in values for text in _said(value)}
    return any(text in said or fold(text) in said for text in wanted)


def _said(value: Value) -> Iterable[str]:
    if isinstance(value, Thing):
        return (value.iri, fold(value.code), *map(fold, value.forms))
    return (str(value), fold(str(value)))


def _candidate(candidate: Candidate, asked: Asked, lang: Language) -> dict[str, Any]:
    thing = candidate.thing
    return {
        "id": thing.iri,
        "name": thing.name,
        "description": described(thing),
        "type": [typed(thing.kind, lang)],
        "score": candidate.score,
        "match": candidate.certain,
        "features": [
            {
                "id": "same-name",
                "value": bool(asked.name)
                and fold(asked.name) in map(fold, (*thing.forms, thing.code)),
            },
            {"id": "uses", "value": thing.uses},
        ],
    }


def extended(graph: KnowledgeGraph, asked: Extension, lang: Language) -> dict[str, Any]:
    """The values of properties, by thing."""
    known = graph.texts.named().things
    meta = []
    for pid, _ in asked.properties:
        said: dict[str, Any] = {"id": pid, "name": PROPERTIES[pid].label.in_words(lang)}
        if PROPERTIES[pid].values == "thing":
            kind = pid if pid in TYPES else _TYPE_OF.get(pid)
            said |= {"type": typed(kind, lang)} if kind else {}
        meta.append(said)
    rows: dict[str, dict[str, Any]] = {iri: {} for iri in asked.ids}
    for pid, limit in asked.properties:
        values = values_of(graph, PROPERTIES[pid], asked.ids)
        for iri in asked.ids:
            listed = values.get(iri, []) if iri in known else []
            rows[iri][pid] = [_cell(v) for v in (listed[:limit] if limit else listed)]
    return {"meta": meta, "rows": rows}


#: The type of the values of a property that is not called as they are.
_TYPE_OF: Final = {
    "standards": "standard",
    "stated-by": "standard",
    "knowledge": "K",
    "skills": "S",
    "attitudes": "A",
}


def _cell(value: Value) -> dict[str, Any]:
    if isinstance(value, Thing):
        return {"id": value.iri, "name": value.name}
    return {"int": value} if isinstance(value, int) else {"str": value}
