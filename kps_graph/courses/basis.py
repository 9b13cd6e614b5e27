"""The standard that a course rests on, as its tables name it."""

from __future__ import annotations

from typing import Final

from kps_graph.courses.codes import standards_in
from kps_graph.courses.values import Course
from kps_graph.errors import ResourceError
from kps_graph.terms import code_series
from kps_graph.words import Sentence

__all__ = ["NAME_IT", "basis_of"]

#: What to do on the command line.
NAME_IT: Final = Sentence("name it with --standard, by its code or as a document")


def basis_of(course: Course, hint: Sentence | None = NAME_IT) -> str:
    """The code of the standard that ``course`` says it rests on.

    Raises:
        ResourceError: if it names none, or several; ``hint`` says how to choose.
    """
    named = _named(course)
    if len(named) > 1:
        raise ResourceError(
            "the table names {count} standards: {standards}; which one is it held against?",
            count=len(named),
            standards=tuple(named),
            source=course.source,
            hint=hint,
        )
    if not course.standard:
        raise ResourceError(
            "the table does not name the standard that the course rests on",
            source=course.source,
            hint=hint,
        )
    return course.standard


def _named(course: Course) -> list[str]:
    """Each standard that is named as the basis, in the words of the table; versions of one count once."""
    stated = course.facts.get("standard")
    codes = standards_in(stated.text) if stated else []
    named = codes or ([] if course.standard else list(course.standards))
    first: dict[str, str] = {}
    for each in named:
        first.setdefault(code_series(each), each)
    return list(first.values())
