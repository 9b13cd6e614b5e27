"""Renews the alignment of a store after a build has changed some of its standards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.aligned.follow import follow
from kps_graph.errors import StoreDamaged, signal_of
from kps_graph.report import Finding
from kps_graph.store import LEXICON, Aligned, Beside, WritableStore

__all__ = ["FEW", "Change", "Renewed", "renew"]

#: The part of the standards that may change before names are compared again.
FEW: Final = 0.02


@dataclass(frozen=True, slots=True)
class Change:
    """What a build has done to the standards of a store.

    Attributes:
        before: the files beside the data that it started from, and how these were aligned; None if
            it started from nothing.
        standards: IRIs of the standards that were loaded, replaced or removed.
        touched: IRIs of the competencies that those used before.
        total: how many standards there are now.
    """

    before: tuple[Beside, Aligned] | None
    standards: frozenset[str]
    touched: frozenset[str]
    total: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """How a store is aligned now.

    Attributes:
        aligned: it.
        findings: decisions that are stale or contradict each other.
        interrupted: the signal that ended the comparison of names, else 0.
    """

    aligned: Aligned
    findings: tuple[Finding, ...] = ()
    interrupted: int = 0


def renew(
    store: WritableStore,
    base: str,
    aligned: Aligned,
    beside: Beside,
    change: Change,
    *,
    few: float = FEW,
    begun: Callable[[], None] | None = None,
) -> Renewed:
    """Aligns ``store`` and keeps the weights of words beside its data.

    Where names are compared anew, who uses what is kept too: the first question need not read it.

    After a small change (one standard in fifty since the names were last compared) only what is
    known already is found again: the alignment follows the standards, and names are not compared.
    Interrupted by Ctrl-C, it leaves each competency to stand for itself, so that nothing that was
    read is lost, and the next build aligns.

    Args:
        store: holds the standards as they are now.
        base: the namespace of its data IRIs.
        aligned: how it is to be aligned.
        beside: the files beside the data of ``store``.
        change: what has changed.
        few: the part of the standards that is a small change.
        begun: told when names begin to be compared.

    """
    pending = aligned.pending + len(change.standards)
    if (
        change.before
        and aligned.matched
        and aligned == change.before[1]
        and pending <= change.total * few
        and (lexicon := _lexicon(change.before[0])) is not None
        and follow(store, base, change.standards, change.touched)
    ):
        beside.write(LEXICON, lexicon)
        return Renewed(replace(aligned, pending=pending))
    from kps_graph.aligned.materialise import keep, materialise  # numpy: workers do without it

    aligned, interrupted = replace(aligned, pending=0), 0
    try:
        if begun:
            begun()
        found = materialise(store, base, aligned)
    except KeyboardInterrupt as error:
        aligned, interrupted = replace(aligned, matched=False), signal_of(error)
        found = materialise(store, base, aligned)
    if found is None:
        return Renewed(aligned, interrupted=interrupted)
    keep(store, base, beside, found)
    return Renewed(aligned, found.findings, interrupted)


def _lexicon(beside: Beside) -> bytes | None:
    """The weights of words that were learned; what is damaged is learned again."""
    try:
        return beside.read(LEXICON)
    except StoreDamaged:
        return None
