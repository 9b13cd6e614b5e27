"""``kps-graph align review`` and ``import``: what people decide about links, kept for good."""

from __future__ import annotations

import datetime
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.options import lang_option, written_store_option
from kps_graph.cli.speaking import BadUsage
from kps_graph.cli.terminal import echo, styled
from kps_graph.cli.values import Whole
from kps_graph.words import Language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kps_graph.align import Decision
    from kps_graph.aligned.doubtful import Question
    from kps_graph.store import Manifest, Store

__all__ = ["bring", "review"]

_KEYS: Final = {"s": "same", "r": "related", "d": "different"}
_WORDS: Final = {
    "same": ("相同", "same"),
    "related": ("相關", "related"),
    "different": ("不同", "different"),
}


def _user() -> str:
    """Who sits at the computer, if it can be told."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return "reviewer"


@click.command()
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The file of decisions (SSSOM TSV); made if need be.  [default: the store's]",
)
@click.option("--reviewer", default=_user, help="Who decides.  [default: you]")
@click.option("--limit", type=Whole(1), default=None, help="At most so many links.")
@written_store_option
@lang_option
def review(
    decisions: Path | None, reviewer: str, limit: int | None, store: Path, lang: Language
) -> None:
    """Go through the least certain links, one key per decision.

    s same, r related, d different, space to skip, u to undo, q to end. Each decision is written
    at once, so that you can stop at any time and go on another day. The store follows with
    kps-graph align apply.
    """
    import kps_graph
    from kps_graph.aligned.doubtful import questions
    from kps_graph.cli.waiting import progress

    with kps_graph.open(store) as graph:
        path = _file(decisions, graph.manifest)
        made = list(_read(path, graph.manifest.base)) if path.exists() else []
        with progress(lang) as update:
            if update:
                update(0, 0, "links")
            asked = questions(graph.store, {d.ends for d in made})[:limit]
        if not asked:
            echo(say(lang, "no link is left to decide on"))
            return
        count = _ask(asked, made, path, reviewer, graph.store, graph.manifest.base, lang)
    if count:
        done = say(lang, "{path}: {count} decisions", path=str(path), count=count)
        echo(f"\n{done}\n  → kps-graph align apply --decisions {path}")


def _ask(
    asked: Sequence[Question],
    made: list[Decision],
    path: Path,
    reviewer: str,
    store: Store,
    base: str,
    lang: Language,
) -> int:
    """Asks one question after the other; how many decisions were made."""
    from kps_graph.align.curation import save

    history: list[bool] = []  # for each question passed, whether it was decided
    while len(history) < len(asked):
        question = asked[len(history)]
        _show(question, len(history) + 1, len(asked), store, lang)
        key = _key()
        echo(key.strip())
        if key == "q":
            break
        if key == "u" and not history:
            echo(say(lang, "there is nothing to undo"))
        elif key == "u":
            if history.pop():
                made.pop()
                save(path, made, base)
        elif key == " ":
            history.append(False)
        else:
            made.append(_decided(question, _KEYS[key], reviewer))
            save(path, made, base)
            history.append(True)
    return sum(history)


def _key() -> str:
    """The next key that means something; ``q`` for Ctrl-C, Ctrl-D and the end of a pipe."""
    while True:
        try:
            key = click.getchar() if sys.stdin.isatty() else sys.stdin.read(1)
        except (KeyboardInterrupt, EOFError):
            return "q"
        if key in ("", "\x03", "\x04"):
            return "q"
        if key in (*_KEYS, " ", "u", "q"):
            return key


def _decided(question: Question, label: str, reviewer: str) -> Decision:
    from kps_graph.align import Decision, Label

    (kind_a, kind_b), (a, b) = question.kinds, question.texts
    return Decision(
        kind_a,
        a,
        kind_b,
        b,
        Label(label),
        reviewer,
        date=datetime.date.today().isoformat(),
        comment=f"proposed: {question.label} {question.score:.3f}",
    )


def _show(question: Question, number: int, total: int, store: Store, lang: Language) -> None:
    from kps_graph.aligned.doubtful import uses

    label = lang.pick(_WORDS[question.label])
    echo(
        f"\n[{number}/{total}] {question.kinds[0]}  ",
        styled(f"{label} {question.score:.2f}", dim=True),
    )
    for text, iri, used in zip(question.texts, question.iris, question.used, strict=True):
        where = say(lang, "{used} occupations", used=used)
        echo("  ", styled(" / ".join(text.split("\n")), bold=True), f"  ({where})")
        for use in uses(store, iri):
            units = say(lang, "; ").join(use.units)
            said = say(lang, "{place}: {message}", place=use.standard, message=units)
            echo(styled(f"      {said if units else use.standard}", dim=True))
    echo(
        say(lang, "  s same  r related  d different  space skip  u undo  q end: "),
        nl=False,
    )


@click.command("import")
@click.argument("theirs", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The file of decisions to add to.  [default: the store's]",
)
@written_store_option
@lang_option
def bring(theirs: Path, decisions: Path | None, store: Path, lang: Language) -> None:
    """Add the decisions in the file THEIRS to your own; conflicts are listed and yours stay."""
    import kps_graph
    from kps_graph.align.curation import merge, save

    with kps_graph.open(store) as graph:
        manifest = graph.manifest
    path = _file(decisions, manifest)
    ours = _read(path, manifest.base) if path.exists() else ()
    merged = merge(ours, _read(theirs, manifest.base))
    if merged.added:
        save(path, merged.decisions, manifest.base)
    for mine, other in merged.conflicts:
        echo(
            f"{other.span}: {other.a} ↔ {other.b}: "
            + say(
                lang,
                "{theirs} by them, {yours} by you, which stays",
                theirs=lang.pick(_WORDS[other.label]),
                yours=lang.pick(_WORDS[mine.label]),
            ),
            err=True,
        )
    echo(
        say(
            lang,
            "{path}: {added} added, {count} conflicts",
            path=str(path),
            added=merged.added,
            count=len(merged.conflicts),
        )
    )
    if merged.matched:
        echo(
            say(lang, "{matched} rows left out: no person decided them", matched=merged.matched),
            err=True,
        )
    if merged.conflicts:
        raise SystemExit(1)


def _file(given: Path | None, manifest: Manifest) -> Path:
    """The file of decisions that was given, else the one that the store remembers."""
    if given is None and not manifest.aligned.path:
        raise BadUsage("the store remembers no file of decisions: name one with --decisions")
    return given or Path(manifest.aligned.path)


def _read(path: Path, base: str) -> tuple[Decision, ...]:
    from kps_graph.align import parse_decisions
    from kps_graph.files import text_of

    return parse_decisions(text_of(path), path.name, base)
