"""Cuts a tall picture into sheets of A4 for print: between its texts, with the heads on each sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kps_graph.exports.pictures.render import shapes_of
from kps_graph.exports.pictures.scene import Frozen, Scene, Shape, Text

__all__ = ["MARGIN", "Sheet", "continued", "cut", "paged", "sheets"]

#: The margin of a sheet in millimetres, and how high it is inside for its width.
MARGIN: Final = 10
_HIGH: Final = (210 - 2 * MARGIN - 1) / (297 - 2 * MARGIN)
#: What the line at the foot of a sheet takes, in pixels of the picture.
_FOOT: Final = 26.0
#: A sheet is at least so full, so that what stays whole does not leave it blank.
_FULL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stretch of the picture from ``top`` to ``bottom``, and the codes of what goes on from above."""

    top: float
    bottom: float
    continued: tuple[Text, ...] = ()


def paged(scene: Scene) -> bool:
    """Whether a picture is printed in sheets: one that is read from the top down, below heads."""
    return bool(scene.frozen and not scene.frozen.x and not scene.zoomable and not scene.whole)


def cut(scene: Scene) -> list[Sheet]:
    """The sheets of a picture, whose stretches follow each other and cut through no text."""
    if scene.frozen is None:
        return [Sheet(0, scene.height)]
    heads = scene.frozen.y - scene.frozen.top
    texts = [interval for text in _texts(scene) for interval in _lines(text)]
    wholes = [
        (n.box.y, n.box.bottom) for n in scene.nodes if n.box.height < 0.4 * scene.width * _HIGH
    ]
    found: list[Sheet] = []
    top = 0.0
    while top < scene.height:
        room = scene.width * _HIGH - _FOOT - (heads if found else 0)
        bottom = scene.height
        if top + room < scene.height:
            bottom = _cut(texts, wholes, top + _FULL * room, top + room)
        found.append(Sheet(top, bottom, tuple(continued(scene, top)) if found else ()))
        top = bottom
    return found


def sheets(scene: Scene) -> Iterator[str]:
    """The sheets as ``svg`` elements, which use the picture that is on the page."""
    if not paged(scene) or scene.frozen is None:
        return
    wide, high = scene.width, scene.width * _HIGH
    found = cut(scene)
    parts = "".join(f'<use href="#{part}"/>' for part in ("ground", "links", "nodes"))
    for number, sheet in enumerate(found, 1):
        heads = 0.0 if number == 1 else scene.frozen.y - scene.frozen.top
        tall = sheet.bottom - sheet.top
        foot = Text(
            wide - 32,
            high - 8,
            (f"{scene.title}　{number} / {len(found)}",),
            "soft",
            12,
            anchor="end",
        )
        yield (
            f'<svg class="sheet" viewBox="0 0 {wide:.1f} {high:.1f}">'
            + _heads(scene, scene.frozen, 0 if number == 1 else scene.frozen.top)
            + f'<svg y="{heads:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
            f'viewBox="0 {sheet.top:.1f} {wide:.1f} {tall:.1f}">{parts}'
            + "".join(shapes_of(scene, sheet.continued))
            + "</svg>"
            + "".join(shapes_of(scene, [foot]))
            + "</svg>"
        )


def _heads(scene: Scene, frozen: Frozen, up: float) -> str:
    drawn = "".join(shapes_of(scene, frozen.shapes))
    return f'<g transform="translate(0 {-up:.1f})">{drawn}</g>'


def _cut(
    texts: list[tuple[float, float]], wholes: list[tuple[float, float]], least: float, most: float
) -> float:
    """The lowest place to cut between ``least`` and ``most``: through nothing, else no text."""

    def free(taken: list[tuple[float, float]]) -> float | None:
        edges = sorted({most, *(b for _, b in taken if least <= b <= most)}, reverse=True)
        return next((at for at in edges if not any(a < at < b for a, b in taken)), None)

    return free([*texts, *wholes]) or free(texts) or most


def continued(scene: Scene, top: float) -> Iterator[Text]:
    """The code of each tall box that a sheet cuts, again at its top, but never over its text."""
    for node in scene.nodes:
        texts = [s for s in node.shapes if isinstance(s, Text)]
        code = next((t for t in texts if t.style == "task-code"), None)
        tall = node.box.y < top - 1 and node.box.bottom > top + 24
        free = all(b <= top or a >= top + 20 for text in texts for a, b in _lines(text))
        if tall and code is not None and free:
            yield Text(code.x, top + 16, (f"{code.lines[0]} …",), code.style, 12)


def _texts(scene: Scene) -> Iterator[Text]:
    shapes: list[Shape] = [*scene.ground, *(s for n in scene.nodes for s in n.shapes)]
    return (shape for shape in shapes if isinstance(shape, Text))


def _lines(text: Text) -> Iterator[tuple[float, float]]:
    """From where to where each line of a text reaches."""
    for number in range(len(text.lines)):
        base = text.y + number * text.size * text.leading
        yield base - text.size * 1.05, base + text.size * 0.35
