"""Proposed modules as tables: what they are and why, and the occupations that they prepare for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from kps_graph.courses.suggest import Proposal
from kps_graph.exports.workbook import Sheet
from kps_graph.sharing.prepared import Prepared
from kps_graph.store.rows import Rows
from kps_graph.words import Language

__all__ = ["HEADINGS", "rows", "sheets"]

#: Column -> heading in Chinese and in English, width in characters.
HEADINGS: Final[Mapping[str, tuple[str, str, int]]] = MappingProxyType(
    {
        "order": ("順序", "order", 6),
        "module": ("建議單元", "proposed module", 30),
        "level": ("級別", "level", 8),
        "units": ("活動", "activities", 16),
        "teaches": ("所教 K、S", "K and S", 36),
        "before": ("先修", "after", 28),
        "together": ("為何成為一個單元", "why one module", 40),
        "here": ("為何在此", "why here", 40),
    }
)


def rows(proposals: Sequence[Proposal], lang: Language, between: str) -> Rows:
    """A row for each module, with the reasons in words; ``between`` what a cell lists."""
    return Rows.of(
        tuple(HEADINGS), list(enumerate(proposals, 1)), lambda p: _row(*p, lang, between)
    )


def _row(
    number: int, proposal: Proposal, lang: Language, between: str
) -> tuple[str | int | None, ...]:
    return (
        number,
        proposal.name,
        proposal.level,
        between.join(proposal.units) or None,
        between.join((*proposal.knowledge, *proposal.skills)) or None,
        ("；" if between == "、" else "; " if between == ", " else between).join(proposal.before)
        or None,
        proposal.together.in_words(lang),
        proposal.here.in_words(lang),
    )


def sheets(
    proposals: Sequence[Proposal], others: Sequence[Prepared], lang: Language
) -> tuple[Sheet, ...]:
    """The sheets of reasons and of other occupations.

    Their headings are none of a table of modules, so that the workbook is read as a course.
    """
    reasons = Sheet(
        lang.pick(("建議理由", "reasons")),
        [lang.pick((zh, en)) for zh, en, _ in HEADINGS.values()],
        [width for _, _, width in HEADINGS.values()],
        [
            _row(number, proposal, lang, lang.pick(("、", ", ")))
            for number, proposal in enumerate(proposals, 1)
        ],
    )
    heads = (
        ("職業代碼", "code of the occupation", 16),
        ("職業", "occupation", 24),
        ("已教", "taught", 8),
        ("尚需", "still needed", 8),
        ("尚需的 K、S", "K and S still needed", 90),
    )
    prepared = Sheet(
        lang.pick(("其他職業", "other occupations")),
        [lang.pick((zh, en)) for zh, en, _ in heads],
        [width for _, _, width in heads],
        [
            [
                p.occupation.code,
                p.occupation.name,
                len(p.taught),
                len(p.missing),
                lang.joined(c.name for c in p.missing),
            ]
            for p in others
        ],
    )
    return reasons, prepared
