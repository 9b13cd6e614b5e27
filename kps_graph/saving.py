"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from kps_graph.errors import SourceError
from kps_graph.words import Sentence, reason

__all__ = ["replace_file", "text_of"]


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
            "the file cannot be written: {reason}", reason=reason(error), source=str(path)
        ) from error


def text_of(path: Path) -> str:
    """The text of a file that a person gave.

    Raises:
        SourceError: if it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceError(
            "the file cannot be read: {reason}", reason=reason(error), source=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            "the file is not UTF-8 text", source=str(path), hint=Sentence("save it as UTF-8")
        ) from error
