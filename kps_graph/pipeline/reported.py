"""A check as it is reported: the findings with all that a report says besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kps_graph.exports.reports import Checked
from kps_graph.report import Report, Severity
from kps_graph.rules import baseline, profiles
from kps_graph.rules.baseline import Baseline, Draft
from kps_graph.rules.catalogue import rules
from kps_graph.rules.profiles import Profile
from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.document import Document
    from kps_graph.pipeline.interrupt import Progress
    from kps_graph.pipeline.reading import Reading
    from kps_graph.pipeline.sources import SourceFile
    from kps_graph.store import Place, Source
    from kps_graph.workers.limits import Limits
    from kps_graph.workers.pool import Run

__all__ = ["against", "drafts", "outcome", "reported"]


def reported(
    files: Iterable[SourceFile],
    profile: Profile | None = None,
    corpus: Place | None = None,
    *,
    lang: Language = Language.CHINESE,
    threshold: Severity | None = Severity.VIOLATION,
    tables: bool = False,
    each: Callable[[Reading], object] | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    run: Run | None = None,
) -> Checked:
    """The outcome of a check of ``files``, ready to be written as a report in any format.

    Args:
        files: what to check; each is read once.
        profile: how; by default each file by the profile of its format.
        corpus: a store whose standards the rules that look across standards are to see too.
        lang: the language of the report.
        threshold: findings at least this severe make the check fail; None if none does.
        tables: keep the tables of the documents, for the formats that show them.
        each: given what was read of each usable file, for whatever else is made of it.
        progress: told after each file, and when the rules are applied.
        limits: what each file may use of time and memory.
        run: how work is done; by default in processes that are started for it.

    Raises:
        StoreMissing, StoreVersion: if ``corpus`` cannot be used.
        ValidationAborted: if an engine fails, or a shape of ``profile`` meets nothing.
    """
    from kps_graph.pipeline.check import check  # readers: not to report what a store holds

    documents: dict[str, Document] = {}

    def look(reading: Reading) -> None:
        if tables:
            documents[reading.file.name] = reading.document
        if each:
            each(reading)

    report, sources = check(
        files, profile, corpus, progress, look if tables or each else None, limits, run
    )
    checked = outcome(report, sources, profile, lang, threshold)
    return replace(checked, documents=documents)


def outcome(
    report: Report,
    sources: tuple[Source, ...],
    profile: Profile | None = None,
    lang: Language = Language.CHINESE,
    threshold: Severity | None = Severity.VIOLATION,
) -> Checked:
    """What a report is written of: the findings, and what profiles and duplicates are about."""
    used = dict.fromkeys(s.format for s in sources if s.outcome == "loaded")
    return Checked(
        report,
        sources,
        {r.number: r for r in rules()},
        lang,
        threshold,
        said=(*_duplicates(sources, lang), *_profiles(profile, used, lang)),
        off={s.format: profiles.applied(profile, [s.format])[0].off for s in sources if s.format},
    )


def against(checked: Checked, expected: Baseline, name: str) -> Checked:
    """``checked`` with the findings that the baseline called ``name`` does not list."""
    compared = baseline.compare(checked.report.findings, expected, drafts(checked))
    said = say(
        checked.lang,
        "baseline {name}: {new} new, {known} known and not listed, {gone} of the baseline gone",
        name=name,
        new=len(compared.new),
        known=compared.in_baseline,
        gone=compared.gone,
    )
    report = replace(checked.report, findings=compared.new)
    return replace(checked, report=report, said=(*checked.said, said))


def drafts(checked: Checked) -> dict[str, Draft]:
    """By path, what each file that was checked is known by in a baseline."""
    return {s.path: Draft.of(s.name, s.code) for s in checked.sources if s.outcome != "failed"}


def _duplicates(sources: Iterable[Source], lang: Language) -> Iterator[str]:
    """Which files hold what another one holds: a line each."""
    return (
        say(lang, "{place}: {message}", place=s.path, message=s.message)
        for s in sources
        if s.outcome == "loaded" and s.message
    )


def _profiles(profile: Profile | None, formats: Iterable[str], lang: Language) -> Iterator[str]:
    """Which profiles applied, what they switch off and why, and which shapes are slow: a line each.

    A shape is slow that says something which the compiler does not know (docs/engine.md).
    """
    for used in profiles.applied(profile, formats):
        title = used.title.get(lang, "")
        named = (
            Sentence("{name} ({title})", name=used.name, title=title)
            if title
            else Sentence(used.name)
        )
        yield say(lang, "profile: {name}", name=named)
        for number, reason in sorted(used.off.items()):
            yield say(lang, "  {number} is off: {reason}", number=number, reason=reason)
        for shape, construct in sorted(_slow(used).items()):
            yield say(
                lang,
                "  <{shape}> is left to pySHACL, which is slower: {construct}",
                shape=shape,
                construct=construct,
            )


def _slow(profile: Profile) -> Mapping[str, str]:
    """The shapes of ``profile`` that go to pySHACL, each with the construct that sends it there."""
    if profile.shapes is None:
        return {}
    from kps_graph.shacl import not_compiled

    return not_compiled(profile.shapes)
