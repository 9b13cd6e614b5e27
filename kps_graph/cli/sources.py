"""``kps-graph sources``: the manifest of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.cli.tables import FIRST, show
from kps_graph.store.rows import Rows, Value, term

__all__ = ["sources"]

#: Column -> heading in Chinese and in English.
_HEADINGS: Final = {
    "file": ("檔案", "file"),
    "outcome": ("結果", "outcome"),
    "format": ("格式", "format"),
    "characters": ("字元", "characters"),
    "unplaced": ("未歸位", "unplaced"),
    "violations": ("違反", "violations"),
    "warnings": ("警告", "warnings"),
    "message": ("說明", "message"),
}
_OUTCOMES: Final = {"loaded": "已讀入", "failed": "無法讀取", "duplicate": "重複"}


@click.command()
@store_option
@click.option(
    "--format",
    "-f",
    "style",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "markdown"]),
)
@click.option("--failed", is_flag=True, help="Only what could not be loaded.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=None,
    metavar="N",
    help=f"Only the first N rows, 0 for all.  [default: {FIRST} in a table, all in a file]",
)
@lang_option
def sources(store: Path, style: str, failed: bool, limit: int | None, lang: str) -> None:
    """List the documents that the store was built of, and what became of each."""
    from kps_graph.cli.output import echo_json
    from kps_graph.messages import in_chinese
    from kps_graph.store import opened

    with opened(store) as graph:
        listed = list(graph.manifest.sources.values())
    if failed:
        listed = [s for s in listed if s.outcome != "loaded"]
    if style == "json":
        echo_json([s.as_data() for s in listed[: limit or None]])
        return
    zh = lang == "zh-Hant"
    rows: list[tuple[Value, ...]] = []
    for s in listed:
        severities = [str(f.severity) for f in s.findings]
        rows.append(
            (
                s.path,
                s.outcome,
                s.format,
                s.code,
                s.name,
                s.read,
                s.unplaced,
                severities.count("violation"),
                severities.count("warning"),
                in_chinese(s.message) if zh else s.message,
            )
        )
    show(
        Rows(
            (
                "file",
                "outcome",
                "format",
                "code",
                "name",
                "characters",
                "unplaced",
                "violations",
                "warnings",
                "message",
            ),
            (tuple(map(term, row)) for row in rows),
        ),
        style,
        lang,
        limit,
        headings={c: h[0 if zh else 1] for c, h in _HEADINGS.items()},
        values={"outcome": _OUTCOMES if zh else {}},
        empty=("全部文件都已讀入", "every document was loaded") if failed else None,
    )
