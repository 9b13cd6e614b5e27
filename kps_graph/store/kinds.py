"""What a column of an answer holds: by its values, and without any by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["KINDS", "kind_of"]

#: What the columns of answers hold, by name: a column of which no row has a value is of this type.
KINDS: Final[Mapping[str, type[int | float]]] = MappingProxyType(
    {
        **dict.fromkeys(
            [
                "level",
                "shared",
                "raised",
                "step",
                "size",
                "places",
                "community",
                "sectors",
                "page",
                "line",
                "together",
                "changes",
                "count",
                "year",
            ],
            int,
        ),
        **dict.fromkeys(
            [
                "similarity",
                "rarity",
                "covered",
                "share",
                "score",
                "participation",
                "lift",
                "part",
                "jaccard",
            ],
            float,
        ),
    }
)


def kind_of(values: Iterable[object], column: str = "") -> type[int | float | bool | str]:
    """The narrowest type of a column that holds all of ``values``.

    If there are none, what the answers of kps-graph hold in a ``column`` of this name; else texts.
    """
    found = {type(value) for value in values if value is not None}
    if not found:
        return KINDS.get(column, str)
    for kind in (int, bool, float):
        if found == {kind}:
            return kind
    return float if found == {int, float} else str
