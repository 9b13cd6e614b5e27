"""Turns what an engine found into findings: messages filled in, codes and places looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kps_graph.rdf.places import span
from kps_graph.report import Finding, Severity
from kps_graph.shacl.model import Messages, Node, Result
from kps_graph.terms import code_of, dcterms, kps, skos

__all__ = ["About", "Look", "Raw", "fill", "results", "wanted"]

_FIELD: Final = re.compile(r"\{[?$](\w+)\}")
#: What ``kps:valuePlace`` calls the value of a property.
_VALUES: Final = {
    kps.level: "level",
    kps.baseLevel: "level",
    skos.prefLabel: "name",
    kps.nameKind: "name",
    skos.notation: "code",
    dcterms.description: "description",
    kps.status: "status",
    kps.updateDate: "date",
    dcterms.issued: "date",
    kps.updateNote: "note",
    kps.replacedByCode: "note",
    kps.requiresKnowledge: "knowledge",
    kps.requiresSkill: "skills",
    kps.hasKnowledge: "knowledge",
    kps.hasSkill: "skills",
    kps.hasIndicator: "indicators",
    kps.hasActivity: "activities",
    kps.jobCategory: "category",
    kps.occupation: "occupation",
    kps.industry: "industry",
}


@dataclass(frozen=True, slots=True)
class Raw:
    """A violation as an engine gives it; ``messages`` are filled in."""

    shape: str
    rule: str
    severity: Severity
    component: str
    messages: Messages
    focus: Node
    path: str
    value: Node | None


@dataclass(frozen=True, slots=True)
class About:
    """What a graph says of a node.

    Attributes:
        code: its ``skos:notation``.
        place: its ``kps:place``.
        values: its ``kps:valuePlace``, the place of each value by the name of the value.
        description: its ``dcterms:description``.
        is_standard: whether it is a standard.
        name: its ``skos:prefLabel``.
    """

    code: str = ""
    place: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    is_standard: bool = False
    name: str = ""


#: Looks up nodes by IRI; those that the graph knows nothing of are left out.
Look: TypeAlias = "Callable[[Iterable[str]], Mapping[str, About]]"


def fill(template: str, values: Mapping[str, str]) -> str:
    """``template`` with its ``{?name}`` and ``{$name}`` filled in; unknown ones stay."""
    return _FIELD.sub(lambda m: values.get(m[1], m[0]), template)


def results(raws: Iterable[Raw], look: Look) -> list[Result]:
    """The distinct results among ``raws``, in a stable order."""
    distinct = list(dict.fromkeys(raws))
    nodes = {iri for raw in distinct for iri in _around(raw.focus)}
    known = look(sorted(nodes))
    made = [
        Result(_finding(raw, known), raw.focus, raw.shape, raw.component, raw.value)
        for raw in distinct
    ]
    return sorted(made, key=lambda r: (r.finding.order(), r.shape, r.component))


def wanted(raws: Iterable[Raw], standards: Iterable[str]) -> list[Raw]:
    """Those of ``raws`` whose focus node is one of ``standards``, a part of one, or a literal."""
    chosen = frozenset(standards)
    return [
        raw
        for raw in raws
        if raw.focus.kind == "literal" or not chosen.isdisjoint(_around(raw.focus))
    ]


def _around(node: Node) -> list[str]:
    """``node`` and those above it: parts have the IRI of their standard and a path."""
    if node.kind != "iri":
        return []
    parts = node.value.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts), 3, -1)]


def _finding(raw: Raw, known: Mapping[str, About]) -> Finding:
    above = [(iri, known[iri]) for iri in _around(raw.focus) if iri in known]
    standard = next(((i, a) for i, a in above if a.is_standard), None)
    parts = [a for _, a in above if not a.is_standard]
    own = known.get(raw.focus.value, About()) if raw.focus.kind == "iri" else About()
    return Finding(
        rule=raw.rule,
        severity=raw.severity,
        messages=dict(raw.messages),
        standard=standard[1].code if standard else "",
        code=next((a.code for a in parts if a.code), ""),
        value=_text(raw, standard[0] if standard else None),
        focus=raw.focus.value if raw.focus.kind == "iri" else raw.focus.ntriples(),
        path=raw.path,
        span=span(_place(raw, own)),
        shape=raw.shape if ":" in raw.shape else "",  # a blank node has no name
        component=raw.component,
        term=raw.value.ntriples() if raw.value else "",
        about=own.name,
    )


def _text(raw: Raw, standard: str | None) -> str:
    """The offending text: of a node that is referred to, its code."""
    if raw.value is None or (raw.value == raw.focus and raw.focus.kind != "literal"):
        return ""
    inside = raw.value.kind == "iri" and standard and raw.value.value.startswith(f"{standard}/")
    return code_of(raw.value.value) if inside else raw.value.value


def _place(raw: Raw, own: About) -> str:
    """The place of the value at fault, else that of the node."""
    name = _VALUES.get(raw.path, "")
    if raw.value is not None and own.description and raw.value.value == own.description:
        name = "description"
    return own.values.get(name, own.place)
