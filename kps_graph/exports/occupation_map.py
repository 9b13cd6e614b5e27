"""The map of occupations: what shares rare competencies stands close together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kps_graph.exports import page, render
from kps_graph.exports.labels import label_zooms
from kps_graph.exports.scene import Box, Circle, Curve, Lang, Link, Node, Scene, Shape, Text
from kps_graph.exports.text import clean, fit, width
from kps_graph.exports.theme import hue
from kps_graph.exports.words import words
from kps_graph.networks.communities import (
    NEAREST,
    Community,
    backbone,
    centrality,
    communities,
)
from kps_graph.networks.overlaps import Overlaps, overlaps
from kps_graph.networks.positions import positions
from kps_graph.networks.usage import Usage

__all__ = ["html", "layout", "svg"]

WIDTH: Final = 1600.0
HEIGHT: Final = 1000.0
LEGEND: Final = 330.0
TOP: Final = 76.0
LABEL: Final = 12.0
#: A label that would only fit beyond this magnification is shown by pointing alone.
FARTHEST: Final = 30.0
#: From more occupations than this on, dots are smaller and lines between communities thinner.
MANY: Final = 200


def svg(usage: Usage, lang: Lang = "zh-Hant") -> str:
    """The map as an SVG file, with the labels of the most central occupations."""
    return render.svg(layout(usage, lang))


def html(usage: Usage, lang: Lang = "zh-Hant") -> str:
    """The map as a page: zooming in brings out more labels, pointing shows the nearest."""
    return page.html(layout(usage, lang))


def layout(usage: Usage, lang: Lang = "zh-Hant") -> Scene:
    """The map of every occupation of ``usage`` that uses anything."""
    own = words(lang)
    pairs = overlaps(usage.pairs())
    links = backbone(pairs, NEAREST)
    groups = communities(usage)
    ranks = centrality(pairs)
    places = _fitted(positions(links, groups))
    home = {member: group for group in groups for member in group.members}
    order = sorted(links.names, key=lambda n: (-ranks[n], n))
    radii = _radii(order, ranks)
    names = {n: fit(usage.occupation(n).name, 260, LABEL) for n in order}
    zooms = dict(zip(order, label_zooms(
        [places[n] for n in order], [width(names[n], LABEL) + 12 for n in order],
        LABEL * 1.7), strict=True))
    near = _nearest(links)
    nodes = [
        _dot(usage, name, places[name], radii[name], home.get(name), zooms[name], names[name],
             near.get(name, []), own["no-category"])
        for name in reversed(order)]
    title = f"{own['map']} · {len(links.names)} {own['occupations']}"
    return Scene(
        title, own["map-summary"], lang, WIDTH, HEIGHT, _ground(groups, places),
        tuple(_tie(a, b, places, home, len(order) > MANY) for a, b, _, _ in links),
        tuple(nodes), True,
        (*_heading(title, own["map-summary"]), *_legend(usage, groups, lang)))


def _fitted(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The points scaled into the part of the picture that is not legend."""
    if not points:
        return {}
    left, right = min(x for x, _ in points.values()), max(x for x, _ in points.values())
    top, bottom = min(y for _, y in points.values()), max(y for _, y in points.values())
    wide, tall = WIDTH - LEGEND - 190, HEIGHT - TOP - 90
    scale = min(wide / max(right - left, 1e-6), tall / max(bottom - top, 1e-6), 110.0)
    x0 = LEGEND + 95 + (wide - (right - left) * scale) / 2 - left * scale
    y0 = TOP + 35 + (tall - (bottom - top) * scale) / 2 - top * scale
    return {name: (round(x0 + x * scale, 1), round(y0 + y * scale, 1))
            for name, (x, y) in points.items()}


def _radii(order: Sequence[str], ranks: dict[str, float]) -> dict[str, float]:
    most = max(ranks.values(), default=1.0)
    small = 2.5 if len(order) > MANY else 4.5
    return {name: small + 5 * ranks[name] / most for name in order}


def _nearest(links: Overlaps) -> dict[str, list[tuple[float, str]]]:
    near: dict[str, list[tuple[float, str]]] = {}
    for a, b, _, weight in links:
        near.setdefault(a, []).append((-weight, b))
        near.setdefault(b, []).append((-weight, a))
    return {name: sorted(found) for name, found in near.items()}


def _dot(usage: Usage, name: str, place: tuple[float, float], radius: float,
         group: Community | None, zoom: float, label: str, near: Sequence[tuple[float, str]],
         no_category: str) -> Node:
    x, y = place
    occupation = usage.occupation(name)
    facts = [name, *occupation.categories]
    if occupation.level is not None:
        facts.append(f"L{occupation.level}")
    detail = [" · ".join(map(clean, facts))]
    if group:
        detail.append(f"{group.number} {clean(group.name)}")
    for negative, other in near[:6]:
        both = usage.shared(name, other)
        reasons = "、".join(clean(usage.competency(c).name) for c in both[:3])
        detail.append(f"≈ {-negative:.2f} {clean(usage.occupation(other).name)}：{reasons}")
    style = hue(group.number) if group else "loose"
    shapes: list[Shape] = [Circle(x, y, radius, style)]
    shapes.append(Text(x, y + 10 + LABEL * 0.6, (label,), "label", LABEL, anchor="middle",
                       zoom=zoom if zoom <= FARTHEST else 1e6))
    return Node(name, clean(occupation.name), Box(x - radius, y - radius, 2 * radius, 2 * radius),
                tuple(shapes), tuple(other for _, other in near), tuple(detail))


def _tie(a: str, b: str, places: dict[str, tuple[float, float]],
         home: dict[str, Community], many: bool) -> Link:
    same = home[a].number if a in home and b in home and home[a] == home[b] else 0
    (ax, ay), (bx, by) = places[a], places[b]
    return Link(a, (b,), Curve(f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}",
                               f"{hue(same)}-tie" if same else "tie-thin" if many else "tie"))


def _ground(groups: Sequence[Community],
            places: dict[str, tuple[float, float]]) -> tuple[Shape, ...]:
    """For each community a soft area around its members, and its number at their middle."""
    shapes: list[Shape] = []
    numbers: list[Shape] = []
    for group in groups:
        points = [places[m] for m in group.members]
        hull = _hull(points)
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in hull) + "Z"
        shapes.append(Curve(path, f"{hue(group.number)}-area"))
        x = sum(p[0] for p in points) / len(points)
        y = sum(p[1] for p in points) / len(points)
        numbers.append(Text(x, y + 12, (str(group.number),), f"{hue(group.number)}-number", 34,
                            anchor="middle", own=True))
    return (*shapes, *numbers)


def _hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull, by Andrew's monotone chain."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for p in run:
            while len(found) > 1 and (
                    (found[-1][0] - found[-2][0]) * (p[1] - found[-2][1])
                    - (found[-1][1] - found[-2][1]) * (p[0] - found[-2][0])) <= 0:
                found.pop()
            found.append(p)
        return found[:-1]

    return half(ordered) + half(ordered[::-1])


def _heading(title: str, summary: str) -> tuple[Shape, ...]:
    return (Box(-WIDTH, -HEIGHT, 3 * WIDTH, HEIGHT + TOP, "paper"),
            Text(24, 38, (title,), "title", 22, own=True),
            Text(24, 60, (fit(summary, WIDTH - 48, 12.5),), "soft", 12.5, own=True))


def _legend(usage: Usage, groups: Sequence[Community], lang: Lang) -> list[Node | Shape]:
    """The communities with their number, size, name and most telling competencies."""
    own = words(lang)
    room = int((HEIGHT - TOP - 50) // 40)
    back = Box(-WIDTH, TOP, WIDTH + LEGEND, 2 * HEIGHT, "paper")
    heading = Text(24, TOP + 16, (f"{own['communities']} {len(groups)}",), "heading", 13, own=True)
    found: list[Node | Shape] = [back, heading]
    y = TOP + 28
    for group in groups[:room]:
        telling = "、".join(clean(usage.competency(c).name) for c in group.telling)
        name = fit(group.name, LEGEND - 100, 12.5)
        size = f"{len(group.members)}"
        frame = Box(16, y, LEGEND - 24, 38, "clear", 4)
        shapes = (frame, Circle(31, y + 15, 10, hue(group.number)),
                  Text(31, y + 19, (str(group.number),), "on-hue", 11, anchor="middle", own=True),
                  Text(48, y + 15, (name,), "strong", 12.5),
                  Text(LEGEND - 14, y + 15, (size,), "soft", 11, anchor="end", own=True),
                  Text(48, y + 31, (fit(telling, LEGEND - 66, 10.5),), "soft", 10.5))
        found.append(Node(f"-community-{group.number}", clean(group.name), frame, shapes,
                          group.members, (f"{size} {own['occupations']}", telling)))
        y += 40
    if len(groups) > room:
        found.append(Text(48, y + 14, (f"{own['more']} {len(groups) - room}",), "soft", 11,
                          own=True))
    return found
