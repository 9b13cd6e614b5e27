"""The next generation of a store's directory, which becomes the current one when it is finished."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kps_graph.errors import StoreDamaged, StoreError, StoreLocked, StoreMissing, StoreVersion
from kps_graph.store import provenance
from kps_graph.store.changing import ChangingStore
from kps_graph.store.description import describe
from kps_graph.store.directory import POINTER, Generation, current, generations
from kps_graph.store.embedded import EmbeddedStore
from kps_graph.store.filling import FillingStore
from kps_graph.store.manifest import Manifest
from kps_graph.store.protocols import WritableStore
from kps_graph.words import Sentence, reason

__all__ = ["Writing", "writing"]

_LOCK: Final = "LOCK"


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
        number = max((g.number for g in generations(store)), default=0) + 1
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
        for generation in generations(store):
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
        unused = not (store / POINTER).exists() and not generations(store)
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


def _point(store: Path, new: Generation) -> None:
    """Makes ``new`` the current generation, durably."""
    pointer = store / f"{POINTER}.new"
    with pointer.open("w", encoding="ascii", newline="\n") as out:
        out.write(f"{new.path.name}\n")
        out.flush()
        os.fsync(out.fileno())
    pointer.replace(store / POINTER)
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
        known = {g.path.name for g in generations(store)} | {POINTER, _LOCK, f"{POINTER}.new"}
        strangers = sorted(p.name for p in store.iterdir() if p.name not in known)
        if strangers:
            raise StoreVersion(
                "this directory holds other things ({names})",
                names=tuple(strangers[:3]),
                source=str(store),
                hint=Sentence("name an empty or new directory with --store"),
            )
