"""Kinds of values of options, which say what is wrong in the language of the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from kps_graph.cli.speaking import BadUsage, spoken
from kps_graph.words import say

__all__ = ["Choice", "FileBeside", "Fraction", "Whole"]


class Choice(click.Choice[str]):
    """One of several words, in any case."""

    def __init__(self, choices: Iterable[str], case_sensitive: bool = False) -> None:
        super().__init__(tuple(choices), case_sensitive)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words as they are written, between brackets."""
        return f"[{'|'.join(self.choices)}]"

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """That ``value`` is none of them, all of them listed."""
        return say(
            spoken(ctx),
            "{value!r} is not one of {choices}.",
            value=str(value),
            choices=tuple(map(repr, self.choices)),
        )


class Whole(click.IntRange):
    """A whole number in a range; one beyond what can be counted is as much as can be."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number."""
        return min(super().convert(value, param, ctx), sys.maxsize)

    @property
    def name(self) -> str:  # type: ignore[override]
        """What it is called in help and where it is refused."""
        return say(spoken(click.get_current_context(silent=True)), "integer range")


class Fraction(click.FloatRange):
    """A number in a range."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """What it is called in help and where it is refused."""
        return say(spoken(click.get_current_context(silent=True)), "float range")


class FileBeside(click.Path):
    """A file to write besides the output of a command, which may be on standard output."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; ``-`` is refused."""
        if str(value) == "-":
            option = param.opts[0] if param else ""
            raise BadUsage("{option} takes the name of a file; only -o can be -", option=option)
        return super().convert(value, param, ctx)
