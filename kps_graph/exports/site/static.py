"""The search of a static site: its page, and the texts that its script looks through."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from kps_graph.exports.site.frame import Frame, render
from kps_graph.printable import printable

__all__ = ["MOST", "SCRIPT", "SHOWN", "Entry", "Part", "Texts", "search_page", "texts"]

#: A text to be found: letter of its kind, text, where it stands, its address, and its classes.
Entry = tuple[str, str, str, str, Sequence[str]]
_KINDS: Final = ("W", "T", "K", "S", "A")
#: So many hits the search shows at most, as ``MOST`` of ``static.js``.
SHOWN: Final = 500
#: Of the entries that a pair of characters has, the best so many are in its script.
MOST: Final = 800
#: Bytes of entries that a script holds, if one key alone does not have more.
SCRIPT: Final = 64_000
#: What a search does not tell apart, as ``fold`` of ``static.js`` has it.
_DROPPED: Final = re.compile("[\\s，。、；：「」（）()・,.;:/／-]")


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


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a site in scripts, of which a search loads those that its words need.

    A key is a character or two that follow each other in the folded text, or a space and the letter of
    a kind; keys are in the order of UTF-16, as those of JavaScript.

    Attributes:
        scripts: the scripts, each with the entries of one key or of several in a row.
        first: the first key of each script.
        cut: the keys that have more entries than their script holds: it has the best.
        counts: how many entries there are of each kind.
    """

    scripts: Sequence[str]
    first: Sequence[str]
    cut: Sequence[str]
    counts: Mapping[str, int]


def search_page(
    frame: Frame,
    part: Part,
    held: Texts,
    classes: Mapping[str, Mapping[str, str]],
) -> str:
    """The search, which lists the standards until something is typed.

    Args:
        frame: where the page stands.
        part: the standards that this page lists.
        held: the texts of the site.
        classes: by scheme and code, the names of the classes that links may narrow it to.
    """
    root = frame.href("/").removesuffix("index.html").removesuffix("en/")
    site = {
        "root": root if frame.lang.chinese else f"{root}en/",
        "kinds": {k: frame.word(f"kind-{k}") for k in _KINDS},
        "found": frame.word("n-found-static"),
        "common": frame.word("static-common"),
        "assets": frame.asset(""),
        "first": held.first,
        "cut": held.cut,
        "counts": held.counts,
        "classes": {
            scheme: {"": frame.word(f"class-{scheme}"), **named}
            for scheme, named in classes.items()
        },
    }
    data = json.dumps(site, ensure_ascii=False).replace("<", "\\u003c")
    return render("search_static.html", frame, frame.word("search"), site=Markup(data), part=part)


def texts(entries: Iterable[Entry]) -> Texts:
    """The scripts that hold the texts; a page that is opened as a file can load nothing else."""
    listed = [(e[0], printable(e[1]), e[2], e[3], e[4]) for e in entries]
    folded = [_fold(text) for _, text, _, _, _ in listed]
    having: dict[str, list[int]] = {}
    for n, (kind, _, where, _, _) in enumerate(listed):
        also = _fold(where) if kind == "W" else ""  # a standard is found by its code too
        for key in {f" {kind}", *_keys(folded[n]), *_keys(also)}:
            having.setdefault(key, []).append(n)
    counts = {kind: len(having.get(f" {kind}", ())) for kind in _KINDS}
    cut = sorted(k for k, ns in having.items() if k[0] != " " and len(ns) > _held(k))
    written = [
        json.dumps([n, *entry], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        for n, entry in enumerate(listed)
    ]
    size = [len(entry.encode("utf-8", "replace")) for entry in written]
    first, held = list[str](), list[set[int]]()
    filled = SCRIPT
    for key in sorted(having, key=lambda k: k.encode("utf-16-be", "surrogatepass")):
        best = _best(key, having[key], folded)
        more = sum(size[n] for n in best if not held or n not in held[-1])
        if filled + more > SCRIPT:
            first.append(key)
            held.append(set())
            filled, more = 0, sum(size[n] for n in best)
        held[-1].update(best)
        filled += more
    scripts = [_script(ns, written) for ns in held]
    return Texts(scripts, first, cut, counts)


def _fold(text: str) -> str:
    """A text as the search compares it."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def _keys(folded: str) -> Iterator[str]:
    yield from folded
    yield from map("".join, pairwise(folded))


def _best(key: str, having: Sequence[int], folded: Sequence[str]) -> Sequence[int]:
    """Of the entries that have a key, those that a search for it shows."""
    if key == " W":  # links narrow all standards by class
        return having
    if key[0] == " ":
        return having[:SHOWN]
    order = sorted(having, key=lambda n: (not folded[n].startswith(key), len(folded[n]), n))
    return order[: _held(key)]


def _held(key: str) -> int:
    """How many entries of a key there are at most in its script."""
    return SHOWN if len(key) == 1 else MOST


def _script(held: Iterable[int], written: Sequence[str]) -> str:
    data = ",".join(written[n] for n in sorted(held))
    return f'"use strict";\nwindow.kpsTexts([{data}]);\n'
