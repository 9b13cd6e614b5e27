"""Reads from a store how chosen occupations use what they use: codes, words, tasks and levels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kps_graph.sharing.usage import Occupation, Usage
from kps_graph.store import Store
from kps_graph.terms import code_of, kps, skos

__all__ = ["detailed"]


@dataclass(slots=True)
class _Found:
    """What is known of one use."""

    codes: dict[str, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    units: dict[str, None] = field(default_factory=dict)
    tasks: dict[str, None] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)


def detailed(usage: Usage, store: Store, base: str, occupations: Iterable[str]) -> Usage:
    """``usage`` with what the documents of ``occupations`` say of their own uses.

    Args:
        usage: who uses what, whose competencies are representatives or single texts.
        store: where it was read.
        base: the namespace of its data IRIs.
        occupations: ids.
    """
    chosen = [usage.occupation(o) for o in dict.fromkeys(occupations)]
    values = f"VALUES ?s {{ {' '.join(f'<{base}{o.id}>' for o in chosen)} }}"
    tasks = _tasks(store, values)
    found = _elements(store, values, usage, base)
    units: dict[str, set[str]] = {}
    known: dict[str, set[str]] = {}
    for unit, task in tasks.items():
        owner = unit.removeprefix(base).partition("/")[0]
        units.setdefault(owner, set()).add(unit)
        known.setdefault(owner, set()).add(task)
    _needs(store, values, tasks, found)
    by_use: dict[tuple[str, str], _Found] = {}
    for (owner, competency, _), part in found.items():
        whole = by_use.setdefault((owner, competency), _Found())
        for name in ("codes", "forms", "units", "tasks"):
            getattr(whole, name).update(getattr(part, name))
        whole.levels += part.levels
    better = [
        Occupation(
            o.id, o.name, o.level, o.categories, len(units.get(o.id, ())), len(known.get(o.id, ()))
        )
        for o in chosen
    ]
    return usage.detailed(
        better,
        (
            replace(
                usage.of(owner)[competency],
                level=max(whole.levels, default=None),
                units=tuple(whole.units),
                tasks=tuple(whole.tasks),
                forms=tuple(whole.forms),
                codes=tuple(whole.codes),
            )
            for (owner, competency), whole in by_use.items()
        ),
    )


def _tasks(store: Store, values: str) -> dict[str, str]:
    """Each lowest unit, in order, to its task, both by IRI."""
    rows = store.select(
        f"SELECT ?t ?u WHERE {{ {values} ?s <{kps.hasTask}> ?t . ?t <{kps.hasActivity}>* ?u "
        f"FILTER NOT EXISTS {{ ?u <{kps.hasActivity}> ?below }} }}"
    )
    return {
        u.value: t.value
        for t, u in sorted(
            rows.terms,
            key=lambda r: (_order(r[0].value if r[0] else ""), _order(r[1].value if r[1] else "")),
        )
        if t and u
    }


def _order(iri: str) -> tuple[tuple[int, str], ...]:
    """Sorts T2 before T10."""
    parts = code_of(iri).lstrip("T").split(".")
    return tuple((int(p), "") if p.isdigit() else (10**9, p) for p in parts)


def _elements(
    store: Store, values: str, usage: Usage, base: str
) -> dict[tuple[str, str, str], _Found]:
    """By occupation, competency and IRI of the element: its code and words; items included."""
    has = f"<{kps.hasKnowledge}>|<{kps.hasSkill}>|<{kps.hasAttitude}>"
    rows = [
        *store.select(
            f"SELECT ?s ?e ?c ?r ?text ?code ?n WHERE {{ {values} ?s {has} ?e . "
            f"?e <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text "
            f"OPTIONAL {{ ?c <{kps.representative}> ?r }} "
            f"OPTIONAL {{ ?e <{skos.notation}> ?code }} }} ORDER BY ?e"
        ),
        *store.select(
            f"SELECT ?s ?e ?c ?r ?text ?code ?n WHERE {{ {values} ?s {has} ?e . "
            f"?e <{kps.hasItem}> ?i . "
            f"?i <{kps.expresses}> ?c ; <{skos.prefLabel}> ?text ; <{kps.position}> ?n "
            f"OPTIONAL {{ ?c <{kps.representative}> ?r }} "
            f"OPTIONAL {{ ?e <{skos.notation}> ?code }} }} ORDER BY ?e ?n"
        ),
    ]
    found: dict[tuple[str, str, str], _Found] = {}
    for row in rows:
        owner, competency = str(row["s"]).removeprefix(base), str(row["c"])
        if competency not in usage.of(owner):
            competency = str(row["r"])
        if competency not in usage.of(owner):
            continue
        part = found.setdefault((owner, competency, str(row["e"])), _Found())
        code = str(row["code"] or "")
        if code:
            part.codes[f"{code}•{row['n']}" if row["n"] is not None else code] = None
        part.forms[str(row["text"])] = None
    return found


def _needs(
    store: Store, values: str, tasks: dict[str, str], found: dict[tuple[str, str, str], _Found]
) -> None:
    """Notes which units need an element, by themselves or in an indicator, and at what level."""
    parts: dict[str, list[_Found]] = {}
    for (_, _, element), part in found.items():
        parts.setdefault(element, []).append(part)
    needs = f"<{kps.needsKnowledge}>|<{kps.needsSkill}>"
    rows = store.select(
        f"SELECT DISTINCT ?u ?e ?level WHERE {{ {values} ?s <{kps.hasTask}> ?t . "
        f"?t <{kps.hasActivity}>* ?u . ?u <{kps.hasIndicator}>? ?x . ?x {needs} ?e "
        f"OPTIONAL {{ ?x <{kps.atLevel}> ?level }} }}"
    ).terms
    order = {unit: n for n, unit in enumerate(tasks)}
    listed = [(u.value, e.value, level) for u, e, level in rows if u and e and u.value in order]
    for unit, element, level in sorted(listed, key=lambda r: (order[r[0]], r[1])):
        for part in parts.get(element, ()):
            part.units[code_of(unit)] = None
            part.tasks[code_of(tasks[unit])] = None
            if level and (digit := code_of(level.value)).isdigit():
                part.levels.append(int(digit))
