"""Accounts for the characters of a structured source."""

from __future__ import annotations

from kps_graph.document import Json
from kps_graph.extract.text import solid

__all__ = ["weigh"]


def weigh(value: Json) -> int:
    """Characters other than white space in all texts and numbers of ``value``, keys not counted."""
    leaves: list[str] = []
    _collect(value, leaves)
    return solid("".join(leaves))


def _collect(value: Json, leaves: list[str]) -> None:
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            if type(inner) is str:  # by far the most
                leaves.append(inner)
            else:
                _collect(inner, leaves)
    elif value is not None and not isinstance(value, bool):
        leaves.append(str(value))
