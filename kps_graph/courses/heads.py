"""Heads of more than one row, and columns for single choices, as rows that have a head a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.courses.codes import pieces
from kps_graph.courses.columns import columns, field_of, holds_content
from kps_graph.courses.grid import is_mark
from kps_graph.courses.plain import plain
from kps_graph.document import Cell

__all__ = ["headed", "label"]

#: No head is longer.
_LONGEST: Final = 24
#: What has a letter in the standards: whatever stands below such a head, its columns hold these.
_KINDS: Final = frozenset(("tasks", "indicators", "knowledge", "skills", "attitudes"))
#: What is chosen from a list, which may have a column for each choice.
_CHOSEN: Final = _KINDS | {"codes", "methods", "assessments", "tools", "equipment", "materials"}
_CODE: Final = re.compile(r"[OPKSAT]\d", re.IGNORECASE)


def headed(rows: Iterable[dict[int, Cell]]) -> Iterator[dict[int, Cell]]:
    """The rows of a table with each head in one row.

    A head of two rows (評量 over 方式 and 工具, merged or with blank cells beside it) becomes one whose
    cells say both. Where a choice or a code has a column of its own (評量方式 over 筆試 and 實作; K01),
    marks below it are read as what it says.
    """
    listed = list(rows)
    number, choices = 0, dict[int, str]()
    while number < len(listed):
        row, number = listed[number], number + 1
        if choices and columns(list(row.values())) is not None:
            choices = {}  # another table begins
        while _may_go_on(row, listed, number) and (joined := _joined(row, listed[number:])):
            (row, choices), number = joined, number + 1
        if len(row) > 2 and (coded := _coded(row, listed, number)):
            row, choices = coded
        yield _said(row, choices) if choices else row


def _may_go_on(row: Mapping[int, Cell], rows: Sequence[Mapping[int, Cell]], below: int) -> bool:
    """Whether a cell of a row can stand over several columns: it is merged, or beside it is nothing."""
    if below == len(rows):
        return False
    beside = (n for n, cell in rows[below].items() if cell.paragraphs)
    return any(n not in row or row[n].colspan > 1 or not row[n].paragraphs for n in beside)


def _said(row: Mapping[int, Cell], choices: Mapping[int, str]) -> dict[int, Cell]:
    """A row with what is chosen in the place of the marks."""
    marked = {
        id(cell): _labelled(cell, choices[cell.column])
        for cell in row.values()
        if cell.column in choices and is_mark(cell.text)
    }
    return {n: marked.get(id(cell), cell) for n, cell in row.items()}


def _labelled(cell: Cell, label: str) -> Cell:
    return replace(cell, paragraphs=(replace(cell.paragraphs[0], text=label),))


def _joined(
    top: Mapping[int, Cell], below: Sequence[Mapping[int, Cell]]
) -> tuple[dict[int, Cell], dict[int, str]] | None:
    """A row and the one below it as one head, with the choices that are columns; None if they are none."""
    over = _parents(top, below[0])
    inner = {n: cell for n, cell in below[0].items() if n in over and cell.text.strip()}
    wide = {id(parent) for parent in over.values() if parent}
    wide = {each for each in wide if sum(id(p) == each for p in over.values()) > 1}
    if not wide or any(len(cell.text) > _LONGEST for cell in (*top.values(), *inner.values())):
        return None
    if any(holds_content(cell.text) for cell in top.values()):
        return None
    parents = {id(parent) for parent in over.values()}
    covered = {n + more for n, cell in inner.items() for more in range(cell.colspan)}
    row = {
        n: replace(cell, column=n, colspan=1) if id(cell) in parents else cell
        for n, cell in top.items()
        if n not in covered
    }
    choices: dict[int, str] = {}
    understood = 0
    for n, cell in inner.items():
        parent = over[n]
        above = parent.text if parent else ""
        head = label(above, cell.text)
        if head is None and field_of(above) in _CHOSEN and _is_choice(n, below[1:]):
            head = above
            choices[n] = cell.text.strip()
        elif holds_content(cell.text) or (head is None and id(parent) not in wide):
            return None
        understood += head is not None
        said = cell.paragraphs[0]
        text = head or f"{above} {cell.text}".strip()
        row[n] = replace(cell, paragraphs=(replace(said, text=text),))
    if understood * 2 <= len(inner) or not _tells(top, row, inner):
        return None
    return row, choices


def _tells(top: Mapping[int, Cell], row: Mapping[int, Cell], inner: Mapping[int, Cell]) -> bool:
    """Whether the upper row says what a column is; 職能基準 | KPS1420-001v2 above a head does not."""
    return any(
        field_of(cell.text)
        and (cell is top.get(n) or field_of(inner[n].text) != field_of(cell.text))
        for n, cell in row.items()
        if n in inner or cell is top.get(n)
    )


def _parents(top: Mapping[int, Cell], below: Mapping[int, Cell]) -> dict[int, Cell | None]:
    """For each cell of a row that says more than the row above it, by column, the cell there that it is under."""
    inner = [
        n
        for n, cell in sorted(below.items())
        if n == cell.column and cell.text.strip() and cell is not top.get(n)
    ]
    filled = {n: cell for n, cell in top.items() if cell.text.strip()}
    over: dict[int, Cell | None] = {}
    for n in inner:
        at = max((column for column in filled if column <= n), default=0)
        parent = filled.get(at)
        reaches = parent is not None and (at == n or (parent.colspan == 1 and at in inner))
        over[n] = parent if reaches else None
    return over if len({id(cell) for cell in filled.values()}) > 1 else {}


def label(above: str, text: str) -> str | None:
    """What heads a column ``text`` below ``above``; None if neither says it in words that are known."""
    if _CODE.match(plain(text)):
        return None
    alone, whole = field_of(text), field_of(above)
    if whole in _KINDS and alone not in _KINDS:
        return above  # 知識 over 代碼 and 名稱
    if whole == "hours" and not alone:
        return f"{text}{above}"  # 時數 over 學科, 術科 and 合計
    both = f"{above}{text}"
    return both if field_of(both) else text if alone else None


def _is_choice(n: int, rows: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether a column has marks, and short of a sum at its end nothing else."""
    texts = [cell.text.strip() for row in rows if (cell := row.get(n)) and cell.text.strip()]
    return any(map(is_mark, texts)) and sum(map(is_mark, texts)) >= len(texts) - 1


def _coded(
    row: Mapping[int, Cell], rows: Sequence[Mapping[int, Cell]], number: int
) -> tuple[dict[int, Cell], dict[int, str]] | None:
    """A head with a column for each of several codes, and these; None for another row."""
    codes = {n: cell.text for n, cell in row.items() if _CODE.match(cell.text.strip())}
    if len(codes) < 2 or not any(field_of(cell.text) == "name" for cell in row.values()):
        return None
    below = rows[number:]
    named = {
        n: [code for piece in pieces(text) for code in piece.codes] for n, text in codes.items()
    }
    chosen = {n: c[0] for n, c in named.items() if len(c) == 1 and _is_choice(n, below)}
    if len(chosen) < 2:
        return None
    heads = {n: _labelled(cell, "代碼") if n in chosen else cell for n, cell in row.items()}
    return (heads, chosen) if columns(list(heads.values())) else None
