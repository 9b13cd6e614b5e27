"""Answers as JSON data: objects, arrays and numbers, as ``ontology/answers.schema.json`` describes.

A competency is ``{"type", "label", "altLabels", "iri"}``, an occupation ``{"id", "code", "label",
"level", "categories"}``; nothing is cut, joined or put into words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from kps_graph.sharing.community import Bridge, Community
from kps_graph.sharing.comparison import Comparison, Standing
from kps_graph.sharing.moves import Gap, Need
from kps_graph.sharing.near import Neighbour
from kps_graph.sharing.overlap import Overlaps
from kps_graph.sharing.reuse_levels import Reuse
from kps_graph.sharing.shared_competencies import Shared
from kps_graph.sharing.usage import Competency, Occupation, Usage
from kps_graph.store.rows import Rows, Value
from kps_graph.terms import stated_code

__all__ = ["as_data", "long_rows"]

Data: TypeAlias = "dict[str, Any]"

_WORDS: Final = re.compile("[A-Z]")


def as_data(answer: object, usage: Usage) -> list[Data]:
    """The values of an answer to a question, each as an object.

    Args:
        answer: of one of the questions.
        usage: who uses what, where it was asked.
    """
    if isinstance(answer, Comparison):
        return _compared(answer)
    if isinstance(answer, Overlaps):
        return [
            {"one": _who(a, usage), "other": _who(b, usage), "shared": n, "similarity": w}
            for a, b, n, w in sorted(answer, key=lambda p: (-p[3], p[0], p[1]))
        ]
    if isinstance(answer, Gap):
        return [*_needs("acquire", answer.missing), *_needs("raise", answer.raised)]
    if isinstance(answer, Mapping):
        return [_reused(usage.competency(c), r, usage) for c, r in answer.items()]
    if not isinstance(answer, Iterable):
        raise TypeError(f"{answer!r} is no answer")
    return [_ONE[type(value)](value, usage) for value in answer]


def long_rows(data: Iterable[Data]) -> Rows:
    """Data as a table with one value in each cell, and a row for each pair.

    A value that has a list of objects (the users of a competency, the needs of a step) has a row for
    each of these; a list of texts stays in one cell, between bars: ``K1|K3``.
    """
    rows: list[dict[str, Value]] = []
    for one in data:
        many = next((k for k, v in one.items() if v and isinstance(v, list) and _objects(v)), None)
        rest = {k: v for k, v in one.items() if not (isinstance(v, list) and _objects(v))}
        parts = one[many] if many else [{}]
        rows += [{**_flat(rest), **_flat(part, many or "")} for part in parts]
    columns = list(dict.fromkeys(c for row in rows for c in row))
    return Rows.of(columns, rows, lambda row: (row.get(c) for c in columns))


def _objects(values: list[Any]) -> bool:
    return all(isinstance(v, dict) for v in values)


def _flat(data: Data, above: str = "") -> dict[str, Value]:
    """An object as cells, named after the way to them: ``occupation_code``."""
    found: dict[str, Value] = {}
    for key, value in data.items():
        name = _WORDS.sub(lambda m: f"_{m[0].lower()}", f"{above}_{key}" if above else key)
        if isinstance(value, dict):
            found |= _flat(value, name)
        elif isinstance(value, list):
            found[name] = "|".join(map(str, value)) or None
        else:
            found[name] = value
    return found


def _occupation(one: Occupation) -> Data:
    return {
        "id": one.id,
        "code": one.code or None,
        "label": one.name,
        "level": one.level if isinstance(one.level, int) else None,
        "categories": list(one.categories),
    }


def _competency(one: Competency, forms: Iterable[str] = ()) -> Data:
    return {"type": one.kind, "label": one.name, "altLabels": list(forms), "iri": one.id}


def _who(identity: str, usage: Usage) -> Data:
    return _occupation(usage.occupation(identity))


def _called(identity: str, usage: Usage) -> Data:
    """An occupation or a competency by its id."""
    if "/concept/" in identity:
        return _competency(usage.competency(identity))
    return _who(identity, usage)


def _shared(one: Shared, usage: Usage) -> Data:
    return {
        **_competency(one.competency, one.forms),
        "group": one.group,
        "count": len(one.users),
        "elsewhere": one.elsewhere,
        "occupations": [_who(o, usage) for o in one.users],
    }


def _neighbour(one: Neighbour, usage: Usage) -> Data:
    del usage
    return {
        "occupation": _occupation(one.occupation),
        "similarity": one.similarity,
        "shared": [
            {**_competency(r.competency, r.forms), "usedBy": r.used_by, "rarity": r.rarity}
            for r in one.reasons
        ],
    }


def _compared(answer: Comparison) -> list[Data]:
    def standing(word: str, one: Standing) -> Data:
        return {
            **_competency(one.competency, one.forms),
            "standing": word,
            "usedBy": one.used_by,
            "uses": [
                {
                    "occupation": use.occupation,
                    "code": stated_code(use.occupation) or None,
                    "codes": list(use.codes),
                    "level": use.level,
                    "units": list(use.units),
                }
                for use in one.uses.values()
            ],
        }

    return [
        *(standing("all", s) for s in answer.shared),
        *(standing("some", s) for s in answer.some),
        *(standing("only", s) for alone in answer.only.values() for s in alone),
    ]


def _needs(change: str, needs: Iterable[Need]) -> list[Data]:
    return [
        {
            **_competency(n.competency, n.forms),
            "change": change,
            "tasks": list(n.tasks),
            "units": list(n.units),
            "part": n.part,
            "level": n.level,
            "present": n.present,
            "usedBy": n.used_by,
        }
        for n in needs
    ]


def _step(one: Gap, usage: Usage) -> Data:
    del usage
    return {
        "from": _occupation(one.start),
        "to": _occupation(one.goal),
        "covered": one.covered,
        "needs": [*_needs("acquire", one.missing), *_needs("raise", one.raised)],
    }


def _reused(competency: Competency, one: Reuse, usage: Usage) -> Data:
    forms = usage.forms(competency.id, sorted(usage.by(competency.id)))
    return {
        **_competency(competency, forms),
        "reuse": str(one.level),
        "usedBy": one.used_by,
        "sectors": dict(one.sectors),
    }


def _community(one: Community, usage: Usage) -> Data:
    return {
        "number": one.number,
        "label": one.name,
        "size": len(one.members),
        "members": [_called(m, usage) for m in one.members],
        "telling": [_called(t, usage) for t in one.telling],
    }


def _bridge(one: Bridge, usage: Usage) -> Data:
    forms = usage.forms(one.competency.id, sorted(usage.by(one.competency.id)))
    return {
        **_competency(one.competency, forms),
        "participation": one.participation,
        "score": one.score,
        "communities": [{"number": n, "users": k} for n, k in sorted(one.users.items())],
    }


_ONE: Final[Mapping[type, Callable[[Any, Usage], Data]]] = {
    Shared: _shared,
    Neighbour: _neighbour,
    Gap: _step,
    Community: _community,
    Bridge: _bridge,
}
