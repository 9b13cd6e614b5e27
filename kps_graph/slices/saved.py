"""Slices that are kept under a name: lines of a TOML file beside the work that they are made for.

::

    trade = "category=K,BMM level=4-5"

The file is ``kps.slices.toml`` in the current folder, or the one that ``KPS_SLICES`` names: a study's
slices lie with the study, can be read and shared as they are, and serve every store, also one on a
server.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from kps_graph.errors import BadParameter, SourceError
from kps_graph.files import content_of
from kps_graph.printable import json_text
from kps_graph.saving import replace_file
from kps_graph.slices.slice import Slice, parse
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["keep", "named", "place", "remove", "saved"]


def place() -> Path:
    """The file of the saved slices."""
    return Path(os.environ.get("KPS_SLICES") or "kps.slices.toml")


def saved() -> Mapping[str, Slice]:
    """The saved slices by name.

    Raises:
        SourceError: if the file cannot be read.
        BadParameter: if a line of it is no slice.
    """
    try:
        written = content_of(place())
        import tomllib  # most have saved none

        content = tomllib.loads(written.decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError(
            "the slices cannot be read: {reason}", reason=str(error), source=str(place())
        ) from error
    found = {}
    for name, text in content.items():
        try:
            found[name] = parse(str(text))
        except BadParameter as error:
            raise BadParameter(
                "{place}: {message}",
                place=f"{place()}, {name}",
                message=error.said,
                hint=error.advice,
            ) from None
    return found


def named(name: str) -> Slice:
    """The saved slice with this name.

    Raises:
        BadParameter: with what could be meant, if there is none.
    """
    known = saved()
    if name not in known:
        raise BadParameter(
            "no slice is saved as {name!r}",
            name=name,
            hint=did_you_mean(closest(name, known))
            or Sentence("a slice is written as category=K level=4-5, or saved by kps-graph slices"),
        )
    return known[name]


def keep(name: str, part: Slice) -> None:
    """Saves ``part`` under ``name``, in place of what that named before.

    Raises:
        BadParameter: for a name that is none.
        SourceError: if the file cannot be written.
    """
    if not re.fullmatch(r"[\w.-]+", name):
        raise BadParameter(
            "{name!r} is no name of a slice",
            name=name,
            hint=Sentence("use letters, digits, - and _"),
        )
    _write({**saved(), name: part})


def remove(name: str) -> None:
    """Forgets the slice with this name.

    Raises:
        BadParameter: with what could be meant, if there is none.
    """
    named(name)
    _write({n: part for n, part in saved().items() if n != name})


def _write(slices: Mapping[str, Slice]) -> None:
    lines = (
        f"{json_text(name, None)} = {json_text(str(slices[name]), None)}\n"
        for name in sorted(slices)
    )
    replace_file(place(), "".join(lines).encode())
