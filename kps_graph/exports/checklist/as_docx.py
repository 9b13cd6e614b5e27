"""The checklist as a Word form: verdicts are chosen from drop-down lists (Office Open XML, 17.5.2)."""

from __future__ import annotations

from functools import partial
from typing import Final

from kps_graph.exports.checklist.shown import Review, counted, groups, offered, words
from kps_graph.exports.office import packed, render
from kps_graph.rules.opinions import COLUMNS
from kps_graph.words import Language

__all__ = ["write"]

#: The columns that people fill in, and those around them, in twentieths of a point.
_WIDTHS: Final = (1180, 1400, 3400, 1250, 1400, 1008)


def write(review: Review, lang: Language) -> bytes:
    """The form."""
    own = words(lang)
    document = render(
        "review.docx.xml",
        own=own,
        review=review,
        counts=counted(review, lang),
        groups=groups(review, lang),
        widths=_WIDTHS,
        columns=[own[f"col-{key}"] for key in COLUMNS],
        offered=partial(offered, lang=lang),
    )
    return packed(
        {
            "[Content_Types].xml": render("docx-types.xml"),
            "_rels/.rels": render("docx-package.rels"),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": render("docx-document.rels"),
            "word/styles.xml": render("docx-styles.xml"),
            "word/footer1.xml": render("docx-footer.xml", title=review.title, own=own),
        }
    )
