"""The options that say how documents are checked, for the commands that check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kps_graph.words import Language, Sentence, say

if TYPE_CHECKING:
    from kps_graph.rules.baseline import Compared
    from kps_graph.rules.profiles import Profile
    from kps_graph.store import Source

__all__ = [
    "compared",
    "corpus_option",
    "profile_option",
    "said_of_duplicates",
    "said_of_profiles",
]

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
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="A store of other standards, which the rules that look across standards see too.",
    )(command)


def said_of_profiles(
    profile: Profile | None, formats: Iterable[str], lang: Language
) -> tuple[str, ...]:
    """Which profiles applied, what they switch off and why, and which shapes are slow: a line each.

    A shape is slow that says something which the compiler does not know (docs/engine.md).
    """
    from kps_graph.rules.profiles import applied

    lines = []
    for used in applied(profile, formats):
        title = used.title.get(lang, "")
        named = (
            Sentence("{name} ({title})", name=used.name, title=title)
            if title
            else Sentence(used.name)
        )
        lines.append(say(lang, "profile: {name}", name=named))
        lines += [
            say(lang, "  {number} is off: {reason}", number=number, reason=reason)
            for number, reason in sorted(used.off.items())
        ]
        lines += [
            say(
                lang,
                "  <{shape}> is left to pySHACL, which is slower: {construct}",
                shape=shape,
                construct=construct,
            )
            for shape, construct in sorted(_left(used).items())
        ]
    return tuple(lines)


def _left(profile: Profile) -> Mapping[str, str]:
    """The shapes of ``profile`` that go to pySHACL, each with the construct that sends it there."""
    if profile.shapes is None:
        return {}
    from kps_graph.shacl import not_compiled

    return not_compiled(profile.shapes)


def said_of_duplicates(sources: Iterable[Source], lang: Language) -> tuple[str, ...]:
    """Which files hold what another one holds: a line each."""
    return tuple(
        say(lang, "{place}: {message}", place=s.path, message=s.message)
        for s in sources
        if s.outcome == "loaded" and s.message
    )


def compared(found: Compared, name: str, lang: Language) -> str:
    """What a baseline says, in a line."""
    return say(
        lang,
        "baseline {name}: {new} new, {known} known and not listed, {gone} of the baseline gone",
        name=name,
        new=len(found.new),
        known=found.known,
        gone=found.gone,
    )
