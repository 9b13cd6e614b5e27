"""Reports of a check: one writer per format, each turning a :class:`Checked` into bytes."""

from __future__ import annotations

from importlib import import_module

from kps_graph.exports.reports.checked import Checked
from kps_graph.formats import ReportFormat

__all__ = ["Checked", "write"]


def write(checked: Checked, format: ReportFormat) -> bytes:
    """The report in ``format``; its module is imported when it is asked for."""
    module = import_module(f"kps_graph.exports.reports.as_{format}")
    made: bytes = module.write(checked)
    return made
