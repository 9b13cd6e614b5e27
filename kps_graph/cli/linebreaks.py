"""Where the text of a cell goes on in the next line: as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.containers import Lines
from rich.text import Text

from kps_graph.exports.wrapping import CLOSING, OPENING

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

__all__ = ["Cell", "breaks"]

#: What is not broken: a Latin word or one character, with the brackets that open before it, its
#: number in brackets, the punctuation behind it, and the space that a line's end swallows.
_PIECE: Final = re.compile(
    rf"\s*[{re.escape(''.join(OPENING))}]*(?:[!-~\u00a1-\u024f]+|.)"
    rf"(?:\s\[\d+\])?[{re.escape(''.join(CLOSING))}]*\s*",
    re.S,
)


def breaks(text: str, width: int) -> Iterator[int]:
    """Where ``text`` goes on in the next line of ``width`` cells; space ends a line unseen.

    No line begins with closing punctuation. A piece that is wider than a line is cut.
    """
    line = at = 0
    for piece in _PIECE.findall(text):
        wide = cell_len(piece.rstrip())
        if line and line + wide > width:
            yield at
            line = 0
        while wide > width and len(piece) > 1:
            cut = len(set_cell_size(piece, width).rstrip()) or 1
            at += cut
            yield at
            piece = piece[cut:]
            wide = cell_len(piece.rstrip())
        line += cell_len(piece)
        at += len(piece)


class Cell(Text):
    """A text in a table or a tree; its styles stay."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Its lines."""
        del overflow, tab_size, no_wrap
        lines = Lines(
            part
            for line in self.split(allow_blank=True)
            for part in line.divide(breaks(line.plain, width))
        )
        for line in lines:
            line.rstrip()
        lines.justify(console, width, justify=justify or "default")
        return lines
