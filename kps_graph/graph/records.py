"""What a store says of its standards besides their content: what a check has found of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kps_graph.graph.choices import among
from kps_graph.graph.questions import Questions
from kps_graph.store.rows import Rows, Value
from kps_graph.terms import identity_in

if TYPE_CHECKING:
    from kps_graph.report import Finding
    from kps_graph.sharing import Answers

__all__ = ["findings"]

_COLUMNS = (
    "standard",
    "name",
    "severity",
    "rule",
    "code",
    "place",
    "message",
    "message_en",
    "value",
)


def findings(
    questions: Questions,
    *standards: str,
    rule: str | None = None,
    severity: str = "info",
) -> Answers[Finding]:
    """What the build has found of ``standards``; if none is named, of the slice, else of all.

    Args:
        questions: of the store.
        standards: by code or name.
        rule: only the findings of this rule (``R13``, ``E02``).
        severity: only those at least this severe.

    Raises:
        ResourceError: for a standard that the store does not hold.
        UnknownRule: for a ``rule`` that is none.
        BadParameter: for a ``severity`` that is none.
    """
    from kps_graph.rdf.places import place
    from kps_graph.report import Severity
    from kps_graph.rules import catalogue
    from kps_graph.sharing import Answers

    among("severity", severity, tuple(map(str, Severity)))
    known = questions.identities()
    chosen = questions.chosen(standards) or sorted(known)
    number = catalogue.get(rule).number if rule else None
    named = {s.code or identity: s.name for identity, s in known.items()}
    named |= {identity: s.name for identity, s in known.items()}

    def row(finding: Finding) -> tuple[Value, ...]:
        return (
            finding.standard,
            named.get(identity_in(finding.focus, questions.base), named.get(finding.standard)),
            str(finding.severity),
            finding.rule,
            finding.code,
            place(finding.span),
            finding.message("zh-Hant"),
            finding.message("en"),
            finding.value,
        )

    def table(found: Iterable[Finding], most: int | None) -> Rows:
        return Rows.of(_COLUMNS, found, row)

    return Answers(
        (
            finding
            for identity in dict.fromkeys(chosen)
            for finding in known[identity].findings
            if finding.severity >= Severity.of(severity) and number in (None, finding.rule)
        ),
        table,
    )
