"""A course as a package of 1EdTech CASE 1.1: one document, its items, and what joins them.

Tasks, P, K, S, A and the modules are items. isChildOf is the outline, ``precedes`` a prerequisite; a
module and a P are isRelatedTo what they teach and take. Identifiers are made of the IRIs, so that the
same course has the same ones each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from kps_graph.exports.course.outline import CourseOutline, identifier
from kps_graph.printable import json_text, printable

__all__ = ["case"]

_TYPES: Final = {
    "T": "工作任務",
    "P": "行為指標",
    "K": "知識",
    "S": "技能",
    "A": "態度",
    "M": "課程單元",
}


def case(outline: CourseOutline, changed: str) -> bytes:
    """The package as JSON.

    Args:
        outline: the course.
        changed: when it was last changed, as ISO 8601 with a zone.
    """
    writer = _Package(outline, changed)
    data = {
        "CFDocument": writer.document(),
        "CFItems": list(writer.items()),
        "CFAssociations": list(writer.associations()),
    }
    return f"{json_text(data)}\n".encode()


class _Package:
    """Writes the parts of one package."""

    def __init__(self, outline: CourseOutline, changed: str) -> None:
        self.outline, self.changed = outline, changed
        self.titles = {i.code: f"{i.code} {i.text}" for i in outline.items}
        self.iris = {i.code: i.iri for i in outline.items}

    def document(self) -> dict[str, Any]:
        """The document: the course, and the standard that it rests on."""
        standard = self.outline.standard
        return {
            "identifier": identifier(self.outline.iri),
            "uri": _uri(self.outline.iri),
            "caseVersion": "1.1",
            "frameworkType": "職能導向課程",
            "creator": self.fact("applicant") or "kps-graph",
            "title": _line(self.outline.title),
            "lastChangeDateTime": self.changed,
            "officialSourceURL": _uri(self.outline.basis),
            "description": " ".join(filter(None, (standard.code, standard.name))),
            "language": "zh-Hant",
            "adoptionStatus": "Draft",
        }

    def fact(self, name: str) -> str:
        given = self.outline.course.facts.get(name)
        return _line(given.text) if given else ""

    def items(self) -> Iterator[dict[str, Any]]:
        """Each part of the standard, then each module."""
        for item in self.outline.items:
            found = self._item(item.iri, item.text, item.code, item.kind)
            if isinstance(item.level, int):
                found["educationLevel"] = [str(item.level)]
            yield found
        for lesson in self.outline.lessons:
            module = lesson.module
            found = self._item(lesson.iri, module.name, f"M{lesson.number}", "M")
            if module.level is not None:
                found["educationLevel"] = [str(module.level)]
            if goal := module.text("goal"):
                found["notes"] = printable(goal)
            yield found

    def _item(self, iri: str, text: str, code: str, kind: str) -> dict[str, Any]:
        return {
            "identifier": identifier(iri),
            "uri": _uri(iri),
            "fullStatement": printable(text) or code,
            "humanCodingScheme": _line(code),
            "CFItemType": _TYPES[kind],
            "language": "zh-Hant",
            "lastChangeDateTime": self.changed,
        }

    def associations(self) -> Iterator[dict[str, Any]]:
        """What joins the items."""
        outline = self.outline
        root = (outline.iri, outline.title)
        for number, item in enumerate(outline.items, 1):
            node = (item.iri, self.titles[item.code])
            parent = self._node(item.parent) if item.parent else root
            yield self._join("isChildOf", node, parent, number)
            for need in item.needs:
                if need in self.iris:
                    yield self._join("isRelatedTo", node, self._node(need))
        modules = {
            lesson.module.name: (lesson.iri, lesson.module.name) for lesson in outline.lessons
        }
        for lesson in outline.lessons:
            node = modules[lesson.module.name]
            yield self._join("isChildOf", node, root, len(outline.items) + lesson.number)
            for name in lesson.before:
                yield self._join("precedes", modules[name], node)
            for code in lesson.teaches:
                if code in self.iris:
                    yield self._join("isRelatedTo", node, self._node(code))

    def _node(self, code: str) -> tuple[str, str]:
        return self.iris[code], self.titles[code]

    def _join(
        self, kind: str, origin: tuple[str, str], end: tuple[str, str], number: int = 0
    ) -> dict[str, Any]:
        iri = f"{self.outline.iri}#{kind}/{identifier(origin[0])}/{identifier(end[0])}"
        joined: dict[str, Any] = {
            "identifier": identifier(iri),
            "uri": _uri(iri),
            "associationType": kind,
            "originNodeURI": _link(origin),
            "destinationNodeURI": _link(end),
            "lastChangeDateTime": self.changed,
        }
        return joined | ({"sequenceNumber": number} if number else {})


def _link(node: tuple[str, str]) -> dict[str, str]:
    iri, title = node
    return {
        "title": _line(title),
        "identifier": identifier(iri),
        "uri": _uri(iri),
        "targetType": "CASE",
    }


def _uri(iri: str) -> str:
    """An IRI with letters of any script as the URI that CASE wants."""
    return quote(iri, safe=":/#?&=~%")


def _line(text: str) -> str:
    return " ".join(printable(text).split())
