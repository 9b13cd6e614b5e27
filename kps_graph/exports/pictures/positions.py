"""Where the dots of a map stand: communities as discs, near what they are linked to.

Plain arithmetic on plain floats, so that every machine draws the same map, and in time that
grows with the dots and links, not with their square.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from kps_graph.sharing.community import Community
from kps_graph.sharing.overlap import Overlaps

__all__ = ["positions"]

#: The angle by which each next point of a sunflower is turned.
GOLDEN = math.pi * (3 - math.sqrt(5))
#: Distance below which two dots push each other away; the unit of all lengths here.
APART = 1.0
#: Space between two communities.
GUTTER = 2.6
#: How strongly communities are drawn to the middle of the map, each round.
GRAVITY = 0.03


def positions(
    links: Overlaps, groups: Sequence[Community], aspect: float = 1.5, rounds: int = 120
) -> dict[str, tuple[float, float]]:
    """A place for each name of ``links``; dots are at least about one unit apart.

    Args:
        links: who is near whom, for instance a backbone.
        groups: the communities, which become discs.
        aspect: how much wider than high the map should be.
        rounds: how often the dots are moved.
    """
    index = {name: number for number, name in enumerate(links.names)}
    members = [[index[m] for m in group.members if m in index] for group in groups]
    placed = {m for group in members for m in group}
    loose = [n for n in range(len(links.names)) if n not in placed]
    home = {m: number for number, group in enumerate(members) for m in group}
    radii = [0.85 * math.sqrt(len(group)) + 0.7 for group in members]
    centres = _discs(links, home, radii, aspect, rounds * 2)
    points = [[0.0, 0.0] for _ in links.names]
    for number, group in enumerate(members):
        for rank, member in enumerate(group):
            radius = radii[number] * 0.9 * math.sqrt((rank + 0.5) / len(group))
            points[member] = [
                centres[number][0] + radius * math.cos(rank * GOLDEN),
                centres[number][1] + radius * math.sin(rank * GOLDEN),
            ]
    for step in range(rounds):
        if step < rounds * 0.7:
            _pull(points, links, home, 0.12 * (1 - step / rounds))
        _spread(points, home)
        _keep(points, home, centres, radii)
    _shelve(points, loose, placed, aspect)
    return {name: (points[n][0], points[n][1]) for name, n in index.items()}


def _discs(
    links: Overlaps, home: dict[int, int], radii: Sequence[float], aspect: float, rounds: int
) -> list[list[float]]:
    """Centres of the communities: linked ones near each other, none over another."""
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, weight in zip(links.left, links.right, links.weight, strict=True):
        if a in home and b in home and home[a] != home[b]:
            ties[min(home[a], home[b]), max(home[a], home[b])] += weight
    most = max(ties.values(), default=1.0)
    reach = math.sqrt(sum(r * r for r in radii)) * 1.2
    count = len(radii)
    points = [
        [
            reach * math.sqrt(n / count) * math.cos(n * GOLDEN) * aspect,
            reach * math.sqrt(n / count) * math.sin(n * GOLDEN),
        ]
        for n in range(count)
    ]
    for step in range(rounds):
        cool = 1 - step / rounds
        for (a, b), weight in ties.items():
            _approach(
                points[a], points[b], radii[a] + radii[b], 0.15 * cool * math.sqrt(weight / most)
            )
        for point in points:
            point[0] *= 1 - GRAVITY / aspect
            point[1] *= 1 - GRAVITY * aspect
        for _ in range(4):
            for a in range(count):
                for b in range(a):
                    _repel(points[a], points[b], radii[a] + radii[b] + GUTTER)
    _gather(points, radii, aspect)
    return points


def _gather(points: list[list[float]], radii: Sequence[float], aspect: float) -> None:
    """Draws every disc to the middle as far as the others let it: none is left far outside."""
    order = sorted(
        range(len(points)), key=lambda n: math.hypot(points[n][0] / aspect, points[n][1])
    )
    for _ in range(3):
        for n in order:
            x, y = points[n]
            kept = 1.0
            for step in range(1, 21):
                part = 1 - step * 0.04
                if any(
                    math.hypot(points[m][0] - x * part, points[m][1] - y * part)
                    < radii[n] + radii[m] + GUTTER
                    for m in order
                    if m != n
                ):
                    break
                kept = part
            points[n] = [x * kept, y * kept]


def _approach(a: list[float], b: list[float], rest: float, part: float) -> None:
    """Moves two points toward each other by ``part`` of what lies beyond ``rest``."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    distance = math.sqrt(dx * dx + dy * dy)
    if distance > rest:
        move = part * (distance - rest) / distance / 2
        a[0] += dx * move
        a[1] += dy * move
        b[0] -= dx * move
        b[1] -= dy * move


def _repel(a: list[float], b: list[float], least: float) -> None:
    """Moves two points apart until they are ``least`` from each other."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    if square >= least * least:
        return
    distance = math.sqrt(square)
    if distance < 1e-9:
        dx, dy, distance = 1e-3, 1e-3, 1.5e-3
    move = (least - distance) / distance / 2
    a[0] -= dx * move
    a[1] -= dy * move
    b[0] += dx * move
    b[1] += dy * move


def _pull(points: list[list[float]], links: Overlaps, home: dict[int, int], part: float) -> None:
    for a, b in zip(links.left, links.right, strict=True):
        if a in home and b in home:
            near = home[a] == home[b]
            _approach(points[a], points[b], APART, part if near else part / 6)


def _spread(points: list[list[float]], home: dict[int, int]) -> None:
    """Pushes apart what is too near, looking only into neighbouring cells of a grid."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number in home:
        x, y = points[number]
        cells[math.floor(x / APART), math.floor(y / APART)].append(number)
    for (x, y), here in cells.items():
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1)):
            for a in here:
                for b in cells.get((x + dx, y + dy), ()):
                    if (dx or dy) or a < b:
                        _repel(points[a], points[b], APART)


def _keep(
    points: list[list[float]],
    home: dict[int, int],
    centres: Sequence[Sequence[float]],
    radii: Sequence[float],
) -> None:
    """Draws back what has left its community's disc."""
    for number, group in home.items():
        point, (x, y) = points[number], centres[group]
        dx, dy = point[0] - x, point[1] - y
        distance = math.sqrt(dx * dx + dy * dy)
        if distance > radii[group]:
            back = 0.5 * (distance - radii[group]) / distance
            point[0] -= dx * back
            point[1] -= dy * back


def _shelve(
    points: list[list[float]], loose: Sequence[int], placed: set[int], aspect: float
) -> None:
    """Puts what is in no community in rows below the map."""
    xs = [points[n][0] for n in placed] or [0.0]
    low = max((points[n][1] for n in placed), default=0.0) + 2.5
    left = min(xs)
    across = max(int(max(xs) - left), math.ceil(math.sqrt(len(loose) * aspect)), 1)
    for rank, number in enumerate(loose):
        points[number] = [left + rank % across * 1.2, low + rank // across * 1.2]
