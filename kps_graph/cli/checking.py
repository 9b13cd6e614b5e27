"""The options that say how documents are checked, for the commands that check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kps_graph.cli.options import StorePlace

if TYPE_CHECKING:
    pass

__all__ = ["corpus_option", "profile_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def profile_option(command: Command) -> Command:
    """``--profile``: a profile by name, or a user's own file."""
    return click.option(
        "--profile",
        metavar="NAME|FILE.toml",
        help="draft, review, import, or your own (docs/profiles.md).  [default: import for a third "
        "party's JSON, else draft]",
    )(command)


def corpus_option(command: Command) -> Command:
    """``--store``: standards that the check is to see besides the documents."""
    return click.option(
        "--store",
        type=StorePlace(exists=True),
        help="A store of other standards, which the rules that look across standards see too.",
    )(command)
