"""A course in the words of schema.org, as JSON-LD that needs no other file."""

from __future__ import annotations

from typing import Any

from kps_graph.courses.boxes import parts as listed
from kps_graph.courses.check import is_assessed
from kps_graph.exports.course.outline import CourseOutline, Item, Lesson
from kps_graph.printable import json_text

__all__ = ["schema_org"]


def schema_org(outline: CourseOutline) -> bytes:
    """The course as a ``Course`` whose parts are a ``Course`` a module, terms of the standard taught in each."""
    course, standard = outline.course, outline.standard
    items = {item.code: item for item in outline.items}
    data: dict[str, Any] = {
        "@context": {"@vocab": "https://schema.org/"},
        "@id": outline.iri,
        "@type": "Course",
        "name": outline.title,
        "inLanguage": "zh-Hant",
        "isBasedOn": {
            "@id": outline.basis,
            "@type": "DefinedTermSet",
            **({"identifier": standard.code} if standard.code else {}),
            "name": standard.name,
        },
        "about": {
            "@type": "Occupation",
            "name": standard.name,
            **({"description": standard.description} if standard.description else {}),
        },
        "hasPart": [_module(outline, lesson, items) for lesson in outline.lessons],
    }
    for name, fact in (
        ("description", "introduction"),
        ("audience", "audience"),
        ("coursePrerequisites", "admission"),
        ("provider", "applicant"),
    ):
        if given := course.facts.get(fact):
            data[name] = _said(name, given.text)
    if course.hours:
        data["timeRequired"] = _duration(course.hours[0])
    if course.level:
        data["educationalLevel"] = _level(course.level[0])
    return f"{json_text(data)}\n".encode()


def _said(name: str, text: str) -> Any:
    if name == "audience":
        return {"@type": "Audience", "audienceType": text}
    return {"@type": "Organization", "name": text} if name == "provider" else text


def _module(outline: CourseOutline, lesson: Lesson, items: dict[str, Item]) -> dict[str, Any]:
    module = lesson.module
    terms = [_term(items[code], outline) for code in lesson.teaches if code in items]
    data: dict[str, Any] = {
        "@id": lesson.iri,
        "@type": ["Course", "LearningResource"],
        "name": module.name,
        "position": lesson.number,
        "learningResourceType": "課程單元",
    }
    if goal := module.text("goal"):
        data["description"] = goal
    if module.hours is not None:
        data["timeRequired"] = _duration(module.hours)
    if module.level is not None:
        data["educationalLevel"] = _level(module.level)
    if terms:
        data["teaches"] = terms
        if is_assessed(module):
            data["assesses"] = [{"@id": term["@id"]} for term in terms]
    before = [one.iri for one in outline.lessons if one.module.name in lesson.before]
    if before:
        data["coursePrerequisites"] = [{"@id": iri} for iri in before]
    if methods := listed(module.text("methods")):
        data["educationalUse"] = "、".join(methods)
    return data


def _term(item: Item, outline: CourseOutline) -> dict[str, Any]:
    return {
        "@id": item.iri,
        "@type": "DefinedTerm",
        "termCode": item.code,
        "name": item.text,
        "inDefinedTermSet": {"@id": outline.basis},
    }


def _level(level: int) -> str:
    return f"職能級別 {level}"


def _duration(hours: float) -> str:
    """Hours as ISO 8601 has them: PT2H30M."""
    minutes = round(hours * 60)
    whole, rest = divmod(minutes, 60)
    return "PT" + (f"{whole}H" if whole or not rest else "") + (f"{rest}M" if rest else "")
