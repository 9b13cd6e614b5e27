"""A course in the formats of other systems, by name."""

from __future__ import annotations

from datetime import datetime

from kps_graph.courses.check import CourseCheck
from kps_graph.courses.triples import triples
from kps_graph.exports.course.case import case
from kps_graph.exports.course.edx import edx_csv, edx_json
from kps_graph.exports.course.moodle import moodle
from kps_graph.exports.course.outline import outline
from kps_graph.exports.course.schema_org import schema_org
from kps_graph.exports.results import graph_as_turtle
from kps_graph.model import Standard

__all__ = ["course_as"]


def course_as(
    check: CourseCheck,
    standard: Standard,
    identity: str,
    base: str,
    format: str,
    changed: datetime,
) -> bytes:
    """The file for another system.

    Args:
        check: the course, held against its standard.
        standard: the standard.
        identity: the local name under which it is kept.
        base: the namespace of data IRIs.
        format: ``moodle edx edx-json case schema.org`` or ``turtle``.
        changed: when the course was last changed.
    """
    if format == "turtle":
        lines = (f"{s} {p} {o} .\n" for s, p, o in triples(check, standard, identity, base))
        return graph_as_turtle("".join(lines).encode())
    told = outline(check, standard, identity, base)
    if format == "moodle":
        return moodle(told)
    if format == "edx":
        return edx_csv(told)
    if format == "edx-json":
        return edx_json(told)
    return case(told, changed.isoformat()) if format == "case" else schema_org(told)
