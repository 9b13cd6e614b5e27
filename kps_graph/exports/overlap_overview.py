"""The overlap of many occupations: a matrix of colours, group by group, to be scrolled through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kps_graph.exports.scene import Box, Curve, Lang, Node, Scene, Shape, Text
from kps_graph.exports.text import clean, fit, width, wrap
from kps_graph.exports.theme import hue
from kps_graph.exports.words import words
from kps_graph.networks.communities import communities
from kps_graph.networks.overlaps import overlaps
from kps_graph.networks.usage import Usage

__all__ = ["layout"]

MARGIN: Final = 32.0
CELL: Final = 12.0
LABEL: Final = 10.0
NEAREST: Final = 10


def layout(usage: Usage, chosen: Sequence[str], lang: Lang = "zh-Hant") -> Scene:
    """A cell for each pair of ``chosen``, as dark as they are alike; numbers are left to details.

    Occupations stand by community, the most central first; a frame surrounds each community.
    """
    own = words(lang)
    wanted = set(chosen)
    groups = [[m for m in g.members if m in wanted] for g in communities(usage)]
    order = [m for group in groups for m in group]
    order += sorted(wanted.difference(order))
    place = {name: n for n, name in enumerate(order)}
    near: dict[str, list[tuple[float, str, int]]] = {name: [] for name in order}
    for a, b, shared, likeness in overlaps(usage.pairs()):
        if a in place and b in place:
            near[a].append((-likeness, b, shared))
            near[b].append((-likeness, a, shared))
    names = [fit(clean(usage.occupation(o).name), 280, LABEL) for o in order]
    longest = max(width(n, LABEL) for n in names)
    left = MARGIN + longest + 44
    size = len(order) * CELL
    notes = wrap(own["overview-summary"], left + size - MARGIN, 13)
    top = 52 + 18.2 * len(notes) + longest + 40
    title = f"{own['overlap']} · {len(order)} {own['occupations']}"
    ground: list[Shape] = [
        Text(MARGIN, 46, (title,), "title", 22, own=True),
        Text(MARGIN, 70, notes, "soft", 13, own=True), *_cells(near, place, left, top),
        *_frames(groups, left, top)]
    nodes: list[Node] = []
    for row, name in enumerate(order):
        nodes += _row(usage, row, name, names[row], sorted(near[name])[:NEAREST], place,
                      (left, top, size), own["shared"])
    return Scene(title, own["overview-summary"], lang, left + size + MARGIN,
                 top + size + MARGIN, tuple(ground), (), tuple(nodes))


def _cells(near: dict[str, list[tuple[float, str, int]]], place: dict[str, int], left: float,
           top: float) -> list[Shape]:
    """All cells of one colour as one path; the darkest is the most alike pair."""
    most = max((-pairs[0] for found in near.values() for pairs in found), default=1.0)
    paths: dict[int, list[str]] = {}
    for name, found in near.items():
        y = top + place[name] * CELL
        for negative, other, _ in found:
            step = round(-10 * negative / most)
            if step:
                x = left + place[other] * CELL
                paths.setdefault(step, []).append(f"M{x:.0f} {y:.0f}h12v12h-12z")
    diagonal = "".join(f"M{left + n * CELL:.0f} {top + n * CELL:.0f}h12v12h-12z"
                       for n in place.values())
    return [Curve(diagonal, "diagonal"),
            *(Curve("".join(paths[step]), f"heat{step}") for step in sorted(paths))]


def _frames(groups: Sequence[Sequence[str]], left: float, top: float) -> list[Shape]:
    found: list[Shape] = []
    start = 0.0
    for number, group in enumerate(groups, 1):
        side = len(group) * CELL
        if group:
            found.append(Curve(f"M{left + start:.0f} {top + start:.0f}h{side:.0f}v{side:.0f}"
                               f"h-{side:.0f}z", f"{hue(number)}-tie"))
        start += side
    return found


def _row(usage: Usage, row: int, name: str, label: str, near: Sequence[tuple[float, str, int]],
         place: dict[str, int], frame: tuple[float, float, float], shared: str) -> list[Node]:
    """A row that can be pointed at anywhere along it, and the name above its column."""
    left, top, size = frame
    occupation = usage.occupation(name)
    facts = [clean(name), *occupation.categories]
    if occupation.level is not None:
        facts.append(f"L{occupation.level}")
    detail = [" · ".join(facts)]
    detail += [f"{-negative:.2f} {clean(usage.occupation(other).name)}（{shared} {count}）"
               for negative, other, count in near]
    touched = (f"column-{row}", *(f"row-{place[other]}" for _, other, _ in near))
    y, x = top + row * CELL, left + row * CELL
    line = Box(MARGIN, y, left + size - MARGIN, CELL, "clear")
    shapes = (line, Text(left - 36, y + CELL - 2.5, (label,), "ink", LABEL, anchor="end"),
              Text(left - 8, y + CELL - 2.5, (str(row + 1),), "soft", 9, anchor="end", own=True))
    above = Box(x, top - 30, CELL, 30, "clear")
    head = Text(x + CELL - 2.5, top - 6, (label,), "ink", LABEL, angle=-90)
    title = clean(occupation.name)
    return [Node(f"row-{row}", title, line, shapes, touched, tuple(detail)),
            Node(f"column-{row}", title, above, (above, head), (f"row-{row}",), tuple(detail))]
