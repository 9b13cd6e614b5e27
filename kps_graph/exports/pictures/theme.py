"""How things look: for each style its attributes on light paper, and what changes on dark."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["COLOURS", "DARK", "FONTS", "LIGHT", "css", "either", "hue"]

#: A Chinese font first, so that Latin letters are set in the same face.
FONTS: Final = (
    "'Noto Sans TC','Noto Sans CJK TC','Source Han Sans TC','PingFang TC',"
    "'Microsoft JhengHei','Heiti TC','WenQuanYi Zen Hei',sans-serif"
)

#: Categorical hues for communities, told apart by people with colour vision deficiencies as far
#: as twelve can be; (light paper, dark paper).
_HUES: Final = (
    ("#2f6db5", "#6ea8ea"),
    ("#c8641b", "#f0995a"),
    ("#2d8a5b", "#5fc493"),
    ("#b3324b", "#ec7a8f"),
    ("#6f55b5", "#a991ec"),
    ("#8a6d1a", "#d0b04a"),
    ("#17879a", "#4fc3d6"),
    ("#b04a97", "#e08ccb"),
    ("#5b7c1f", "#a0c659"),
    ("#7a4a35", "#c9937b"),
    ("#4c5f8a", "#92a5d4"),
    ("#a8462f", "#ea8a72"),
)
#: How many hues there are.
COLOURS: Final = len(_HUES)

_Rules = Mapping[str, Mapping[str, str]]


def hue(number: int) -> str:
    """The name of the ``number``-th hue, from 1; they repeat."""
    return f"hue{(number - 1) % COLOURS + 1}"


def _fill(colour: str) -> dict[str, str]:
    return {"fill": colour}


def _area(fill: str, stroke: str, stroke_width: str = "1") -> dict[str, str]:
    return {"fill": fill, "stroke": stroke, "stroke-width": stroke_width}


def _line(stroke: str, stroke_width: str = "1.5") -> dict[str, str]:
    return {"fill": "none", "stroke": stroke, "stroke-width": stroke_width}


def _pick(dark: bool, light_and_dark: tuple[str, str]) -> str:
    return light_and_dark[dark]


def _rules(dark: bool) -> _Rules:
    """Every style on light or on dark paper."""
    return MappingProxyType(
        {**_general(dark), **_kinds(dark), **_levels(dark), **_hues(dark), **_heat(dark)}
    )


#: Colours that several styles share: (light paper, dark paper).
_INK: Final = ("#1c2733", "#e7ecf2")
_SOFT: Final = ("#566575", "#a5b2c0")
_PAPER: Final = ("#ffffff", "#12171d")
_EDGE: Final = ("#c6d0da", "#3a4653")
_CARD: Final = ("#f6f8fa", "#1a2129")
_DEEP: Final = ("#23456b", "#9cc2ee")
_FAULT: Final = ("#a61b2b", "#ff98a4")
#: What a thing is: its strong colour and its tint.
_KINDS: Final = MappingProxyType(
    {
        "output": (("#0b6e65", "#5ccfc1"), ("#e3f4f1", "#12312e")),
        "knowledge": (("#1c54b2", "#86b4ff"), ("#e8f0fd", "#182a47")),
        "skill": (("#9a4a06", "#f3ac66"), ("#fdf0df", "#3a2612")),
        "attitude": (("#6b39b8", "#c3a2ff"), ("#f2ebfd", "#2a1f42")),
        "task": (_DEEP, ("#dfe9f4", "#1d3350")),
        "undefined": (_FAULT, _PAPER),
    }
)
#: The six levels, from routine to original work.
_SHADES: Final = (
    ("#e6edf5", "#22303f"),
    ("#cbdcee", "#28415c"),
    ("#a5c4e4", "#2f557d"),
    ("#6b9bcd", "#3f74ab"),
    ("#33699f", "#6a9fd6"),
    ("#173f6b", "#a9cdf5"),
)


def _general(dark: bool) -> _Rules:
    ink, soft, paper, edge, card = (
        _pick(dark, colour) for colour in (_INK, _SOFT, _PAPER, _EDGE, _CARD)
    )

    def pick(light: str, other: str) -> str:
        return _pick(dark, (light, other))

    return {
        "paper": _fill(paper),
        "ink": _fill(ink),
        "soft": _fill(soft),
        "title": {"fill": ink, "font-weight": "700"},
        "strong": {"fill": ink, "font-weight": "600"},
        "heading": {"fill": soft, "font-weight": "600"},
        "code": {"fill": soft, "font-weight": "600"},
        "rule": _line(edge, "1"),
        "card": _area(card, edge),
        "clear": _fill("transparent"),
        "group": _area(paper, edge, "1"),
        "link": _line(pick("#8496a9", "#68798b"), "1.4"),
        "trunk": _line(pick("#a9b6c4", "#4f5f6f"), "1"),
        "link-thin": {**_line(pick("#8496a9", "#68798b"), "0.9"), "stroke-opacity": "0.6"},
        "bracket": _line(_pick(dark, _DEEP), "2"),
        "grid": _area("none", edge, "0.5"),
        "tie": _line(pick("#b3bfca", "#3d4a57"), "0.7"),
        "tie-thin": {**_line(pick("#b3bfca", "#4a5866"), "0.5"), "stroke-opacity": "0.4"},
        "diagonal": _area(card, edge, "0.5"),
        "bar": _fill(pick("#bcd2ee", "#2c4a72")),
        "label": _label(dark),
        "on-hue": {"fill": paper, "font-weight": "700"},
        "loose": _area(pick("#9aa7b4", "#66727f"), paper, "1"),
    }


def _label(dark: bool) -> dict[str, str]:
    """Letters with an edge of paper around them, to be read on anything."""
    return {
        "fill": _pick(dark, _INK),
        "stroke": _pick(dark, _PAPER),
        "stroke-width": "3",
        "paint-order": "stroke",
        "stroke-linejoin": "round",
    }


def _kinds(dark: bool) -> _Rules:
    rules: dict[str, Mapping[str, str]] = {}
    for name, colours in _KINDS.items():
        strong, tint = (_pick(dark, colour) for colour in colours)
        rules[name] = _area(tint, strong)
        rules[f"{name}-code"] = {"fill": strong, "font-weight": "700"}
    rules["undefined"] = {**rules["undefined"], "stroke-dasharray": "4 3"}
    return rules


def _levels(dark: bool) -> _Rules:
    paper, fault = _pick(dark, _PAPER), _pick(dark, _FAULT)
    rules: dict[str, Mapping[str, str]] = {}
    for level, shade in enumerate(_SHADES, 1):
        rules[f"level{level}"] = _area(_pick(dark, shade), _pick(dark, _SHADES[4]), "0.8")
        ink = ("#ffffff", "#0d1620") if level > 4 else ("#12263c", "#ffffff")
        rules[f"level{level}-text"] = {"fill": _pick(dark, ink), "font-weight": "700"}
    rules["level"] = _area(paper, fault, "1.2")
    rules["level-text"] = {"fill": fault, "font-weight": "700"}
    return rules


def _hues(dark: bool) -> _Rules:
    rules: dict[str, Mapping[str, str]] = {}
    for number, colours in enumerate(_HUES, 1):
        colour = _pick(dark, colours)
        rules[f"hue{number}"] = _area(colour, _pick(dark, _PAPER), "1")
        rules[f"hue{number}-label"] = {**_label(dark), "fill": colour, "font-weight": "700"}
        rules[f"hue{number}-name"] = {"fill": colour, "font-weight": "700"}
        rules[f"hue{number}-frame"] = {
            **_line(colour, "1.5"),
            "vector-effect": "non-scaling-stroke",
        }
        rules[f"hue{number}-tie"] = {**_line(colour, "0.9"), "stroke-opacity": "0.35"}
        rules[f"hue{number}-area"] = {
            "fill": colour,
            "stroke": colour,
            "opacity": "0.1",
            "stroke-linejoin": "round",
            "stroke-width": "34",
        }
    return rules


def _heat(dark: bool) -> _Rules:
    """Eleven steps from paper to the colour of knowledge."""
    paper, ink, edge = (_pick(dark, colour) for colour in (_PAPER, _INK, _EDGE))
    rules: dict[str, Mapping[str, str]] = {}
    for step in range(11):
        mixed = _mix(paper, _pick(dark, _KINDS["knowledge"][0]), step / 10)
        rules[f"heat{step}"] = _area(mixed, edge, "0.5")
        rules[f"heat{step}-text"] = _fill(ink if step < 6 else paper)
    return rules


def _mix(one: str, other: str, part: float) -> str:
    """The colour at ``part`` of the way from ``one`` to ``other``."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


#: Attributes by style, on light paper: written on the elements, so that any reader sees them.
LIGHT: Final = _rules(dark=False)
#: The same on dark paper: only in the style sheet.
DARK: Final = _rules(dark=True)


def css(styles: frozenset[str]) -> str:
    """Rules that turn ``styles`` dark where the reader prefers that, and never in print."""
    rules = []
    for name in sorted(styles):
        changed = {k: v for k, v in DARK[name].items() if LIGHT[name].get(k) != v}
        if changed:
            body = ";".join(f"{k}:{v}" for k, v in changed.items())
            rules.append(f".{name}{{{body}}}")
    return "@media screen and (prefers-color-scheme:dark){" + "".join(rules) + "}"


def either(within: str) -> str:
    """Rules for all styles of what is in ``within``, light or dark as the page is."""
    rules = [f"{within}{{background:light-dark({_PAPER[0]},{_PAPER[1]})}}"]
    for name, light in sorted(LIGHT.items()):
        changed = {k: (light.get(k), v) for k, v in DARK[name].items() if light.get(k) != v}
        body = ";".join(f"{k}:light-dark({one},{other})" for k, (one, other) in changed.items())
        if body:
            rules.append(f"{within} svg .{name}{{{body}}}")
    return "\n".join(rules) + "\n"
