"""The page of the library of queries."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Final

from kps_graph.queries.library import Query, library

__all__ = ["page"]


def page(queries: Mapping[str, Query] | None = None) -> str:
    """The page of the library as Markdown: ``docs/queries.md`` is this text."""
    groups = itertools.groupby((queries or library()).values(), key=lambda q: q.group)
    parts = [_INTRODUCTION]
    for group, members in groups:
        parts += [f"## {group}", *map(_section, members)]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION: Final = """\
# 查詢 · Queries

<!-- Generated from the headers in queries/ by kps_graph.queries.page.page(); do not edit. -->

```sh
kps-graph queries                                  # list them
kps-graph query shared --param min_occupations=3   # ask one
```

A parameter without a default is required. Kinds: `standard` (a code such as `KPS1420-001v2`),
`code` (a code inside one standard, such as `T1.1` or `K01`), of that only `unit` (a task or activity), `part` (or also
an output or indicator) and `element` (a K or S), `text`, `words` (bound as a regular expression of
their variants), `label` (the full text of an element), `integer`, `iri`, `level` (1–6), `category`, `occupation`, `industry` (a code of that
scheme), choices (`any/K/S/A`), and `sharing`: what counts as one competency. Competencies are
shared where their *texts* say the same, never by code: `identical` once normalised, `same` in other
words too ([how that is decided](sharing.md)), or also `related`. A competency that stands for
others is shown by its most used wording. A standard that a newer one in the store replaces is not
counted as an occupation.

A query of many standards looks at the latest version of each occupation, or at the slice that
`--in` names: `kps-graph query shared --in category=K level=4-5`. In its text a comment at the end of a
line says which variable they are, `# slice: ?s`, in whose place their IRIs stand when it is asked; a
server that is given the text as it is leaves out what a newer version in it replaces."""


def _section(query: Query) -> str:
    def table(head: str, rows: Iterable[str]) -> list[str]:
        return [f"| {head} | | |\n|---|---|---|\n" + "\n".join(rows)]

    def row(first: str, text: Mapping[str, str]) -> str:
        return f"| {first} | {text['zh-Hant']} | {text['en']} |"

    parts = [
        f"### {query.name}",
        f"**{query.title['zh-Hant']} · {query.title['en']}**",
        f"一列：{query.row['zh-Hant']}。\nA row: {query.row['en']}.",
    ]
    if query.parameters:
        parts += table(
            "parameter",
            (
                row(
                    f"`{p.name}` {p.kind}" + (f" = {p.default}" if p.default else ""), p.description
                )
                for p in query.parameters
            ),
        )
    parts += table(
        "column",
        (
            row(f"`{c.name}`" + (f" {c.kind}" if c.kind else ""), c.description)
            for c in query.columns
        ),
    )
    return "\n\n".join(parts)
