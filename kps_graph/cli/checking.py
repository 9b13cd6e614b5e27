"""The options that say how documents are checked, for the commands that check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kps_graph.messages import in_chinese

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


def said_of_profiles(profile: Profile | None, formats: Iterable[str], lang: str) -> tuple[str, ...]:
    """Which profiles applied, what they switch off and why, and which shapes are slow: a line each.

    A shape is slow that says something which the compiler does not know (docs/engine.md).
    """
    from kps_graph.rules.profiles import applied

    zh, lines = lang == "zh-Hant", []
    for used in applied(profile, formats):
        title = used.title.get(lang, "")
        named = f"{used.name}（{title}）" if zh and title else f"{used.name} ({title})"
        lines.append(("檢核設定：" if zh else "profile: ") + (named if title else used.name))
        lines += [
            f"  {number} {'停用' if zh else 'is off'}{'：' if zh else ': '}{reason}"
            for number, reason in sorted(used.off.items())
        ]
        lines += [
            f"  <{shape}> 由 pySHACL 檢核，較慢：{construct}"
            if zh
            else f"  <{shape}> is left to pySHACL, which is slower: {construct}"
            for shape, construct in sorted(_left(used).items())
        ]
    return tuple(lines)


def _left(profile: Profile) -> Mapping[str, str]:
    """The shapes of ``profile`` that go to pySHACL, each with the construct that sends it there."""
    if profile.shapes is None:
        return {}
    from kps_graph.shacl import not_compiled

    return not_compiled(profile.shapes)


def said_of_duplicates(sources: Iterable[Source], lang: str) -> tuple[str, ...]:
    """Which files were not checked because another one has their content: a line each."""
    zh = lang == "zh-Hant"
    return tuple(
        f"{s.path}：{in_chinese(s.message)}，未另行檢核"
        if zh
        else f"{s.path}: {s.message}; not checked a second time"
        for s in sources
        if s.outcome == "duplicate"
    )


def compared(found: Compared, name: str, lang: str) -> str:
    """What a baseline says, in a line."""
    if lang == "zh-Hant":
        return (
            f"基準檔 {name}：新增 {len(found.new)} 件，已知 {found.known} 件（未列出），"
            f"基準檔中已消失 {found.gone} 件"
        )
    return (
        f"baseline {name}: {len(found.new)} new, {found.known} known and not listed, "
        f"{found.gone} of the baseline gone"
    )
