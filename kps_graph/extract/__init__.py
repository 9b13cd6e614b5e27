"""Turns what a reader read into a Standard, with a finding for everything odd.

:func:`extract` knows tables and records, not file formats. It is imported when it is first used:
who only wants to know what extraction may notice does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kps_graph.extract.extraction import Extraction, extract

__all__ = ["Extraction", "extract"]


def __getattr__(name: str) -> Any:
    """What :data:`__all__` names, from its module, when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module 'kps_graph.extract' has no attribute {name!r}")
    return getattr(import_module("kps_graph.extract.extraction"), name)
