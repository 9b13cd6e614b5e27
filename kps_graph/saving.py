"""A file is written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from kps_graph.errors import SourceError
from kps_graph.words import Sentence, reason

__all__ = ["refused_by_windows", "replace_file", "replacing"]

#: What no name on Windows may hold, and the names that it keeps for devices.
_MARKS: Final = '< > : " / \\ | ? *'
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, as :func:`replacing` does.

    Raises:
        SourceError: if it cannot be written.
    """
    with replacing(path) as out:
        out.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write, whole or not at all: beside its place, and onto the disk, then into it.

    A link is followed, and a file that was there keeps its mode. What is no regular file (a
    device, a pipe) is written to and stays what it is. Whatever goes wrong in the block, nothing
    is left beside.

    Raises:
        SourceError: if it cannot be written.
    """
    if os.name == "nt" and refused_by_windows(path.name):
        raise SourceError(
            "Windows has no file of this name",
            source=str(path),
            hint=Sentence(
                "use none of the characters {marks}, and no dot at the end", marks=_MARKS
            ),
        )
    try:
        place = path.resolve() if path.is_symlink() else path
        before = place.stat() if place.exists() else None
        if before is None or stat.S_ISREG(before.st_mode):
            with _beside(place, before) as out:
                yield out
        else:
            with place.open("wb", buffering=0) as out:
                yield out
    except OSError as error:
        raise SourceError(
            "the file cannot be written: {reason}", reason=reason(error), source=str(path)
        ) from error


def refused_by_windows(name: str) -> bool:
    """Whether Windows would take ``name`` for a device, a stream or another name, or for none."""
    return (
        bool(set(name) & {*_MARKS.split(), *map(chr, range(32))})
        or name.endswith((".", " "))
        or _DEVICE.match(name) is not None
    )


@contextmanager
def _beside(place: Path, before: os.stat_result | None) -> Iterator[BinaryIO]:
    beside = place.with_name(f".kps-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if before is not None:
            beside.chmod(stat.S_IMODE(before.st_mode))
        beside.replace(place)
    except BaseException:  # Ctrl-C too
        beside.unlink(missing_ok=True)
        raise
