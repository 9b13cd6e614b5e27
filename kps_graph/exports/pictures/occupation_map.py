"""The map of occupations: what shares rare competencies stands close together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kps_graph.exports.pictures import page, render
from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.labels import Place, label_zooms
from kps_graph.exports.pictures.positions import positions
from kps_graph.exports.pictures.scene import (
    Box,
    Circle,
    Curve,
    Link,
    Node,
    Scene,
    Shape,
    Text,
)
from kps_graph.exports.pictures.theme import hue
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.sharing.community import (
    NEAREST,
    Community,
    backbone,
    centrality,
    communities,
    ties,
)
from kps_graph.sharing.overlap import Overlaps
from kps_graph.sharing.usage import Usage
from kps_graph.words import Language

__all__ = ["html", "layout", "svg"]

WIDTH: Final = 1600.0
HEIGHT: Final = 1000.0
LEGEND: Final = 360.0
TOP: Final = 84.0
LABEL: Final = 12.0
#: The name of a community on the map.
NAME: Final = 15.0
#: A label that would only fit beyond this magnification is shown by pointing alone.
FARTHEST: Final = 30.0
#: From more occupations than this on, dots are smaller and lines between communities thinner.
MANY: Final = 200


def svg(usage: Usage, lang: Language = Language.CHINESE) -> str:
    """The map as an SVG file, with the labels of the most central occupations."""
    return render.svg(layout(usage, lang))


def html(usage: Usage, lang: Language = Language.CHINESE) -> str:
    """The map as a page: zooming in brings out more labels, pointing shows the nearest."""
    return page.html(layout(usage, lang))


def layout(usage: Usage, lang: Language = Language.CHINESE) -> Scene:
    """The map of every occupation of ``usage`` that uses anything."""
    lang = Language.of(lang)
    own = words(lang)
    pairs = ties(usage)
    links = backbone(pairs, NEAREST)
    groups = communities(usage)
    ranks = centrality(pairs)
    places = _fitted(positions(links, groups))
    home = {member: group for group in groups for member in group.members}
    order = sorted(links.names, key=lambda n: (-ranks[n], n))
    radii = _radii(order, ranks)
    names = {n: fit(usage.occupation(n).name, 260, LABEL) for n in order}
    labels = _labels(groups, order, names, places, radii)
    named = [_name(group, *labels[_key(group)], own["occupations"]) for group in groups]
    near = _nearest(links)
    nodes = [
        _dot(
            usage,
            name,
            places[name],
            radii[name],
            home.get(name),
            labels[name][1],
            near.get(name, []),
            lang,
        )
        for name in reversed(order)
    ]
    title = f"{own['map']} · {len(links.names)} {own['occupations']}"
    return Scene(
        title,
        own["map-summary"],
        lang,
        WIDTH,
        HEIGHT,
        tuple(_areas(groups, places)),
        tuple(_tie(a, b, places, home, len(order) > MANY) for a, b, _, _ in links),
        (*nodes, *named),
        True,
        (*_heading(title, own["map-summary"]), *_legend(usage, groups, lang)),
    )


def _fitted(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The points scaled into the part of the picture that is not legend."""
    if not points:
        return {}
    left, right = min(x for x, _ in points.values()), max(x for x, _ in points.values())
    top, bottom = min(y for _, y in points.values()), max(y for _, y in points.values())
    wide, tall = WIDTH - LEGEND - 210, HEIGHT - TOP - 110
    scale = min(wide / max(right - left, 1e-6), tall / max(bottom - top, 1e-6), 240.0)
    x0 = LEGEND + 115 + (wide - (right - left) * scale) / 2 - left * scale
    y0 = TOP + 55 + (tall - (bottom - top) * scale) / 2 - top * scale
    return {
        name: (round(x0 + x * scale, 1), round(y0 + y * scale, 1))
        for name, (x, y) in points.items()
    }


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


def _key(group: Community) -> str:
    """The id of a community in the picture."""
    return f"-community-{group.number}"


def _labels(
    groups: Sequence[Community],
    order: Sequence[str],
    names: dict[str, str],
    places: dict[str, tuple[float, float]],
    radii: dict[str, float],
) -> dict[str, tuple[Place, Text]]:
    """A label for each community and, after these, for each occupation, none over a dot."""
    wanted: list[tuple[str, str, float, list[tuple[str, Place]]]] = []
    for group in groups:
        number = str(group.number)
        name = fit(f"{number} {group.name}", 230, NAME)
        options = [
            (text, place)
            for text in (name, number)
            for place in _beside([places[m] for m in group.members], width(text, NAME))
        ]
        wanted.append((_key(group), f"{hue(group.number)}-label", NAME, options))
    for member in order:
        x, y = places[member]
        text = names[member]
        wanted.append(
            (
                member,
                "label",
                LABEL,
                [
                    (text, Place(x, y, frame))
                    for frame in _around(width(text, LABEL), LABEL, radii[member] + 3)
                ],
            )
        )
    wanted = [
        (key, style, size, [o for o in options if _inside(o[1])] or options)
        for key, style, size, options in wanted
    ]
    found = label_zooms(
        [[place for _, place in options] for *_, options in wanted],
        [(*places[m], radii[m] + 1) for m in order],
    )
    labels = {}
    for (key, style, size, options), (which, zoom) in zip(wanted, found, strict=True):
        text, place = options[which]
        left, top, right, _ = place.frame
        labels[key] = (
            place,
            Text(
                place.x + (left + right) / 2,
                place.y + top + size * 1.02,
                (text,),
                style,
                size,
                anchor="middle",
                zoom=zoom if zoom <= FARTHEST else 1e6,
            ),
        )
    return labels


def _name(group: Community, place: Place, label: Text, occupations: str) -> Node:
    """The name of a community on the map, which keeps to its point: an empty dot."""
    left, top, right, bottom = place.frame
    box = Box(place.x + left, place.y + top, right - left, bottom - top)
    return Node(
        f"-name-{group.number}",
        clean(group.name),
        box,
        (label, Circle(place.x, place.y, 0, "clear")),
        group.members,
        (f"{len(group.members)} {occupations}",),
    )


def _around(wide: float, size: float, gap: float) -> list[tuple[float, float, float, float]]:
    """The frames of a label around its point: above, below, right and left of it."""
    half, high = wide / 2, size * 1.3
    return [
        (-half, -gap - high, half, -gap),
        (-half, gap, half, gap + high),
        (gap, -high / 2, gap + wide, high / 2),
        (-gap - wide, -high / 2, -gap, high / 2),
    ]


def _beside(points: Sequence[tuple[float, float]], wide: float) -> list[Place]:
    """The places of a name beside what covers ``points``: above, below, right and left of it."""
    highest, lowest = min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])
    rightmost, leftmost = max(points), min(points)
    return [
        Place(*point, frame)
        for point, frame in zip(
            (highest, lowest, rightmost, leftmost), _around(wide, NAME, 14), strict=True
        )
    ]


def _inside(place: Place) -> bool:
    """Whether a label stands in the part of the picture that is the map."""
    left, top, right, bottom = place.frame
    return (
        place.x + left > LEGEND
        and place.x + right < WIDTH
        and place.y + top > TOP
        and place.y + bottom < HEIGHT
    )


def _dot(
    usage: Usage,
    name: str,
    place: tuple[float, float],
    radius: float,
    group: Community | None,
    label: Text,
    near: Sequence[tuple[float, str]],
    lang: Language,
) -> Node:
    x, y = place
    occupation = usage.occupation(name)
    facts = [*filter(None, [occupation.code]), *occupation.categories]
    if occupation.level is not None:
        facts.append(f"L{occupation.level}")
    detail = [" · ".join(map(clean, facts))]
    if group:
        detail.append(f"{group.number} {clean(group.name)}")
    for negative, other in near[:6]:
        both = usage.shared(name, other)
        reasons = lang.joined(clean(usage.competency(c).name) for c in both[:3])
        said = f"≈ {-negative:.2f} {clean(usage.occupation(other).name)}"
        detail.append(lang.headed(said, reasons))
    style = hue(group.number) if group else "loose"
    return Node(
        name,
        clean(occupation.name),
        Box(x - radius, y - radius, 2 * radius, 2 * radius),
        (Circle(x, y, radius, style), label),
        tuple(other for _, other in near),
        tuple(detail),
    )


def _tie(
    a: str, b: str, places: dict[str, tuple[float, float]], home: dict[str, Community], many: bool
) -> Link:
    same = home[a].number if a in home and b in home and home[a] == home[b] else 0
    (ax, ay), (bx, by) = places[a], places[b]
    return Link(
        a,
        (b,),
        Curve(
            f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}",
            f"{hue(same)}-tie" if same else "tie-thin" if many else "tie",
        ),
    )


def _areas(groups: Sequence[Community], places: dict[str, tuple[float, float]]) -> Iterator[Shape]:
    """For each community a soft area around its members."""
    for group in groups:
        hull = _hull([places[m] for m in group.members])
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in hull) + "Z"
        yield Curve(path, f"{hue(group.number)}-area")


def _hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull, by Andrew's monotone chain."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for p in run:
            while (
                len(found) > 1
                and (
                    (found[-1][0] - found[-2][0]) * (p[1] - found[-2][1])
                    - (found[-1][1] - found[-2][1]) * (p[0] - found[-2][0])
                )
                <= 0
            ):
                found.pop()
            found.append(p)
        return found[:-1]

    return half(ordered) + half(ordered[::-1])


def _heading(title: str, summary: str) -> tuple[Shape, ...]:
    return (
        Box(-WIDTH, -HEIGHT, 3 * WIDTH, HEIGHT + TOP, "paper"),
        Text(24, 38, (title,), "title", 22, own=True),
        Text(24, 60, (fit(summary, WIDTH - 48, 12.5),), "soft", 12.5, own=True),
    )


def _legend(usage: Usage, groups: Sequence[Community], lang: Language) -> list[Node | Shape]:
    """The communities with their number, size, name and most telling competencies.

    The more there are, the less is said of each; what has no room at all is counted.
    """
    own = words(lang)
    room = HEIGHT - TOP - 60
    lines = next((n for n in (3, 2, 1, 0) if len(groups) * _height(n) <= room), 0)
    most = int(room // _height(lines))
    back = Box(-WIDTH, TOP, WIDTH + LEGEND, 2 * HEIGHT, "paper")
    heading = Text(24, TOP + 16, (f"{own['communities']} {len(groups)}",), "heading", 13, own=True)
    found: list[Node | Shape] = [back, heading]
    y = TOP + 28
    for group in groups[:most]:
        telling = lang.joined(clean(usage.competency(c).name) for c in group.telling)
        name = fit(group.name, LEGEND - 100, 12.5)
        size = f"{len(group.members)}"
        frame = Box(16, y, LEGEND - 24, _height(lines) - 2, "clear", 4)
        shapes: list[Shape] = [
            frame,
            Circle(31, y + 13, 9.5, hue(group.number)),
            Text(31, y + 17, (str(group.number),), "on-hue", 11, anchor="middle", own=True),
            Text(48, y + 17, (name,), "strong", 12.5),
            Text(LEGEND - 14, y + 17, (size,), "soft", 11, anchor="end", own=True),
        ]
        if said := _said(telling, lines):
            shapes.append(Text(48, y + 32, said, "soft", 10.5))
        found.append(
            Node(
                _key(group),
                clean(group.name),
                frame,
                tuple(shapes),
                group.members,
                (f"{size} {own['occupations']}", telling),
            )
        )
        y += _height(lines)
    if len(groups) > most:
        found.append(
            Text(48, y + 14, (f"{own['more']} {len(groups) - most}",), "soft", 11, own=True)
        )
    return found


def _height(lines: int) -> float:
    """How high the legend of a community is that says so many lines of it."""
    return 25 + 15 * lines


def _said(text: str, lines: int) -> tuple[str, ...]:
    """``text`` in at most so many lines of the legend, cut with an ellipsis where it must be."""
    wrapped = wrap(text, LEGEND - 66, 10.5)
    if len(wrapped) <= lines:
        return wrapped
    return (*wrapped[: lines - 1], fit("".join(wrapped[lines - 1 :]), LEGEND - 66, 10.5))[:lines]
