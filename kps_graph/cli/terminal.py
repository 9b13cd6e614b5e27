"""All that the command line shows to people goes through here: text, and never an instruction.

A text of a document or the name of a file may hold what a terminal obeys: colours, titles, links,
marks that turn the direction of writing. :func:`echo` and :func:`console` show them as U+FFFD; the
only styles are those that :func:`styled` gives.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from kps_graph.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console", "echo", "shown", "standard_output", "styled", "write"]


class _Styled(str):
    """A text made fit to be shown, and then styled."""

    __slots__ = ()


def shown(text: str) -> str:
    """``text`` as a terminal may be given it; its lines may end, but not be written over."""
    return printable(text).replace("\r\n", "\n").replace("\r", "\ufffd")


def styled(text: str, **style: Any) -> str:
    """``text`` in a style of :func:`click.style`, as a part for :func:`echo`."""
    return _Styled(click.style(shown(text), **style))


def echo(*parts: str, err: bool = False, nl: bool = True) -> None:
    """Prints ``parts``, one behind the other, to standard output or error."""
    said = "".join(part if isinstance(part, _Styled) else shown(part) for part in parts)
    click.echo(said, err=err, nl=nl)


def write(data: bytes, *, safe: bool = False) -> None:
    """Writes bytes to standard output: as they are, unless a terminal would obey them.

    Args:
        data: a file of any format.
        safe: whether what a terminal would obey in it is ours alone, as the colours of a report.
    """
    if not safe and sys.stdout.isatty():
        data = printable(data.decode("utf-8", "replace")).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


class _Screen(io.BufferedIOBase):
    """A terminal to write whole lines of bytes to."""

    def write(self, data: Any) -> int:
        write(data)
        return len(data)


def standard_output() -> BinaryIO:
    """Standard output for bytes that come in whole lines, written as :func:`write` does."""
    sys.stdout.flush()
    return cast("BinaryIO", _Screen()) if sys.stdout.isatty() else sys.stdout.buffer


def console(stderr: bool = False) -> Console:
    """A console that colours only on a terminal and never wraps what goes into a pipe.

    No text is markup, and none is an instruction.
    """
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    class Plain(Console):
        """Shows texts as they are, and leaves it to the command line what a broken pipe means."""

        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterable[Segment]:
            for segment in super().render(renderable, options):
                yield segment if segment.control else segment._replace(text=shown(segment.text))

        def on_broken_pipe(self) -> None:
            raise

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 120
    return Plain(
        stderr=stderr, highlight=False, markup=False, emoji=False, width=width, soft_wrap=False
    )
