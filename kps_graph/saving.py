"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kps_graph.errors import SourceError

__all__ = ["replace_file"]


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, and onto the disk, then into it.

    Raises:
        SourceError: if it cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourceError(
            f"the file cannot be written: {error.strerror}", source=str(path)
        ) from error
