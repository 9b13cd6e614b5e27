"""Decisions as people work on them: a growing list that can be undone, merged and saved whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kps_graph.align.decisions import Decision, Ends, write_decisions
from kps_graph.saving import replace_file
from kps_graph.terms import DEFAULT_BASE

__all__ = ["Merged", "merge", "save"]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two lists of decisions as one.

    Attributes:
        decisions: all of ours, then what theirs adds.
        added: how many were added.
        conflicts: pairs that both decide, and differently: ours, which stays, and theirs.
        matched: how many of theirs were left out, since no person decided them.
    """

    decisions: tuple[Decision, ...]
    added: int
    conflicts: tuple[tuple[Decision, Decision], ...]
    matched: int


def merge(ours: Iterable[Decision], theirs: Iterable[Decision]) -> Merged:
    """``ours`` with what ``theirs`` adds; where the two contradict each other, ours stays."""
    kept = list(ours)
    latest: dict[Ends, Decision] = {d.ends: d for d in sorted(kept, key=lambda d: d.date)}
    conflicts = []
    before = len(kept)
    given = tuple(theirs)
    decided = [d for d in given if d.by_hand]
    for decision in decided:
        mine = latest.get(decision.ends)
        if mine is None:
            latest[decision.ends] = decision
            kept.append(decision)
        elif mine.label is not decision.label:
            conflicts.append((mine, decision))
    return Merged(tuple(kept), len(kept) - before, tuple(conflicts), len(given) - len(decided))


def save(path: Path, decisions: Iterable[Decision], base: str = DEFAULT_BASE) -> None:
    """Writes ``decisions`` to ``path`` in one step: a kill leaves the old file or the new one.

    Raises:
        SourceError: if there is no place to write to.
    """
    replace_file(path, write_decisions(decisions, base).encode())
