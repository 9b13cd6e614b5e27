"""Reads from a store how chosen occupations use what they use: codes, words, tasks and levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kps_graph.sharing.usage import Occupation, Usage, Use
from kps_graph.store import Store
from kps_graph.terms import code_of, graph_iri, kps, skos, standard_iri

__all__ = ["detailed", "stated"]


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
    return usage.detailed(*stated(usage, store, base, occupations))


def stated(
    usage: Usage, store: Store, base: str, occupations: Iterable[str]
) -> tuple[list[Occupation], list[Use]]:
    """What the documents of ``occupations`` say of themselves, and of their own uses.

    Args:
        usage: who uses what.
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
    _needs(store, base, [o.id for o in chosen], tasks, found)
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
    uses = [
        replace(
            usage.of(owner)[competency],
            level=max(whole.levels, default=None),
            units=tuple(whole.units),
            tasks=tuple(whole.tasks),
            forms=tuple(whole.forms),
            codes=tuple(whole.codes),
        )
        for (owner, competency), whole in by_use.items()
    ]
    return better, uses


def _tasks(store: Store, values: str) -> dict[str, str]:
    """Each lowest unit, in order, to its task, both by IRI."""
    rows = store.texts(
        f"SELECT ?t ?u WHERE {{ {values} ?s <{kps.hasTask}> ?t . ?t <{kps.hasActivity}>* ?u "
        f"FILTER NOT EXISTS {{ ?u <{kps.hasActivity}> ?below }} }}"
    )
    return {u: t for t, u in sorted(rows, key=lambda row: (_order(row[0]), _order(row[1])))}


def _order(iri: str) -> tuple[tuple[int, str], ...]:
    """Sorts T2 before T10."""
    parts = code_of(iri).lstrip("T").split(".")
    return tuple((int(p), "") if p.isdigit() else (10**9, p) for p in parts)


def _elements(
    store: Store, values: str, usage: Usage, base: str
) -> dict[tuple[str, str, str], _Found]:
    """By occupation, competency and IRI of the element: its code and words; items included."""
    has = f"<{kps.hasKnowledge}>|<{kps.hasSkill}>|<{kps.hasAttitude}>"
    said = f"<{kps.expresses}> ?c ; <{skos.prefLabel}> ?text"
    whole = store.texts(
        f"SELECT ?s ?e ?c ?text ?code WHERE {{ {values} ?s {has} ?e . ?e {said} "
        f"OPTIONAL {{ ?e <{skos.notation}> ?code }} }}"
    )
    items = store.texts(
        f"SELECT ?s ?e ?c ?text ?code ?n WHERE {{ {values} ?s {has} ?e . ?e <{kps.hasItem}> ?i . "
        f"?i {said} ; <{kps.position}> ?n OPTIONAL {{ ?e <{skos.notation}> ?code }} }}"
    )
    rows = sorted((e, c, s, text, code, "") for s, e, c, text, code in whole)
    rows += sorted(
        ((e, c, s, text, code, n) for s, e, c, text, code, n in items),
        key=lambda row: (row[0], int(row[5])),
    )
    owners = {s: usage.of(s.removeprefix(base)) for _, _, s, *_ in rows}
    stands = _representatives(store, sorted({c for _, c, s, *_ in rows if c not in owners[s]}))
    found: dict[tuple[str, str, str], _Found] = {}
    for e, c, s, text, code, n in rows:
        owner, competency = s.removeprefix(base), c if c in owners[s] else stands.get(c, "")
        if competency not in owners[s]:
            continue
        part = found.setdefault((owner, competency, e), _Found())
        if code:
            part.codes[f"{code}•{n}" if n else code] = None
        part.forms[text] = None
    return found


def _representatives(store: Store, competencies: Sequence[str]) -> dict[str, str]:
    """By the IRI of a competency of one text, that which stands for all that say the same."""
    values = " ".join(f"<{c}>" for c in competencies)
    query = f"SELECT ?c ?r WHERE {{ VALUES ?c {{ {values} }} ?c <{kps.representative}> ?r }}"
    return {row[0]: row[1] for row in store.texts(query)} if competencies else {}


def _needs(
    store: Store,
    base: str,
    owners: Sequence[str],
    tasks: dict[str, str],
    found: dict[tuple[str, str, str], _Found],
) -> None:
    """Notes which units need an element, by themselves or in an indicator, and at what level."""
    parts: dict[str, list[_Found]] = {}
    for (_, _, element), part in found.items():
        parts.setdefault(element, []).append(part)
    # of one graph, what is derived stands side by side in a store: of all, each part anywhere
    derived = [graph_iri(f"inferred/{o}", base) for o in owners]
    indicated = _pairs(store, [standard_iri(o, base) for o in owners], kps.hasIndicator)
    unit_of = {part: unit for unit, part in indicated if unit in tasks} | {u: u for u in tasks}
    levels = {row[0]: row[1] for row in _pairs(store, derived, kps.atLevel)}
    order = {unit: n for n, unit in enumerate(tasks)}
    listed = {
        (order[unit], unit, element, levels.get(part, ""))
        for predicate in (kps.needsKnowledge, kps.needsSkill)
        for part, element in _pairs(store, derived, predicate)
        if (unit := unit_of.get(part))
    }
    for _, unit, element, level in sorted(listed):
        for part in parts.get(element, ()):
            part.units[code_of(unit)] = None
            part.tasks[code_of(tasks[unit])] = None
            if level and (digit := code_of(level)).isdigit():
                part.levels.append(int(digit))


def _pairs(store: Store, graphs: Sequence[str], predicate: str) -> list[tuple[str, ...]]:
    """Subject and object of every statement with a predicate in some graphs."""
    values = " ".join(f"<{g}>" for g in graphs)
    return store.texts(
        f"SELECT ?s ?o WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s <{predicate}> ?o }} }}"
    )
