"""``kps-graph watch``: a document, checked again whenever it is saved."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kps_graph.cli.checking import profile_option
from kps_graph.cli.options import lang_option

if TYPE_CHECKING:
    from kps_graph.profiles import Profile
    from kps_graph.report import Finding

__all__ = ["saves", "watch"]

#: Seconds between two looks at the file.
_PAUSE: Final = 0.3


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@profile_option
@lang_option
def watch(file: Path, profile: str | None, lang: str) -> None:
    """Check FILE, and again whenever it is saved, until Ctrl-C.

    After each save: the findings, and how many are new and how many are gone since the one before.
    """
    from kps_graph import baseline, profiles
    from kps_graph.errors import KpsError

    zh = lang == "zh-Hant"
    chosen = profiles.load(profile) if profile else None
    before: tuple[Finding, ...] | None = None
    click.echo(f"監看 {file}；按 Ctrl-C 結束" if zh else f"watching {file}; Ctrl-C ends", err=True)
    try:
        for _ in saves(file):
            click.echo(f"── {time.strftime('%H:%M:%S')} ──")
            try:
                found = _checked(file, chosen, lang)
            except (KpsError, OSError) as error:
                click.echo(f"{click.style('error', fg='red')}: {error}", err=True)
                continue
            if found is not None and before is not None:
                known = baseline.read_text(baseline.write(before).decode())
                change = baseline.compare(found, known)
                click.echo(f"比上次：新增 {len(change.new)} 件，已改正 {change.gone} 件" if zh else
                           f"since the last save: {len(change.new)} new, {change.gone} gone")
            before = before if found is None else found
    except KeyboardInterrupt:
        click.echo("結束監看" if zh else "ended", err=True)


def saves(
    file: Path, pause: Callable[[], None] = lambda: time.sleep(_PAUSE)
) -> Iterator[None]:
    """One step now, and one for each content that ``file`` then comes to have.

    Editors write in parts, or put another file in the place of the old one: a content counts when
    two looks in a row have found it, and a file that is gone for a moment is waited for.
    """
    reported, last = None, _digest(file)
    while True:
        now = _digest(file)
        if now and now == last and now != reported:
            reported = now
            yield
        last = now
        pause()


def _digest(file: Path) -> str:
    """A hash of the content; "" while there is no such file."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _checked(file: Path, profile: Profile | None, lang: str) -> tuple[Finding, ...] | None:
    """Prints the report of ``file``; its findings, None if it cannot be read."""
    import sys

    from kps_graph.cli.checking import said_of_profiles
    from kps_graph.cli.output import write
    from kps_graph.exports.reports import Checked
    from kps_graph.exports.reports import write as written
    from kps_graph.formats import ReportFormat
    from kps_graph.pipeline.check import check
    from kps_graph.pipeline.sources import SourceFile
    from kps_graph.rules import rules

    report, read = check([SourceFile(file.as_posix(), file)], profile)
    failed = [s for s in read if s.outcome == "failed"]
    if failed:
        click.echo(f"{click.style('error', fg='red')}: {failed[0].message}", err=True)
        return None
    said = said_of_profiles(profile, (s.format for s in read), lang)
    checked = Checked(report, read, {r.number: r for r in rules()}, lang, said=said,
                      colour=sys.stdout.isatty())
    write(written(checked, ReportFormat.TEXT))
    return report.findings
