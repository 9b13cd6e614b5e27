"""A course as values: its modules, what each teaches and how that is assessed, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kps_graph.document import Span
from kps_graph.report import Finding

__all__ = ["FIELDS", "REQUIRED", "Course", "Field", "Module", "Reference"]

#: What a column of a course table can be, by the name of the field it fills.
FIELDS: Final = (
    "name",
    "course",
    "group",
    "level",
    "goal",
    "codes",
    "tasks",
    "indicators",
    "knowledge",
    "skills",
    "attitudes",
    "hours",
    "outline",
    "methods",
    "materials",
    "equipment",
    "assessments",
    "tools",
    "evidence",
    "teachers",
    "assessors",
    "assistants",
    "teachers-named",
    "assessors-named",
    "assistants-named",
    "english",
    "prerequisites",
    "number",
    "standard",
    "note",
)

#: What every module needs (C15).
REQUIRED: Final = ("goal", "hours", "assessments")


@dataclass(frozen=True, slots=True)
class Reference:
    """A part of a standard that a module names.

    Attributes:
        code: as the table writes it, in plain letters and digits.
        span: the cell.
        text: what was written in the place of a code, where the code was found by its text.
        name: what stands behind the code: its text as the table words it.
        kind: T, P, K, S or A, as the heading of its column says; "" where that says none.
        standard: the code or name of the standard that a column names for its row; "" for none.
    """

    code: str
    span: Span
    text: str = ""
    name: str = ""
    kind: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A text of a module with its cell."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Module:
    """One module (課程單元) of a course.

    Attributes:
        name: as the table writes it.
        span: the cell of its name.
        references: the parts of the standard that it names, each once.
        hours: None where the table gives none, or none that is a number.
        level: the stated level, None where there is none.
        fields: its other texts by the names of :data:`FIELDS`.
    """

    name: str
    span: Span
    references: tuple[Reference, ...] = ()
    hours: float | None = None
    level: int | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a field; "" where the module has none."""
        given = self.fields.get(name)
        return given.text if given else ""

    def place(self, name: str) -> Span:
        """The cell of a field, or of the name of the module."""
        given = self.fields.get(name)
        return given.span if given else self.span


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its tables state it.

    Attributes:
        source: the file.
        title: "" where the tables give none.
        standard: the code of the standard that it names as its basis; "" for none.
        hours: the stated sum of hours with its cell; None where none is stated.
        level: the stated level of the course.
        modules: in order.
        facts: the other things stated once, by the words of the form.
        columns: the fields that the tables have a column for.
        findings: what was not understood, or was read otherwise than it stands.
        totals: every sum of hours that is stated, as in 壹, below a table, on the map.
        analysis: the rows of table 1 (職能表), each task with its P, K and S, as modules.
        standards: what a column names as the standard of its row, with the cell for each row.
    """

    source: str
    title: str = ""
    standard: str = ""
    hours: tuple[float, Span] | None = None
    level: tuple[int, Span] | None = None
    modules: tuple[Module, ...] = ()
    facts: Mapping[str, Field] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    totals: tuple[tuple[float, Span], ...] = ()
    analysis: tuple[Module, ...] = ()
    standards: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def references(self) -> Iterator[tuple[Module, Reference]]:
        """Every reference with its module, in order."""
        return ((module, each) for module in self.modules for each in module.references)
