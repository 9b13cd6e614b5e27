"""The pages of queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kps_graph.errors import KpsError, ResourceError
from kps_graph.exports.site import querying
from kps_graph.exports.site.frame import Frame
from kps_graph.formats import ResultFormat
from kps_graph.queries import library
from kps_graph.queries.library import Query
from kps_graph.store import Rows
from kps_graph.web.views.asked import Asked
from kps_graph.words import Language, Sentence, in_words

__all__ = ["answer", "editor_page", "library_page", "query_page"]

_TYPES: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: The parameter of a query that says in which language classes are named.
_LANGUAGE: Final = "language"
#: How the lines of a header begin.
_HEADER: Final = ("# title:", "# row:", "# param:", "# column:")
_SECONDS: Final = 30.0
_MEMORY: Final = 1 << 30
_FEW: Final = 100
_EDITED: Final = 1000


def library_page(asked: Asked, frame: Frame) -> str:
    """Every query of the library."""
    del asked
    return querying.library_page(frame, list(library.library().values()))


def query_page(asked: Asked, frame: Frame, name: str, given: Mapping[str, str]) -> str:
    """A query of the library as a form, with its answer if nothing that it needs is missing."""
    query = library.get(name)
    if not frame.lang.chinese and any(p.name == _LANGUAGE for p in query.parameters):
        given = {_LANGUAGE: "en", **given}
    params = _params(asked, query, given)
    rows: Rows | None = None
    refused, text = None, query.text
    if all(p.default is not None or p.name in params for p in query.parameters):
        try:
            rows = asked.graph.rows(query, **params)
            text = _plain(query.bind(**params).text)
        except KpsError as error:
            refused = _refusal(error, frame.lang)
    shown = {
        p.name: params.get(p.name, given.get(p.name, p.default or "")) for p in query.parameters
    }
    known = asked.identities
    links = {s.code: i for i, s in known.items() if s.code} | {i: i for i in known}
    few = sorted((i, s.name) for i, s in known.items()) if len(known) <= _FEW else []
    return querying.query_page(frame, query, shown, rows, text, refused, links, few)


def _plain(text: str) -> str:
    """A query without the header that names its parameters, which are in place."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(_HEADER))


def _params(asked: Asked, query: Query, given: Mapping[str, str]) -> dict[str, str]:
    """What is given, an occupation named by the code of its newest version."""
    kinds = {p.name: p.kind for p in query.parameters}
    return {
        k: asked.newest(v) if kinds[k] == "standard" else v
        for k, v in given.items()
        if k in kinds and v.strip()
    }


def _refusal(error: KpsError, lang: Language) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    advice = "" if error.advice is None else str(in_words(error.advice, lang))
    return error.said.in_words(lang), advice


def answer(asked: Asked, name: str, given: Mapping[str, str], ending: str) -> tuple[bytes, str]:
    """All rows of a query of the library as a file, and its media type.

    Raises:
        ResourceError: if there is no format with this ending.
    """
    if ending not in _TYPES:
        raise ResourceError(
            "there is no format {ending!r}",
            ending=ending,
            hint=Sentence("there are {names}", names=tuple(_TYPES)),
        )
    query = library.get(name)
    rows = asked.graph.rows(query, **_params(asked, query, given))
    if ending == "xlsx":
        from kps_graph.exports.workbook import Sheet, workbook

        listed = [
            [v if isinstance(v, int) or v is None else str(v) for v in row.values()] for row in rows
        ]
        sheet = Sheet(name[:31], rows.columns, [20] * len(rows.columns), listed, {})
        return workbook(name, [sheet]), _TYPES[ending]
    from kps_graph.exports.results import rows_as

    return rows_as(rows, ResultFormat.called(ending)), _TYPES[ending]


def editor_page(asked: Asked, frame: Frame, text: str, example: str = "") -> str:
    """A field for SPARQL and its answer, within the bounds of the server.

    Args:
        asked: the store.
        frame: where the page stands.
        text: the query; "" for none yet.
        example: the name of a query of the library that stands in the field at first, not asked.
    """
    columns: list[str] = []
    rows: list[list[str]] = []
    total, refused = 0, None
    if text.strip():
        try:
            found = asked.graph.bounded(_SECONDS, _MEMORY, _EDITED + 1).query(Query.adhoc(text))
        except KpsError as error:
            refused = _refusal(error, frame.lang)
        else:
            if isinstance(found, Rows):
                columns, total = list(found.columns), len(found)
                rows = [["" if v is None else str(v) for v in r.values()] for r in found[:200]]
            elif isinstance(found, bool):
                columns, rows, total = ["ASK"], [[str(found).lower()]], 1
            else:
                lines = found.decode("utf-8", "replace").splitlines()
                columns, rows, total = ["N-Triples"], [[line] for line in lines[:200]], len(lines)
    examples = [(q.title[frame.lang], q.name) for q in library.library().values()]
    shown = text or (_example(library.get(example)) if example else "")
    return querying.editor_page(frame, shown, columns, rows, total, refused, examples)


def _example(query: Query) -> str:
    """A query of the library to begin with, its parameters in place where it can do without."""
    bare = any(p.default is None for p in query.parameters)
    return _plain(query.text if bare else query.bind().text)
