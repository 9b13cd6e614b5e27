"""Writes a scene as SVG: well-formed, selectable text, every character escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType

from kps_graph.exports.pictures.scene import (
    Box,
    Circle,
    Curve,
    Frozen,
    Link,
    Node,
    Scene,
    Shape,
    Text,
)
from kps_graph.exports.pictures.theme import FONTS, LIGHT, css
from kps_graph.exports.wrapping import clean

__all__ = ["dark", "figure", "shapes_of", "shown_size", "svg"]

#: The larger side, in pixels, at which a picture opens that is first looked at as a whole.
LARGEST = 1600.0
#: The language of every text that comes from a document.
CONTENT = "zh-Hant"


def svg(scene: Scene, leads: Mapping[str, str] = MappingProxyType({})) -> str:
    """``scene`` as an SVG file that needs nothing else; dark where the reader prefers that."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + figure(scene, f"<style>{dark(scene)}</style>", leads)
        + "\n"
    )


def dark(scene: Scene) -> str:
    """The style sheet that makes ``scene`` dark where the reader prefers that."""
    return css(frozenset(_styles(scene)))


def shown_size(scene: Scene) -> tuple[float, float]:
    """The width and height at which a picture opens: one looked at as a whole fits on a screen."""
    largest = max(scene.width, scene.height)
    scale = min(1.0, LARGEST / largest) if scene.whole else 1.0
    return scene.width * scale, scene.height * scale


def figure(scene: Scene, head: str = "", leads: Mapping[str, str] = MappingProxyType({})) -> str:
    """The ``svg`` element alone.

    Args:
        scene: what it shows.
        head: put first inside it.
        leads: by the id of a node, the address that it leads to.
    """
    size = f"{_n(scene.width)} {_n(scene.height)}"
    wide, high = shown_size(scene)
    attributes = (
        f' xmlns="http://www.w3.org/2000/svg" lang={_attribute(scene.lang)}'
        f' width="{_n(wide)}" height="{_n(high)}" viewBox="0 0 {size}"'
        f' font-family="{FONTS}" role="group" aria-labelledby="picture-title picture-summary"'
        + (' data-zoomable=""' if scene.zoomable else "")
        + (' data-whole=""' if scene.whole else "")
    )
    sides, heads, nodes = _panes(scene)
    lines = [
        f"<svg{attributes}>{head}",
        f'<title id="picture-title">{_escape(scene.title)}</title>',
        f'<desc id="picture-summary">{_escape(scene.summary)}</desc>',
        f'<rect class="paper" width="100%" height="100%" fill="{LIGHT["paper"]["fill"]}"/>',
        '<g id="world">',
        '<g id="ground">',
        *(_shape(s, scene) for s in scene.ground),
        "</g>",
        '<g id="links">',
        *(_link(link) for link in scene.links),
        "</g>",
        '<g id="nodes">',
        *(_leading(node, scene, leads) for node in nodes),
        "</g>",
        *(_frozen(scene, scene.frozen, sides, heads) if scene.frozen else ()),
        "</g>",
        '<g id="fixed">',
        *(_node(f, scene) if isinstance(f, Node) else _shape(f, scene) for f in scene.fixed),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines)


def _panes(scene: Scene) -> tuple[list[Node], list[Node], list[Node]]:
    """The nodes left of a matrix, those above it, and all others."""
    sides: list[Node] = []
    heads: list[Node] = []
    nodes: list[Node] = []
    for node in scene.nodes:
        above = scene.frozen and node.box.bottom <= scene.frozen.y + 0.01
        beside = scene.frozen and node.box.right <= scene.frozen.x + 0.01
        (heads if above else sides if beside else nodes).append(node)
    return sides, heads, nodes


def _frozen(
    scene: Scene, at: Frozen, sides: Iterable[Node], heads: Iterable[Node]
) -> Iterator[str]:
    """What stays in view, each on paper of its own, and what covers the corner between them."""
    high = at.y - at.top
    for name, box, shapes, nodes in (
        ("sides", Box(0, at.y, at.x, scene.height - at.y, "paper"), (), sides),
        ("heads", Box(0, at.top, scene.width, high, "paper"), at.shapes, heads),
        ("corner", Box(0, at.top, at.x, high, "paper"), (), ()),
    ):
        if box.width:
            yield f'<g id="{name}">{_shape(box, scene)}'
            yield from (_shape(shape, scene) for shape in shapes)
            yield from (_node(node, scene) for node in nodes)
            yield "</g>"


def shapes_of(scene: Scene, shapes: Iterable[Shape]) -> Iterator[str]:
    """Each of ``shapes`` as an element, as it would stand in ``scene``."""
    return (_shape(shape, scene) for shape in shapes)


def _styles(scene: Scene) -> Iterator[str]:
    yield "paper"
    for shape in _shapes(scene):
        if shape.style:
            yield shape.style


def _shapes(scene: Scene) -> Iterator[Shape]:
    yield from scene.ground
    yield from (link.curve for link in scene.links)
    if scene.frozen:
        yield from scene.frozen.shapes
    for part in (*scene.nodes, *scene.fixed):
        if isinstance(part, Node):
            yield from part.shapes
        else:
            yield part


def _link(link: Link) -> str:
    ends = f" data-from={_ids([link.source])} data-to={_ids(link.targets)}"
    return _shape(link.curve, None, ends)


def _leading(node: Node, scene: Scene, leads: Mapping[str, str]) -> str:
    """A node as a link, if it leads anywhere."""
    drawn, goal = _node(node, scene), leads.get(node.id)
    return f"<a href={_attribute(goal)}>{drawn}</a>" if goal else drawn


def _node(node: Node, scene: Scene) -> str:
    detail = "\n".join(_escape(line) for line in (node.label, *node.detail))
    inner = "".join(_shape(s, scene) for s in node.shapes)
    touches = f" data-touches={_ids(node.touches)}" if node.touches else ""
    more = ' data-more=""' if node.detail else ""
    return (
        f'<g class="node" data-id={_ids([node.id])}{touches}{more}>'
        f'<title lang="{CONTENT}">{detail}</title>{inner}</g>'
    )


def _ids(ids: Iterable[str]) -> str:
    return _attribute(" ".join(clean(i).replace(" ", "_") for i in ids))


def _shape(shape: Shape, scene: Scene | None, more: str = "") -> str:
    attributes = _attributes(shape.style) + more
    if isinstance(shape, Box):
        radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
        return (
            f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}"'
            f' height="{_n(shape.height)}"{radius}{attributes}/>'
        )
    if isinstance(shape, Circle):
        return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"{attributes}/>'
    if isinstance(shape, Curve):
        return f'<path d="{shape.path}"{attributes}/>'
    return _text(shape, scene, attributes)


def _text(text: Text, scene: Scene | None, attributes: str) -> str:
    lang = "" if text.own or (scene and scene.lang == CONTENT) else f' lang="{CONTENT}"'
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    x, y = _n(text.x), _n(text.y)
    turn = f' transform="rotate({_n(text.angle)} {x} {y})"' if text.angle else ""
    zoom = f' data-zoom="{_n(text.zoom)}" display="none"' if text.zoom > 1 else ""
    far = f' data-far="{_n(text.far)}"' if text.far else ""
    head = f'<text x="{x}" y="{y}" font-size="{_n(text.size)}"{anchor}{turn}{zoom}{far}{lang}'
    if len(text.lines) == 1:
        return f"{head}{attributes}>{_escape(text.lines[0])}</text>"
    step = _n(text.size * text.leading)
    spans = "".join(
        f'<tspan x="{x}"' + (f' dy="{step}"' if n else "") + f">{_escape(line)}</tspan>"
        for n, line in enumerate(text.lines)
    )
    return f"{head}{attributes}>{spans}</text>"


def _attributes(style: str) -> str:
    if not style:
        return ""
    values = "".join(f' {key}="{value}"' for key, value in LIGHT[style].items())
    return f' class="{style}"{values}'


def _escape(text: str) -> str:
    return escape(clean(text), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(text)}"'


def _n(number: float) -> str:
    """A number with at most one decimal, always written alike."""
    return f"{number:.1f}".removesuffix(".0")
