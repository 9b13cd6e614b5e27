"""Tables that have a block of labels for each unit, with what it is beside each, as lists of units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kps_graph.courses.columns import field_of, holds_content
from kps_graph.courses.grid import grid, place
from kps_graph.courses.plain import plain
from kps_graph.document import Block, Cell, Document, Paragraph, Span, Table

__all__ = ["carded"]

#: The labels and values of one unit.
_Card = dict[str, Cell]
#: No label is longer, and no block has fewer that are known.
_LONGEST, _FEWEST = 16, 3
#: How the label of the name of a whole course begins, of which a cover sheet tells.
_OF_COURSES = ("課程名稱", "course")


def carded(document: Document) -> Document:
    """The blocks of labels of all tables as one list, a row for each unit; other tables as they are."""
    found = {
        block.index: cards
        for block in document.blocks
        if isinstance(block, Table) and (cards := _cards(block, document.source))
    }
    names = {_name(card) for cards in found.values() for card in cards}
    if any(not name.startswith(_OF_COURSES) for name in names):  # 課程名稱 is on the cover
        found = {
            index: cards
            for index, cards in found.items()
            if not all(_name(card).startswith(_OF_COURSES) for card in cards)
        }
    if not found:
        return document
    blocks: list[Block] = [
        b for b in document.blocks if not (isinstance(b, Table) and b.index in found)
    ]
    cards = [card for each in found.values() for card in each]
    return replace(document, blocks=(*blocks, _listed(min(found), cards)))


def _cards(table: Table, source: str) -> list[_Card]:
    """The blocks of a table; none if anything in it is no label with a value beside it."""
    rows = list(_rows(table))
    if not all(map(_is_labelled, rows)) or not _are_labels(rows):
        return []
    cards: list[_Card] = []
    for label, value in (pair for row in rows for pair in row):
        if field_of(label.text) == "name" or not cards:
            cards.append({})
        if value.text.strip():
            span = place(value, source, table.index)
            lines = tuple(replace(line, span=span) for line in value.paragraphs)
            cards[-1].setdefault(label.text, replace(value, paragraphs=lines))
    cards = [card for card in cards if card]
    known = ({field_of(label) for label in card} - {None} for card in cards)
    whole = all(len(fields) >= _FEWEST and "name" in fields for fields in known)
    return cards if whole else []


def _rows(table: Table) -> Iterator[list[tuple[Cell, Cell]]]:
    """Two cells and two of each row that has more than a title."""
    for row in grid(table):
        cells = list({id(cell): cell for cell in row.values()}.values())
        while cells and not cells[-1].text.strip():
            cells.pop()
        if len(cells) % 2 and len(cells) > 1:
            cells.append(Cell(cells[-1].row, cells[-1].column + 1))
        if cells[1:]:
            yield list(zip(cells[::2], cells[1::2], strict=True))


def _is_labelled(row: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether the first of each two may be a label, and the second is none."""
    return all(
        label.text.strip()
        and len(label.text) <= _LONGEST
        and not holds_content(label.text)
        and (holds_content(value.text) or not field_of(value.text))
        for label, value in row
    )


def _are_labels(rows: Sequence[Sequence[tuple[Cell, Cell]]]) -> bool:
    """Whether most of what would be labels are known ones, wherever in the row: a second unit has none."""
    for n in range(max(map(len, rows), default=0)):
        labels = [row[n][0].text for row in rows if len(row) > n]
        if sum(field_of(label) is not None for label in labels) * 2 < len(labels):
            return False
    return True


def _name(card: Mapping[str, Cell]) -> str:
    return next((plain(label) for label in card if field_of(label) == "name"), "")


def _listed(index: int, cards: Sequence[_Card]) -> Table:
    heads = list(dict.fromkeys(label for card in cards for label in card))
    cells = [
        Cell(1, n, (Paragraph(head, _beside(head, cards)),)) for n, head in enumerate(heads, 1)
    ]
    for row, card in enumerate(cards, 2):
        cells += [
            replace(card[head], row=row, column=n, rowspan=1, colspan=1)
            for n, head in enumerate(heads, 1)
            if head in card
        ]
    return Table(index, tuple(cells), merged=True)


def _beside(label: str, cards: Sequence[_Card]) -> Span:
    """The place of the first value of a label."""
    return next(card[label].paragraphs[0].span for card in cards if label in card)
