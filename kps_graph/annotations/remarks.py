"""What the comments say."""

from __future__ import annotations

from dataclasses import dataclass

from kps_graph.exports.reports import Checked
from kps_graph.exports.reports.phrases import words
from kps_graph.printable import printable
from kps_graph.readers.comments import AUTHOR
from kps_graph.report import Finding
from kps_graph.words import say

__all__ = ["AUTHOR", "Remark", "remarks"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding and the lines of its comment."""

    finding: Finding
    lines: tuple[str, ...]


def remarks(checked: Checked) -> list[Remark]:
    """The comments for ``checked``, in the order of its findings."""
    return [Remark(f, tuple(_lines(checked, f))) for f in checked.report.findings]


def _lines(checked: Checked, finding: Finding) -> list[str]:
    own = words(checked.lang)
    colon = say(checked.lang, ": ")
    code = f" {finding.code}" if finding.code else ""
    lines = [
        f"[{own[str(finding.severity)]} {finding.rule}]{code}{colon}{checked.message(finding)}"
    ]
    if finding.rule in checked.rules:
        lines.append(
            f"{own['advice']}{colon}{checked.title(finding.rule)} — {checked.basis(finding.rule)}"
        )
        if example := checked.example(finding.rule):
            lines.append(f"{own['example']}{colon}{example}")
    return [printable(" ".join(line.split())) for line in lines]
