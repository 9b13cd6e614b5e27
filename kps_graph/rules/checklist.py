"""The checklist of the certification: 21 conditions, decided as far as a program can.

The conditions stand in ``shapes/conditions.toml``, with where they are from. A condition is not met
if a finding shows so. It is met if rules that decide all of it find nothing; where they can only
refute it, it stays a question for a person, with what the rules suspect and the parts of the
document that the person needs to see.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from kps_graph import resources
from kps_graph.document import Span
from kps_graph.model import Standard, Unit, place_of
from kps_graph.report import Finding, Severity
from kps_graph.standards.inherited import Inherited, inherited
from kps_graph.words import Language, Sentence

__all__ = ["Answer", "Condition", "Excerpt", "Outcome", "checklist", "review"]


class Outcome(Enum):
    """Whether a condition is met: its value is its word in English and in JSON."""

    MET = "met"
    NOT_MET = "not met"
    ASK = "to be judged"


@dataclass(frozen=True, slots=True)
class Condition:
    """An official condition.

    Attributes:
        number: ``3.4.2``.
        aspect, indicator: what it belongs to, by language tag.
        text: what must hold, by language tag.
        quoted: whether the Chinese is the official wording rather than a summary of it.
        decides: the rules that decide it either way; empty if no program can.
        refutes: the rules, or single shapes of theirs, a violation of which shows that it is not
            met, while nothing shows that it is.
        hints: the rules whose findings help a person.
        shows: the parts of the document that a person needs to see.
    """

    number: str
    aspect: Mapping[str, str]
    indicator: Mapping[str, str]
    text: Mapping[str, str]
    quoted: bool
    decides: tuple[str, ...]
    refutes: tuple[str, ...]
    hints: tuple[str, ...]
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of the document that a person needs to see.

    Attributes:
        part: what it is of, as :attr:`Condition.shows` calls it.
        said: its text; a sentence where it is counted rather than quoted.
        span: where it stands; nowhere for what is counted.
        depth: how far below the line before it stands.
    """

    part: str
    said: str | Sentence
    span: Span = field(default_factory=Span)
    depth: int = 0

    def text(self, lang: Language) -> str:
        """The line in ``lang``; what is quoted stays as it is."""
        return self.said.in_words(lang) if isinstance(self.said, Sentence) else self.said


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said of a condition: its outcome, the findings for it, and the excerpts."""

    condition: Condition
    outcome: Outcome
    findings: tuple[Finding, ...]
    excerpts: tuple[Excerpt, ...]

    @property
    def evidence(self) -> str:
        """What the outcome, the findings and the excerpts say, in six hexadecimal digits.

        Neither places nor the language count, so that a row more elsewhere changes nothing.
        """
        said = [
            self.outcome.value,
            sorted((f.rule, f.code, f.path, f.value) for f in self.findings),
            [(e.part, e.text(Language.ENGLISH)) for e in self.excerpts],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:6]

    def aside(self, finding: Finding) -> bool:
        """Whether a finding of a decided condition is for information and decided nothing."""
        named = (*self.condition.decides, *self.condition.refutes)
        decided = finding.severity is Severity.VIOLATION and _by(finding, named)
        return self.outcome is not Outcome.ASK and not decided

    def as_data(self, lang: Language = Language.CHINESE) -> dict[str, object]:
        """The answer as JSON data, its texts in one language."""
        condition = self.condition
        return {
            "number": condition.number,
            "aspect": condition.aspect[lang],
            "indicator": condition.indicator[lang],
            "condition": condition.text[lang],
            "quoted": condition.quoted,
            "outcome": self.outcome.value,
            "findings": [f.as_data() for f in self.findings],
            "excerpts": [
                {"part": e.part, "text": e.text(lang), "place": asdict(e.span)}
                for e in self.excerpts
            ],
        }


def checklist() -> tuple[Condition, ...]:
    """The conditions in their order."""
    (path,) = resources.files("shapes", "conditions.toml")
    data = tomllib.loads(path.read_text("utf-8"))

    def texts(kind: str, number: str) -> dict[str, str]:
        entry: dict[str, Any] = next(e for e in data[kind] if e["number"] == number)
        return {lang: str(entry[lang]) for lang in Language}

    return tuple(
        Condition(
            number=c["number"],
            aspect=texts("aspect", c["number"][0]),
            indicator=texts("indicator", c["number"][:3]),
            text=texts("condition", c["number"]),
            quoted=c.get("quoted", False),
            decides=tuple(c.get("decides", ())),
            refutes=tuple(c.get("refutes", ())),
            hints=tuple(c.get("hints", ())),
            shows=tuple(c.get("shows", ())),
        )
        for c in data["condition"]
    )


def review(standard: Standard, findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """Every condition with what ``findings``, those of the review profile, say of it."""
    found = tuple(findings)
    answers = []
    for condition in checklist():
        strict = (*condition.decides, *condition.refutes)
        against = [f for f in found if f.severity is Severity.VIOLATION and _by(f, strict)]
        hints = [
            f for f in found if f not in against and _by(f, (*condition.decides, *condition.hints))
        ]
        outcome = Outcome.MET if condition.decides else Outcome.ASK
        if against:
            outcome = Outcome.NOT_MET
        excerpts = tuple(e for part in condition.shows for e in _excerpts(standard, part))
        answers.append(Answer(condition, outcome, (*against, *hints), excerpts))
    return tuple(answers)


def _by(finding: Finding, named: Collection[str]) -> bool:
    """Whether a rule or a shape that is named found it."""
    return finding.rule in named or finding.shape.rpartition("#")[2] in named


def _excerpts(standard: Standard, part: str) -> Iterator[Excerpt]:
    """A part of the document in lines; none where the document has nothing of it."""
    if part in ("name", "description"):
        if text := getattr(standard, part):
            yield Excerpt(part, text, place_of(standard, part))
    elif part == "level":
        level = "" if standard.level is None else standard.level
        said = Sentence("base level: {level}", level=level)
        yield Excerpt(part, said, place_of(standard, part))
    elif part == "levels":
        counts = Counter(u.level for u in _leaves(standard) if u.level is not None)
        for level, n in sorted(counts.items(), key=str):
            yield Excerpt(part, Sentence("level {level}: {n} units", level=level, n=n))
    elif part in ("occupation", "industry"):
        for c in getattr(standard.classification, part):
            yield Excerpt(part, f"{c.code} {c.name}".strip(), c.span)
    elif part == "tasks":
        for unit in inherited(standard):
            text = _line(unit.part.code, unit.part.name)
            yield Excerpt(part, text, unit.part.span, len(unit.above))
    elif part == "versions":
        for v in standard.versions:
            yield Excerpt(part, f"{v.version} {v.status} {v.date}".strip(), v.span)
    elif part == "indicators":
        yield from _indicators(standard)
    else:
        for e in getattr(standard, part):
            yield Excerpt(part, _line(e.code, e.name), e.span)


def _indicators(standard: Standard) -> Iterator[Excerpt]:
    """The indicators below their units, and these with their levels."""
    for leaf in _leaves(standard):
        unit = _line(leaf.part.code, leaf.part.name)
        said: str | Sentence = unit
        if leaf.level is not None:
            said = Sentence("{unit} (level {level})", unit=unit, level=leaf.level)
        yield Excerpt("indicators", said, leaf.part.span)
        for p in leaf.part.indicators:
            yield Excerpt("indicators", _line(p.code, p.text), p.span, 1)


def _line(code: str | None, text: str) -> str:
    return f"{code or ''} {text}".strip()


def _leaves(standard: Standard) -> Iterator[Inherited[Unit]]:
    """The units without units below them."""
    return (unit for unit in inherited(standard) if not unit.part.units)
