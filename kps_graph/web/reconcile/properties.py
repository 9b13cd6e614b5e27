"""What can be asked of a thing: its types and properties, and their values in a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.search import Thing
from kps_graph.terms import dcterms, kps, skos
from kps_graph.words import Bilingual

__all__ = ["PROPERTIES", "TYPES", "Property", "Value", "described", "properties_of", "values_of"]

#: A value of a property: a thing or its IRI, a text, a number.
Value: TypeAlias = "Thing | str | int"

#: What a thing can be, and what that is called.
TYPES: Final = {
    "K": Bilingual("知識", "Knowledge"),
    "S": Bilingual("技能", "Skill"),
    "A": Bilingual("態度", "Attitude"),
    "standard": Bilingual("職能基準（職業）", "Standard (occupation)"),
    "category": Bilingual("職類別", "Job category"),
    "occupation": Bilingual("職業別", "Occupation class"),
    "industry": Bilingual("行業別", "Industry"),
}
_COMPETENCIES: Final = ("K", "S", "A")
_CLASSES: Final = ("category", "occupation", "industry")


@dataclass(frozen=True, slots=True)
class Property:
    """A property that things of some types have.

    Attributes:
        id: what it is called by programs.
        label: by people.
        types: that have it.
        values: what its values are.
        pattern: SPARQL from ``?e`` to ``?v``; "" for what is known of a thing without asking.
    """

    id: str
    label: Bilingual
    types: tuple[str, ...]
    values: Literal["thing", "text", "number"]
    pattern: str = ""


def _held(kind: str) -> str:
    return f"?e <{kps.usesRepresentative}> ?v . ?v <{kps.competencyKind}> '{kind}'"


PROPERTIES: Final = {
    p.id: p
    for p in (
        Property("code", Bilingual("代碼", "Code"), ("standard", *_CLASSES), "text"),
        Property("uses", Bilingual("職能基準數", "Number of standards"), tuple(TYPES), "number"),
        Property("forms", Bilingual("其他寫法", "Other wordings"), tuple(TYPES), "text"),
        Property(
            "standards",
            Bilingual("採用的職能基準", "Standards that use it"),
            _COMPETENCIES,
            "thing",
            f"?v <{kps.usesRepresentative}> ?e",
        ),
        Property(
            "related",
            Bilingual("相關的職能", "Related competencies"),
            _COMPETENCIES,
            "thing",
            f"?e <{kps.relatedTo}> ?v",
        ),
        Property(
            "level",
            Bilingual("基準級別", "Base level"),
            ("standard",),
            "number",
            f"?e <{kps.baseLevel}> ?v",
        ),
        Property(
            "status",
            Bilingual("狀態", "Status"),
            ("standard",),
            "text",
            f"?e <{kps.status}> ?v",
        ),
        Property(
            "description",
            Bilingual("工作描述", "Description"),
            ("standard",),
            "text",
            f"?e <{dcterms.description}> ?v",
        ),
        Property(
            "category", TYPES["category"], ("standard",), "thing", f"?e <{kps.jobCategory}> ?v"
        ),
        Property(
            "occupation", TYPES["occupation"], ("standard",), "thing", f"?e <{kps.occupation}> ?v"
        ),
        Property("industry", TYPES["industry"], ("standard",), "thing", f"?e <{kps.industry}> ?v"),
        Property("knowledge", TYPES["K"], ("standard",), "thing", _held("K")),
        Property("skills", TYPES["S"], ("standard",), "thing", _held("S")),
        Property("attitudes", TYPES["A"], ("standard",), "thing", _held("A")),
        Property(
            "tasks",
            Bilingual("工作任務", "Tasks"),
            ("standard",),
            "text",
            f"?e <{kps.hasTask}>/<{skos.prefLabel}> ?v",
        ),
        Property(
            "broader",
            Bilingual("上層類別", "Broader class"),
            _CLASSES,
            "thing",
            f"?e <{skos.broader}> ?v",
        ),
        Property(
            "stated-by",
            Bilingual("所屬職能基準", "Standards in it"),
            _CLASSES,
            "thing",
            f"?v <{kps.jobCategory}>|<{kps.occupation}>|<{kps.industry}> ?e",
        ),
    )
}


def properties_of(kind: str) -> list[Property]:
    """The properties that things of a type have; all of them for "" ."""
    return [p for p in PROPERTIES.values() if not kind or kind in p.types]


def values_of(
    graph: KnowledgeGraph, property: Property, iris: Iterable[str]
) -> dict[str, list[Value]]:
    """The values of a property by the IRI of the thing, in a stable order."""
    known = graph.texts.named().things
    asked = [known[iri] for iri in dict.fromkeys(iris) if iri in known]
    if not property.pattern:
        return {thing.iri: _at_hand(property.id, thing) for thing in asked}
    found: dict[str, list[Value]] = defaultdict(list)
    if not asked:
        return found
    values = " ".join(f"<{thing.iri}>" for thing in asked)
    rows = graph.store.texts(
        f"SELECT DISTINCT ?e ?v WHERE {{ VALUES ?e {{ {values} }} {property.pattern} }}"
    )
    for iri, value in sorted(rows):
        if property.values == "thing":
            # what a standard states without a scheme knowing it has no name
            found[iri].append(known.get(value, value))
        else:
            number = property.values == "number" and value.isdecimal()
            found[iri].append(int(value) if number else value)
    return found


def _at_hand(name: str, thing: Thing) -> list[Value]:
    if name == "code":
        return [thing.code] if thing.code else []
    if name == "uses":
        return [thing.uses]
    others: Sequence[str] = thing.forms[1:]
    return list(others)


def described(thing: Thing) -> str:
    """What tells a thing from its namesakes, in a line."""
    if thing.kind in _COMPETENCIES:
        return f"{TYPES[thing.kind].chinese} · {thing.uses} 份職能基準 / standards"
    if thing.kind == "standard":
        replaced = "" if thing.uses else " · 已有新版 / replaced"
        return f"{thing.code}{replaced}"
    return f"{TYPES[thing.kind].chinese} {thing.code}"
