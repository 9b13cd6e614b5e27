"""What a report of a course is made of: lines, tables, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kps_graph.exports.course.course_map import CourseMap

__all__ = ["Block", "FormLine", "FormMap", "FormTable"]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line between tables.

    Attributes:
        style: title, part, stage, table or note.
        text: what it says.
    """

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class FormTable:
    """A table of the form.

    Attributes:
        widths: of its columns, in cm.
        rows: the texts of its cells, a paragraph a line.
        heads: its heading, repeated on each page; empty for none.
        labels: whether the first column holds labels.
    """

    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    heads: Sequence[str] = ()
    labels: bool = False


@dataclass(frozen=True, slots=True)
class FormMap:
    """The map of the course, in the one box of table 2."""

    map: CourseMap

    @property
    def text(self) -> str:
        """What it says in words, for whoever does not see it."""
        lines = []
        for stop in self.map.stops:
            before = "；".join(self.map.stops[n - 1].name for n in stop.before)
            arrow = f"　←　{before}" if before else ""
            lines.append(f"{stop.number}. {stop.name}（{stop.detail}）{arrow}")
        return "\n".join([*lines, self.map.total])


Block: TypeAlias = "FormLine | FormTable | FormMap"
