"""A store's directory: generations of the data, of which one is current.

::

    kps.store/
      CURRENT        the name of the current generation; replaced atomically
      LOCK           held by the one process that writes
      g000007/       a generation: never changed once it is current
        data/        the Oxigraph database
        manifest.json
        lexicon.json  the weights of words, if its competencies were aligned
        usage.jsonl   who uses what, read from the data once

A writer prepares the next generation beside the current one and then replaces ``CURRENT``. A kill
at any moment leaves the old store or the new one; readers go on reading the one they opened.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kps_graph.errors import StoreError, StoreLocked, StoreMissing, StoreVersion
from kps_graph.store.manifest import FORMAT, Manifest
from kps_graph.words import Sentence, reason

__all__ = ["Generation", "current", "writing"]

_POINTER: Final = "CURRENT"
_LOCK: Final = "LOCK"


class Generation:
    """One generation of a store on disk."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def data(self) -> Path:
        """The database."""
        return self.path / "data"

    @property
    def lexicon(self) -> Path:
        """The weights of words that its competencies were aligned with; absent if they were not."""
        return self.path / "lexicon.json"

    @property
    def manifested(self) -> bool:
        """Whether its manifest has been written."""
        return (self.path / "manifest.json").exists()

    def manifest(self) -> Manifest:
        """Its manifest.

        Raises:
            StoreVersion: if another version of kps-graph wrote it.
        """
        try:
            data = json.loads((self.path / "manifest.json").read_text("utf-8"))
            found = data["format"]
            manifest = Manifest.of_data(data) if found == FORMAT else None
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise StoreVersion(
                "the store's manifest cannot be read: {reason}",
                reason=str(error),
                source=str(self.path.parent),
                hint=Sentence("build it again with kps-graph build --rebuild"),
            ) from error
        if manifest is None:
            raise StoreVersion(
                "the store has format {found}, this version of kps-graph reads format {FORMAT}",
                found=found,
                FORMAT=FORMAT,
                source=str(self.path.parent),
                hint=Sentence(
                    "build it again with kps-graph build --rebuild, or use the version of kps-graph that wrote it"
                ),
            )
        return manifest

    def write(self, manifest: Manifest) -> None:
        """Writes its manifest, durably."""
        path = self.path / "manifest.json"
        with path.open("w", encoding="utf-8") as out:
            out.write(json.dumps(manifest.as_data(), ensure_ascii=False, separators=(",", ":")))
            out.flush()
            os.fsync(out.fileno())


def current(store: Path) -> Generation:
    """The current generation of the store at ``store``.

    Raises:
        StoreMissing: if there is no store there.
    """
    try:
        name = (store / _POINTER).read_text("ascii").strip()
    except (OSError, ValueError):
        name = ""
    if not name or not (store / name).is_dir():
        raise StoreMissing(
            "there is no store here",
            source=str(store),
            hint=Sentence("make one with: kps-graph build SOURCE..."),
        )
    return Generation(store / name)


@contextmanager
def writing(store: Path) -> Iterator[Generation]:
    """The next generation, empty; it becomes the current one when the block ends well.

    One without a manifest is abandoned, and so is the directory if there was no store before.

    Raises:
        StoreLocked: if another process is writing.
        StoreVersion: if the directory holds something else than a store.
        StoreError: if there is no place to write to.
    """
    _refuse_strangers(store)
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock = (store / _LOCK).open("a+")
    except OSError as error:
        raise StoreError(
            "the store cannot be written: {reason}",
            reason=reason(error),
            source=str(store),
            hint=Sentence("name another place with --store"),
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreLocked(
                "another process is writing to this store",
                source=str(store),
                hint=Sentence("wait for it to finish, or build into another place with --store"),
            ) from error
        old = _pointed(store)
        number = max((int(p.name[1:]) for p in _generations(store)), default=0) + 1
        new = Generation(store / f"g{number:06d}")
        new.path.mkdir()
        try:
            yield new
        except BaseException:
            _abandon(new, old)
            raise
        if not new.manifested:
            _abandon(new, old)
            return
        pointer = store / f"{_POINTER}.new"
        with pointer.open("w", encoding="ascii") as out:
            out.write(f"{new.path.name}\n")
            out.flush()
            os.fsync(out.fileno())
        pointer.replace(store / _POINTER)
        _sync(store)
        for path in _generations(store):
            # the last one stays for readers that are just opening it
            if path.name not in (new.path.name, old):
                shutil.rmtree(path, ignore_errors=True)


def _abandon(new: Generation, old: str | None) -> None:
    """Removes a generation that is not to be, and a store that never was."""
    shutil.rmtree(new.path, ignore_errors=True)
    if old is None:
        (new.path.parent / _LOCK).unlink(missing_ok=True)
        with suppress(OSError):  # something else may stand there by now
            new.path.parent.rmdir()


def _generations(store: Path) -> list[Path]:
    return [p for p in store.glob("g[0-9]*") if p.is_dir() and p.name[1:].isdigit()]


def _pointed(store: Path) -> str | None:
    try:
        return (store / _POINTER).read_text("ascii").strip()
    except OSError:
        return None


def _sync(path: Path) -> None:
    """Makes a rename in the directory ``path`` durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_strangers(store: Path) -> None:
    if store.is_file():
        raise StoreVersion(
            "this is a file, not a store",
            source=str(store),
            hint=Sentence("name a directory with --store"),
        )
    if store.is_dir():
        known = {p.name for p in _generations(store)} | {_POINTER, _LOCK, f"{_POINTER}.new"}
        strangers = sorted(p.name for p in store.iterdir() if p.name not in known)
        if strangers:
            raise StoreVersion(
                "this directory holds other things ({names})",
                names=tuple(strangers[:3]),
                source=str(store),
                hint=Sentence("name an empty or new directory with --store"),
            )
