"""Competency standards (職能基準) as a validated, queryable knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kps_graph.version import __version__

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph, open

__all__ = ["KnowledgeGraph", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """``kps_graph.open`` and ``kps_graph.KnowledgeGraph``, imported when first used."""
    if name in ("open", "KnowledgeGraph"):
        from kps_graph.graph import opened

        return getattr(opened, name)
    raise AttributeError(f"module 'kps_graph' has no attribute {name!r}")
