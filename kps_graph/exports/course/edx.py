"""A course as a taxonomy of Open edX: the CSV or JSON of its import (id, value, parent_id).

Every tag has another name, across all levels, as Studio wants it; parents stand before children.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kps_graph.exports.course.outline import CourseOutline
from kps_graph.printable import json_text, printable, spreadsheet_text

__all__ = ["edx_csv", "edx_json"]

_GROUPS = {"T": "工作任務", "K": "知識 K", "S": "技能 S", "A": "態度 A"}
#: As many characters as a tag may have.
_MOST = 500


def edx_csv(outline: CourseOutline) -> bytes:
    """The taxonomy as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "value", "parent_id"))
    for row in _tags(outline):
        writer.writerow(map(spreadsheet_text, row))
    return out.getvalue().encode()


def edx_json(outline: CourseOutline) -> bytes:
    """The taxonomy as JSON, with its name and description."""
    tags = [
        {"id": number, "value": value} | ({"parent_id": parent} if parent else {})
        for number, value, parent in _tags(outline)
    ]
    name = " ".join(filter(None, (outline.standard.code, outline.standard.name)))
    data = {"name": name, "description": outline.title, "tags": tags}
    return f"{json_text(data)}\n".encode()


def _tags(outline: CourseOutline) -> Iterator[tuple[str, str, str]]:
    kinds = {item.kind for item in outline.items}
    for kind, name in _GROUPS.items():
        if kind in kinds:
            yield kind, name, ""
    for item in outline.items:
        value = " ".join(printable(f"{item.code} {item.text}").split())
        group = item.kind if item.kind in _GROUPS else ""
        yield item.code, value[:_MOST], item.parent or group
    yield "M", f"課程單元：{printable(outline.title)}"[:_MOST], ""
    for lesson in outline.lessons:
        value = " ".join(printable(f"{lesson.number}. {lesson.module.name}").split())
        yield f"M{lesson.number}", value[:_MOST], "M"
