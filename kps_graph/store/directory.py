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

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kps_graph.errors import (
    StoreDamaged,
    StoreError,
    StoreMissing,
)
from kps_graph.store.beside import Beside
from kps_graph.store.bounded import BoundedStore
from kps_graph.store.manifest import FORMAT, OLDER
from kps_graph.store.opened import Opened
from kps_graph.words import Sentence, reason

__all__ = ["POINTER", "Generation", "current", "generations"]

#: The file that names the current generation.
POINTER: Final = "CURRENT"
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


def current(store: Path) -> Generation:
    """The current generation of the store at ``store``.

    Raises:
        StoreMissing: if there is no store there.
        StoreDamaged: if there is one, and nothing says which of its generations is the current.
    """
    try:
        name = (store / POINTER).read_bytes().decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        if _sealed(store):
            raise StoreDamaged(
                "the file {name} of the store is missing",
                name=POINTER,
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
            name=POINTER,
            source=str(store),
            hint=_mend(store),
        )
    if not (store / name).is_dir():
        raise StoreDamaged(
            "the file {name} of the store names {generation}, which is missing",
            name=POINTER,
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
        file=str(store / POINTER),
    )


def generations(store: Path) -> list[Generation]:
    """What is left of all generations, in their order."""
    found = [Generation(p) for p in store.glob("g*") if _NAME.fullmatch(p.name) and p.is_dir()]
    return sorted(found, key=lambda generation: generation.number)


def _sealed(store: Path) -> list[Generation]:
    """The generations that were written to their end."""
    return [generation for generation in generations(store) if generation.beside.sealed]
