"""How a store is to be aligned: what it remembers, and above all what people decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kps_graph.errors import StoreMissing, StoreVersion
from kps_graph.saving import text_of
from kps_graph.store import Aligned, current

__all__ = ["remembered"]


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
