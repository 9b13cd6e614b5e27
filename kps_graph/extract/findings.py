"""Collects what extraction notices, and turns it into findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kps_graph.document import Span
from kps_graph.extract.doubts import Doubts
from kps_graph.extract.notices import RULES
from kps_graph.report import Finding
from kps_graph.words import Language, Sentence, in_words

__all__ = ["Notes", "Noticed"]


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that extraction noticed, before it is known which standard it concerns."""

    rule: str
    span: Span
    value: str | Sentence = ""
    code: str = ""
    row: str = ""
    unit: str = ""
    other: str = ""

    def finding(self, standard: str) -> Finding:
        """The finding about the standard whose code or identity is ``standard``."""
        rule = RULES[self.rule]
        fields = {n: getattr(self, n) for n in ("value", "code", "row", "unit", "other")}
        return Finding(
            rule=self.rule,
            severity=rule.severity,
            messages={
                language: language.pick(rule.message).format(
                    **{**fields, "value": in_words(self.value, language)}
                )
                for language in Language
            },
            standard=standard,
            code=self.code,
            value=str(self.value),
            span=self.span,
            remedy=dict(zip(Language, rule.remedy, strict=True)),
        )


class Notes:
    """Collects what one extraction notices, and accounts for every character it was given.

    Attributes:
        noticed: in the order of noticing.
        doubts: the codes that were read, and which of them are in doubt.
        read, placed, unplaced: characters other than white space.
    """

    __slots__ = ("_numbered", "doubts", "noticed", "placed", "read", "unplaced")

    def __init__(self) -> None:
        self.noticed: list[Noticed] = []
        self.doubts = Doubts()
        self.read = 0
        self.placed = 0
        self.unplaced = 0
        self._numbered: dict[str, int] = {}

    def add(self, rule: str, span: Span, *, value: str | Sentence = "", **fields: str) -> None:
        """Notes that ``rule`` applies at ``span``."""
        self.noticed.append(Noticed(rule, span, value, **fields))

    def settle(self) -> None:
        """Takes back the doubts that the whole document settles."""
        settled = set(map(id, self.doubts.settled()))
        if settled:
            self.noticed = [n for n in self.noticed if id(n) not in settled]

    def numbered(self, column: str, span: Span, number: str, code: str) -> None:
        """Notes an item with a number instead of a code; those of one column are one finding."""
        at = self._numbered.get(column)
        if at is None:
            self._numbered[column] = len(self.noticed)
            self.add("E37", span, value="1", row=number, unit=code)
            return
        first = self.noticed[at]
        numbers = f"{first.row} {number}" if first.value == "1" else first.row
        self.noticed[at] = replace(first, value=str(int(str(first.value)) + 1), row=numbers)
