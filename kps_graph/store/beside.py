"""The files that lie beside the data of a store: their names, their versions, their soundness.

::

    manifest.json   the seal: written last; the version of the layout, and what the files of the
                    database were when it was closed
    lexicon.jsonl   the weights of words, if the competencies were aligned
    usage.jsonl     who uses what, read from the data once
    standards.jsonl what each standard states that a slice can ask for, read from the data once
    search.z        every text, folded, and where it stands; compressed

Whoever needs one asks :class:`Beside` and names no file. All but the seal can be made again from
the data; each begins with a line that says what it is, in which version, and the checksum of the
rest. The data of a store never change once it is sealed, so that nothing beside them grows stale.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kps_graph.errors import SourceError, StoreDamaged, StoreError
from kps_graph.saving import replace_file
from kps_graph.store.damage import damaged, other_version
from kps_graph.store.manifest import FORMAT
from kps_graph.version import __version__
from kps_graph.words import Sentence, parser_reason, reason

__all__ = ["LEXICON", "SEARCH", "STANDARDS", "USAGE", "Beside", "SideFile"]

_SEAL: Final = "manifest.json"
#: The files of a database that must be as they were; the others (LOG, LOCK, OPTIONS) may change.
_KEPT: Final = ("*.sst", "*.log", "MANIFEST-*", "CURRENT")
#: Size, time of the last change in nanoseconds, checksum.
_Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class SideFile:
    """A file beside the data.

    Attributes:
        name: of the file.
        version: of its content; what has another one is made again.
    """

    name: str
    version: int


LEXICON: Final = SideFile("lexicon.jsonl", 1)
USAGE: Final = SideFile("usage.jsonl", 4)
STANDARDS: Final = SideFile("standards.jsonl", 1)
SEARCH: Final = SideFile("search.z", 3)


class Beside:
    """The files beside the data, in one folder; without a folder there are none, and none is kept.

    Attributes:
        folder: where they are.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder

    def read(self, file: SideFile) -> bytes | None:
        """The content of ``file``; None if there is none of this version.

        Raises:
            StoreDamaged: if it is not what was written.
        """
        if self.folder is None:
            return None
        path = self.folder / file.name
        try:
            head, _, content = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(
                "the file cannot be read: {reason}", reason=reason(error), source=str(path)
            ) from error
        if head == _head(file, content):
            return content
        with suppress(ValueError, LookupError, TypeError, RecursionError):
            if json.loads(head)["version"] != file.version:
                return None
        raise StoreDamaged(
            "this file beside the data is damaged",
            source=str(path),
            hint=Sentence("remove it and run kps-graph align apply, which makes it again"),
        )

    def write(self, file: SideFile, content: bytes) -> None:
        """Keeps ``content`` as ``file``.

        Raises:
            StoreError: if it cannot be written.
        """
        if self.folder is not None:
            _write(self.folder / file.name, _head(file, content) + b"\n" + content)

    # -- the seal --------------------------------------------------------------------------

    @property
    def sealed(self) -> bool:
        """Whether the store was written to its end."""
        return self.folder is not None and (self.folder / _SEAL).is_file()

    def seal(self, data: Path, before: Beside | None = None) -> None:
        """Says that the store is complete, and what the files of its database are.

        Args:
            data: the directory of the database, which is closed.
            before: beside the store that this one is a changed copy of; files that both have in
                common are not read again.
        """
        known = before._marks(FORMAT) if before and before.sealed else {}
        marks = {path.name: _marked(path, known.get(path.name)) for path in _files(data)}
        self._seal(marks)

    def _seal(self, marks: dict[str, _Mark]) -> None:
        content = {"format": FORMAT, "kps-graph": __version__, "data": marks}
        assert self.folder is not None
        _write(self.folder / _SEAL, json.dumps(content).encode() + b"\n")

    def verify(self, data: Path, format: int = FORMAT) -> None:
        """Holds the database against the seal: a damaged one may answer wrongly, or never.

        A file is read only where its size is right and its time is not: in a copy of a store.

        Args:
            data: the directory of the database.
            format: the version of the layout that the store is to have.

        Raises:
            StoreVersion: if another version of kps-graph wrote the store.
            StoreDamaged: if a file is missing or not what was written.
        """
        marks = self._marks(format)
        found: dict[str, _Mark] = {}
        for name, mark in marks.items():
            path = data / name
            try:
                same = path.stat().st_size == mark[0] and _marked(path, mark)
            except OSError as error:
                raise damaged(str(path), reason(error)) from error
            if not same or same[2] != mark[2]:
                raise damaged(str(path), Sentence("it is not what was written"))
            found[name] = same
        if found != marks and format == FORMAT:
            with suppress(StoreError):  # on a read-only disk it is read again each time
                self._seal(found)

    @property
    def format(self) -> int | None:
        """The version of the layout of a store that was sealed; None if that cannot be read."""
        with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
            if self.folder is not None:
                return int(json.loads((self.folder / _SEAL).read_bytes())["format"])
        return None

    def _marks(self, format: int) -> dict[str, _Mark]:
        """The files of the database as the seal has them.

        Raises:
            StoreVersion, StoreDamaged: if the seal is another version's, or none.
        """
        assert self.folder is not None
        place = str(self.folder.parent)
        try:
            content: dict[str, Any] = json.loads((self.folder / _SEAL).read_bytes())
            version = content["format"]
            if version == format:
                return {
                    str(n): (int(a), int(b), int(c)) for n, (a, b, c) in content["data"].items()
                }
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise StoreDamaged(
                "the store's manifest cannot be read: {reason}",
                reason=reason(error) if isinstance(error, OSError) else parser_reason(str(error)),
                source=place,
                hint=Sentence("build it again with kps-graph build --rebuild"),
            ) from error
        raise other_version(place, str(version))


def _head(file: SideFile, content: bytes) -> bytes:
    head = {"file": file.name, "version": file.version, "crc32": zlib.crc32(content)}
    return json.dumps(head).encode()


def _write(path: Path, content: bytes) -> None:
    try:
        replace_file(path, content)
    except SourceError as error:
        raise StoreError(error.said, source=error.source) from error


def _files(data: Path) -> list[Path]:
    return sorted(path for pattern in _KEPT for path in data.glob(pattern))


def _marked(path: Path, known: _Mark | None = None) -> _Mark:
    """What a file is now; it is read unless size and time are those of ``known``."""
    state = path.stat()
    size, time = state.st_size, state.st_mtime_ns
    if known and (size, time) == known[:2]:
        return known
    total = 0
    with path.open("rb") as source:
        while part := source.read(1 << 20):
            total = zlib.crc32(part, total)
    return size, time, total
