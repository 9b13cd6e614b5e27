"""A course as a taxonomy of Open edX: the CSV or JSON of its import (id, value, parent_id).

Every tag has another name, across all levels, as Studio wants it; parents stand before children, and
no tag stands deeper than three levels: tasks stand on the first, K, S, A and modules below a tag for each kind.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kps_graph.exports.course.outline import CourseOutline
from kps_graph.printable import json_text, printable, spreadsheet_text

__all__ = ["edx_csv", "edx_json"]

_GROUPS = {"K": "知識 K", "S": "技能 S", "A": "態度 A"}
#: As many characters as a tag may have.
_MOST = 500
#: The levels of a taxonomy; what stands deeper in a standard stands on the last one.
_LEVELS = 3
#: What a tag may not hold, as lists and paths of tags are written with it, and what stands for it.
_RESERVED = (("\t", " "), (";", "；"), (" > ", " ＞ "))


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
    line: dict[str, tuple[str, ...]] = {}
    for item in outline.items:
        above = line.get(item.parent, ()) or (
            (item.kind,) if item.kind in kinds & {*_GROUPS} else ()
        )
        above = above[: _LEVELS - 1]
        line[item.code] = (*above, item.code)
        yield item.code, _value(f"{item.code} {item.text}"), above[-1] if above else ""
    yield "M", _value(f"課程單元：{outline.title}"), ""
    for lesson in outline.lessons:
        yield f"M{lesson.number}", _value(f"{lesson.number}. {lesson.module.name}"), "M"


def _value(text: str) -> str:
    """``text`` as a tag: on one line, without what Studio refuses."""
    value = " ".join(printable(text).split())
    for reserved, other in _RESERVED:
        value = value.replace(reserved, other)
    return value[:_MOST]
