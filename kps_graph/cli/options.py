"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["include_option", "lang_option", "language", "parameters", "store_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def store_option(command: Command) -> Command:
    """``--store``: the directory of the store."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        envvar="KPS_STORE",
        default="kps.store",
        show_default=True,
        show_envvar=True,
        help="Directory of the store.",
    )(command)


def include_option(command: Command) -> Command:
    """``--include``: what counts as one competency."""
    return click.option(
        "--include",
        type=click.Choice(["identical", "same", "related"]),
        default="same",
        show_default=True,
        help="What counts as one competency: identical texts, texts that say "
        "the same, or related ones too.",
    )(command)


def _default_lang() -> str:
    """Chinese, the language of the documents, unless the locale says English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if locale.startswith("en") else "zh-Hant"


def language(given: Sequence[str]) -> str:
    """The language of messages before or without a command that has ``--lang``."""
    wanted = os.environ.get("KPS_LANG") or _default_lang()
    for n, argument in enumerate(given):
        if argument == "--lang":
            wanted = "".join(given[n + 1 : n + 2])
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return "en" if wanted.lower().startswith("en") else "zh-Hant"


def lang_option(command: Command) -> Command:
    """``--lang``: the language of messages."""

    def canonical(ctx: click.Context, param: click.Parameter, value: str) -> str:
        return "zh-Hant" if value.lower().startswith("zh") else "en"

    return click.option(
        "--lang",
        type=click.Choice(["zh-Hant", "zh", "en"], case_sensitive=False),
        envvar="KPS_LANG",
        default=_default_lang,
        callback=canonical,
        show_envvar=True,
        help="Language of messages.  [default: by locale, else zh-Hant]",
    )(command)


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """``key=value`` texts as a dict.

    Raises:
        BadParameter: (click's) for a text without ``=``.
    """
    found = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise click.BadParameter(f"{text!r} is not of the form key=value", param_hint="--param")
        found[key.strip()] = value
    return found
