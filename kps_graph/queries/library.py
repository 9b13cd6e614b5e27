"""The query library: one query per file, described by its own header, parameters bound.

A file opens with comment lines in this order, each text in Chinese and English around `` | ``::

    # title: 共用的職能 | Shared competencies
    # row: 一項職能 | one competency
    # param: min_occupations integer = 2 -- 至少幾個職業 | at least this many occupations
    # param: kind any/K/S/A = any -- 種類 | kind
    # column: competency -- 寫法 | wording
    # column: used_by texts -- 使用的職業 | the occupations that use it

There is one ``title`` and one ``row`` (what a row means), any number of ``param`` (name, kind, and
a default unless it is required) and a ``column`` for each column of the result, in its order. The
header ends with the first line that is no comment. A kind is one of
:data:`kps_graph.queries.parameters.KINDS` or a choice of words joined by ``/``. The SPARQL below uses a
parameter as a variable of the same name.

A column has one value in each row, or is a list of one of :data:`kps_graph.queries.header.LISTS`:
``texts``, ``integers``. SPARQL has no lists, so that the query joins their entries by bars, a bar in
an entry written ``%7C``; CSV has them so, JSON as an array.

A query that looks at many standards says in a comment, at the end of a line, which variable they are:
``# slice: ?s``. Asked of a slice, it has in the place of that line ``VALUES ?s {…}`` with the standards
of the slice, so that what stands there besides holds only where nobody says which are meant, as on
a server that is given the text as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kps_graph import sparql
from kps_graph.errors import BadHeader, BadParameter, UnknownQuery
from kps_graph.queries.folders import files
from kps_graph.queries.header import (
    LINE,
    LISTS,
    ORDER,
    Column,
    agree,
    bilingual,
    column_of,
    header,
    parameter_of,
)
from kps_graph.queries.parameters import Parameter, free_term
from kps_graph.queries.sliced import is_sliced, refuse_unclear, restricted
from kps_graph.saving import text_of
from kps_graph.terms import PREFIXES, kps
from kps_graph.words import Bilingual, Language, Sentence, closest, did_you_mean

__all__ = [
    "BoundQuery",
    "Column",
    "Parameter",
    "Query",
    "collect",
    "get",
    "library",
    "parse",
    "read",
]


@dataclass(frozen=True, slots=True)
class BoundQuery:
    """A query ready to be asked: plain SPARQL 1.1, and the terms that were bound in it.

    ``before`` is how many characters were put before its first line to declare prefixes.
    """

    text: str
    bindings: Mapping[str, str]
    before: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A query with what its header says.

    Attributes:
        name: the stem of its file.
        group: the folder of its file; empty for a query that is not of the library.
        title: by language.
        row: what a row means, by language.
        parameters: in the order of the header.
        columns: in the order of the result; empty for a query without a header.
        text: the file as it is.
        headed: whether it has a header. Without one, every variable is a parameter.
        source: the file that it was read from, as errors name it; None for what was typed.
    """

    name: str
    group: str
    title: Mapping[str, str]
    row: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    headed: bool = True
    source: str | None = None

    def as_data(self) -> dict[str, Any]:
        """What the header says, as JSON data."""
        return {
            "name": self.name,
            "group": self.group,
            "title": dict(self.title),
            "row": dict(self.row),
            "parameters": [
                {
                    "name": p.name,
                    "kind": p.kind,
                    "default": p.default,
                    "description": dict(p.description),
                }
                for p in self.parameters
            ],
            "columns": [
                {"name": c.name, "kind": c.kind, "description": dict(c.description)}
                for c in self.columns
            ],
        }

    @classmethod
    def adhoc(cls, text: str, name: str = "query", source: str | None = None) -> Query:
        """A query that somebody typed or keeps in a file, with a header or without.

        Raises:
            BadHeader: if it opens with a header that is malformed.
            QuerySyntax: if it is an update.
        """
        sparql.refuse_update(text)
        if LINE.match(text):
            return parse(text, name, source=source)
        return cls(name, "", _EMPTY, _EMPTY, (), (), text, headed=False, source=source)

    @property
    def lists(self) -> Mapping[str, type[str | int]]:
        """The columns that are lists, and what their entries are."""
        return {c.name: LISTS[c.kind] for c in self.columns if c.kind}

    @property
    def sliced(self) -> bool:
        """Whether it can be asked of a slice."""
        return is_sliced(self.text)

    def within(self, standards: Collection[str] | None) -> Query:
        """The query asked of these standards alone.

        Args:
            standards: their IRIs; None for all that the store holds.

        Raises:
            BadParameter: if its text does not say which of its variables are standards.
        """
        if not self.sliced:
            raise BadParameter(
                "{query} looks at no slice",
                query=self.name,
                hint=Sentence(
                    "a query about many standards says which variable they are, in a line of its "
                    "own: # slice: ?s"
                ),
            )
        return replace(self, text=restricted(self.text, standards))

    def bind(self, /, **params: str | int) -> BoundQuery:
        """The query with ``params`` in place and defaults applied.

        Raises:
            BadParameter: for a name that the query does not know (with the ones it does), a value
                of the wrong kind, or a required parameter that is missing.
        """
        sparql.refuse_unknown(self.text, PREFIXES, {str(kps): kps})
        terms = self._terms(params) if self.headed else self._free_terms(params)
        declared = sparql.declare(self.text, PREFIXES)
        return BoundQuery(
            sparql.bind(declared, terms), MappingProxyType(terms), len(declared) - len(self.text)
        )

    def _terms(self, params: Mapping[str, str | int]) -> dict[str, str]:
        self._check_names(params, [p.name for p in self.parameters])
        terms: dict[str, str] = {}
        used = sparql.variables(self.text)
        for parameter in self.parameters:
            value = params.get(parameter.name, parameter.default)
            if value is None:
                raise BadParameter(
                    "{name} needs the parameter {parameter!r} ({kind})",
                    name=self.name,
                    parameter=parameter.name,
                    kind=parameter.kind,
                    hint=Bilingual.of(parameter.description),
                )
            terms |= {v: t for v, t in parameter.terms(value).items() if v in used}
        return terms

    def _free_terms(self, params: Mapping[str, str | int]) -> dict[str, str]:
        self._check_names(params, sorted(sparql.variables(self.text)))
        return {name: free_term(str(value).strip()) for name, value in params.items()}

    def _check_names(self, given: Iterable[str], known: list[str]) -> None:
        for name in given:
            if name not in known:
                raise BadParameter(
                    "{query} has no parameter {name!r}",
                    query=self.name,
                    name=name,
                    hint=self._takes(known, did_you_mean(closest(name, known))),
                )

    def _takes(self, names: Sequence[str], meant: Sentence | None) -> Sentence:
        """What the query takes, behind what was meant."""
        if not names:
            return Sentence("it takes none")
        listed = (
            Sentence("its parameters: {names}", names=tuple(names))
            if self.headed
            else Sentence("its variables: {names}", names=tuple(names))
        )
        return Sentence("{meant} {listed}", meant=meant, listed=listed) if meant else listed


_EMPTY: Final[Mapping[str, str]] = MappingProxyType(dict.fromkeys(Language, ""))


def parse(text: str, name: str, group: str = "", source: str | None = None) -> Query:
    """The query in ``text``, which must have a header.

    Raises:
        BadHeader: with the line, if the header does not follow the grammar of this module or does
            not agree with the SPARQL below it.
    """
    texts: dict[str, Mapping[str, str]] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    line, last = 1, ""
    try:
        for number, written in enumerate(header(text), 1):
            line = number
            match = LINE.fullmatch(written)
            if not match:
                raise BadHeader("expected '# title:', '# row:', '# param:' or '# column:'")
            key, rest = match.groups()
            if last and ORDER.index(key) < ORDER.index(last):
                raise BadHeader(
                    "{key!r} stands after {last!r}; the order is {names}",
                    key=key,
                    last=last,
                    names=tuple(ORDER),
                )
            last = key
            if key == "param":
                parameters.append(parameter_of(rest))
            elif key == "column":
                columns.append(column_of(rest))
            elif key in texts:
                raise BadHeader("{key!r} stands twice", key=key)
            else:
                texts[key] = bilingual(rest)
        agree(text, texts, parameters, columns)
        refuse_unclear(text)
    except BadHeader as error:
        raise BadHeader(
            error.said, source=source or name, line=error.line or line, hint=error.advice
        ) from None
    return Query(
        name,
        group,
        texts["title"],
        texts["row"],
        tuple(parameters),
        tuple(columns),
        text,
        source=source,
    )


def read(path: Path) -> Query:
    """The query in a file of the library; its folder is the group.

    Raises:
        BadHeader: if the header is missing or malformed.
    """
    text = text_of(path)
    return parse(text, path.stem, path.parent.name, source=Path(*path.parts[-2:]).as_posix())


def collect(paths: Iterable[Path]) -> Mapping[str, Query]:
    """The queries in ``paths`` by name, sorted by group and name.

    Raises:
        BadHeader: if a header is malformed, or two files have one name.
    """
    found: dict[str, Query] = {}
    for query in sorted(map(read, paths), key=lambda q: (q.group, q.name)):
        if query.name in found:
            other = found[query.name].group
            raise BadHeader(
                "{other}/ has a query of this name too",
                other=other,
                source=f"{query.group}/{query.name}.rq",
                hint=Sentence("give one of the two files another name"),
            )
        found[query.name] = query
    return MappingProxyType(found)


def library(folder: Path | None = None) -> Mapping[str, Query]:
    """Every query by name, sorted by group and name.

    Args:
        folder: of queries that join those which come with kps-graph; else that of ``KPS_QUERIES``.

    Raises:
        BadHeader: if a header is malformed, or two files have one name.
        SourceError: if the folder is not there.
    """
    return _collected(tuple(files(folder)))


@cache
def _collected(paths: tuple[Path, ...]) -> Mapping[str, Query]:
    return collect(paths)


def get(name: str, folder: Path | None = None) -> Query:
    """The query of the library called ``name``; ``folder`` as for :func:`library`.

    Raises:
        UnknownQuery: with the nearest names, if there is none.
        BadHeader, SourceError: as :func:`library`.
    """
    named = [path for path in files(folder) if path.stem == name]
    if not named:
        queries = library(folder)
        raise UnknownQuery(
            "there is no query {name!r}",
            name=name,
            hint=did_you_mean(closest(name, queries))
            or Sentence("one of {names}", names=tuple(queries)),
        )
    return collect(named)[name]  # the others need not be
