"""Where the text of a cell goes on in the next line: as Chinese is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.containers import Lines
from rich.text import Text

from kps_graph.exports.text import CLOSING, OPENING

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod

__all__ = ["Cell", "folded"]

#: What is not broken: a Latin word or one character, with the brackets that open before it, its
#: number in brackets, and the punctuation behind it.
_PIECE: Final = re.compile(
    rf"\s*[{re.escape(''.join(OPENING))}]*(?:[!-~\u00a1-\u024f]+|.)"
    rf"(?:\s\[\d+\])?[{re.escape(''.join(CLOSING))}]*", re.S)


def folded(text: str, width: int) -> Iterator[str]:
    """``text`` in lines of at most ``width`` cells; no line begins with closing punctuation.

    A piece that is wider than a line is cut.
    """
    line = ""
    for piece in _PIECE.findall(text) or [text]:
        if cell_len(line + piece) <= width:
            line += piece
            continue
        if line:
            yield line
        line = piece.lstrip()
        while cell_len(line) > width:
            head = set_cell_size(line, width).rstrip() or line[0]
            yield head
            line = line[len(head):]
    yield line


class Cell(Text):
    """The text of a cell."""

    def wrap(self, console: Console, width: int, *, justify: JustifyMethod | None = None,
             overflow: OverflowMethod | None = None, tab_size: int = 8,
             no_wrap: bool | None = None) -> Lines:
        """The lines of the cell."""
        del overflow, tab_size, no_wrap
        lines = Lines(Text(line) for part in self.plain.split("\n")
                      for line in folded(part, width))
        lines.justify(console, width, justify=justify or "default")
        return lines
