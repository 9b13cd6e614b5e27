"""The parameters of a query as a store knows them: what it does not hold would have an empty answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kps_graph.errors import ResourceError
from kps_graph.folding import composed
from kps_graph.graph.questions import Questions
from kps_graph.queries.library import Query
from kps_graph.sparql import literal
from kps_graph.store import Store
from kps_graph.terms import LANG, SCHEMES, class_iri, kps, rdf, skos, standard_iri
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["known"]

_UNITS: Final = (kps.Task, kps.Activity)
#: What the codes of a kind are of, by class; none for a code of anything in a standard.
_CODED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "code": (),
        "unit": _UNITS,
        "part": (*_UNITS, kps.Output, kps.Indicator),
        "element": (kps.Knowledge, kps.Skill),
    }
)


def known(
    query: Query, params: Mapping[str, str | int], questions: Questions, base: str
) -> dict[str, str | int]:
    """``params`` as the store knows them.

    Raises:
        ResourceError: for a standard, code, class or label that the store does not hold.
    """
    found = dict(params)
    kinds = {p.name: p.kind for p in query.parameters if p.name in params}
    chosen = ""
    for name, kind in kinds.items():
        value = str(params[name]).strip()
        if kind == "standard":
            chosen = questions.identity(value)
            found[name] = questions.described()[chosen].code or value
        elif kind == "label":
            found[name] = _label(composed(value), questions)
        elif kind in ("category", "occupation", "industry"):
            _class(kind, value, questions.store)
    for name, kind in kinds.items():
        if kind in _CODED and chosen:
            owner = questions.described()[chosen].code or chosen
            iri = standard_iri(chosen, base)
            found[name] = _code(str(params[name]), _CODED[kind], iri, owner, questions.store)
    return found


def _code(given: str, classes: tuple[str, ...], iri: str, owner: str, store: Store) -> str:
    """A code of a standard as it is written there, of one of ``classes`` if there are any."""
    rows = store.texts(
        f"SELECT DISTINCT ?c ?class WHERE {{ GRAPH <{iri}> {{ "
        f"?x <{skos.notation}> ?c OPTIONAL {{ ?x <{rdf.type}> ?class }} }} }} ORDER BY ?c"
    )
    taken = (code for code, kind in rows if not classes or kind in classes)
    from kps_graph.standards.trace import known_code

    return known_code(given, taken, owner, others=(code for code, _ in rows))


def _label(value: str, questions: Questions) -> str:
    """A text that elements have, for one that says the same in another spelling."""
    ask = f"ASK {{ ?x <{skos.prefLabel}> {literal(value, LANG)} }}"
    return value if questions.store.query(ask) else questions.competency(value).name


def _class(scheme: str, code: str, store: Store) -> None:
    """Refuses a code that neither the scheme nor any standard has."""
    iri = class_iri(scheme, code.upper())
    ask = f"ASK {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
    if iri is None or store.query(ask):
        return  # what is no code at all is refused with the query's other parameters
    rows = store.texts(
        f"SELECT DISTINCT ?c ?name WHERE {{ ?x <{skos.inScheme}> <{SCHEMES}{scheme}> ; "
        f"<{skos.notation}> ?c ; <{skos.prefLabel}> ?name "
        "FILTER(LANGMATCHES(LANG(?name), 'zh')) }"
    )
    names = {row[0]: row[1] for row in rows}
    raise ResourceError(
        "the scheme {scheme!r} has no {code!r}, and no standard states it",
        scheme=scheme,
        code=code,
        hint=did_you_mean(tuple(f"{c} {names[c]}" for c in closest(code, names)))
        or Sentence("kps-graph query categories lists those that standards state"),
    )
