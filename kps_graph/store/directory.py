"""A store's directory: generations of the data, of which one is current.

::

    kps.store/
      CURRENT        the name of the current generation; replaced atomically
      LOCK           held by the one process that writes
      g000007/       a generation: its data never change once it is sealed
        data/        the Oxigraph database
        ...          the files beside the data: see kps_graph.store.beside

A writer prepares the next generation beside the current one and then replaces ``CURRENT``. A kill
at any moment leaves the old store or the new one; readers go on reading the one they opened.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kps_graph.errors import (
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreMissing,
    StoreVersion,
)
from kps_graph.store import provenance
from kps_graph.store.beside import Beside
from kps_graph.store.bounded import BoundedStore
from kps_graph.store.changing import ChangingStore
from kps_graph.store.description import describe
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.filling import FillingStore
from kps_graph.store.manifest import FORMAT, OLDER, Manifest
from kps_graph.store.opened import Opened
from kps_graph.store.protocols import WritableStore
from kps_graph.words import Sentence, reason

__all__ = ["Generation", "Writing", "current", "writing"]

_POINTER: Final = "CURRENT"
_LOCK: Final = "LOCK"
_NAME: Final = re.compile(r"g\d{6,18}")


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation of a store on disk."""

    path: Path

    @property
    def number(self) -> int:
        """Which generation it is."""
        return int(self.path.name[1:])

    @property
    def data(self) -> Path:
        """The database."""
        return self.path / "data"

    @property
    def beside(self) -> Beside:
        """The files beside the data."""
        return Beside(self.path)

    def opened(self, *, older: bool = False) -> Opened:
        """Opens it for reading.

        Args:
            older: an older layout whose standards can be read will do: the rest of what such a
                store holds is not as this version of kps-graph asks for it.

        Raises:
            StoreVersion: if another version of kps-graph wrote it.
            StoreDamaged: if it is not what was written.
        """
        written = self.beside.format
        format = written if older and written in OLDER else FORMAT
        self.beside.verify(self.data, format)
        store = BoundedStore.on_disk(self.data)
        return Opened(store, self.beside, str(self.path.parent), format)


class Writing:
    """The next generation of a store, while it is written.

    Attributes:
        before: the generation that is current when the writing begins; None if there is no store.
        beside: the files beside the data that are written.
    """

    __slots__ = ("_copied", "_data", "_store", "before", "beside")

    def __init__(self, generation: Generation, before: Generation | None) -> None:
        self.before = before
        self.beside = generation.beside
        self._data = generation.data
        self._store: EmbeddedStore | None = None
        self._copied: Generation | None = None

    def begin(self, copied: Generation | None = None) -> WritableStore:
        """The store to write to: new, or a copy of the generation ``copied``.

        Raises:
            StoreDamaged: if ``copied`` is not what was written.
        """
        if copied is not None:
            copied.beside.verify(copied.data)
            source = EmbeddedStore.on_disk(copied.data)
            source.copy_to(self._data)
            source.close()
            self._store = ChangingStore.on_disk(self._data, writable=True)
        else:
            self._store = FillingStore(self._data)
        self._copied = copied
        return self._store

    def compact(self) -> None:
        """Lets the database take as little room as it needs."""
        assert self._store is not None
        self._store.compact()

    def finish(self, manifest: Manifest, before: Manifest | None = None) -> None:
        """Says in the store what it was built of, closes it, and seals it: it is to be kept.

        Args:
            manifest: what it was built of.
            before: what the store says that it is a changed copy of, if that is known.
        """
        assert self._store is not None
        provenance.record(self._store, manifest, before if self._copied else None)
        describe(self._store, manifest)
        self._store.settle()
        self._store.close()
        self._store = None
        self.beside.seal(self._data, self._copied.beside if self._copied else None)

    def close(self) -> None:
        """Lets go of the database, so that its directory can be removed."""
        if self._store is not None:
            self._store.close()


def current(store: Path) -> Generation:
    """The current generation of the store at ``store``.

    Raises:
        StoreMissing: if there is no store there.
        StoreDamaged: if there is one, and nothing says which of its generations is the current.
    """
    try:
        name = (store / _POINTER).read_bytes().decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        if _sealed(store):
            raise StoreDamaged(
                "the file {name} of the store is missing",
                name=_POINTER,
                source=str(store),
                hint=_mend(store),
            ) from None
        raise StoreMissing(
            "there is no store here",
            source=str(store),
            hint=Sentence("make one with: kps-graph build SOURCE..."),
        ) from None
    except OSError as error:
        raise StoreError(
            "the store cannot be read: {reason}", reason=reason(error), source=str(store)
        ) from error
    if not _NAME.fullmatch(name):
        raise StoreDamaged(
            "the file {name} of the store is damaged",
            name=_POINTER,
            source=str(store),
            hint=_mend(store),
        )
    if not (store / name).is_dir():
        raise StoreDamaged(
            "the file {name} of the store names {generation}, which is missing",
            name=_POINTER,
            generation=name,
            source=str(store),
            hint=_mend(store),
        )
    return Generation(store / name)


def _mend(store: Path) -> Sentence:
    """What to do about a pointer that leads nowhere."""
    sealed = _sealed(store)
    if not sealed:
        return Sentence("build it again with kps-graph build --rebuild")
    return Sentence(
        "write the line {generation} into {file}, or build it again with kps-graph build --rebuild",
        generation=sealed[-1].path.name,
        file=str(store / _POINTER),
    )


@contextmanager
def writing(store: Path, *, anew: bool = False) -> Iterator[Writing]:
    """The next generation; it becomes the current one if it is finished in the block.

    What is not finished is abandoned, and so is the directory if there was no store before.

    Args:
        store: the directory.
        anew: whatever is there is not to be read, so that it may be damaged.

    Raises:
        StoreLocked: if another process is writing.
        StoreVersion: if the directory holds something else than a store.
        StoreDamaged: if it holds a store, and nothing says which generation is the current.
        StoreError: if there is no place to write to.
    """
    _refuse_strangers(store)
    try:
        store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(store, error) from error
    with _locked(store):
        before = _before(store, anew)
        number = max((g.number for g in _generations(store)), default=0) + 1
        new = Generation(store / f"g{number:06d}")
        try:
            new.path.mkdir()
        except OSError as error:
            raise _unwritable(store, error) from error
        written = Writing(new, before)
        try:
            yield written
            if new.beside.sealed:
                _point(store, new)
        except BaseException:
            _abandon(written, new)
            raise
        if not new.beside.sealed:
            _abandon(written, new)
            return
        for generation in _generations(store):
            # the last one stays for readers that are just opening it
            if generation not in (new, before):
                shutil.rmtree(generation.path, ignore_errors=True)


def _abandon(written: Writing, new: Generation) -> None:
    """Removes a generation that is not to be."""
    written.close()
    shutil.rmtree(new.path, ignore_errors=True)


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Holds the lock of the one who writes; a store that never was is gone afterwards."""
    from filelock import FileLock, Timeout

    path = store / _LOCK
    # a lock that is only a file would outlive a process that is killed
    lock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreLocked(
            "another process is writing to this store",
            source=str(store),
            hint=Sentence("wait for it to finish, or build into another place with --store"),
        ) from error
    except OSError as error:
        raise _unwritable(store, error) from error
    try:
        yield
    finally:
        unused = not (store / _POINTER).exists() and not _generations(store)
        if unused:
            path.unlink(missing_ok=True)
        lock.release()
        if unused:
            with suppress(OSError):  # another one may have begun to write by now
                store.rmdir()


def _before(store: Path, anew: bool) -> Generation | None:
    try:
        return current(store)
    except StoreMissing:
        return None
    except StoreDamaged:
        if anew:
            return None
        raise


def _generations(store: Path) -> list[Generation]:
    """What is left of all generations, in their order."""
    found = [Generation(p) for p in store.glob("g*") if _NAME.fullmatch(p.name) and p.is_dir()]
    return sorted(found, key=lambda generation: generation.number)


def _sealed(store: Path) -> list[Generation]:
    """The generations that were written to their end."""
    return [generation for generation in _generations(store) if generation.beside.sealed]


def _point(store: Path, new: Generation) -> None:
    """Makes ``new`` the current generation, durably."""
    pointer = store / f"{_POINTER}.new"
    with pointer.open("w", encoding="ascii", newline="\n") as out:
        out.write(f"{new.path.name}\n")
        out.flush()
        os.fsync(out.fileno())
    pointer.replace(store / _POINTER)
    with suppress(PermissionError):  # Windows opens no directory
        descriptor = os.open(store, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unwritable(store: Path, error: OSError) -> StoreError:
    return StoreError(
        "the store cannot be written: {reason}",
        reason=reason(error),
        source=str(store),
        hint=Sentence("name another place with --store"),
    )


def _refuse_strangers(store: Path) -> None:
    if store.is_file():
        raise StoreVersion(
            "this is a file, not a store",
            source=str(store),
            hint=Sentence("name a directory with --store"),
        )
    if store.is_dir():
        known = {g.path.name for g in _generations(store)} | {_POINTER, _LOCK, f"{_POINTER}.new"}
        strangers = sorted(p.name for p in store.iterdir() if p.name not in known)
        if strangers:
            raise StoreVersion(
                "this directory holds other things ({names})",
                names=tuple(strangers[:3]),
                source=str(store),
                hint=Sentence("name an empty or new directory with --store"),
            )
