"""What a parameter of a question may be."""

from __future__ import annotations

from kps_graph.errors import BadParameter
from kps_graph.words import closest, did_you_mean

__all__ = ["among"]


def among(name: str, given: object, choices: tuple[object, ...]) -> None:
    """Refuses a value that is none of ``choices``.

    Raises:
        BadParameter: with what could be meant.
    """
    if given not in choices:
        raise BadParameter(
            "{parameter} is {given}, which is none of {choices}",
            parameter=name,
            given=repr(given),
            choices=tuple(map(repr, choices)),
            hint=did_you_mean(closest(str(given), map(str, choices))),
        )
