"""Reports of a check: one writer per format, each turning a :class:`Checked` into bytes."""

from __future__ import annotations

from importlib import import_module

from kps_graph.errors import MissingExtra
from kps_graph.exports.reports.checked import Checked
from kps_graph.formats import ReportFormat
from kps_graph.words import Sentence

__all__ = ["Checked", "write"]


def write(checked: Checked, format: ReportFormat) -> bytes:
    """The report in ``format``; its module is imported when it is asked for.

    Raises:
        MissingExtra: if the library that the format needs is not installed.
    """
    try:
        module = import_module(f"kps_graph.exports.reports.as_{format}")
    except ImportError as error:
        if not format.extra:
            raise
        raise MissingExtra(
            "writing {format} needs the package {package}, which is not installed",
            format=format.label,
            package=error.name or "",
            hint=Sentence("pip install 'kps-graph[{extra}]'", extra=format.extra),
        ) from error
    made: bytes = module.write(checked)
    return made
