"""Accounts for the characters of a structured source."""

from __future__ import annotations

from kps_graph.document import Json
from kps_graph.extract.text import solid

__all__ = ["weigh"]


def weigh(value: Json) -> int:
    """Characters other than white space in all texts and numbers of ``value``, keys not counted."""
    if isinstance(value, dict):
        return sum(weigh(v) for v in value.values())
    if isinstance(value, list):
        return sum(weigh(v) for v in value)
    return 0 if value is None or isinstance(value, bool) else solid(str(value))
