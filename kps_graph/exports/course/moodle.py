"""A course as a competency framework of Moodle: the CSV of its import (tool_lpimportcsv).

The framework is the standard, as far as the course is about it: tasks, P below them, K, S and A in
a group each. What a P takes is cross-referenced. The modules are competencies too, below 課程單元, each
cross-referenced to what it teaches, so that a course of Moodle can be given them one by one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from kps_graph.exports.course.outline import CourseOutline
from kps_graph.printable import printable, spreadsheet_text

__all__ = ["HEADS", "moodle"]

HEADS: Final = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
)
#: A framework has a scale; Moodle looks for one with these values, or makes it.
_SCALE: Final = "未達成,已達成"
_CONFIGURATION: Final = '[{"scaleid":"1"},{"id":2,"scaledefault":1,"proficient":1}]'
_GROUPS: Final = {"K": "知識 K", "S": "技能 S", "A": "態度 A", "M": "課程單元"}
#: As many characters as Moodle keeps of a number or short name.
_MOST: Final = 100


def moodle(outline: CourseOutline) -> bytes:
    """The file, in UTF-8 with a mark of its encoding, as spreadsheets want it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _rows(outline):
        writer.writerow(map(spreadsheet_text, row))
    return out.getvalue().encode("utf-8-sig")


def _rows(outline: CourseOutline) -> Iterator[list[str]]:
    standard = outline.standard
    name = standard.code or standard.name
    yield [
        "", _short(name), _short(standard.name), standard.description or "", "2",
        _SCALE, _CONFIGURATION, "", "", "", "", "", "1",
        "competency,competency,competency,competency",
    ]  # fmt: skip
    kinds = {item.kind for item in outline.items} | {"M"}
    for kind, group in _GROUPS.items():
        if kind in kinds:
            yield _competency("", group, group, "", ())
    for item in outline.items:
        parent = item.parent or _GROUPS.get(item.kind, "")
        yield _competency(parent, item.code, f"{item.code} {item.text}", item.text, item.needs)
    for lesson in outline.lessons:
        number = f"M{lesson.number}"
        text = lesson.module.text("goal")
        name = f"{number} {lesson.module.name}"
        yield _competency(_GROUPS["M"], number, name, text, lesson.teaches)


def _competency(
    parent: str, number: str, name: str, text: str, related: tuple[str, ...]
) -> list[str]:
    crossed = ",".join(code.replace(",", "%2C") for code in related)
    return [parent, _short(number), _short(name), printable(text), "2",
            "", "", "", "0", "null", crossed, "", "", ""]  # fmt: skip


def _short(text: str) -> str:
    """``text`` on one line, as long as Moodle keeps it; the description has all of it.

    Moodle takes what follows a ``<`` for markup and drops it.
    """
    line = " ".join(printable(text).split()).replace("<", "＜")
    return line if len(line) <= _MOST else f"{line[: _MOST - 1]}…"
