"""What people write into a form of the checklist, and how it is read back from one.

A form, whatever its file is, holds tables: one that names the standard, and rows with the columns
of :data:`COLUMNS`, one for each condition. The last column keeps a code of three parts that tells
what the evidence was when the form was written, when the person judged, and what the person had
written: whoever changes a verdict, note, name or date has seen the evidence that stood there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from kps_graph.errors import SourceError
from kps_graph.folding import fold
from kps_graph.rules.baseline import Draft
from kps_graph.words import Language, Sentence

__all__ = ["CHOOSE", "COLUMNS", "IDENTITY", "VERDICTS", "Form", "Kept", "Opinion", "read_form"]

#: The headings of the columns that people fill in and of those around them, by what they hold.
COLUMNS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "condition": ("條件", "Condition"),
        "verdict": ("判定", "Verdict"),
        "note": ("說明", "Note"),
        "reviewer": ("審查人", "Reviewer"),
        "date": ("日期", "Date"),
        "check": ("核對碼", "Check code"),
    }
)
#: The headings of the table that says what the form is about.
IDENTITY: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "name": ("職能基準名稱", "Name of the standard"),
        "code": ("職能基準代碼", "Code of the standard"),
    }
)
#: The verdicts that a form offers.
VERDICTS: Final = (("符合", "met"), ("不符合", "not met"), ("不適用", "not applicable"))
#: What stands where no verdict is chosen yet.
CHOOSE: Final = ("（請選擇）", "(choose)")
_NUMBER: Final = re.compile(r"\d\.\d\.\d")
_CHECK: Final = re.compile(r"([0-9a-f]{6})\.([0-9a-f]{6})\.([0-9a-f]{6})")
_UNKNOWN: Final = "000000"
#: What a workbook makes of a date.
_MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")

#: A table as its rows of texts.
Rows: TypeAlias = "Sequence[Sequence[str]]"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person says of a condition, each part "" where nothing is written.

    Attributes:
        verdict: one of :data:`VERDICTS`, or what the person wrote instead.
        note: why.
        reviewer: who.
        date: when, as written.
    """

    verdict: str = ""
    note: str = ""
    reviewer: str = ""
    date: str = ""

    @property
    def given(self) -> bool:
        """Whether anything is written."""
        return bool(self.verdict or self.note or self.reviewer or self.date)

    def verdict_in(self, lang: Language) -> str:
        """The verdict in ``lang``; as it is if it is none of those offered."""
        known = (lang.pick(pair) for pair in VERDICTS if fold(self.verdict) in map(fold, pair))
        return next(known, self.verdict)

    @property
    def digest(self) -> str:
        """What is written, in six hexadecimal digits; neither white space nor language count."""
        parts = (self.verdict_in(Language.ENGLISH), self.note, self.reviewer, self.date)
        said = "\0".join("".join(part.split()) for part in parts)
        return hashlib.sha256(said.encode()).hexdigest()[:6]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an earlier form says of a condition.

    Attributes:
        opinion: what a person wrote.
        judged: what the evidence was then (:attr:`kps_graph.rules.checklist.Answer.evidence`).
    """

    opinion: Opinion = field(default_factory=Opinion)
    judged: str = ""

    def outdated(self, evidence: str) -> bool:
        """Whether somebody judged, and on other evidence than this."""
        return self.opinion.given and self.judged != evidence

    def check(self, evidence: str) -> str:
        """The code that a form with this evidence keeps."""
        judged = (self.judged or _UNKNOWN) if self.opinion.given else evidence
        return f"{evidence}.{judged}.{self.opinion.digest}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read: whose it is, and what is kept of each condition by its number."""

    name: str
    code: str
    kept: Mapping[str, Kept]

    @property
    def draft(self) -> Draft:
        """What the standard is known by."""
        return Draft.of(self.name, self.code)


def read_form(tables: Iterable[Rows], conditions: Iterable[str], source: str) -> Form:
    """The form that ``tables`` are.

    Args:
        tables: of the file.
        conditions: the numbers of the conditions; each has to have one row.
        source: the name of the file, for messages.

    Raises:
        SourceError: if they are none, or rows are missing or repeated.
    """
    about: dict[str, str] = {}
    kept: dict[str, Kept] = {}
    for rows in tables:
        about = about or _about(rows)
        for number, entry in _entries(rows):
            if number in kept:
                raise SourceError(
                    "the review form has more than one row for the condition {number}",
                    number=number,
                    source=source,
                    hint=Sentence("leave one row for each condition"),
                )
            kept[number] = entry
    missing = tuple(n for n in conditions if n not in kept)
    if not about or not kept:
        raise SourceError(
            "this file is no review form, and is not written over",
            source=source,
            hint=Sentence("give another name with -o"),
        )
    if missing:
        raise SourceError(
            "the review form has no row for {numbers}, and is not written over",
            numbers=missing,
            source=source,
            hint=Sentence("put the rows back, or give another name with -o"),
        )
    return Form(about["name"], about["code"], kept)


def _columns(row: Sequence[str], names: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Which column holds what, as far as ``row`` has the headings."""
    heads = [fold(cell) for cell in row]
    return {
        key: next(i for i, head in enumerate(heads) if head in map(fold, pair))
        for key, pair in names.items()
        if any(head in map(fold, pair) for head in heads)
    }


def _about(rows: Rows) -> dict[str, str]:
    """Name and code of the standard, where a table has them below their headings."""
    for head, row in pairwise(rows):
        columns = _columns(head, IDENTITY)
        if len(columns) == len(IDENTITY):
            return {key: _cell(row, at) for key, at in columns.items()}
    return {}


def _entries(rows: Rows) -> Iterator[tuple[str, Kept]]:
    """The number of each condition in a table, with what is written for it."""
    columns: dict[str, int] = {}
    for row in rows:
        heads = _columns(row, COLUMNS)
        if len(heads) >= len(COLUMNS) - 1 and "condition" in heads:
            columns = heads
        elif columns and (number := _NUMBER.fullmatch(_cell(row, columns["condition"]))):
            yield number[0], _kept({key: _cell(row, at) for key, at in columns.items()})


def _kept(cells: Mapping[str, str]) -> Kept:
    verdict = cells.get("verdict", "")
    opinion = Opinion(
        "" if fold(verdict) in map(fold, CHOOSE) else verdict,
        cells.get("note", ""),
        cells.get("reviewer", ""),
        _MIDNIGHT.sub(r"\1", cells.get("date", "")),
    )
    check = _CHECK.fullmatch("".join(cells.get("check", "").split()))
    if check is None:
        return Kept(opinion)
    seen, judged, written = check.groups()
    return Kept(opinion, judged if opinion.digest == written else seen)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
