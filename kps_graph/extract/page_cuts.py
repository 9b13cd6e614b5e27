"""Joins what a page end cut in the tables before the body: versions, header, column headings.

Such a table goes on as another one, whose first row holds the rest of the last row's cells: the
cell of its label is blank, or holds the rest of the label. The rows of the body are joined where
they are read, since their codes say what goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from kps_graph.document import Block, Cell, Document, Table
from kps_graph.extract.columns import body_columns, version_columns
from kps_graph.extract.cut_codes import with_whole_codes
from kps_graph.extract.findings import Notes
from kps_graph.extract.labels import VERSION_COLUMNS, begins_field, field_of, role_of
from kps_graph.extract.text import compact, label

__all__ = ["joined_at_page_ends"]

#: Of so many columns the two parts of the headings must make names.
_HEADINGS: Final = 4
_Row = Sequence[Cell]


def joined_at_page_ends(document: Document, notes: Notes) -> Document:
    """``document`` with the rests of cut rows in the tables where the rows began.

    A code that is cut is whole in the table where its text stands; doubtful ones are noted.
    """
    document = with_whole_codes(document, notes)
    blocks = list(document.blocks)
    before: int | None = None
    versions: Mapping[str, int] | None = None
    for n, block in enumerate(blocks):
        if not isinstance(block, Table):
            before = before if not block.text.strip() else None
            continue
        rows = list(block.rows())
        if before is not None and isinstance(upper := blocks[before], Table) and rows:
            blocks[before], blocks[n] = _joined(upper, block, rows[0], versions)
        if any(body_columns(rows, at) is not None for at in range(min(len(rows), 3))):
            break
        before = n
        for row in rows:
            versions = version_columns(_filled(row)) or (None if _is_field(row) else versions)
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def _joined(
    upper: Table, lower: Table, rest: _Row, versions: Mapping[str, int] | None
) -> tuple[Block, Block]:
    """Both tables, the ``rest`` moved to the row that it belongs to."""
    rows = [row for row in upper.rows() if _filled(row)]
    if not rows or not _filled(rest):
        return upper, lower
    last = rows[-1]
    if _headings(last, rest):
        return _without(upper, last), _with(lower, rest, _pairs(rest, last), ahead=True)
    pairs = _pairs(last, rest)
    if not pairs or not (_goes_on(last, rest) if versions is None else _version(rest, versions)):
        return upper, lower
    return _with(upper, last, pairs), _without(lower, rest)


def _headings(last: _Row, rest: _Row) -> bool:
    """Whether the two rows are the halves of the headings of the body."""
    pairs = _pairs(last, rest)
    whole = [role_of(one.text + pairs[one.column].text) for one in last if one.column in pairs]
    return sum(map(bool, whole)) >= _HEADINGS and not any(
        all(role_of(c.text) for c in _filled(row)) for row in (last, rest)
    )


def _version(rest: _Row, versions: Mapping[str, int]) -> bool:
    """Whether a row of the version table lacks what each version has."""
    filled = {c.column for c in _filled(rest)}
    begins = {c for n, c in versions.items() if n.startswith(VERSION_COLUMNS["version"])}
    return not filled & begins and len(filled) < len(versions) - 1 and not _is_field(rest)


def _goes_on(last: _Row, rest: _Row) -> bool:
    """Whether ``rest`` goes on with the row ``last`` of the header."""
    filled = _filled(rest)
    if not _is_field(last):
        whole = field_of(_filled(last)[0].text + filled[0].text)
        return bool(whole) and filled[0].column == _filled(last)[0].column
    if any(begins_field(c.text) for c in filled):
        return False
    if any(field_of(c.text) for c in last for r in filled if c.column == r.column):
        return False  # below a label: no value
    return len(filled) == 1  # a code beside a name is another class


def _is_field(row: _Row) -> bool:
    """Whether a row of the header begins with its label."""
    filled = _filled(row)
    return bool(filled) and begins_field(filled[0].text)


def _pairs(row: _Row, others: _Row) -> dict[int, Cell]:
    """The cells of ``others`` by the column of the cell of ``row`` that stands above or below."""
    columns = {c.column for c in row}
    found = {c.column: c for c in _filled(others)}
    return found if found.keys() <= columns else {}


def _filled(row: _Row) -> list[Cell]:
    return [c for c in row if compact(c.text)]


def _with(table: Table, row: _Row, parts: Mapping[int, Cell], ahead: bool = False) -> Table:
    """``table`` with the text of ``parts`` behind that of ``row``, or ``ahead`` of it."""

    def joined(cell: Cell) -> Cell:
        part = parts.get(cell.column)
        if part is None or cell not in row:
            return cell
        one, two = (part, cell) if ahead else (cell, part)
        first, *others = two.paragraphs or (None,)
        if first is None:
            return replace(cell, paragraphs=one.paragraphs)
        if label(one.text) and not ahead and field_of(one.text + two.text):
            whole = replace(one.paragraphs[0], text=one.text.strip() + two.text.strip())
            return replace(cell, paragraphs=(whole,))
        return replace(cell, paragraphs=(*one.paragraphs, replace(first, soft=True), *others))

    return replace(table, cells=tuple(map(joined, table.cells)))


def _without(table: Table, row: _Row) -> Table:
    """``table`` with nothing in ``row``."""
    empty = tuple(replace(c, paragraphs=()) if c in row else c for c in table.cells)
    return replace(table, cells=empty)
