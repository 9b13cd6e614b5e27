"""The checklist as an OpenDocument form: verdicts are chosen from lists (ODF 1.3, part 3, 7.7.9)."""

from __future__ import annotations

from functools import partial
from typing import Final

from kps_graph.exports.checklist.shown import Review, counted, groups, offered, words
from kps_graph.exports.office import packed, render
from kps_graph.formats import SourceFormat
from kps_graph.rules.opinions import COLUMNS
from kps_graph.words import Language

__all__ = ["write"]

#: The widths of the columns of each kind of table, in centimetres.
_WIDTHS: Final = {"About": (6.4, 10.6), "Entry": (2.1, 2.5, 6.0, 2.2, 2.4, 1.8)}


def write(review: Review, lang: Language) -> bytes:
    """The form."""
    own = words(lang)
    content = render(
        "review.odt.xml",
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
            "mimetype": SourceFormat.ODT.media_type.encode(),
            "META-INF/manifest.xml": render("odt-manifest.xml"),
            "content.xml": content,
            "styles.xml": render("odt-styles.xml", title=review.title, own=own),
        }
    )
