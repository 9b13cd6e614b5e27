"""A store that is open for reading, wherever it is kept."""

from __future__ import annotations

from types import TracebackType

from kps_graph.store import provenance
from kps_graph.store.beside import Beside
from kps_graph.store.manifest import FORMAT, Manifest
from kps_graph.store.protocols import Store

__all__ = ["Opened"]


class Opened:
    """The data of a store, the files beside them, and what it was built of.

    Attributes:
        store: to ask.
        beside: the files beside the data.
        place: what the store is called where something is wrong with it.
    """

    __slots__ = ("_base", "_format", "_manifest", "beside", "place", "store")

    def __init__(self, store: Store, beside: Beside, place: str, format: int = FORMAT) -> None:
        self.store = store
        self.beside = beside
        self.place = place
        self._format = format
        self._base: str | None = None
        self._manifest: Manifest | None = None

    @property
    def base(self) -> str:
        """The namespace of its data IRIs.

        Raises:
            StoreVersion: as :attr:`manifest`.
        """
        if self._base is None:
            _, self._base = provenance.located(self.store, self.place, self._format)
        return self._base

    @property
    def manifest(self) -> Manifest:
        """What the store was built of, as it says itself.

        Raises:
            StoreVersion: if another version of kps-graph wrote it, or another program.
        """
        if self._manifest is None:
            self._manifest = provenance.read(self.store, self.place, self._format)
        return self._manifest

    def close(self) -> None:
        """Lets go of the store."""
        self.store.close()

    def __enter__(self) -> Opened:
        """The store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets go of the store."""
        self.close()
