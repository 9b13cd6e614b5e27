"""The search of a static site: its page, and the texts that its script looks through."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from kps_graph.exports.site.frame import Frame, render
from kps_graph.printable import printable

__all__ = ["Entry", "Part", "search_page", "texts"]

#: A text to be found: letter of its kind, text, where it stands, its address, and its classes.
Entry = tuple[str, str, str, str, Sequence[str]]
_KINDS: Final = ("W", "T", "K", "S", "A")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the standards of a site.

    Attributes:
        standards: code, name and identity of each.
        page, pages: which part it is, of how many.
    """

    standards: Sequence[tuple[str, str, str]]
    page: int
    pages: int


def search_page(
    frame: Frame,
    part: Part,
    classes: Mapping[str, Mapping[str, str]],
) -> str:
    """The search, which lists the standards until something is typed.

    Args:
        frame: where the page stands.
        part: the standards that this page lists.
        classes: by scheme and code, the names of the classes that links may narrow it to.
    """
    root = frame.href("/").removesuffix("index.html").removesuffix("en/")
    site = {
        "root": root if frame.lang.chinese else f"{root}en/",
        "kinds": {k: frame.word(f"kind-{k}") for k in _KINDS},
        "found": frame.word("n-found-static"),
        "classes": {
            scheme: {"": frame.word(f"class-{scheme}"), **named}
            for scheme, named in classes.items()
        },
    }
    data = json.dumps(site, ensure_ascii=False).replace("<", "\\u003c")
    return render("search_static.html", frame, frame.word("search"), site=Markup(data), part=part)


def texts(entries: Iterable[Entry]) -> str:
    """The script that holds the texts; a page that is opened as a file can load nothing else."""
    listed = [[printable(e[1]) if n == 1 else e[n] for n in range(5)] for e in entries]
    data = json.dumps(listed, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'"use strict";\nwindow.kpsTexts = {data};\n'
