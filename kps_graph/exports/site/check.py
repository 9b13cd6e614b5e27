"""The page to drop a draft on, and the report that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kps_graph.exports.reports import Checked
from kps_graph.exports.reports.as_html import Shown, documents
from kps_graph.exports.site.frame import Frame, render
from kps_graph.formats import SourceFormat

__all__ = ["COPIES", "Verdict", "check_page", "report_page", "verdict"]

#: The endings of documents that can hold comments.
COPIES = (*SourceFormat.DOCX.extensions, *SourceFormat.ODT.extensions)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report says of a document first: its counts by severity, and the most frequent rule.

    There is none where each rule is broken once.
    """

    counts: Sequence[tuple[str, int]]
    violations: int
    warnings: int
    frequent: tuple[str, str, int] | None
    copy: str


def check_page(
    frame: Frame, profiles: Sequence[tuple[str, str]], rules: int, refused: str = ""
) -> str:
    """The page to drop a draft on.

    Args:
        frame: where it stands.
        profiles: name and title of each profile.
        rules: how many rules there are.
        refused: why what was sent cannot be checked; "" if nothing was.
    """
    return render(
        "check.html", frame, frame.word("check"), profiles=profiles, rules=rules, refused=refused
    )


def report_page(frame: Frame, checked: Checked, profile: str, example: bool = False) -> str:
    """The report of a check on the documents' own tables.

    Args:
        frame: where it stands.
        checked: what was found.
        profile: the name of the profile, for the files that the report can be saved as.
        example: whether it is the draft that comes with the package, which the server has.
    """
    shown = list(documents(checked))
    only = shown[0].path if len(shown) == 1 else ""
    title = frame.word("report-of", name=only) if only else frame.word("report-n", n=len(shown))
    return render(
        "report.html",
        frame,
        title,
        files=[(document, verdict(checked, document)) for document in shown],
        own={document.path: document.blocks for document in shown},
        checked=checked,
        profile=profile,
        example=example,
        only=only,
    )


def verdict(checked: Checked, document: Shown) -> Verdict:
    """What a report says of a document first."""
    counts = dict(zip(("violation", "warning", "info"), document.counts, strict=True))
    rules = [n.rule for n in document.notes if n.severity != "info"]
    most = max(sorted(set(rules)), key=rules.count, default="")
    name = document.path.lower()
    return Verdict(
        list(counts.items()),
        counts["violation"],
        counts["warning"],
        (most, checked.title(most), rules.count(most)) if rules.count(most) > 1 else None,
        next((e.lstrip(".") for e in COPIES if name.endswith(e)), ""),
    )
