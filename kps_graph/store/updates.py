"""SPARQL Update as text: what would reach another server is refused, what it is asked of is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kps_graph import sparql
from kps_graph.errors import QuerySyntax
from kps_graph.sparql import Dataset, Word, words
from kps_graph.words import Sentence

__all__ = ["refuse_load", "using"]

_ESCAPE: Final = re.compile(r"\\[uU]")
_LOAD: Final = re.compile("load", re.IGNORECASE)


def refuse_load(text: str) -> None:
    """Refuses ``LOAD``, which an engine would follow over the network.

    Engines need no space around a word, so that a bare name that has the word in it is refused too.

    Raises:
        QuerySyntax: with the place of the word.
    """
    found = words(text)
    for word in found:
        outside = word.kind in ("name", "mark")
        if outside and _ESCAPE.match(text, word.start) and word.text == "\\":
            raise _refused(text, word, Sentence("an update has no escaped letters in its words"))
        if word.kind == "name" and _LOAD.search(word.text):
            raise _refused(text, word, Sentence("LOAD would ask another server"))


def using(text: str, dataset: Dataset) -> str:
    """``text`` with each of its ``WHERE`` asked of ``dataset``.

    Raises:
        QuerySyntax: if it says itself what it is asked of.
    """
    clauses = "".join(f"USING {sparql.iri(graph)} " for graph in dataset.default)
    clauses += "".join(f"USING NAMED {sparql.iri(graph)} " for graph in dataset.named)
    found = words(text)
    out: list[str] = []
    copied = 0
    for index, word in _outermost(found):
        if word.keyword in ("USING", "WITH"):
            raise _refused(
                text,
                word,
                Sentence("the update and its request both say which graphs it is asked of"),
            )
        if word.keyword != "WHERE":
            continue
        out.append(text[copied : word.start])
        if index and found[index - 1].keyword == "DELETE":
            # DELETE WHERE { … } has no USING; DELETE { … } USING … WHERE { … } says the same
            out.append(_pattern(text, found, index + 1) + " ")
        out.append(clauses)
        copied = word.start
    return "".join(out) + text[copied:]


def _outermost(found: tuple[Word, ...]) -> Iterator[tuple[int, Word]]:
    """The words that stand in no braces, with their number."""
    depth = 0
    for index, word in enumerate(found):
        depth += (word.text == "{") - (word.text == "}")
        if not depth:
            yield index, word


def _pattern(text: str, found: tuple[Word, ...], start: int) -> str:
    """The group in braces that begins at a word."""
    depth = 0
    for word in found[start:]:
        depth += (word.text == "{") - (word.text == "}")
        if not depth:
            return text[found[start].start : word.end]
    return ""


def _refused(text: str, word: Word, said: Sentence) -> QuerySyntax:
    before = text[: word.start]
    column = word.start - (before.rfind("\n") + 1) + 1
    return QuerySyntax(said, line=before.count("\n") + 1, column=column)
