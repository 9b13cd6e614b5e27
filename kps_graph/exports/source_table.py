"""What a store was built of as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kps_graph.store import Rows, Source, Value
from kps_graph.words import Language

__all__ = ["source_table"]

_COLUMNS: Final = (
    "file",
    "outcome",
    "format",
    "code",
    "name",
    "characters",
    "unplaced",
    "violations",
    "warnings",
    "message",
)


def source_table(sources: Iterable[Source], lang: Language) -> Rows:
    """A row for each source: what became of it, how much of it was read, how many findings."""

    def row(source: Source) -> tuple[Value, ...]:
        severities = source.severities
        return (
            source.path,
            source.outcome,
            source.format,
            source.code,
            source.name,
            source.read,
            source.unplaced,
            severities["violation"],
            severities["warning"],
            source.message.in_words(lang) if source.message else "",
        )

    return Rows.of(_COLUMNS, sources, row)
