"""Finds texts of a store by a few of their characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kps_graph.graph.choices import among

if TYPE_CHECKING:
    from kps_graph.graph.chosen import Chosen
    from kps_graph.search import Hits
    from kps_graph.search.resolving import Candidate, Resolver

__all__ = ["Texts"]


class Texts:
    """The texts of a part of a store, which are searched with an index beside its data."""

    __slots__ = ("_chosen",)

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen

    def search(
        self,
        *words: str,
        limit: int | None = 20,
        kind: str | None = None,
        similar: bool = False,
    ) -> Hits:
        """The texts that have ``words``, the best first, with all places that they stand in.

        Any part of a text is a word, in any case and width, with variant or simplified characters.
        The code of a standard, or that and the code of a part of it, is one too.

        Args:
            words: what is searched for.
            limit: how many texts; None for all.
            kind: ``standard task activity output indicator K S A`` or ``note``.
            similar: whether words that say the same count too.

        Raises:
            BadParameter: for a ``kind`` that is none.
        """
        from kps_graph.search import KINDS, search

        among("kind", kind, (None, *KINDS))
        index, within = self._chosen.kept.index, self._chosen.within
        return search(index, words, limit, kind=kind, similar=similar, within=within)

    def suggest(self, typed: str, limit: int = 8, *, kind: str | None = None) -> list[str]:
        """Texts that go on as ``typed`` begins, the most used first, then those that hold it."""
        from kps_graph.search import KINDS, suggest

        among("kind", kind, (None, *KINDS))
        index, within = self._chosen.kept.index, self._chosen.within
        return suggest(index, typed, limit, kind=kind, within=within)

    def resolve(
        self, names: Sequence[str], kinds: Iterable[str] = (), limit: int = 5
    ) -> list[list[Candidate]]:
        """For each name what it may mean, the likeliest first, however it is spelled.

        Args:
            names: of competencies, occupations and classes, or codes.
            kinds: ``K S A standard category occupation industry``; all if there is none.
            limit: how many candidates each has at most.

        Raises:
            BadParameter: for a kind that is none.
        """
        from kps_graph.search import THINGS

        chosen = tuple(kinds)
        for kind in chosen:
            among("kind", kind, THINGS)
        return self.named().resolve(names, chosen, limit)

    def named(self) -> Resolver:
        """Everything in the store that has a name, to ask what one means."""
        return self._chosen.kept.resolver
