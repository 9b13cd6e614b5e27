"""The checklist as a page that is filled in and saves itself, without a request to anywhere."""

from __future__ import annotations

from functools import partial

from kps_graph.exports import pages
from kps_graph.exports.checklist.shown import Review, counted, groups, offered, words
from kps_graph.rules.opinions import COLUMNS
from kps_graph.words import Language

__all__ = ["write"]


def write(review: Review, lang: Language) -> bytes:
    """The page; what is typed goes into its own markup, so that it is kept however it is saved."""
    own = words(lang)
    page = pages.render(
        "checklist.html",
        style=pages.asset("checklist.css"),
        script=pages.asset("checklist.js"),
        lang=lang,
        own=own,
        title=f"{own['form']}{own['colon']}{review.title}",
        review=review,
        summary=counted(review, lang),
        groups=groups(review, lang),
        columns=[own[f"col-{key}"] for key in COLUMNS],
        offered=partial(offered, lang=lang),
    )
    return page.encode("utf-8", "replace")
