"""Reads a file that a person named, which may be anything: a device, a pipe, or without end."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Final

from kps_graph.errors import SourceError, TooLarge
from kps_graph.words import Sentence, reason

__all__ = ["content_of", "digest_of", "refuse_irregular", "text_of"]

#: As many bytes of one file are read; the largest real ones have a thirtieth of it.
MOST: Final = 64 * 2**20


def content_of(path: Path, source: str = "") -> bytes:
    """The bytes of a file.

    Args:
        path: of the file.
        source: what messages call it; by default its path.

    Raises:
        OSError: if it cannot be read.
        SourceError: if it is a pipe or a device, which may never end.
        TooLarge: if it has more than 64 MiB.
    """
    refuse_irregular(path, source)
    with path.open("rb") as given:
        data = given.read(MOST + 1)
    if len(data) > MOST:
        raise TooLarge(
            "too large: {value:,} {unit}, at most {most:,} are read",
            value=max(path.stat().st_size, len(data)),
            unit=Sentence("bytes"),
            most=MOST,
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
