"""The checklist of the certification: as text and data, and as a form that people fill in."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from kps_graph.errors import MissingExtra
from kps_graph.exports.checklist.shown import Review
from kps_graph.printable import json_text
from kps_graph.rules.checklist import Outcome
from kps_graph.words import Language, Sentence

__all__ = ["FORMS", "STYLES", "Review", "write"]

#: The styles that people write into.
FORMS: Final = ("html", "docx", "odt", "xlsx")
STYLES: Final = ("text", "markdown", "json", *FORMS)


def write(review: Review, style: str, lang: Language) -> bytes:
    """The checklist in one of :data:`STYLES`.

    Raises:
        MissingExtra: if the library that the style needs is not installed.
    """
    if style == "json":
        return _json(review, lang)
    if style in ("text", "markdown"):
        from kps_graph.exports.checklist.as_text import lines

        return ("\n".join(lines(review, lang, style == "markdown")) + "\n").encode()
    try:
        module = import_module(f"kps_graph.exports.checklist.as_{style}")
    except ImportError as error:
        if style != "xlsx":
            raise
        raise MissingExtra(
            "writing {format} needs the package {package}, which is not installed",
            format=style,
            package=error.name or "",
            hint=Sentence("pip install 'kps-graph[{extra}]'", extra=style),
        ) from error
    made: bytes = module.write(review, lang)
    return made


def _json(review: Review, lang: Language) -> bytes:
    answers = review.answers
    counts = {o.value: sum(a.outcome is o for a in answers) for o in Outcome}
    data = {
        "standard": review.title,
        "conditions": [a.as_data(lang) for a in answers],
        "summary": counts,
    }
    return (json_text(data, 1) + "\n").encode()
