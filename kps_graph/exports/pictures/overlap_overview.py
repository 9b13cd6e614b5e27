"""The overlap of many occupations: a matrix of colours, group by group.

It is first looked at as a whole, with the names of the groups beside them; from nearer, the
names of occupations can be read, and stay in view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.columns import place as placed
from kps_graph.exports.pictures.scene import Box, Curve, Frozen, Node, Scene, Shape, Text
from kps_graph.exports.pictures.theme import hue
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.sharing.community import communities
from kps_graph.sharing.overlap import overlaps
from kps_graph.sharing.usage import Usage
from kps_graph.words import Language

__all__ = ["layout"]

MARGIN: Final = 32.0
CELL: Final = 12.0
LABEL: Final = 10.0
#: The longest name of a row, and of a column.
LONGEST: Final = (280.0, 170.0)
NEAREST: Final = 10
#: How large the title and the names of groups are, as a part of the matrix.
LARGE: Final = 1 / 55
#: From this magnification on, a page shows no names of groups any more.
NEAR: Final = 0.45
#: The power of likeness that a colour shows.
SOFTER: Final = 0.7


def layout(usage: Usage, chosen: Sequence[str], lang: Language = Language.CHINESE) -> Scene:
    """A cell for each pair of ``chosen``, as dark as they are alike; numbers are left to details.

    Occupations stand by community, the most central first; a frame surrounds each community.
    """
    lang = Language.of(lang)
    own = words(lang)
    groups, order = _order(usage, frozenset(chosen))
    place = {name: n for n, name in enumerate(order)}
    near = _near(usage, place)
    size = len(order) * CELL
    large = max(16.0, size * LARGE)
    names = [clean(usage.occupation(o).name) for o in order]
    rows, columns = ([fit(n, limit, LABEL) for n in names] for limit in LONGEST)
    left = MARGIN + max(width(n, LABEL) for n in rows) + 44
    titled = 30 + large * 1.3
    notes = wrap(own["overview-summary"], left + size, large * 0.6)
    head = titled + large * (0.85 * len(notes) + 0.3)
    top = head + max(width(n, LABEL) for n in columns) + 30
    title = f"{own['overlap']} · {len(order)} {own['occupations']}"
    ground: list[Shape] = [
        Text(MARGIN, titled, (title,), "title", large, own=True),
        Text(MARGIN, titled + large * 0.85, notes, "soft", large * 0.6, own=True),
        *_cells(near, place, left, top),
        *_groups(groups, left, top, size, large),
    ]
    nodes: list[Node] = []
    for row, name in enumerate(order):
        nodes += _row(
            usage,
            row,
            name,
            (rows[row], columns[row]),
            sorted(near[name])[:NEAREST],
            place,
            (left, top, size),
            lang,
        )
    right = max(
        [
            left + size,
            *(s.x + width(s.lines[0], s.size) for s in ground if isinstance(s, Text) and s.far),
        ]
    )
    low = max(top + size, *(s.y for s in ground if isinstance(s, Text)))
    return Scene(
        title,
        own["overview-summary"],
        lang,
        right + MARGIN,
        low + MARGIN,
        tuple(ground),
        (),
        tuple(nodes),
        frozen=Frozen(left, top, head),
        whole=True,
    )


def _order(
    usage: Usage, wanted: frozenset[str]
) -> tuple[list[tuple[int, str, Sequence[str]]], list[str]]:
    """Those ``wanted`` by community, and all of them in order."""
    groups: list[tuple[int, str, Sequence[str]]] = [
        (g.number, g.name, members)
        for g in communities(usage)
        if (members := [m for m in g.members if m in wanted])
    ]
    order = [m for _, _, members in groups for m in members]
    return groups, [*order, *sorted(wanted.difference(order))]


def _near(usage: Usage, place: Mapping[str, int]) -> dict[str, list[tuple[float, str, int]]]:
    """For each occupation the others: likeness (negative, to sort by), which, and what is shared."""
    near: dict[str, list[tuple[float, str, int]]] = {name: [] for name in place}
    for a, b, shared, likeness in overlaps(usage.pairs()):
        if a in place and b in place:
            near[a].append((-likeness, b, shared))
            near[b].append((-likeness, a, shared))
    return near


def _cells(
    near: dict[str, list[tuple[float, str, int]]], place: dict[str, int], left: float, top: float
) -> list[Shape]:
    """All cells of one colour as one path; the darkest is the most alike pair.

    Colours follow a root, since most pairs have little in common.
    """
    most = max((-pairs[0] for found in near.values() for pairs in found), default=1.0)
    paths: dict[int, list[str]] = {}
    for name, found in near.items():
        y = top + place[name] * CELL
        for negative, other, _ in found:
            step = round(10 * (-negative / most) ** SOFTER)
            if step:
                x = left + place[other] * CELL
                paths.setdefault(step, []).append(f"M{x:.0f} {y:.0f}h12v12h-12z")
    diagonal = "".join(
        f"M{left + n * CELL:.0f} {top + n * CELL:.0f}h12v12h-12z" for n in place.values()
    )
    return [
        Curve(diagonal, "diagonal"),
        *(Curve("".join(paths[step]), f"heat{step}") for step in sorted(paths)),
    ]


def _groups(
    groups: Sequence[tuple[int, str, Sequence[str]]],
    left: float,
    top: float,
    size: float,
    large: float,
) -> list[Shape]:
    """A frame around each group, and its name on the right, as near as there is room."""
    sides = [len(members) * CELL for _, _, members in groups]
    starts = [top + sum(sides[:n]) for n in range(len(groups))]
    letters = [min(large, max(side * 0.8, large * 0.6)) for side in sides]
    tops = placed(
        [e * 1.3 for e in letters],
        [y + (side - e * 1.3) / 2 for y, side, e in zip(starts, sides, letters, strict=True)],
        top,
        0,
    )
    found: list[Shape] = []
    for (number, name, members), side, start, size_of, y in zip(
        groups, sides, starts, letters, tops, strict=True
    ):
        x = left + start - top
        found.append(
            Curve(
                f"M{x:.0f} {start:.0f}h{side:.0f}v{side:.0f}h-{side:.0f}z", f"{hue(number)}-frame"
            )
        )
        label = fit(f"{number} {name}　{len(members)}", large * 24, size_of)
        found.append(
            Text(
                left + size + large, y + size_of, (label,), f"{hue(number)}-name", size_of, far=NEAR
            )
        )
    return found


def _row(
    usage: Usage,
    row: int,
    name: str,
    labels: tuple[str, str],
    near: Sequence[tuple[float, str, int]],
    place: dict[str, int],
    frame: tuple[float, float, float],
    lang: Language,
) -> list[Node]:
    """The name of a row, the row itself, and the name above its column."""
    left, top, size = frame
    shared = words(lang)["shared"]
    occupation = usage.occupation(name)
    facts = [*filter(None, [clean(occupation.code)]), *occupation.categories]
    if occupation.level is not None:
        facts.append(f"L{occupation.level}")
    detail = [" · ".join(facts)]
    detail += [
        f"{-negative:.2f} {clean(usage.occupation(other).name)}" + lang.aside(f"{shared} {count}")
        for negative, other, count in near
    ]
    others = tuple(f"row-{place[other]}" for _, other, _ in near)
    y, x, title = top + row * CELL, left + row * CELL, clean(occupation.name)
    beside = Box(MARGIN, y, left - MARGIN, CELL, "clear")
    along = Box(left, y, size, CELL, "clear")
    above = Box(x, top - 30, CELL, 30, "clear")
    line = Text(left - 36, y + CELL - 2.5, labels[:1], "ink", LABEL, anchor="end")
    count = Text(left - 8, y + CELL - 2.5, (str(row + 1),), "soft", 9, anchor="end", own=True)
    head = Text(x + CELL - 2.5, top - 6, labels[1:], "ink", LABEL, angle=-90)
    row_id, column, line_id = f"row-{row}", f"column-{row}", f"line-{row}"
    return [
        Node(
            row_id, title, beside, (beside, line, count), (column, line_id, *others), tuple(detail)
        ),
        Node(line_id, title, along, (along,), (row_id, column, *others), tuple(detail)),
        Node(column, title, above, (above, head), (row_id,), tuple(detail)),
    ]
