"""``kps-graph sources``: the manifest of a store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kps_graph.cli.options import lang_option, store_option
from kps_graph.store.answers import Value

__all__ = ["sources"]


@click.command()
@store_option
@click.option("--format", "-f", "style", type=click.Choice(["table", "json"]), default="table",
              show_default=True)
@click.option("--failed", is_flag=True, help="Only what could not be loaded.")
@lang_option
def sources(store: Path, style: str, failed: bool, lang: str) -> None:
    """List the documents that the store was built of, and what became of each."""
    from kps_graph.cli.output import echo_json, table
    from kps_graph.messages import in_chinese
    from kps_graph.store import current

    manifest = current(store).manifest()
    listed = [manifest.sources[p] for p in sorted(manifest.sources)]
    if failed:
        listed = [s for s in listed if s.outcome != "loaded"]
    if style == "json":
        echo_json([s.as_data() for s in listed])
        return
    zh = lang == "zh-Hant"
    heads = (["檔案", "結果", "格式", "代碼", "名稱", "字元", "未歸位", "違反", "警告", "說明"]
             if zh else
             ["file", "outcome", "format", "code", "name", "characters", "unplaced", "violations",
              "warnings", "message"])
    rows: list[list[Value]] = []
    for s in listed:
        severities = [str(f.severity) for f in s.findings]
        rows.append([s.path, s.outcome, s.format, s.code, s.name, s.read, s.unplaced,
                     severities.count("violation"), severities.count("warning"),
                     in_chinese(s.message) if zh else s.message])
    table(heads, rows)
    sys.exit(0)
