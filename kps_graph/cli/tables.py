"""How the answers to questions are shown: tables with headings in words, or files for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import click

from kps_graph.cli.values import Choice, Whole
from kps_graph.store.rows import Rows, Value
from kps_graph.words import Language, Sentence, say

__all__ = ["FIRST", "answer_options", "heading", "note", "show"]

Command = TypeVar("Command", bound=Callable[..., Any])

#: How many rows a table has unless told otherwise.
FIRST: Final = 30

#: Column -> heading in Chinese and in English; a column without one is its own heading.
_HEADINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "group": ("組別", "group"),
        "group_name": ("組名", "its name"),
        "type": ("類", "type"),
        "competency": ("職能", "competency"),
        "occupations": ("職業數", "occupations"),
        "elsewhere": ("組外", "elsewhere"),
        "used_by": ("使用職業", "used by"),
        "code": ("代碼", "code"),
        "name": ("名稱", "name"),
        "other": ("另一代碼", "other"),
        "other_name": ("另一名稱", "name"),
        "similarity": ("相似度", "similarity"),
        "shared": ("共用", "shared"),
        "reasons": ("理由，少見者先 [職業數]", "reasons, rarest first [occupations]"),
        "rarity": ("稀有度", "rarity"),
        "standing": ("歸屬", "in"),
        "difference": ("級差", "levels ±"),
        "change": ("需", "to"),
        "tasks": ("任務數", "tasks"),
        "part": ("占比", "part"),
        "units": ("單元數", "units"),
        "level": ("級別", "level"),
        "present": ("現有", "now"),
        "where": ("所在單元", "where"),
        "step": ("步", "step"),
        "from": ("自", "from"),
        "from_name": ("自", "from"),
        "to": ("至代碼", "code"),
        "to_name": ("至", "to"),
        "missing": ("新增", "new"),
        "raised": ("提升", "raise"),
        "covered": ("已有", "covered"),
        "needs": ("需要，任務多者先", "needs, most tasks first"),
        "reuse": ("共用程度", "reuse"),
        "sectors": ("職類群:職業數", "sectors:occupations"),
        "community": ("群", "no."),
        "size": ("數", "size"),
        "members": ("成員，居中者先", "members, central first"),
        "telling": ("特徵", "told by"),
        "member": ("成員代碼", "member"),
        "member_name": ("成員", "name"),
        "participation": ("分散度", "participation"),
        "kind": ("類別", "kind"),
        "link": ("關係", "link"),
        "attached": ("附著", "attached"),
        "task": ("任務", "task"),
        "unit": ("單元", "unit"),
        "place": ("代碼", "place"),
        "text": ("內容", "text"),
        "value": ("值", "value"),
        "iri": ("IRI", "iri"),
        "score": ("分數", "score"),
        "communities": ("職業群 [職業數]", "communities [occupations]"),
    }
)
#: Value of a machine's column -> in Chinese and in English.
_VALUES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "all": ("皆有", "all"),
        "some": ("部分", "some"),
        "missing": ("新增", "acquire"),
        "raise": ("提升", "raise"),
        "transversal": ("跨領域通用", "transversal"),
        "cross-sector": ("跨職類", "cross-sector"),
        "sector-specific": ("職類專屬", "sector-specific"),
        "occupation-specific": ("職業專屬", "occupation-specific"),
    }
)
_WORDED: Final = frozenset({"standing", "change", "reuse"})


def answer_options(command: Command) -> Command:
    """The options that every question has: kind, what counts as the same, format, rows."""
    from kps_graph.cli.options import include_option, lang_option, store_option

    for option in (
        lang_option,
        click.option(
            "--limit",
            type=Whole(0),
            default=None,
            metavar="N",
            help=f"Only the first N rows, 0 for all.  [default: {FIRST} in a table, all in a file]",
        ),
        click.option(
            "--format",
            "-f",
            "style",
            default="table",
            show_default=True,
            type=Choice(["table", "csv", "tsv", "json", "markdown"]),
        ),
        store_option,
        include_option,
        click.option(
            "--kind",
            type=Choice(["any", "K", "S", "A"]),
            default="any",
            show_default=True,
            help="Only knowledge, skills or attitudes.",
        ),
    ):
        command = option(command)
    return command


def show(
    rows: Rows,
    style: str,
    lang: Language,
    limit: int | None = None,
    *,
    title: str = "",
    without: Iterable[str] = ("iri",),
    names: Mapping[str, str] | None = None,
    empty: Sentence | None = None,
    headings: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Prints ``rows``: in words as a table, as they are for programs.

    Args:
        rows: what was found.
        style: ``table``, ``csv``, ``tsv``, ``json`` (an array of objects) or ``markdown``.
        lang: of headings and notes.
        limit: how many rows; 0 for all; None for :data:`FIRST` in a table and else all.
        title: above a table.
        without: columns that a table leaves out.
        names: headings of further columns, and what those values are called.
        headings: of columns that are not called as usual.
        values: by column, what a table calls its values.
        empty: what to say in place of a table without rows.
    """
    if empty and not rows and style == "table":
        click.echo(empty.in_words(lang))
        return
    most = limit if limit is not None else FIRST if style == "table" else 0
    shown = rows[:most] if most else rows
    if style == "json":
        click.echo(json.dumps(shown.to_dicts(), ensure_ascii=False, indent=2))
    elif style == "table":
        _table(shown, lang, title, frozenset(without), names or {}, headings or {}, values or {})
    else:
        from kps_graph.cli.output import rows_as, write

        write(rows_as(shown, style).encode())
    if len(shown) < len(rows) and limit is None:
        left = len(rows) - len(shown)
        note(say(lang, "{left} more rows (--limit 0 shows all)", left=left))


def heading(column: str, lang: Language) -> str:
    """What a column is called in a table."""
    known = _HEADINGS.get(column)
    return lang.pick(known) if known else column


def note(text: str) -> None:
    """Says something beside the answer, on standard error."""
    click.echo(click.style(text, dim=True), err=True)


def _table(
    rows: Rows,
    lang: Language,
    title: str,
    without: frozenset[str],
    names: Mapping[str, str],
    headings: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
) -> None:
    from kps_graph.cli.output import table

    kept = [c for c in rows.columns if c not in without]

    def named(column: str) -> str:
        if column in headings:
            return headings[column]
        return heading(column, lang) if column in _HEADINGS else names.get(column, column)

    def cell(column: str, value: Value) -> Value:
        if column in values:
            return values[column].get(str(value), value)
        if column in _WORDED and isinstance(value, str):
            known = _VALUES.get(value)
            if known:
                return lang.pick(known)
            return say(lang, "only {name}", name=names.get(value, value))
        if column == "part" and isinstance(value, float):
            return f"{value:.0%}"
        return value

    table(
        [named(c) for c in kept],
        [[cell(c, row[c]) for c in kept] for row in rows],
        title=title,
        right=(named("part"),),
    )
