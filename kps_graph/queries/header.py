"""The header of a query: its comment lines, by the grammar of :mod:`kps_graph.queries.library`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kps_graph import sparql
from kps_graph.errors import BadHeader, BadParameter
from kps_graph.queries.parameters import CHOICE, KINDS, Parameter
from kps_graph.words import Language, Sentence

__all__ = [
    "LINE",
    "LISTS",
    "ORDER",
    "Column",
    "agree",
    "bilingual",
    "column_of",
    "header",
    "parameter_of",
]

LINE: Final = re.compile(r"# (title|row|param|column): (.*)")
_PARAM: Final = re.compile(r"([a-z][a-z0-9_]*) ([\w/]+)(?: = (.+?))? -- (.*)")
_COLUMN: Final = re.compile(r"([a-z][a-z0-9_]*)(?: (\w+))? -- (.*)")
ORDER: Final = ("title", "row", "param", "column")


#: The kinds of columns that are lists, and what an entry is: SPARQL joins them with bars.
LISTS: Final[Mapping[str, type[str | int]]] = MappingProxyType({"texts": str, "integers": int})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a query's result.

    Attributes:
        name: of the variable.
        description: what it means, by language.
        kind: one of :data:`LISTS`; None for one value in each row.
    """

    name: str
    description: Mapping[str, str]
    kind: str | None = None


def header(text: str) -> Iterable[str]:
    """The comment lines that a query opens with."""
    return itertools.takewhile(lambda line: line.startswith("#"), text.split("\n"))


def bilingual(text: str) -> Mapping[str, str]:
    """A text in both languages.

    Raises:
        BadHeader: if one is missing.
    """
    parts = [part.strip() for part in text.split(" | ")]
    if len(parts) != 2 or not all(parts):
        raise BadHeader("expected one Chinese and one English text: '中文 | English'")
    return MappingProxyType(dict(zip(Language, parts, strict=True)))


def parameter_of(text: str) -> Parameter:
    """A parameter as a line says it.

    Raises:
        BadHeader: for an unknown kind, or a default that does not fit it.
    """
    match = _PARAM.fullmatch(text)
    if not match:
        raise BadHeader("expected '# param: name kind [= default] -- 中文 | English'")
    name, kind, default, description = match.groups()
    if kind not in KINDS and not CHOICE.fullmatch(kind):
        raise BadHeader(
            "{kind!r} is no kind",
            kind=kind,
            hint=Sentence("use {names}, or a/choice", names=tuple(KINDS)),
        )
    parameter = Parameter(name, kind, default, bilingual(description))
    if default is not None:
        try:
            parameter.term(default)
        except BadParameter as error:
            raise BadHeader("the default does not fit: {reason}", reason=error.said) from None
    return parameter


def column_of(text: str) -> Column:
    """A column as a line says it.

    Raises:
        BadHeader: for an unknown kind.
    """
    match = _COLUMN.fullmatch(text)
    if not match:
        raise BadHeader("expected '# column: name [kind] -- 中文 | English'")
    name, kind, description = match.groups()
    if kind is not None and kind not in LISTS:
        raise BadHeader(
            "{kind!r} is no kind of column",
            kind=kind,
            hint=Sentence("a column that is a list is one of {names}", names=tuple(LISTS)),
        )
    return Column(name, bilingual(description), kind)


def agree(
    text: str,
    texts: Mapping[str, object],
    parameters: list[Parameter],
    columns: list[Column],
) -> None:
    """Refuses a header that is incomplete or says other than the SPARQL below it.

    Raises:
        BadHeader: which says what.
    """
    for key in ("title", "row"):
        if key not in texts:
            raise BadHeader("the header lacks '# {key}: 中文 | English'", key=key)
    listed, selected = [c.name for c in columns], list(sparql.projection(text))
    if not selected:
        raise BadHeader(
            "a query of the library is a SELECT that names its columns",
            line=1 + sum(1 for _ in header(text)),
        )
    if not listed or listed != selected:
        raise BadHeader(
            "the header lists the columns ({listed}), SELECT has ({selected})",
            listed=tuple(listed),
            selected=tuple(selected),
        )
    names = [p.name for p in parameters]
    used = sparql.variables(text)
    for name, variables in ((p.name, set(p.variables)) for p in parameters):
        if names.count(name) > 1 or not variables & used or variables & set(selected):
            lines = (
                n for n, line in enumerate(header(text), 1) if line.startswith(f"# param: {name} ")
            )
            raise BadHeader(
                "the parameter {name!r} must stand once, be used, and be no column",
                name=name,
                line=max(lines),
            )
