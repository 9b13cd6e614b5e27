"""The versions of the standards in a store, and what has changed from one to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kps_graph.errors import BadParameter, SourceError
from kps_graph.store.rows import Rows, Value
from kps_graph.terms import dcterms, kps, skos, standard_iri
from kps_graph.words import Sentence

if TYPE_CHECKING:
    from kps_graph.graph.questions import Questions
    from kps_graph.rdf.patch import Patch
    from kps_graph.sharing import Answers
    from kps_graph.standards.series import Decision, Series, Stated
    from kps_graph.standards.versions import Version
    from kps_graph.store import Store

__all__ = ["Event", "changes", "decisions_in", "versions"]

_SINCE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_COLUMNS: Final = (
    "series",
    "version",
    "code",
    "name",
    "status",
    "date",
    "replaced_by",
    "held",
    "by",
)
_EVENTS: Final = ("date", "series", "code", "name", "replaces", "replaced_name", "held", "changes")


@dataclass(frozen=True, slots=True)
class Event:
    """That a version came out.

    Attributes:
        series: the base of the series' newest code.
        version: which.
        before: the version that it follows; None for the first.
        difference: what became of every part, if the store holds both.
        patch: what makes the graph of the one of that of the other, likewise.
    """

    series: str
    version: Stated
    before: Stated | None = None
    difference: Version | None = None
    patch: Patch | None = None


def versions(
    questions: Questions, *standards: str, decisions: Iterable[Decision] = ()
) -> Answers[tuple[str, Stated]]:
    """The versions of the series that ``standards`` are of, oldest first.

    If none is named, they are those of the slice, else all.

    Args:
        questions: of the store.
        standards: by code or name.
        decisions: what people decided about which versions follow each other.

    Raises:
        ResourceError: for a standard that the store does not hold.
    """
    from kps_graph.sharing import Answers

    def row(found: tuple[str, Stated]) -> tuple[Value, ...]:
        name, v = found
        by = str(v.evidence) if v.evidence else None
        return (
            name,
            v.label,
            v.code,
            v.name,
            v.status,
            v.date,
            v.replaced_by,
            bool(v.identity),
            by,
        )

    def table(found: Iterable[tuple[str, Stated]], most: int | None) -> Rows:
        return Rows.of(_COLUMNS, found, row)

    listed = _series(questions, standards, decisions)
    return Answers(((series.name, v) for series in listed for v in series.versions), table)


def changes(
    questions: Questions,
    *standards: str,
    since: str = "",
    until: str = "",
    decisions: Iterable[Decision] = (),
) -> Answers[Event]:
    """The versions that came out, each with what it has changed if the store holds both, by date.

    Args:
        questions: of the store.
        standards: only versions of their series; by code or name.
        since: the first date: ``2024``, ``2024-05`` or ``2024-05-31``; what has none is left out.
        until: the last date, likewise.
        decisions: what people decided about which versions follow each other.

    Raises:
        BadParameter: for a date that is none.
        ResourceError: for a standard that the store does not hold.
    """
    from kps_graph.sharing import Answers

    for date in filter(None, (since, until)):
        if not _SINCE.fullmatch(date):
            raise BadParameter(
                "{date!r} is no date", date=date, hint=Sentence("write 2024, 2024-05 or 2024-05-31")
            )
    found = [
        event
        for series in _series(questions, standards, decisions)
        for event in _events(questions, series, since, until)
    ]
    return Answers(sorted(found, key=lambda e: (e.version.date, e.series, e.version.code)), _table)


def _table(events: Iterable[Event], most: int | None) -> Rows:
    def row(event: Event) -> tuple[Value, ...]:
        version, before = event.version, event.before
        changed = None
        if event.difference:
            counts = event.difference.counts()
            changed = sum(n for status, n in counts.items() if status != "kept")
        return (
            version.date,
            event.series,
            version.code,
            version.name,
            before.code if before else None,
            before.name if before else None,
            bool(version.identity),
            changed,
        )

    return Rows.of(_EVENTS, events, row)


def _events(questions: Questions, series: Series, since: str, until: str) -> Iterator[Event]:
    from kps_graph.rdf import patch as patches
    from kps_graph.standards import versions as differences
    from kps_graph.store.held import standard_in

    store, base = questions.store, questions.base
    before: Stated | None = None
    held: Stated | None = None
    for version in series.versions:
        within = version.date[: len(since)] >= since and (
            not until or "" < version.date[: len(until)] <= until
        )
        if not within:
            pass
        elif version.identity and held:
            old, new = (standard_iri(v.identity, base) for v in (held, version))
            yield Event(
                series.name,
                version,
                held,
                differences.changes(
                    *(standard_in(store, v.identity, base) for v in (held, version))
                ),
                patches.between(old, store.dump(old), new, store.dump(new)),
            )
        else:
            yield Event(series.name, version, before)
        before = version
        held = version if version.identity else held


def _series(
    questions: Questions, standards: Iterable[str], decisions: Iterable[Decision]
) -> list[Series]:
    from kps_graph.standards.series import Held, followed, series_of

    known = questions.identities()
    stated = _stated(questions.store)
    held = [
        Held(
            identity,
            source.claim,
            source.code,
            source.name,
            tuple(stated[standard_iri(identity, questions.base)]),
        )
        for identity, source in known.items()
    ]
    found = series_of(held, decisions)
    chosen = questions.chosen(standards)
    if not chosen:
        return found
    return [s for s in found if any(followed(s, identity) for identity in chosen)]


def _stated(store: Store) -> dict[str, list[Stated]]:
    """The rows of the version table of each standard, by its IRI."""
    from kps_graph.standards.series import Stated

    parts = {
        "code": skos.notation,
        "name": skos.prefLabel,
        "label": kps.versionLabel,
        "status": kps.status,
        "date": dcterms.issued,
        "note": kps.updateNote,
        "replaced_by": kps.replacedByCode,
    }
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for name, predicate in parts.items():
        for entry, value in store.texts(
            f"SELECT ?e ?o WHERE {{ ?e a <{kps.VersionEntry}> ; <{predicate}> ?o }}"
        ):
            values[entry][name] = value
    found: dict[str, list[Stated]] = defaultdict(list)
    for standard, entry, _ in store.texts(
        f"SELECT ?s ?e ?n WHERE {{ ?s <{kps.hasVersionEntry}> ?e . ?e <{kps.position}> ?n }} "
        "ORDER BY ?s ?n"
    ):
        row = {name: values[entry].get(name, "") for name in parts}
        found[standard].append(Stated(**row))  # type: ignore[arg-type]  # the parts are texts
    return found


def decisions_in(path: Path) -> list[Decision]:
    """The decisions in a CSV file with the columns ``old``, ``new``, ``decision``.

    A decision is ``same`` or ``apart``.

    Raises:
        SourceError: if the file cannot be read, or says something else, with the line.
    """
    import csv

    from kps_graph.saving import text_of
    from kps_graph.standards.series import Decision

    lines = text_of(path).splitlines()
    found = []
    for line, row in enumerate(csv.DictReader(lines), 2):
        said = (row.get("decision") or "").strip()
        ends = [(row.get(end) or "").strip() for end in ("old", "new")]
        if said not in ("same", "apart") or not all(ends):
            raise SourceError(
                "line {line} is no decision about versions",
                line=line,
                source=str(path),
                hint=Sentence("columns: {names}", names=("old", "new", "decision (same, apart)")),
            )
        found.append(Decision(ends[0], ends[1], said == "same"))
    return found
