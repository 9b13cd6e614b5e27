"""JSON: the findings with everything known about them, the files, and the counts."""

from __future__ import annotations

from kps_graph.exports.reports.checked import Checked
from kps_graph.printable import json_text

__all__ = ["write"]


def write(checked: Checked) -> bytes:
    """``{"findings": [...], "files": [...], "summary": {...}}``, Chinese as it is."""
    report = checked.report
    files = [
        {
            "path": s.path,
            "outcome": s.outcome,
            "code": s.code,
            "name": s.name,
            "message": str(s.message or ""),
        }
        for s in checked.sources
    ]
    summary = {
        **report.counts(),
        "standards": len(report.checked),
        "failed": len(checked.failed),
        "said": list(checked.said),
    }
    data = {"findings": [f.as_data() for f in report.findings], "files": files, "summary": summary}
    return (json_text(data, 1) + "\n").encode()
