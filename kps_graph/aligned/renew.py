"""Renews the alignment of a store after a build has changed some of its standards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.aligned.follow import follow
from kps_graph.report import Finding
from kps_graph.store import Aligned, EmbeddedStore, Generation

__all__ = ["FEW", "Change", "renew"]

#: The part of the standards that may change before names are compared again.
FEW: Final = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """What a build has done to the standards of a store.

    Attributes:
        before: the generation that it started from and how that was aligned; None if from nothing.
        standards: IRIs of the standards that were loaded, replaced or removed.
        touched: IRIs of the competencies that those used before.
        total: how many standards there are now.
    """

    before: tuple[Generation, Aligned] | None
    standards: frozenset[str]
    touched: frozenset[str]
    total: int


def renew(
    store: EmbeddedStore,
    base: str,
    aligned: Aligned,
    new: Generation,
    change: Change,
    *,
    few: float = FEW,
    begun: Callable[[], None] | None = None,
) -> tuple[Aligned, tuple[Finding, ...]]:
    """Aligns ``store``, the data of ``new``, and keeps the weights of words beside it.

    Where names are compared anew, who uses what is kept too: the first question need not read it.

    After a small change (one standard in fifty since the names were last compared) only what is
    known already is found again: the alignment follows the standards, and names are not compared.
    Interrupted by Ctrl-C, it leaves each competency to stand for itself, so that nothing that was
    read is lost, and the next build aligns.

    Args:
        store: the data of ``new``.
        base: namespace of the data IRIs.
        aligned: how it is to be aligned.
        new: the generation that is being written.
        change: what has changed.
        few: the part of the standards that is a small change.
        begun: told when names begin to be compared.

    Returns:
        how it was aligned, and decisions that are stale or contradict each other.
    """
    pending = aligned.pending + len(change.standards)
    if (
        change.before
        and aligned.matched
        and aligned == change.before[1]
        and (pending <= change.total * few)
        and change.before[0].lexicon.exists()
        and (follow(store, base, change.standards, change.touched))
    ):
        new.lexicon.write_bytes(change.before[0].lexicon.read_bytes())
        return replace(aligned, pending=pending), ()
    from kps_graph.aligned.materialise import keep, materialise  # numpy: workers do without it

    aligned = replace(aligned, pending=0)
    try:
        if begun:
            begun()
        found = materialise(store, base, aligned)
    except KeyboardInterrupt:
        aligned = replace(aligned, matched=False)
        found = materialise(store, base, aligned)
    if found is None:
        return aligned, ()
    keep(store, base, new, found)
    return aligned, found.findings
