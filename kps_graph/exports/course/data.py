"""What courses teach, and what is proposed for one, as data for programs: lists are lists.

The shapes are those of ``ontology/documents.schema.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kps_graph.courses.coverage import ElementCoverage, IndicatorCoverage, ModuleCoverage
from kps_graph.courses.suggest import Proposal
from kps_graph.sharing.prepared import Prepared
from kps_graph.words import Language

__all__ = [
    "competencies_data",
    "courses_data",
    "indicators_data",
    "prepared_data",
    "proposals_data",
]


def indicators_data(indicators: Iterable[IndicatorCoverage]) -> list[dict[str, Any]]:
    """An object for each indicator, with what teaches it and what is still missing."""
    return [
        {
            "unit": one.unit or None,
            "code": one.code or None,
            "text": one.text,
            "status": str(one.status),
            "missing": list(one.missing),
            "courses": list(one.modules),
        }
        for one in indicators
    ]


def competencies_data(elements: Iterable[ElementCoverage]) -> list[dict[str, Any]]:
    """An object for each K, S and A, with the units that need it and the courses that teach it."""
    return [
        {**_named(one), "units": list(one.units), "courses": list(one.modules)} for one in elements
    ]


def courses_data(modules: Iterable[ModuleCoverage]) -> list[dict[str, Any]]:
    """An object for each course, with its levels, its units and what it teaches."""
    kinds = {"knowledge": "K", "skills": "S", "attitudes": "A"}
    return [
        {
            "course": one.name,
            "levels": sorted(set(one.levels)),
            "units": list(one.units),
            "indicators": [_named(part) for part in one.indicators],
            **{
                name: [_named(part) for part in one.elements if part.code[:1] == kind]
                for name, kind in kinds.items()
            },
        }
        for one in modules
    ]


def proposals_data(proposals: Sequence[Proposal], lang: Language) -> list[dict[str, Any]]:
    """An object for each module that is proposed, with the reasons in words."""
    return [
        {
            "order": number,
            "module": one.name,
            "level": one.level,
            "units": list(one.units),
            "teaches": [*one.knowledge, *one.skills],
            "before": list(one.before),
            "together": one.together.in_words(lang),
            "here": one.here.in_words(lang),
        }
        for number, one in enumerate(proposals, 1)
    ]


def prepared_data(found: Iterable[Prepared]) -> list[dict[str, Any]]:
    """An object for each occupation that a course prepares for, with what it still needs."""
    return [
        {
            "code": one.occupation.code or None,
            "name": one.occupation.name,
            "part": round(one.part, 3),
            "covered": len(one.taught),
            "missing": len(one.missing),
            "needs": [{"type": c.kind, "label": c.name} for c in one.missing],
        }
        for one in found
    ]


def _named(part: IndicatorCoverage | ElementCoverage) -> dict[str, Any]:
    return {"code": part.code or None, "text": part.text}
