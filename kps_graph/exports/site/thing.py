"""A plain page about anything that has an IRI: its properties, with links, and its other forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kps_graph.exports.site.frame import Frame, render

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
    frame: Frame,
    title: str,
    iri: str,
    address: str,
    parts: Sequence[Part],
    forms: Sequence[tuple[str, str]],
) -> str:
    """The page.

    Args:
        frame: where it stands.
        title: what the thing is called.
        iri: what identifies it.
        address: where it is found here.
        parts: of the page.
        forms: the other forms of the same, each with its address.
    """
    return render("thing.html", frame, title, iri=iri, address=address, parts=parts, forms=forms)
