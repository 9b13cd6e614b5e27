"""What is asked: a slice of a store, and what is read of the store once, when it is first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from kps_graph.slices import Described, Selection, Slice, class_codes, described, selected

if TYPE_CHECKING:
    from kps_graph.search import Index
    from kps_graph.search.resolving import Resolver
    from kps_graph.sharing import Usage
    from kps_graph.sharing.projected import Projection
    from kps_graph.store import Opened

__all__ = ["Chosen", "Kept"]

#: The parts of a key of :attr:`Chosen.usages` without occupations from outside the slice.
_WITHOUT: Final = 2
#: How many with such occupations are kept.
_BESIDE: Final = 8


class Kept:
    """What lies beside the data of a store, read when it is first needed.

    Attributes:
        opened: the store.
    """

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    @cached_property
    def standards(self) -> tuple[Described, ...]:
        """Every standard, as slices see it."""
        return described(self.opened.store, self.opened.base, self.opened.beside)

    @cached_property
    def projection(self) -> Projection:
        """Who uses what, in numbers."""
        from kps_graph.sharing import projected

        return projected.kept(self.opened.store, self.opened.base, self.opened.beside)

    @cached_property
    def index(self) -> Index:
        """The index of all texts."""
        from kps_graph.search import opened

        return opened(self.opened.store, self.opened.base, self.opened.beside)

    @cached_property
    def resolver(self) -> Resolver:
        """Everything that has a name, to ask what one means."""
        from kps_graph.search import things
        from kps_graph.search.resolving import Resolver

        return Resolver(things(self.opened.store, self.opened.base))


class Chosen:
    """A slice of a store.

    Attributes:
        kept: what is read of the store.
        part: the slice.
        usages: who uses what in the slice, by what was asked for.
    """

    def __init__(self, kept: Kept, part: Slice = Slice()) -> None:  # noqa: B008 - frozen
        self.kept = kept
        self.part = part
        self.usages: dict[tuple[str, ...], Usage] = {}

    def keep(self, key: tuple[str, ...], usage: Usage) -> None:
        """Keeps who uses what for the next who asks the same.

        Those with occupations from outside the slice are as many as there are such occupations, so
        the oldest give way: a server would else hold one for each that somebody looked at.
        """
        self.usages[key] = usage
        beside = [kept for kept in list(self.usages) if len(kept) > _WITHOUT]
        for oldest in beside[:-_BESIDE]:
            self.usages.pop(oldest, None)

    @cached_property
    def selection(self) -> Selection:
        """The standards of the slice.

        Raises:
            ResourceError: for a class that there is not, or if there are none.
        """
        return selected(self.part, self.kept.standards, self.kept.opened.store)

    @property
    def within(self) -> frozenset[str] | None:
        """The identities of its standards; None if they are all."""
        found = self.selection
        return None if found.whole else frozenset(found.identities)

    @property
    def unlimited(self) -> bool:
        """Whether no part of the store was named."""
        return self.part in (Slice(), Slice(status=("any",)))

    @property
    def categories(self) -> tuple[str, ...]:
        """The codes of the categories that the slice names."""
        return class_codes(
            "category", self.part.category, self.kept.standards, self.kept.opened.store
        )
