"""A plain page about anything that has an IRI: its properties, with links, and its other forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kps_graph.exports import pages
from kps_graph.words import Language

__all__ = ["Part", "thing_page"]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing, or one of several on a page.

    Attributes:
        title: its heading; "" where it is that of the page.
        anchor: the fragment by which it is found.
        rows: what each property is called, and its values with where they lead ("" nowhere).
    """

    title: str
    anchor: str
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def thing_page(
    title: str,
    iri: str,
    address: str,
    parts: Sequence[Part],
    forms: Sequence[tuple[str, str]],
    lang: Language,
) -> str:
    """The page.

    Args:
        title: what the thing is called.
        iri: what identifies it.
        address: where it is found here.
        parts: of the page.
        forms: the other forms of the same, each with its address.
        lang: the language of the page.
    """
    return pages.render(
        "thing.html",
        style=pages.asset("difference.css"),
        lang=lang.value,
        title=title,
        iri=iri,
        address=address,
        parts=parts,
        forms=forms,
    )
