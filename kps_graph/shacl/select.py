"""Turns the SELECT of a SHACL constraint, asked per focus node, into one for all of them.

SHACL binds ``$this`` before it asks. Joined with a pattern for the focus nodes, the same text
gives the same rows for all nodes at once, if ``$this`` means the same wherever it stands. Where
that is not plain, the query is left to the reference engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kps_graph.shacl.declared import undeclared
from kps_graph.shacl.supported import Unsupported
from kps_graph.sparql import Word, words

__all__ = ["set_at_a_time"]

_REFUSED: Final = frozenset(
    (
        "CONSTRUCT",
        "ASK",
        "DESCRIBE",
        "FROM",
        "SERVICE",
        "GRAPH",
        "MINUS",
        "VALUES",
        "LIMIT",
        "OFFSET",
        "REDUCED",
        "UNION",
    )
)
_AGGREGATES: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
_THIS: Final = ("$this", "?this")
_FOREIGN: Final = ("shapesGraph", "currentShape", "failure")
#: Variables of the pattern for the focus nodes.
_OURS: Final = ("_class", "_graph", "_object", "_subject")


@dataclass(slots=True)
class _Block:
    """One SELECT of a query: where its group begins, and how it uses ``$this``."""

    outer: bool
    depth: int
    begin: int = -1
    projects: bool = False
    groups_by_this: bool = False
    grouped: bool = False
    aggregates: bool = False
    mentions: bool = False
    words: list[str] = field(default_factory=list)


def set_at_a_time(text: str, focus: str, path: str) -> str:
    """``text`` for all focus nodes.

    Args:
        text: a SELECT with its prefixes.
        focus: a graph pattern that binds ``?this`` to each focus node.
        path: what ``$PATH`` stands for; "" for a node shape.

    Raises:
        Unsupported: if the query may mean something else that way.
    """
    found = list(words(text))
    blocks = _blocks(found)
    if not blocks or not all(b.projects for b in blocks):
        raise Unsupported("a query that does not project $this")
    if (word := undeclared(text)) is not None:  # another engine may know it
        raise Unsupported(f"the prefix {word.text.partition(':')[0]}:, which is not declared")
    for block in blocks:
        if block.aggregates and not (block.grouped and block.groups_by_this):
            raise Unsupported("an aggregate that is not grouped by $this")
    begins = _begins(found, blocks)
    out, copied = [], 0
    for word in found:
        if word.kind == "variable" and word.text[1:] == "PATH":
            if not path:
                raise Unsupported("$PATH in a node shape")
            out += [text[copied : word.start], path]
            copied = word.end
        elif word.start in begins:
            out += [text[copied : word.end], f" {focus} "]
            copied = word.end
    return "".join(out) + text[copied:]


def _begins(found: list[Word], blocks: list[_Block]) -> set[int]:
    """Where the pattern for the focus nodes goes: into each SELECT that looks at ``$this``.

    One that begins with another such SELECT gets its nodes from there, and need not be joined
    with all of them again.
    """
    asked = [b for b in blocks if b.outer or b.mentions]
    at = {word.start: n for n, word in enumerate(found)}
    inner = {b.begin: b for b in asked}
    begins = set(inner)
    for block, following in pairwise(blocks):
        n = at[block.begin]
        opening = [word.text.upper() for word in found[n : n + 3]]
        if opening == ["{", "{", "SELECT"] and following.begin in inner:
            begins.discard(block.begin)
    return begins


def _blocks(found: list[Word]) -> list[_Block]:
    """The SELECTs of a query, outermost first."""
    blocks: list[_Block] = []
    open_: list[_Block] = []
    depth = brackets = 0
    clause = ""
    for word in found:
        if word.keyword in _REFUSED:
            raise Unsupported(word.keyword)
        if word.kind == "variable" and word.text[1:] in (*_FOREIGN, *_OURS):
            raise Unsupported(word.text)
        if word.keyword == "SELECT":
            block = _Block(outer=not blocks, depth=depth)
            blocks.append(block)
            open_.append(block)
        if word.keyword in ("SELECT", "WHERE", "BY", "HAVING", "GROUP", "ORDER"):
            clause = word.keyword if word.keyword != "BY" else f"{clause} BY"
        if not open_:
            continue
        block = open_[-1]
        if word.text == "{":
            depth += 1
            if block.begin < 0:
                block.begin, clause = word.start, ""
        elif word.text == "}":
            depth -= 1
            if depth < block.depth:
                open_.pop()
                clause = ""
        elif word.text in "()":
            brackets += 1 if word.text == "(" else -1
        elif word.text == "*" and clause == "SELECT" and block.begin < 0 and not brackets:
            raise Unsupported("SELECT *")
        elif word.keyword in _AGGREGATES:
            block.aggregates = True
        elif word.text in _THIS:
            _note_this(block, clause, brackets, nested=depth > block.depth + 1)
        if clause == "GROUP BY":
            block.grouped = True
    return blocks


def _note_this(block: _Block, clause: str, brackets: int, *, nested: bool) -> None:
    if block.begin < 0:
        block.projects = block.projects or not brackets
    elif clause == "GROUP BY":
        block.groups_by_this = True
    else:
        block.mentions = True
        if nested and brackets:
            raise Unsupported("$this in an expression of a nested group")
