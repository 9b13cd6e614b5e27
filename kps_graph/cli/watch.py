"""``kps-graph watch``: a document, checked again whenever it is saved."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.checking import profile_option
from kps_graph.cli.options import lang_option, limits_option
from kps_graph.cli.speaking import show_error
from kps_graph.cli.terminal import echo, styled
from kps_graph.errors import KpsError
from kps_graph.files import digest_of, refuse_irregular
from kps_graph.words import Language, Sentence, reason, say

if TYPE_CHECKING:
    from kps_graph.exports.reports import Checked
    from kps_graph.rules.profiles import Profile
    from kps_graph.workers.limits import Limits

__all__ = ["saves", "watch"]

#: Milliseconds without a change after which a save is over, and between two looks for Enter.
_STEP: Final = 100
_PAUSE: Final = 300
#: How often a file that has changed is looked at.
_LOOKS: Final = 2


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--full", is_flag=True, help="Print the whole report after each save.")
@profile_option
@limits_option
@lang_option
def watch(file: Path, full: bool, profile: str | None, lang: Language, limits: Limits) -> None:
    """Check FILE, and again whenever it is saved, until Ctrl-C.

    First the whole report; after each save what is new and what is fixed, then the count. Enter
    prints the whole report again.
    """
    from kps_graph.rules import profiles

    refuse_irregular(file)
    chosen = profiles.load(profile) if profile else None
    before: Checked | None = None
    echo(
        say(lang, "watching {file}; Enter prints the whole report, Ctrl-C ends", file=str(file)),
        err=True,
    )
    try:
        for saved in saves(file):
            if not saved:
                _show(before)
                continue
            echo(f"── {time.strftime('%H:%M:%S')} ──")
            try:
                checked = _checked(file, chosen, lang, limits)
            except (KpsError, OSError) as error:
                show_error(_said(error), lang)
                continue
            if full or before is None:
                _show(checked)
            else:
                _changes(before, checked)
            before = checked
    except KeyboardInterrupt:
        echo(say(lang, "ended"), err=True)


def saves(file: Path, pause: Callable[[], bool | None] | None = None) -> Iterator[bool]:
    """One step (True) now, and one for each content that ``file`` then comes to have.

    Editors write in parts, or put another file in the place of the old one: a content counts when
    two looks in a row have found it, and a file that is gone for a moment is waited for.

    Args:
        file: what is watched.
        pause: waits between two looks, and returns True where the report is asked for, which is a
            step too (False).
    """
    pause = pause or _Waiting(file).pause
    reported, last = None, digest_of(file)
    while True:
        now = digest_of(file)
        if now and now == last and now != reported:
            reported = now
            yield True
        last = now
        if pause():
            yield False


class _Waiting:
    """Waits until a file may have changed, or somebody presses Enter."""

    __slots__ = ("_asked", "_events", "_looks")

    def __init__(self, file: Path) -> None:
        from watchfiles import watch

        real = file.resolve()
        names = {str(file.absolute()), str(real)}
        self._events = watch(
            # an editor may put another file in the place of the old one
            *{file.absolute().parent, real.parent},
            watch_filter=lambda _, path: path in names,
            step=_STEP,
            rust_timeout=_PAUSE,
            yield_on_timeout=True,
            recursive=False,
        )
        self._asked = threading.Event()
        self._looks = _LOOKS
        if sys.stdin is not None and sys.stdin.isatty():
            threading.Thread(target=self._listen, daemon=True).start()

    def pause(self) -> bool:
        """Returns when it is time to look at the file; True where the report is asked for."""
        for changes in self._events:
            if self._asked.is_set():
                self._asked.clear()
                return True
            if changes:
                self._looks = _LOOKS
            if self._looks:
                self._looks -= 1
                return False
        raise KeyboardInterrupt

    def _listen(self) -> None:
        """Hears each line of the terminal; read without a buffer, which nobody could leave."""
        while os.read(sys.stdin.fileno(), 1024):
            self._asked.set()


def _checked(file: Path, profile: Profile | None, lang: Language, limits: Limits) -> Checked:
    """The outcome of a check.

    Raises:
        SourceError: if the file cannot be read.
    """
    from kps_graph.cli.output import for_terminal
    from kps_graph.errors import SourceError
    from kps_graph.pipeline.reported import reported
    from kps_graph.pipeline.sources import SourceFile

    checked = reported([SourceFile.at(file)], profile, lang=lang, limits=limits)
    for source in checked.failed:
        raise SourceError(source.message or "")
    return for_terminal(checked)


def _said(error: KpsError | OSError) -> Sentence:
    return error.sentence() if isinstance(error, KpsError) else reason(error)


def _show(checked: Checked | None) -> None:
    """Prints the whole report, if there is one."""
    from kps_graph.cli.terminal import write
    from kps_graph.exports.reports import write as written
    from kps_graph.formats import ReportFormat

    if checked is not None:
        write(written(checked, ReportFormat.TEXT), safe=True)


def _changes(before: Checked, checked: Checked) -> None:
    """Prints what has changed since ``before``, and the count."""
    from kps_graph.cli.terminal import write
    from kps_graph.exports.reports.as_text import listed
    from kps_graph.rules import baseline

    new, gone = baseline.change(before.report.findings, checked.report.findings)
    for found, said in (
        (new, say(checked.lang, "{count} new", count=len(new))),
        (gone, say(checked.lang, "{count} fixed", count=len(gone))),
    ):
        echo(styled(said, bold=True))
        for line in listed(checked, found):
            write(f"{line}\n".encode("utf-8", "replace"), safe=True)
    echo(checked.summary())
