"""The map of a course (課程地圖): units in order, from which tasks they come, and what stands before.

Tasks stand on the left, the units that come from them beside them, in teaching order; an arrow on
the right leads from each unit to those that need it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.exports.pictures.scene import Box, Curve, Link, Node, Scene, Shape, Text
from kps_graph.exports.wrapping import wrap
from kps_graph.words import Language

__all__ = ["CourseMap", "Drawn", "Stop", "course_map"]

_LEFT: Final = 150.0
_GAP: Final = 24.0
_WIDE: Final = 360.0
_LANE: Final = 9.0
_SIZE: Final = 12.0
_STEP: Final = _SIZE * 1.4


@dataclass(frozen=True, slots=True)
class Stop:
    """A unit on the map.

    Attributes:
        number: its place, from 1.
        name: as every table has it.
        hours, level: as stated; "" for none.
        tasks: the codes of the tasks or activities that it comes from.
        group: what stands on the left: the module, or the tasks, that it is part of.
        before: the numbers of the units that stand before it.
    """

    number: int
    name: str
    hours: str
    level: str
    tasks: tuple[str, ...]
    group: str
    before: tuple[int, ...]

    @property
    def detail(self) -> str:
        """Hours, level and tasks in a line."""
        hours = f"{self.hours} 小時" if self.hours else ""
        level = f"第 {self.level} 級" if self.level else ""
        return "　".join(filter(None, (hours, level, "、".join(self.tasks))))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box with its lines of text, or the points of an arrow; in pixels."""

    box: Box | None = None
    lines: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class CourseMap:
    """A map that is laid out.

    Attributes:
        stops: the units.
        drawn: boxes, then arrows.
        width, height: in pixels.
        total: the sum of hours.
    """

    stops: tuple[Stop, ...]
    drawn: tuple[Drawn, ...]
    width: float
    height: float
    total: str

    def scene(self, title: str) -> Scene:
        """The map as a picture."""
        nodes, links = [], []
        for number, each in enumerate(self.drawn):
            if each.box is not None:
                shapes: tuple[Shape, ...] = (
                    each.box,
                    Text(each.box.x + 8, each.box.y + 17, each.lines, "ink", _SIZE),
                )
                nodes.append(Node(f"n{number}", " ".join(each.lines), each.box, shapes))
            else:
                (x, y), *rest = each.points
                path = f"M{x:.1f} {y:.1f}" + "".join(f"L{a:.1f} {b:.1f}" for a, b in rest)
                links.append(Link(f"a{number}", (), Curve(path, "link")))
        summary = f"{title}: {len(self.stops)}"
        return Scene(
            title,
            summary,
            Language.CHINESE,
            self.width,
            self.height,
            (),
            tuple(links),
            tuple(nodes),
        )

    def rows(self) -> list[list[str]]:
        """The map in cells: order, unit, hours, level, tasks, what stands before."""
        names = {stop.number: stop.name for stop in self.stops}
        return [
            [
                str(s.number),
                s.group,
                s.name,
                s.hours,
                s.level,
                "、".join(s.tasks),
                "；".join(names[n] for n in s.before),
            ]
            for s in self.stops
        ]


def course_map(stops: Sequence[Stop], total: str) -> CourseMap:
    """Lays out the map of a course."""
    units: dict[int, Box] = {}
    boxes: list[Drawn] = []
    top, start, x = 8.0, 8.0, 8.0 + _LEFT + _GAP
    for index, stop in enumerate(stops):
        lines = (*wrap(f"{stop.number}. {stop.name}", _WIDE - 16, _SIZE), stop.detail)
        lines = tuple(line for line in lines if line)
        height = _STEP * len(lines) + 10
        units[stop.number] = Box(x, top, _WIDE, height, "card", 4)
        boxes.append(Drawn(units[stop.number], lines))
        top += height + 10
        following = stops[index + 1].group if index + 1 < len(stops) else None
        if following != stop.group:
            said = wrap(stop.group or "—", _LEFT - 16, _SIZE)
            tall = max(top - 10 - start, _STEP * len(said) + 10)
            boxes.append(Drawn(Box(8, start, _LEFT, tall, "task", 4), said))
            top = max(top, start + tall + 10)
            start = top
    boxes.append(Drawn(Box(8, top, _LEFT + _GAP + _WIDE, _STEP + 10, "card", 4), (total,)))
    arrows = list(_arrows(stops, units))
    right = max((p[0] for a in arrows for p in a.points), default=x + _WIDE)
    return CourseMap(tuple(stops), (*boxes, *arrows), right + 12, top + _STEP + 18, total)


def _arrows(stops: Sequence[Stop], units: dict[int, Box]) -> list[Drawn]:
    """From each unit to what needs it, each in a lane of its own on the right; a short head."""
    found: list[Drawn] = []
    for stop in stops:
        for number in stop.before:
            one, other = units[number], units[stop.number]
            lane = one.right + 14 + _LANE * (len(found) % 8)
            begin, end = one.middle, other.middle
            points = (
                (one.right, begin),
                (lane, begin),
                (lane, end),
                (other.right, end),
                (other.right + 5, end - 3),
                (other.right, end),
                (other.right + 5, end + 3),
            )
            found.append(Drawn(points=points))
    return found
