"""Options that several commands share."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.values import Choice, Fraction, Whole
from kps_graph.words import Language, Sentence

__all__ = [
    "StorePlace",
    "base_option",
    "include_option",
    "lang_option",
    "language",
    "limits_option",
    "no_slice",
    "one_or_other",
    "output_option",
    "parameters",
    "slice_option",
    "slices_joined",
    "standard_in_option",
    "store_option",
    "written_store_option",
]

if TYPE_CHECKING:
    from kps_graph.slices import Slice
    from kps_graph.store import Addresses

Command = TypeVar("Command", bound=Callable[..., Any])


class StorePlace(click.ParamType["Path | Addresses"]):
    """A directory, or the address of a server.

    Args:
        written: whether the store is to be written, which is done to directories alone.
        exists: whether a directory must be there.
    """

    name = "path"

    def __init__(self, written: bool = False, exists: bool = False) -> None:
        self._written = written
        self._path = click.Path(path_type=Path, exists=exists, file_okay=not exists)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | Addresses:
        """The place that ``value`` names."""
        from kps_graph.store import Addresses

        if isinstance(value, Addresses) or "://" not in str(value):
            return value if isinstance(value, Addresses) else self._path.convert(value, param, ctx)
        if self._written:
            raise BadUsage("a store is written here, and then sent to a server by: kps-graph push")
        return Addresses(str(value))


def store_option(command: Command) -> Command:
    """``--store``: the directory of the store, or the address of a server."""
    return _store(StorePlace(), "Directory of the store, or http address of a server.")(command)


def written_store_option(command: Command) -> Command:
    """``--store``: the directory of a store that is written."""
    return _store(StorePlace(written=True), "Directory of the store.")(command)


def _store(place: StorePlace, text: str) -> Callable[[Command], Command]:
    return click.option(
        "--store",
        type=place,
        envvar="KPS_STORE",
        default="kps.store",
        show_default=True,
        show_envvar=True,
        help=text,
    )


def limits_option(command: Command) -> Command:
    """``--timeout`` and ``--memory``: what reading one file may take, given as ``limits``."""

    @functools.wraps(command)
    def bounded(*args: Any, timeout: float, memory: int, **more: Any) -> Any:
        from kps_graph.workers.limits import Limits

        return command(*args, limits=Limits(timeout, memory * 2**20), **more)

    for option in (
        click.option(
            "--memory",
            type=Whole(64),
            default=1024,
            show_default=True,
            help="MiB of memory that one file may take.",
        ),
        click.option(
            "--timeout",
            type=Fraction(0.1),
            default=120.0,
            show_default=True,
            help="Seconds that one file may take.",
        ),
    ):
        bounded = option(bounded)
    return bounded  # type: ignore[return-value]


def output_option(text: str, *names: str, required: bool = False) -> Callable[[Command], Command]:
    """``-o``: a file to write, ``-`` for standard output; ``text`` is its help."""
    return click.option(
        *(names or ("--output", "-o")),
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        required=required,
        help=text,
    )


def include_option(command: Command) -> Command:
    """``--include``: what counts as one competency."""
    return click.option(
        "--include",
        type=Choice(["identical", "same", "related"]),
        default="same",
        show_default=True,
        help="What counts as one competency: identical texts, texts that say "
        "the same, or related ones too.",
    )(command)


def language(given: Sequence[str]) -> str:
    """The tag of the language that a command line asks for, before or after its command.

    Else that of ``KPS_LANG``, of the locale, or Chinese, the language of the documents.
    """
    wanted = ""
    for n, argument in enumerate(given):
        if argument == "--lang":
            wanted = "".join(given[n + 1 : n + 2])
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return wanted or os.environ.get("KPS_LANG") or Language.preferred().value


def slice_option(command: Command) -> Command:
    """``--in`` and ``--all-versions``: the part of the corpus that is asked of, given as ``part``."""

    @functools.wraps(command)
    def within(*args: Any, criteria: tuple[str, ...], all_versions: bool, **more: Any) -> Any:
        from kps_graph.slices import named, parse

        added = {"status": "any"} if all_versions else {}
        return command(*args, part=parse(*criteria, named=named, **added), **more)

    for option in (
        click.option("--all-versions", is_flag=True, help="Past versions and documents count too."),
        click.option(
            "--in",
            "criteria",
            multiple=True,
            metavar="SLICE",
            help="Only standards that state: category=K,BGM occupation=24 industry=C level=4-5 "
            "status=latest updated=2020..2024 source=NAME code=KPS*; or the name of a saved slice.",
        ),
    ):
        within = option(within)
    return within  # type: ignore[return-value]


def no_slice(part: Slice, what: str) -> None:
    """Refuses a slice where it would mean nothing, which would quietly be left out.

    Raises:
        BadUsage: if there is one.
    """
    if part:
        raise BadUsage(
            "{what} is the same whatever the slice: leave out --in and --all-versions", what=what
        )


def one_or_other(standards: tuple[str, ...], part: Slice) -> None:
    """Refuses a slice beside standards that are named, which may stand outside it.

    Raises:
        BadUsage: if there are both.
    """
    if standards and any(name != "status" for name, _ in part.criteria()):
        raise BadUsage("name standards, or a slice with --in, not both")


def standard_in_option(command: Command) -> Command:
    """``--in STANDARD`` as another way to say ``--standard``, above :func:`slice_option`.

    What names no criterion and no saved slice names a standard.
    """

    @functools.wraps(command)
    def told(*args: Any, criteria: tuple[str, ...], standard: str | None, **more: Any) -> Any:
        from kps_graph.slices import saved

        parts = list(criteria)
        if standard is None and parts:
            known = saved()
            bare = [p for p in parts if not re.search(r"[=＝]", p) and p not in known]
            if len(bare) == 1:
                standard = bare[0]
                parts.remove(standard)
        return command(*args, criteria=tuple(parts), standard=standard, **more)

    return told  # type: ignore[return-value]


def slices_joined(given: Sequence[str]) -> list[str]:
    """A command line in which the criteria that follow ``--in`` are one value with it."""
    joined: list[str] = []
    for argument in given:
        before = joined[-2:-1] == ["--in"] or (joined[-1:][0:1] and joined[-1].startswith("--in="))
        if before and re.match(r"\w+[=＝]", argument):
            joined[-1] += f" {argument}"
        else:
            joined.append(argument)
    return joined


def base_option(command: Command) -> Command:
    """``--base``: the namespace of data IRIs."""
    return click.option("--base", default=None, help="Namespace of the data IRIs.")(command)


def lang_option(command: Command) -> Command:
    """``--lang``: the language of messages."""

    def canonical(ctx: click.Context, param: click.Parameter, value: str) -> Language:
        return Language.of(value)

    return click.option(
        "--lang",
        type=Choice(["zh-Hant", "zh", "en"], case_sensitive=False),
        default=lambda: click.get_current_context().find_root().obj or language(()),
        callback=canonical,
        help="Language of messages.  [env var: KPS_LANG; default: by locale, else zh-Hant]",
    )(command)


def parameters(given: tuple[str, ...]) -> dict[str, str]:
    """``key=value`` texts as a dict.

    Raises:
        BadUsage: for a text without ``=``.
    """
    found = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise BadUsage(
                "Invalid value for {param_hint}: {message}",
                param_hint="--param",
                message=Sentence("{text!r} is not of the form key=value", text=text),
            )
        found[key.strip()] = value
    return found
