"""Reads from a store who uses which competency: what networks are made of."""

from __future__ import annotations

from collections import defaultdict

from kps_graph.networks import Competency, Occupation, Usage, Use
from kps_graph.store import Store
from kps_graph.terms import kps, skos

__all__ = ["usage"]


def usage(store: Store, base: str, *, units: bool = False) -> Usage:
    """Occupations by identity, competencies by IRI, and which uses which.

    Args:
        store: what to ask.
        base: the namespace of its data IRIs.
        units: also say which units of work need a competency and at what level; slower.
    """
    levels = store.select(
        f"SELECT ?s ?name ?level WHERE {{ ?s a <{kps.Standard}> ; <{skos.prefLabel}> ?name "
        f"OPTIONAL {{ ?s <{kps.baseLevel}> ?level }} }} ORDER BY ?s"
    )
    categories: dict[str, list[str]] = defaultdict(list)
    for row in store.select(
        f"SELECT ?s ?c WHERE {{ ?s <{kps.jobCategory}> ?c }} ORDER BY ?s ?c"
    ):
        categories[str(row["s"])].append(str(row["c"]).rsplit("/", 1)[-1])
    needed = _needed(store, base) if units else {}
    leaves: dict[str, set[str]] = defaultdict(set)
    for (standard, _), (_, codes) in needed.items():
        leaves[standard].update(codes)
    occupations = [
        Occupation(_identity(str(r["s"]), base), str(r["name"]),
                   r["level"] if isinstance(r["level"], int) else None,
                   tuple(categories[str(r["s"])]), len(leaves[_identity(str(r["s"]), base)]))
        for r in levels
    ]
    competencies = [
        Competency(str(r["c"]), str(r["label"]), str(r["kind"]))
        for r in store.select(
            f"SELECT ?c ?label ?kind WHERE {{ ?c a <{kps.Competency}> ; "
            f"<{skos.prefLabel}> ?label ; <{kps.competencyKind}> ?kind }} ORDER BY ?c"
        )
    ]
    known = {c.id for c in competencies}
    uses = []
    for row in store.select(f"SELECT ?s ?c WHERE {{ ?s <{kps.uses}> ?c }} ORDER BY ?s ?c"):
        standard, competency = _identity(str(row["s"]), base), str(row["c"])
        if competency in known:
            level, codes = needed.get((standard, competency), (None, ()))
            uses.append(Use(standard, competency, level, codes))
    return Usage(tuple(occupations), tuple(competencies), tuple(uses))


def _identity(iri: str, base: str) -> str:
    return iri.removeprefix(base)


def _needed(
    store: Store, base: str
) -> dict[tuple[str, str], tuple[int | None, tuple[str, ...]]]:
    """By occupation and competency: the highest level, and the leaf units that need it."""
    found: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    for predicate in (kps.needsKnowledge, kps.needsSkill):
        rows = store.select(
            f"SELECT ?u ?level ?c WHERE {{ ?u <{predicate}> ?e . ?e <{kps.expresses}> ?c . "
            f"?u a ?type FILTER(?type != <{kps.Indicator}>) "
            f"OPTIONAL {{ ?u <{kps.atLevel}> ?at . ?at <{skos.notation}> ?level }} }} ORDER BY ?u"
        )
        for row in rows:
            identity, _, code = _identity(str(row["u"]), base).partition("/")
            level = row["level"]
            number = int(level) if isinstance(level, (int, str)) and str(level).isdigit() else None
            found[identity, str(row["c"])][code] = number
    made = {}
    for key, units in found.items():
        known = [n for n in units.values() if n is not None]
        # a unit above one that needs the same is no leaf
        leaves = tuple(c for c in units if not any(o.startswith(f"{c}.") for o in units))
        made[key] = (max(known, default=None), leaves)
    return made
