"""Every command of the command line, asked of itself, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import click

__all__ = ["commands"]


def commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, after the words that it is called by."""
    context = click.Context(command)
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, (*path, name))
