"""Findings: what is odd about a source or a standard, in one shape for every stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import Any

from kps_graph.document import Span
from kps_graph.words import Language

__all__ = ["Finding", "Report", "Severity"]


class Severity(IntEnum):
    """How much a finding matters; ordered, so that a threshold is a comparison."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @classmethod
    def of(cls, name: str) -> Severity:
        """The severity called ``name`` in any case; ``sh:Violation`` style names included.

        Raises:
            KeyError: for any other name.
        """
        return cls[name.rsplit(":", 1)[-1].rsplit("#", 1)[-1].upper()]

    def __str__(self) -> str:
        """``violation``, ``warning`` or ``info``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is odd, with its place.

    Attributes:
        rule: ``R07`` for a rule of a good standard, ``E02`` for extraction.
        severity: how much it matters.
        messages: the message by language tag, ``zh-Hant`` and ``en``.
        standard: the standard's code, or its identity where it has none; "" if unknown.
        code: the code of the element concerned, as it stands in the standard; "" if none.
        value: the offending text; "" if the fault is an absence.
        focus: IRI of the node concerned, in the syntax of N-Triples if it has none; "" before there
            is a graph.
        path: IRI of the property concerned, or the path in SPARQL syntax; "" if none.
        span: where it stands in the source.
        shape: IRI of the shape that found it; "" for what extraction notices.
        component: IRI of the SHACL constraint component that was violated; "" likewise.
        term: the value as an RDF term in the syntax of N-Triples; "" if none.
        remedy: what to do about it, by language tag; empty for rules of one's own.
        details: the findings that it says at once, as each was found; empty if it is one alone.
        about: the name of the node concerned, by which it is known where its code has changed.

    ``shape``, ``component``, ``term``, ``details`` and ``about`` say how it was found and do not
    tell findings apart; the last is no part of the JSON data.
    """

    rule: str
    severity: Severity
    messages: Mapping[str, str] = field(hash=False)
    standard: str = ""
    code: str = ""
    value: str = ""
    focus: str = ""
    path: str = ""
    span: Span = field(default_factory=Span)
    shape: str = field(default="", compare=False)
    component: str = field(default="", compare=False)
    term: str = field(default="", compare=False)
    remedy: Mapping[str, str] = field(default_factory=dict, compare=False)
    details: tuple[Finding, ...] = field(default=(), compare=False)
    about: str = field(default="", compare=False)

    def message(self, lang: str = Language.CHINESE) -> str:
        """The message in ``lang``, else in any language there is."""
        return self.messages.get(Language.of(lang)) or next(iter(self.messages.values()), self.rule)

    def each(self) -> tuple[Finding, ...]:
        """The findings that it says at once, or itself."""
        return self.details or (self,)

    def as_data(self) -> dict[str, Any]:
        """The finding as JSON data: the stable shape of ``validate --format json``."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "standard": self.standard,
            "code": self.code,
            "value": self.value,
            "message": dict(self.messages),
            "remedy": dict(self.remedy),
            "place": asdict(self.span),
            "focus": self.focus,
            "path": self.path,
            "shape": self.shape,
            "component": self.component,
            "term": self.term,
            **({"details": [d.as_data() for d in self.details]} if self.details else {}),
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Finding:
        """The finding that :meth:`as_data` made ``data`` of."""
        return cls(
            rule=data["rule"],
            severity=Severity.of(data["severity"]),
            messages=dict(data["message"]),
            standard=data["standard"],
            code=data["code"],
            value=data["value"],
            focus=data.get("focus", ""),
            path=data.get("path", ""),
            span=Span(**data["place"]),
            shape=data.get("shape", ""),
            component=data.get("component", ""),
            term=data.get("term", ""),
            remedy=dict(data.get("remedy", {})),
            details=tuple(map(cls.of_data, data.get("details", ()))),
        )

    def order(self) -> tuple[object, ...]:
        """A sort key by source, place, severity and rule, stable from run to run."""
        s = self.span
        numbers = (s.page, s.table, s.row, s.column, s.line)
        return (
            s.source,
            self.standard,
            *(n or 0 for n in numbers),
            _counted(s.pointer),
            -self.severity,
            self.rule,
            self.code,
            self.value,
            self.focus,
        )


def _counted(pointer: str) -> tuple[tuple[int, str], ...]:
    """A pointer as a sort key, its indices by number."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in pointer.split("/"))


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in a stable order, and what they were looked for in."""

    findings: tuple[Finding, ...]
    checked: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], checked: Iterable[str] = ()) -> Report:
        """A report of the distinct ``findings`` in their order."""
        return cls(tuple(sorted(dict.fromkeys(findings), key=Finding.order)), tuple(checked))

    def counts(self) -> dict[str, int]:
        """Findings by severity; every severity is a key."""
        found = Counter(f.severity for f in self.findings)
        return {str(s): found[s] for s in sorted(Severity, reverse=True)}
