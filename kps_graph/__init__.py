"""Competency standards (職能基準) as a validated, queryable knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kps_graph.graph import KnowledgeGraph, open

__all__ = ["KnowledgeGraph", "__version__", "open"]

__version__: Final = "0.1.0"


def __getattr__(name: str) -> Any:
    """``kps_graph.open`` and ``kps_graph.KnowledgeGraph``, imported when first used."""
    if name in ("open", "KnowledgeGraph"):
        from kps_graph import graph

        return getattr(graph, name)
    raise AttributeError(f"module 'kps_graph' has no attribute {name!r}")
