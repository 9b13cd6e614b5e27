"""What stands around the columns: the header above them and the attitudes below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kps_graph.exports.headings import status
from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.columns import badge, label_of
from kps_graph.exports.pictures.scene import Box, Curve, Frozen, Node, Shape, Text
from kps_graph.exports.pictures.touching import Tree
from kps_graph.exports.wrapping import clean, fit, width, wrap
from kps_graph.model import Standard
from kps_graph.standards.outline import Node as Part
from kps_graph.words import Language

__all__ = ["attitudes", "header"]


def header(
    standard: Standard,
    tree: Tree,
    lang: Language,
    columns: tuple[float, float, float, float],
    ground: list[Shape],
) -> Frozen:
    """Draws name, code, level, classes and description; returns the headings below them.

    ``columns`` are the left edges of tasks, activities and needs, and the right edge of all.
    """
    left, work, need, right = columns
    own = words(lang)
    lines = wrap(standard.name, right - left - 130, 28)
    ground.append(Text(left, 54, lines, "title", 28))
    plate = badge(standard.level, right, 34)
    if plate and isinstance(plate[0], Box):
        ground += [
            *plate,
            Text(plate[0].x - 8, 47, (own["base"],), "soft", 12, anchor="end", own=True),
        ]
    y = 54 + 39.2 * (len(lines) - 1) + 24
    for text in (
        _identity(standard, Language.of(lang)),
        _classes(standard),
        standard.description or "",
    ):
        if text:
            style = "ink" if text is standard.description else "soft"
            wrapped = wrap(text, right - left, 13)
            ground.append(Text(left, y, wrapped, style, 13))
            y += 18.2 * len(wrapped) + 3
    y += 14
    # the document's own words for its two layers, which are Chinese
    headings = [*standard.layout.split("/"), "", ""][:2] if Language.of(lang).chinese else ["", ""]
    count = {
        kind: sum(n.kind == kind for n in tree.nodes.values())
        for kind in ("task", "activity", "output", "indicator", "knowledge", "skill")
    }
    task = fit(headings[0] or own["task"], work - left - 50, 13)
    parts = [f"{headings[1] or own['activity']} {count['activity']}"]
    parts += [f"{own[k]} {c} {count[k]}" for k, c in (("output", "O"), ("indicator", "P"))]
    needs = [f"{own[k]} {c} {count[k]}" for k, c in (("knowledge", "K"), ("skill", "S"))]
    places = (
        (left, f"{task} {count['task']}", work),
        (work, " · ".join(parts), need - 60),
        (need, " · ".join(needs), right),
    )
    heads = [
        Text(x, y, (fit(text, end - x, 13),), "heading", 13, own=True) for x, text, end in places
    ]
    return Frozen(
        0, y + 12, y - 18, (*heads, Curve(f"M{left:.1f} {y + 8:.1f}H{right:.1f}", "rule"))
    )


def _identity(standard: Standard, lang: Language) -> str:
    row = next((v for v in standard.versions if v.code == standard.code), None)
    what = words(lang)["standard"]
    parts = [lang.pick((standard.name_kind or what, what)), standard.code or ""]
    if row:
        parts += [row.version, str(status(row.status, lang)), row.date]
    return " · ".join(clean(p) for p in parts if p)


def _classes(standard: Standard) -> str:
    stated = standard.classification
    groups = (stated.job_category, stated.occupation, stated.industry)
    return " · ".join(clean(f"{c.code} {c.name}") for group in groups for c in group)


def attitudes(
    members: Sequence[tuple[Part, str | None]],
    box: Box,
    own: Mapping[str, str],
    ground: list[Shape],
) -> list[Node]:
    """The attitudes in rows of cards, below a heading; they belong to the whole standard."""
    if not members:
        return []
    heading = f"{own['attitude']} A {len(members)}"
    ground += [
        Text(box.x, box.y + 16, (heading,), "heading", 13, own=True),
        Curve(f"M{box.x:.1f} {box.y + 24:.1f}H{box.right:.1f}", "rule"),
    ]
    across = min(3, len(members))
    wide = (box.width - 12 * (across - 1)) / across
    made, y = [], box.y + 36
    for start in range(0, len(members), across):
        cards = [
            _attitude(node, text, Box(box.x + n * (wide + 12), y, wide, 0))
            for n, (node, text) in enumerate(members[start : start + across])
        ]
        tall = max(bottom for _, bottom, _ in cards) - y
        for node, _, shapes in cards:
            frame = Box(shapes[0].x - 10, y, wide, tall, "attitude", 6)
            made.append(Node(node.id, label_of(node), frame, (frame, *shapes)))
        y += tall + 10
    return made


def _attitude(node: Part, definition: str | None, box: Box) -> tuple[Part, float, list[Text]]:
    code = fit(node.code or "", 120, 12)
    indent = width(code, 12) + 8 if code else 0
    lines = wrap(node.label, box.width - 20 - indent, 13)
    shapes = [Text(box.x + 10, box.y + 20, (code,), "attitude-code", 12)]
    shapes.append(Text(box.x + 10 + indent, box.y + 20, lines, "strong", 13))
    bottom = box.y + 10 + 18.2 * len(lines)
    if definition:
        wrapped = wrap(definition, box.width - 20, 12)
        shapes.append(Text(box.x + 10, bottom + 13, wrapped, "soft", 12))
        bottom += 16.8 * len(wrapped) + 2
    return node, bottom + 8, shapes
