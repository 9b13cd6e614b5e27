"""What a query may be like: the engine reads by recursion, and a deep one would end the process."""

from __future__ import annotations

import re
from typing import Final

from kps_graph.errors import QuerySyntax
from kps_graph.sparql import words
from kps_graph.words import Sentence

__all__ = ["refuse_deep"]

#: Brackets in one another. Queries of people have a dozen; the engine dies of some hundreds.
_DEEPEST: Final = 64
#: Words, besides the data of VALUES, which are read one by one. The longest of the library has 300.
_MOST: Final = 3000
_BRACKET: Final = re.compile(r"[(){}\[\]]")
#: An IRI is one word however long; it is one that no reader can take for a comparison.
_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://[^<>\"{}|^`\\\x00-\x20]*>")
_OPENING: Final = frozenset("({[")
_SHORTEN: Final = Sentence("ask it in several queries, and give long lists as data of VALUES")


def refuse_deep(text: str) -> None:
    """Refuses a query that is nested or chained beyond what an engine can read.

    Raises:
        QuerySyntax: with the line where it is too much.
    """
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):  # those in texts too: a bound, and quick
        depth += 1 if bracket in _OPENING else -1
        deepest = max(deepest, depth)
    if deepest <= _DEEPEST and (len(text) <= _MOST or len(_IRI.sub("<", text)) <= _MOST):
        return  # a word has one character at least
    count, depth, before = 0, 0, ""
    data: int | None = None  # how deep the VALUES stands that is being read
    for word in words(text):
        if word.text in _OPENING:
            if word.text == "{" and data is None and before == "VALUES":
                data = depth
            depth += 1
        elif word.text in (")", "}", "]"):
            depth -= 1
            data = None if depth == data else data
        count += data is None
        before = word.keyword or before
        if depth > _DEEPEST or count > _MOST:
            said = (
                Sentence("more than {most} brackets stand in one another", most=_DEEPEST)
                if depth > _DEEPEST
                else Sentence("the query has more than {most:,} words", most=_MOST)
            )
            raise QuerySyntax(said, line=text.count("\n", 0, word.start) + 1, hint=_SHORTEN)
