"""What a store remembers of how it was aligned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kps_graph.files import text_of
from kps_graph.store import Aligned

__all__ = ["remembered"]


def remembered(before: Aligned, matched: bool, decisions: Path | None) -> Aligned:
    """How a store is to be aligned: by ``decisions``, else by those it remembers.

    Its own file of decisions is read again; if it is gone, what was read last counts.

    Args:
        before: how it was aligned.
        matched: whether its competencies are to be compared.
        decisions: a file of decisions.

    Raises:
        SourceError: if a file of decisions cannot be read, or is none.
    """
    file = decisions or (Path(before.path) if before.path else None)
    if file is None or (decisions is None and not file.exists()):
        return replace(before, matched=matched)
    now = Aligned(matched, file.absolute().as_posix(), text_of(file), before.pending)
    if now.decisions != before.decisions:
        from kps_graph.align import parse_decisions

        parse_decisions(now.decisions, file.name)
    return now
