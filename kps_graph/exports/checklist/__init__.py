"""The checklist of the certification: as text and data, and as a form that people fill in."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from kps_graph.exports.checklist.shown import Review
from kps_graph.printable import json_text
from kps_graph.rules.checklist import Outcome
from kps_graph.words import Language

__all__ = ["FORMS", "STYLES", "Review", "write"]

#: The styles that people write into.
FORMS: Final = ("html", "docx", "odt", "xlsx")
STYLES: Final = ("text", "markdown", "json", *FORMS)


def write(review: Review, style: str, lang: Language) -> bytes:
    """The checklist in one of :data:`STYLES`."""
    if style == "json":
        return _json(review, lang)
    if style in ("text", "markdown"):
        from kps_graph.exports.checklist.as_text import lines

        return ("\n".join(lines(review, lang, style == "markdown")) + "\n").encode()
    module = import_module(f"kps_graph.exports.checklist.as_{style}")
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
