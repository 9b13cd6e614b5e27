"""What a store remembers of how it was aligned: above all, what people decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kps_graph.errors import SourceError, StoreMissing, StoreVersion
from kps_graph.pipeline.follow import follow
from kps_graph.report import Finding
from kps_graph.store import Aligned, EmbeddedStore, Generation, current

__all__ = ["Change", "remembered", "renew", "text_of"]

#: The part of the standards that may change before names are compared again.
_FEW: Final = 0.02


def remembered(store: Path, matched: bool, decisions: Path | None) -> Aligned:
    """How the store at ``store`` is to be aligned: by ``decisions``, else by those it remembers.

    Its own file of decisions is read again; if it is gone, what was read last counts.

    Raises:
        SourceError: if a file of decisions cannot be read, or is none.
    """
    try:
        before = current(store).manifest().aligned
    except (StoreMissing, StoreVersion):
        before = Aligned()
    file = decisions or (Path(before.path) if before.path else None)
    if file is None or (decisions is None and not file.exists()):
        return replace(before, matched=matched)
    now = Aligned(matched, file.absolute().as_posix(), text_of(file), before.pending)
    if now.decisions != before.decisions:
        from kps_graph.align import parse_decisions

        parse_decisions(now.decisions, file.name)
    return now


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
    store: EmbeddedStore, base: str, aligned: Aligned, new: Generation, change: Change
) -> tuple[Aligned, tuple[Finding, ...]]:
    """Aligns ``store``, the data of ``new``, and keeps the weights of words beside it.

    Where names are compared anew, who uses what is kept too: the first question need not read it.

    After a small change (one standard in fifty since the names were last compared) only what is
    known already is found again: the alignment follows the standards, and names are not compared.
    Interrupted by Ctrl-C, it leaves each competency to stand for itself, so that nothing that was
    read is lost, and the next build aligns.

    Returns:
        how it was aligned, and decisions that are stale or contradict each other.
    """
    pending = aligned.pending + len(change.standards)
    if (
        change.before
        and aligned.matched
        and aligned == change.before[1]
        and (pending <= change.total * _FEW)
        and change.before[0].lexicon.exists()
        and (follow(store, base, change.standards, change.touched))
    ):
        new.lexicon.write_bytes(change.before[0].lexicon.read_bytes())
        return replace(aligned, pending=pending), ()
    from kps_graph.pipeline.materialise import keep, materialise  # numpy: workers do without it

    aligned = replace(aligned, pending=0)
    try:
        found = materialise(store, base, aligned)
    except KeyboardInterrupt:
        aligned = replace(aligned, matched=False)
        found = materialise(store, base, aligned)
    if found is None:
        return aligned, ()
    keep(store, base, new, found)
    return aligned, found.findings


def text_of(path: Path) -> str:
    """The text of a file that a person gave.

    Raises:
        SourceError: if it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", source=str(path)) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            "the file is not UTF-8 text", source=str(path), hint="save it as UTF-8"
        ) from error
