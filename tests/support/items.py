"""What a standard holds, item by item: to count what reading it again gives back."""

from __future__ import annotations

import re
from collections import Counter

from kps_graph.extract import Extraction
from kps_graph.model import Standard

__all__ = ["CONTENT", "items", "loose", "silent"]

_MIXED = re.compile(r"(?<=[\u4e00-\u9fff])\s(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])\s(?=[\u4e00-\u9fff])")
#: The fields of what stands in cells with codes; of them, those that have a code of their own.
CONTENT = (
    "units",
    "outputs",
    "indicators",
    "knowledge",
    "skills",
    "sub-items",
    "attachments",
    "attitudes",
)
CODED = {"units": 0, "outputs": 1, "indicators": 1, "knowledge": 0, "skills": 0, "attitudes": 0}


def items(standard: Standard) -> dict[str, Counter[tuple[object, ...]]]:
    """Every item of a standard, by field."""
    found: dict[str, Counter[tuple[object, ...]]] = {}

    def add(field: str, *item: object) -> None:
        found.setdefault(field, Counter())[item] += 1

    for field in ("code", "name", "name_kind", "layout", "description", "level"):
        add("header", field, getattr(standard, field))
    for version in standard.versions:
        add("versions", version)
    for scheme in ("job_category", "occupation", "industry"):
        for stated in getattr(standard.classification, scheme):
            add("classes", scheme, stated.code, stated.name)
    for unit in standard.units():
        add("units", unit.code, unit.name)
        add("levels", unit.code, unit.level)
        for code in (*unit.knowledge, *unit.skills):
            add("attachments", unit.code, code)
        for output in unit.outputs:
            add("outputs", unit.code, output.code, output.name)
        for indicator in unit.indicators:
            add("indicators", unit.code, indicator.code, indicator.text)
            add("levels", indicator.code, indicator.level)
            for code in (*indicator.knowledge, *indicator.skills):
                add("attachments", indicator.code, code)
    for kind, elements in (("knowledge", standard.knowledge), ("skills", standard.skills)):
        for element in elements:
            add(kind, element.code, element.name)
            for n, item in enumerate(element.items):
                add("sub-items", element.code, n, item.text)
    for attitude in standard.attitudes:
        add("attitudes", attitude.code, attitude.name, attitude.definition)
    for note in standard.notes:
        add("notes", note.text, *(i.text for i in note.items))
    return found


def loose(item: tuple[object, ...]) -> tuple[object, ...]:
    """An item without the spaces between Chinese characters and Latin words."""
    return tuple(_MIXED.sub("", part) if isinstance(part, str) else part for part in item)


def named(item: tuple[object, ...], at: int, extraction: Extraction) -> bool:
    """Whether a finding says the code of an item, or the text behind it."""
    code, text = str(item[at]), "".join(str(item[at + 1]).split())
    for finding in extraction.findings:
        said = f"{finding.code} {finding.value}"
        if re.search(rf"{re.escape(code)}(?!\d)", said) or text[:8] in "".join(said.split()):
            return True
        value = "".join(str(finding.value).split()).rstrip("…")
        if len(value) > len(code) + 3 and (code + text).startswith(value):
            return True  # K22D叢集, as far as the line goes
    return False


def silent(standard: Standard, extraction: Extraction) -> list[tuple[object, ...]]:
    """The items with a code that are not given back, and that no finding names."""
    have = items(extraction.standard)
    lost = []
    for field, counted in items(standard).items():
        if field in CODED:
            found = set(map(loose, have.get(field, Counter())))
            lost += [
                item
                for item in counted
                if loose(item) not in found and not named(item, CODED[field], extraction)
            ]
    return lost
