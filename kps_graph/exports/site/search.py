"""The page of a search, with what it can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from kps_graph.exports.site.frame import Frame, cut, render
from kps_graph.printable import printable
from kps_graph.search import Hit, Place
from kps_graph.words import Language

__all__ = ["ORDERS", "Facet", "Found", "Option", "Result", "search_page"]

#: The orders of results; the first is that of a search.
ORDERS: Final = ("fit", "name", "level", "updated", "places")


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a search can be narrowed to.

    Attributes:
        value: as it stands in the address.
        label: what it is called.
        count: how many results have it.
        chosen: whether it is chosen.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """What a search can be narrowed by: a key of the address, and its values."""

    key: str
    options: Sequence[Option]


def _option(frame: Frame, key: str, option: Option) -> Markup:
    """A value to tick; a page has two hundred of them, so they are made of parts that are kept."""
    described = _described.__wrapped__ if option.chosen else _described  # the address may say any
    begin, end = described(frame.lang, key, option.value, option.label)
    return Markup(f"{begin}{' checked' if option.chosen else ''}{end}{option.count}</span></label>")


@lru_cache(maxsize=4096)
def _described(lang: Language, key: str, value: str, label: str) -> tuple[str, str]:
    """What stands before and after the tick of a value, up to its number."""
    shown = Frame(lang).tongue(label), printable(cut(label))
    begin = Markup('<label class="check small"><input type="checkbox" name="{}" value="{}"')
    end = Markup('><span{}>{}</span><span class="num">')
    return str(begin.format(key, printable(value))), str(end.format(*shown))


@dataclass(frozen=True, slots=True)
class Result:
    """A hit.

    Attributes:
        hit: what was found.
        places: where it stands, within what the search is narrowed to.
        competency: the local name of the competency that it says; "" if it is none.
    """

    hit: Hit
    places: Sequence[Place]
    competency: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    Attributes:
        typed: what was searched for.
        results: those of this page.
        total: how many there are; at least, if ``more``.
        more: whether the search ended before all were found.
        standards: on how many standards the answer stands.
        also: words that were tried besides.
        near: whether nothing has the words, and these come near.
        tabs: the groups of kinds: name, their kinds, how many, whether it is chosen.
        facets: what it can be narrowed by.
        chosen: what it is narrowed to: key, value, what that is called.
        hidden: filters without which there would be results: key, value, label and number.
        page, pages: which part is shown, of how many.
        part: the slice that it is narrowed to, in its written form; "" for none.
        order: one of :data:`ORDERS`.
    """

    typed: str
    results: Sequence[Result]
    total: int
    more: bool
    standards: int
    also: Sequence[str]
    near: bool
    tabs: Sequence[tuple[str, Sequence[str], int, bool]]
    facets: Sequence[Facet]
    chosen: Sequence[tuple[str, str, str]]
    hidden: Sequence[tuple[str, str, str, int]]
    page: int
    pages: int
    part: str
    order: str


def search_page(frame: Frame, found: Found) -> str:
    """The page of a search."""

    def without(key: str, value: str = "") -> str:
        left = [
            (k, v) for k, v in frame.params if not (k == key and value in ("", v)) and k != "page"
        ]
        return frame.listed("/search", left)

    def turned(page: int) -> str:
        return frame.listed(
            "/search", [(k, v) for k, v in frame.params if k != "page"] + [("page", str(page))]
        )

    def tab(kinds: Sequence[str]) -> str:
        left = [(k, v) for k, v in frame.params if k not in ("kind", "page")]
        return frame.listed("/search", [*left, *(("kind", k) for k in kinds)])

    def sorted_by(order: str) -> str:
        left = [(k, v) for k, v in frame.params if k not in ("sort", "page")]
        return frame.listed("/search", left + ([("sort", order)] if order != ORDERS[0] else []))

    title = frame.word("search-of", text=found.typed) if found.typed else frame.word("search")
    return render(
        "search.html",
        frame,
        title,
        found=found,
        ticks=lambda key, options: Markup("".join([_option(frame, key, o) for o in options])),
        without=without,
        turned=turned,
        tab=tab,
        sorted_by=sorted_by,
        orders=ORDERS,
        order=found.order,
        part=found.part,
    )
