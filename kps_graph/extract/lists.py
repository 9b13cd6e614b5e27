"""Lists of K, S and A by code that stand apart from the units, which only refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.document import Block, Cell, Paragraph, Table
from kps_graph.extract.codes import Code, parse_code
from kps_graph.extract.columns import is_list_heading
from kps_graph.extract.labels import ELEMENTS, role_of
from kps_graph.extract.pieces import Piece, content
from kps_graph.extract.text import MARKS

__all__ = ["definitions", "goes_on_list", "heads_list", "is_list", "list_cells", "list_groups"]

_BEGINS: Final = re.compile(rf"{MARKS.pattern}([KSAＫＳＡ])\s?[0-9０-９]")
_COUNT: Final = re.compile(r"\s*[(（]?\d{1,3}[)）.．、]?\s*")
_PLAIN: Final = str.maketrans("ＫＳＡ", "KSA")


def is_list(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table is a list by code: its heading says so, or each of its rows begins so."""
    filled = (row for row in ([c for c in r if c.text.strip()] for r in rows) if row)
    first = next(filled, [])
    if is_list_heading(first):
        one = len(first) == 1  # code and text in one
        return any(
            (_BEGINS.match if one else _coded)(c.text) is not None for row in filled for c in row
        )
    if not _is_item(first):
        return False
    others = list(filled)
    return bool(others) and all(map(_is_item, others))


def heads_list(name: str, below: Sequence[Block]) -> bool:
    """Whether a line is the title of a list by code: 知識技能一覽表, or 知識 right above one."""
    if ELEMENTS.fullmatch(name):
        return True
    return (
        role_of(name) in ("K", "S", "KS")
        and isinstance(table := next(iter(below), None), Table)
        and is_list(list(table.rows()))
    )


def _is_item(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and parse_code(row[0].text, "KS") is not None


def _coded(text: str) -> Code | None:
    return parse_code(text, "KSA")


def list_cells(row: Sequence[Cell]) -> list[Cell]:
    """The cells of one row of a list but for those that count the rows or name the kind."""
    if not any(_coded(c.text) or _BEGINS.match(c.text) for c in row):
        return list(row)
    return [
        c
        for n, c in enumerate(row)
        if not (n == 0 and _COUNT.fullmatch(c.text))
        and role_of(c.text) not in ("K", "S", "KS", "A")
    ]


def list_groups(cells: Sequence[Cell]) -> Iterator[list[Paragraph]]:
    """What one row of a list says, as the paragraphs of each item, its code before its name.

    What stands in further cells of the item are sub-items. Cells with code and name in one are
    groups of their own.
    """
    pair: list[Paragraph] = []
    for cell in cells:
        if _coded(cell.text) is not None:
            if pair:
                yield pair
            pair = [replace(cell.paragraphs[0], text=cell.text.strip())]
        elif not pair or _BEGINS.match(cell.text):
            if pair:
                yield pair
            pair = []
            yield list(cell.paragraphs)
        elif len(pair) == 1:
            name, *items = cell.paragraphs
            pair = [replace(name, text=f"{pair[0].text} {name.text}", depth=None, soft=False)]
            pair += items
        else:
            pair += [replace(p, depth=0 if p.depth is None else p.depth) for p in cell.paragraphs]
    if pair:
        yield pair


def goes_on_list(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an item of a list by code, or the rest of one."""
    return (
        paragraph.soft
        or paragraph.depth is not None
        or (_BEGINS.match(paragraph.text) is not None and not paragraph.heading)
    )


def definitions(
    groups: Iterable[Sequence[Paragraph]],
) -> tuple[dict[str, list[Piece]], list[Paragraph]]:
    """The pieces that the groups of a list define, by kind, and what stands before any code."""
    found: dict[str, list[Piece]] = {"K": [], "S": [], "A": []}
    loose: list[Paragraph] = []
    last: Piece | None = None
    for group in groups:
        for kind, paragraphs in _by_kind(group):
            read = content(paragraphs, kind)
            if last is not None:
                last.extend(read.lead)
            elif read.lead:
                loose.extend(paragraphs[: len(paragraphs) if not read.pieces else 1])
            found.setdefault(kind, []).extend(read.pieces)
            last = read.pieces[-1] if read.pieces else last
    found.pop("", None)
    return found, loose


def _by_kind(group: Sequence[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """The paragraphs of a group from one code to where codes of another kind begin."""
    kind, run = "", list[Paragraph]()
    for paragraph in group:
        begins = _BEGINS.match(paragraph.text)
        letter = begins[1].translate(_PLAIN) if begins else kind
        if letter != kind and run:
            yield kind, run
            run = []
        kind = letter
        run.append(paragraph)
    if run:
        yield kind, run
