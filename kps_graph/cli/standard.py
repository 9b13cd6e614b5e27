"""A standard as commands are given it: by code or name in the store, or as a document."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from kps_graph.errors import ResourceError
from kps_graph.model import Standard

__all__ = ["the_standard"]


def the_standard(given: str, store: Path, words: Sequence[str] = ()) -> Standard:
    """The standard that ``given`` names; ``words`` are what else might have been meant.

    Raises:
        SourceError, ResourceError, StoreError: if there is none.
    """
    path = Path(given)
    if path.is_file():
        from kps_graph.pipeline.prepare import extraction

        return extraction(path)[0].standard
    import kps_graph

    with kps_graph.open(store) as graph:
        try:
            return graph.standard(given)
        except ResourceError as error:
            if close := difflib.get_close_matches(given, words, n=1):
                raise ResourceError(error.message, hint=f"did you mean {close[0]}?") from error
            raise
