"""A standard as commands are given it: by code or name in the store, or as a document."""

from __future__ import annotations

from pathlib import Path

from kps_graph.model import Standard

__all__ = ["the_standard"]


def the_standard(given: str, store: Path) -> Standard:
    """The standard that ``given`` names.

    Raises:
        SourceError, ResourceError, StoreError: if there is none.
    """
    path = Path(given)
    if path.is_file():
        from kps_graph.pipeline.prepare import extraction

        return extraction(path)[0].standard
    import kps_graph

    with kps_graph.open(store) as graph:
        return graph.standard(given)
