"""Competency standards (職能基準) as a validated, queryable knowledge graph.

``read`` a document, ``check`` documents, ``annotate`` a draft, ``build`` a store of them, ``open`` it
and ask. All of it is imported when first used.
"""

from kps_graph.version import __version__

TYPE_CHECKING = False  # as in typing, which takes longer to import than all of this
if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph, open
    from kps_graph.pipeline.face import annotate, build, check, read

__all__ = ["KnowledgeGraph", "__version__", "annotate", "build", "check", "open", "read"]

_HOMES = {
    "KnowledgeGraph": "kps_graph.graph.opened",
    "open": "kps_graph.graph.opened",
    **dict.fromkeys(("annotate", "build", "check", "read"), "kps_graph.pipeline.face"),
}


def __getattr__(name: str) -> object:
    """What :data:`__all__` names, imported when first used."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kps_graph' has no attribute {name!r}")
