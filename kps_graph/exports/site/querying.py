"""The pages of queries: the library as forms, an answer as a table, the editor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby

from kps_graph.exports.headings import heading, headings_of, in_words
from kps_graph.exports.site.frame import Frame, render
from kps_graph.queries.library import Query
from kps_graph.store import Rows
from kps_graph.store.rows import Value, entries
from kps_graph.terms import PREFIXES, kps
from kps_graph.words import Few

__all__ = ["ENDINGS", "SHOWN", "editor_page", "library_page", "query_page"]

#: So many rows of an answer are shown; the rest is downloaded.
SHOWN = 200
#: So many entries of a list are shown in a cell.
_FEW = 5
#: What an answer can be downloaded as.
ENDINGS = ("csv", "json", "xlsx")


def library_page(frame: Frame, queries: Sequence[Query]) -> str:
    """Every query of the library, by what it is about."""
    groups = [
        # a folder of one's own is called what it is called
        (group, frame.named("group", group), list(of))
        for group, of in groupby(queries, lambda q: q.group)
    ]
    return render("queries.html", frame, frame.word("queries"), groups=groups)


def query_page(
    frame: Frame,
    query: Query,
    given: Mapping[str, str],
    rows: Rows | None,
    sparql: str,
    refused: tuple[str, str] | None,
    links: Mapping[str, str],
    occupations: Sequence[tuple[str, str]],
) -> str:
    """A query as a form, and its answer.

    Args:
        frame: where the page stands.
        query: of the library.
        given: what is in the fields.
        rows: the answer; None if it was not asked, or has none.
        sparql: the query as it was asked; as it is in the library if it was not.
        refused: what is wrong with what was given, and what to do about it.
        links: the local name of the standard with each code that the answer has.
        occupations: code and name of standards to choose from, where these are few.
    """
    names = headings_of(query, frame.lang)
    heads = [] if rows is None else [heading(c, frame.lang, names) for c in rows.columns]
    shown = (
        []
        if rows is None
        else [
            [_cell(frame, c, _few(frame, rows, c, v), links) for c, v in row.items()]
            for row in rows[:SHOWN]
        ]
    )
    params = [(k, v) for k, v in given.items() if v and k in {p.name for p in query.parameters}]
    return render(
        "query.html",
        frame,
        query.title[frame.lang],
        query=query,
        given=given,
        rows=rows,
        heads=heads,
        shown=shown,
        sparql=sparql,
        refused=refused,
        endings=[(e, frame.listed(f"/queries/{query.name}/{e}", params)) for e in ENDINGS],
        occupations=occupations,
    )


def _few(frame: Frame, rows: Rows, column: str, value: Value) -> Value:
    """A value; of a list the first few entries, as the commands show them."""
    if column not in rows.lists or value is None:
        return value
    listed = entries(column, value, rows.lists[column]) or []
    return Few(_FEW, frame.lang).listed(list(map(str, listed)))


def _cell(
    frame: Frame, column: str, value: Value, links: Mapping[str, str]
) -> tuple[str, str, bool]:
    """A value as it is shown, where it leads, and whether it is a number."""
    if value is None:
        return "", "", False
    said = in_words(column, value, frame.lang)
    text = f"{said:.3f}" if isinstance(said, float) else str(said)
    return text, links.get(str(value), ""), isinstance(said, (int, float))


def editor_page(
    frame: Frame,
    text: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    total: int,
    refused: tuple[str, str] | None,
    examples: Sequence[tuple[str, str]],
) -> str:
    """A field for SPARQL and its answer.

    Args:
        frame: where the page stands.
        text: the query; "" for none yet.
        columns: of the answer.
        rows: the first of the answer.
        total: how many rows there are.
        refused: what is wrong with the query, and what to do about it.
        examples: title and name of queries of the library to begin with.
    """
    return render(
        "editor.html",
        frame,
        frame.word("editor"),
        text=text,
        columns=columns,
        rows=rows,
        total=total,
        refused=refused,
        examples=examples,
        prefixes=json.dumps(PREFIXES),
        terms=json.dumps(sorted(str(kps[name]) for name in kps)),
    )
