"""Where the files of the query library lie: those that come with kps-graph, and somebody's own."""

from __future__ import annotations

import os
from pathlib import Path

from kps_graph import resources
from kps_graph.errors import SourceError

__all__ = ["files"]


def files(folder: Path | None) -> list[Path]:
    """The files of the library, with those in ``folder``, else in that of ``KPS_QUERIES``.

    Raises:
        SourceError: if the folder is not there.
    """
    own = folder or (Path(given) if (given := os.environ.get("KPS_QUERIES")) else None)
    shipped = [*resources.files("queries", "*.rq")]
    if own is None:
        return shipped
    if not own.is_dir():
        raise SourceError("the folder of queries is not there", source=str(own))
    return [*shipped, *sorted(own.resolve().glob("*.rq"))]
