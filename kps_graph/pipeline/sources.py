"""Finds the files that a build or a check is given."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from kps_graph.errors import SourceError
from kps_graph.formats import SourceFormat
from kps_graph.printable import one_line
from kps_graph.words import Sentence

__all__ = ["SourceFile", "digest", "find", "order"]

_EXTENSIONS: Final = frozenset(e for f in SourceFormat for e in f.extensions)
#: Documents of old kinds, which are taken so that it is said what to do with them.
_OLD: Final = frozenset((".doc", ".rtf", ".wps"))
#: Texts that lie beside documents and are none themselves.
_BESIDE: Final = ("readme", "license", "changelog", "contributing")


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to read: its name as messages and the manifest show it, and where it is."""

    name: str
    path: Path

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """The file at ``path``; what no text can hold of its name, or no line, is escaped."""
        name = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
        return cls(one_line(name), path)


#: What marks the directory of a store.
_STORE: Final = frozenset(("CURRENT", "LOCK"))


def find(given: Iterable[str | Path]) -> list[SourceFile]:
    """The files named by ``given``; folders stand for the documents below them.

    A file that is named is always taken; in a folder only files with the extension of a source
    format are, or of an old kind of document, hidden ones and texts such as README aside. Links
    out of a folder are not followed. A folder that cannot be read is taken for a file, so that
    reading it says so.

    Raises:
        SourceError: if a path does not exist, or there is nothing at all.
    """
    found: dict[Path, SourceFile] = {}
    for one in given:
        path = Path(one)
        if path.is_dir():
            root = path.resolve()
            for inner in sorted(_below(path)):
                # no folder on the way is a link: none is followed
                real = inner.resolve() if inner.is_symlink() else root / inner.relative_to(path)
                if real.is_relative_to(root):
                    found.setdefault(real, SourceFile.at(inner))
        elif path.exists():
            found.setdefault(path.resolve(), SourceFile.at(path))
        else:
            raise SourceError("there is no such file or folder", source=str(one))
    if not found:
        kinds = " ".join(sorted(_EXTENSIONS))
        raise SourceError(
            "no documents were found",
            source=" ".join(str(g) for g in given),
            hint=Sentence("a folder is searched for files ending in {kinds}", kinds=kinds),
        )
    return sorted(found.values(), key=lambda file: order(file.name))


def digest(data: bytes) -> str:
    """The hash by which a changed file is known."""
    return hashlib.sha256(data).hexdigest()


def order(name: str) -> tuple[str, str]:
    """What files are sorted by: ``draft.docx`` comes before ``draft-2.docx``, made of it."""
    path = PurePath(name)
    return path.with_suffix("").as_posix(), path.suffix


def _below(root: Path) -> Iterator[Path]:
    """The documents below ``root``, and the folders that nobody can look into."""
    closed: list[Path] = []
    for folder, inner, names in os.walk(root, onerror=lambda e: closed.append(Path(e.filename))):
        if {*names} >= _STORE:  # of ours: what it holds are no documents
            inner.clear()
            continue
        yield from (path for name in names if _wanted(path := Path(folder, name), root))
    yield from closed


def _wanted(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return (
        path.is_file()
        and path.suffix.lower() in _EXTENSIONS | _OLD
        and not any(p.startswith((".", "~$")) for p in parts)
        and path.stem.lower() not in _BESIDE
    )
