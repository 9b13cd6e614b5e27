"""A file that a person named is read to a bound, and written whole or not at all.

What is named may be anything: a device, a pipe, or without end.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from kps_graph.errors import SourceError, TooLarge
from kps_graph.words import Sentence, reason

__all__ = [
    "content_of",
    "digest_of",
    "refuse_irregular",
    "refused_by_windows",
    "replace_file",
    "replacing",
    "text_of",
]

#: As many bytes of one file are read; the largest real ones have a thirtieth of it.
MOST: Final = 64 * 2**20
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
    beside = place.with_name(f".kps-{os.getpid()}-{os.urandom(4).hex()}")
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


def content_of(path: Path, source: str = "", most: int | None = None) -> bytes:
    """The bytes of a file.

    Args:
        path: of the file.
        source: what messages call it; by default its path.
        most: so many bytes are read; by default 64 MiB.

    Raises:
        OSError: if it cannot be read.
        SourceError: if it is a pipe or a device, which may never end.
        TooLarge: if it has more.
    """
    most = MOST if most is None else most
    refuse_irregular(path, source)
    with path.open("rb") as given:
        data = given.read(most + 1)
    if len(data) > most:
        raise TooLarge(
            "too large: {value:,} {unit}, at most {most:,} are read",
            value=max(path.stat().st_size, len(data)),
            unit=Sentence("bytes"),
            most=most,
            source=source or str(path),
            hint=Sentence("check that this is the right file"),
        )
    return data


def text_of(path: Path) -> str:
    """The text of a file, without a byte order mark.

    Raises:
        SourceError: if it cannot be read, or is no UTF-8.
    """
    try:
        return content_of(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise SourceError(
            "the file cannot be read: {reason}", reason=reason(error), source=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            "the file is not UTF-8 text", source=str(path), hint=Sentence("save it as UTF-8")
        ) from error


def digest_of(path: Path) -> str:
    """The SHA-256 of a file of any size; "" where there is none that can be read."""
    import hashlib  # it loads OpenSSL, which few files need

    try:
        refuse_irregular(path)
        with path.open("rb") as given:
            return hashlib.file_digest(given, "sha256").hexdigest()
    except (OSError, SourceError):
        return ""


def refuse_irregular(path: Path, source: str = "") -> None:
    """Looks whether ``path`` is a file, before it is opened: opening a pipe can wait for ever.

    Raises:
        OSError: if there is nothing.
        SourceError: if it is a pipe, a device or a folder.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # opening a folder says what it is
        raise SourceError(
            "this is no regular file",
            source=source or str(path),
            hint=Sentence("save it as a file first"),
        )
