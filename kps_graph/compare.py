"""Compares two standards by the competencies that they express."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from kps_graph.folding import element_key
from kps_graph.model import Standard

__all__ = ["Comparison", "Held", "compare"]


@dataclass(frozen=True, slots=True)
class Held:
    """A competency and the codes under which each of the two standards has it."""

    kind: str
    text: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two standards side by side.

    Attributes:
        names: of the two.
        shared, only_first, only_second: K, then S, then A, each in document order.
        jaccard: shared competencies over all of both.
    """

    names: tuple[str, str]
    shared: tuple[Held, ...]
    only_first: tuple[Held, ...]
    only_second: tuple[Held, ...]
    jaccard: float

    def as_data(self) -> dict[str, Any]:
        """The comparison as JSON data."""
        return {
            "standards": list(self.names),
            "jaccard": round(self.jaccard, 4),
            "shared": [asdict(h) for h in self.shared],
            "onlyFirst": [asdict(h) for h in self.only_first],
            "onlySecond": [asdict(h) for h in self.only_second],
        }


def compare(first: Standard, second: Standard) -> Comparison:
    """What both standards need and what only one does, by normalised-identical text.

    Elements and their sub-items count alike: a law that is an item here and a K there is shared.
    """
    one, two = _held(first), _held(second)
    keys = [*one, *(k for k in two if k not in one)]
    held = [
        Held(key[0], (one.get(key) or two[key])[0],
             tuple(one.get(key, ("", ()))[1]), tuple(two.get(key, ("", ()))[1]))
        for key in keys
    ]
    shared = tuple(h for h in held if h.first and h.second)
    return Comparison(
        (_title(first), _title(second)), shared,
        tuple(h for h in held if h.first and not h.second),
        tuple(h for h in held if h.second and not h.first),
        len(shared) / len(held) if held else 0.0,
    )


def _title(standard: Standard) -> str:
    return f"{standard.code or ''} {standard.name}".strip()


def _held(standard: Standard) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """By kind and key: the text and the codes that have it (an item has its element's)."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}

    def add(kind: str, key: str, text: str, code: str) -> None:
        codes = found.setdefault((kind, key), (text, []))[1]
        if code not in codes:
            codes.append(code)

    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element in elements:
            items = [i.text for i in element.items]
            add(kind, element_key(element.name, items), element.name, element.code or "—")
            for n, item in enumerate(items, 1):
                add(kind, element_key(item), item, f"{element.code or '—'}•{n}")
    for attitude in standard.attitudes:
        add("A", element_key(attitude.name), attitude.name, attitude.code or "—")
    return found
