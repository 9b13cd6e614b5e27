"""The first page: the three ways in."""

from __future__ import annotations

from collections.abc import Sequence

from kps_graph.exports.site.frame import Frame, render

__all__ = ["home_page"]


def home_page(
    frame: Frame,
    categories: Sequence[tuple[str, str, int]],
    examples: Sequence[str],
    only: tuple[str, str] | None,
    profiles: Sequence[tuple[str, str]],
) -> str:
    """The first page.

    Args:
        frame: where it stands.
        categories: code, name and number of standards of each 職類別 that is stated.
        examples: words that find something.
        only: identity and name of the one standard that the store holds.
        profiles: name and title of each profile of a check.
    """
    return render(
        "home.html",
        frame,
        frame.word("home"),
        categories=categories,
        examples=examples,
        only=only,
        profiles=profiles,
    )
