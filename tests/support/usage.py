"""Who uses what, straight from standards: what a store of them would say, without a store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kps_graph.folding import element_key
from kps_graph.model import references
from kps_graph.sharing import Competency, Occupation, Usage, Use
from kps_graph.standards.inherited import inherited
from kps_graph.terms import concept_iri


@dataclass
class _Need:
    """Where a standard needs one K or S."""

    levels: set[int] = field(default_factory=set)
    units: dict[str, None] = field(default_factory=dict)
    tasks: dict[str, None] = field(default_factory=dict)


def usage_of(standards):
    """Who uses what, for ``standards`` by identity; equal texts meet, items included."""
    competencies, occupations, uses = {}, [], {}
    for identity, standard in standards.items():
        needs, leaves = _needs(standard)
        occupations.append(
            Occupation(
                identity,
                standard.name,
                standard.level,
                tuple(c.code for c in standard.classification.job_category),
                leaves,
                len(standard.tasks),
            )
        )
        for kind, name, items, reference in _elements(standard):
            concept = concept_iri(kind, element_key(name, items))
            competencies.setdefault(concept, Competency(concept, name, kind))
            use = _use(identity, concept, name, needs[kind, reference])
            known = uses.get((identity, concept))
            uses[identity, concept] = _merged(known, use) if known else use
    return Usage(tuple(occupations), tuple(competencies.values()), tuple(uses.values()))


def _needs(standard):
    """By kind and reference, where a K or S is needed; and how many lowest units there are."""
    needs, leaves = defaultdict(_Need), 0

    def note(unit, kind, wanted, level, number):
        for reference in wanted:
            need = needs[kind, reference]
            need.levels.update({level} if isinstance(level, int) else ())
            need.units[unit.part.code or f"unit {number}"] = None
            need.tasks[(unit.above[0] if unit.above else unit.part).code or "task"] = None

    for number, unit in enumerate(inherited(standard), 1):
        leaves += not unit.part.units
        for kind in "KS":
            if not unit.part.units:
                note(unit, kind, unit.needs(kind), unit.level, number)
            for indicator in unit.indicators():
                stated = indicator.part.knowledge if kind == "K" else indicator.part.skills
                note(unit, kind, stated, indicator.level, number)
    return needs, leaves


def _elements(standard):
    """(kind, name, items, reference) of every K, S and A; nothing refers to an A."""
    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element, reference in zip(elements, references(elements), strict=True):
            yield kind, element.name, tuple(i.text for i in element.items), reference
    for attitude in standard.attitudes:
        yield "A", attitude.name, (), ""


def _use(identity, concept, name, need):
    level = max(need.levels, default=None)
    return Use(identity, concept, level, tuple(need.units), tuple(need.tasks), (name,))


def _merged(one, other):
    levels = [use.level for use in (one, other) if use.level is not None]
    parts = ((one.units, other.units), (one.tasks, other.tasks), (one.forms, other.forms))
    return Use(
        one.occupation,
        one.competency,
        max(levels, default=None),
        *(tuple(dict.fromkeys(a + b)) for a, b in parts),
    )
