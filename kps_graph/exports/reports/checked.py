"""What a report is written of, and the rows and texts that several formats share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kps_graph.exports.reports.phrases import NUMBERS, place, words
from kps_graph.report import Finding, Report, Severity
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from kps_graph.document import Document
    from kps_graph.rules.catalogue import Rule
    from kps_graph.store import Source

__all__ = ["COLUMNS", "NUMBERS", "Checked"]

#: What a row of the table of findings holds.
COLUMNS: Final = (
    "file",
    "standard",
    *NUMBERS,
    "pointer",
    "severity",
    "rule",
    "code",
    "message",
    "value",
    "remedy",
    "title",
    "basis",
    "example",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check.

    Attributes:
        report: the findings; the source of each is the path of its file.
        sources: every file that was given, the unreadable ones too.
        rules: the catalogue, by number.
        lang: of the report.
        threshold: findings at least this severe make the check fail; None if none does.
        documents: by path, the tables of each file, for formats that show them.
        said: what else there is to say of the check, a line each: profiles, baseline.
        off: by the format of a source, the rules that were not applied to it, and why.
        width: columns of the terminal; None where lines are not to be broken.
        colour: whether the terminal shows colours.
    """

    report: Report
    sources: Sequence[Source]
    rules: Mapping[str, Rule]
    lang: Language = Language.CHINESE
    threshold: Severity | None = Severity.VIOLATION
    documents: Mapping[str, Document] = field(default_factory=dict)
    said: Sequence[str] = ()
    off: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    width: int | None = None
    colour: bool = False

    @property
    def failed(self) -> list[Source]:
        """The files that could not be used."""
        return [s for s in self.sources if s.outcome == "failed"]

    def reason(self, source: Source) -> str:
        """Why ``source`` was not checked, in the language of the report."""
        return source.message.in_words(self.lang) if source.message else ""

    def by_source(self) -> dict[str, list[Finding]]:
        """The findings of every usable file by its path, in the order of the files."""
        found: dict[str, list[Finding]] = {
            s.path: [] for s in self.sources if s.outcome == "loaded"
        }
        for finding in self.report.findings:
            found.setdefault(finding.span.source, []).append(finding)
        return found

    def by_rule(self) -> list[tuple[Severity, str, int]]:
        """Severity, rule and number of findings; the severe and the frequent first."""
        found = Counter((f.severity, f.rule) for f in self.report.findings)
        return sorted(
            ((s, r, n) for (s, r), n in found.items()), key=lambda x: (-x[0], -x[2], x[1])
        )

    def title(self, rule: str) -> str:
        """What ``rule`` asks for; its number where it is not in the catalogue."""
        known = self.rules.get(rule)
        return known.title.get(self.lang, rule) if known else rule

    def basis(self, rule: str) -> str:
        """Where ``rule`` comes from; "" where it is not in the catalogue."""
        known = self.rules.get(rule)
        return known.basis.get(self.lang, "") if known else ""

    def example(self, rule: str) -> str:
        """An example of a breach of ``rule`` and of its fix: not the text of the document."""
        known = self.rules.get(rule)
        if known is None or not known.fix:
            return ""
        return words(self.lang)["breach-fix"].format(breach=known.breach, fix=known.fix)

    def message(self, finding: Finding) -> str:
        """The message of ``finding`` with what to do, which those of shapes say themselves."""
        remedy = "" if finding.shape else self.remedy(finding)
        text = finding.message(self.lang)
        if not remedy:
            return text
        return say(self.lang, "{message}. {remedy}", message=text, remedy=remedy)

    def remedy(self, finding: Finding) -> str:
        """What to do about ``finding``; "" for a rule of one's own."""
        return finding.remedy.get(self.lang, "")

    def place(self, finding: Finding, numbers: Sequence[str] = NUMBERS) -> str:
        """Where ``finding`` stands in its file, for people; "" for the file as a whole."""
        return place(finding.span, self.lang, numbers)

    def headings(self) -> list[str]:
        """What the columns of :meth:`rows` are called."""
        own = words(self.lang)
        return [own[k] for k in COLUMNS]

    def rows(self) -> list[list[str | int | None]]:
        """The findings as a table, after the files that could not be read."""
        own = words(self.lang)
        made: list[list[str | int | None]] = [
            [
                s.path,
                "",
                *[None] * 5,
                "",
                own["error"],
                "",
                "",
                self.reason(s),
                "",
                "",
                own["unreadable"],
                "",
                "",
            ]
            for s in self.failed
        ]
        for f in self.report.findings:
            made.append(
                [
                    f.span.source,
                    f.standard,
                    *(getattr(f.span, n) for n in NUMBERS),
                    f.span.pointer,
                    own[str(f.severity)],
                    f.rule,
                    f.code,
                    self.message(f),
                    f.value,
                    self.remedy(f),
                    self.title(f.rule),
                    self.basis(f.rule),
                    self.example(f.rule),
                ]
            )
        return made

    def fails(self, finding: Finding) -> bool:
        """Whether ``finding`` is at or above the threshold."""
        return self.threshold is not None and finding.severity >= self.threshold

    def summary(self) -> str:
        """The counts, in one line."""
        own, counts = words(self.lang), self.report.counts()
        text = own["summary"].format(n=len(self.report.checked), **counts)
        return text + (own["summary-failed"].format(n=len(self.failed)) if self.failed else "")

    def per_file(self) -> list[tuple[Source, dict[str, int]]]:
        """Every file with its findings by severity."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for f in self.report.findings:
            found[f.span.source][str(f.severity)] += 1
        return [
            (s, {str(v): found[s.path][str(v)] for v in sorted(Severity, reverse=True)})
            for s in self.sources
        ]
