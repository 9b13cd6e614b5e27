"""The name of a course that stands in a column beside its units, the same in each row."""

from __future__ import annotations

from dataclasses import replace

from kps_graph.courses.values import Course, Module

__all__ = ["with_title"]


def with_title(course: Course) -> Course:
    """``course`` with the name that a column states of all its units; where several do, they are groups."""
    stated = [module.fields["course"] for module in course.modules if "course" in module.fields]
    if not stated:
        return course
    names = dict.fromkeys(field.text for field in stated)
    if course.title in ("", *names) and len(names) == 1:
        facts = {"title": stated[0], **course.facts}
        return replace(course, title=stated[0].text, facts=facts)
    return replace(course, modules=tuple(map(_grouped, course.modules)))


def _grouped(module: Module) -> Module:
    given = module.fields.get("course")
    return replace(module, fields={"group": given, **module.fields}) if given else module
