"""Findings as a page shows them, and beside which part of a standard each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kps_graph.exports.reports.phrases import place
from kps_graph.exports.site.frame import sign
from kps_graph.printable import printable
from kps_graph.report import Finding
from kps_graph.standards.names import Names
from kps_graph.terms import dcterms, kps, skos
from kps_graph.words import Language

__all__ = ["DOCUMENT", "Note", "notes", "placed"]

#: Where a finding stands that is about no part of the standard.
DOCUMENT: Final = "document"
#: Property of a standard -> the line of its head that a finding about it stands in.
_FIELDS: Final = {
    kps.baseLevel: "level",
    skos.prefLabel: "name",
    skos.notation: "code",
    dcterms.description: "description",
    kps.jobCategory: "job_category",
    kps.occupation: "occupation",
    kps.industry: "industry",
}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding on a page.

    Attributes:
        id: its anchor.
        sign: what the style sheet calls its severity.
        severity: its severity.
        rule: the number of its rule.
        code: of the part that it is about; "" if none.
        message: what it says, with what to do.
        place: where it stands in the document; "" if that is not known.
    """

    id: str
    sign: str
    severity: str
    rule: str
    code: str
    message: str
    place: str


def notes(findings: Iterable[Finding], lang: Language) -> list[tuple[Finding, Note]]:
    """The findings in their order, each as it is shown."""
    return [
        (
            f,
            Note(
                f"f{number}",
                sign(f.severity),
                str(f.severity),
                f.rule,
                f.code,
                printable(f.message(lang)),
                place(f.span, lang),
            ),
        )
        for number, f in enumerate(findings, 1)
    ]


def placed(
    listed: Iterable[tuple[Finding, Note]], named: Names, codes: Mapping[str, str]
) -> dict[str, list[Note]]:
    """Where each finding stands: by the local name of a part, or by the line of the head.

    Args:
        listed: the findings.
        named: the names of the parts.
        codes: the local name of the first part with a code.
    """
    known = {iri.removeprefix(f"{named.standard}/") for iri in named.nodes.values()}
    found: dict[str, list[Note]] = defaultdict(list)
    for finding, note in listed:
        found[_beside(finding, named.standard, known, codes)].append(note)
    return dict(found)


def _beside(
    finding: Finding, standard: str, known: Collection[str], codes: Mapping[str, str]
) -> str:
    if finding.focus == standard:
        field = _FIELDS.get(finding.path)
        if field:
            return field
    elif finding.focus.startswith(f"{standard}/"):
        local = finding.focus.removeprefix(f"{standard}/")
        while local:
            if local in known or local.startswith(("versions/", "classification/", "notes/")):
                return local
            local = local.rpartition("/")[0]
    return codes.get(finding.code, DOCUMENT)
