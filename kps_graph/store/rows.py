"""What a query gives back: rows, a truth value, or a graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar, overload

from kps_graph.errors import MissingExtra, ResourceError
from kps_graph.words import Sentence

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = [
    "NO_LISTS",
    "Data",
    "Rows",
    "Tabular",
    "Term",
    "Value",
    "by_entry",
    "entries",
    "kind_of",
    "term",
]

#: A value as Python has it: an IRI or text as str, numbers and booleans as such, None if unbound.
Value: TypeAlias = "str | int | float | bool | None"
#: A value as JSON has it.
Data: TypeAlias = "Value | list[str | int]"

#: Of rows in which no column is a list.
NO_LISTS: Final[Mapping[str, type[str | int]]] = MappingProxyType({})

#: How many entries of a list a notebook shows in one cell.
_FEW: Final = 5
#: How many rows a notebook shows.
_SHOWN: Final = 30
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    _XSD + n for n in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
)
_FLOATS: Final = frozenset(_XSD + n for n in ("decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term, whatever engine it came from.

    Attributes:
        kind: ``iri``, ``literal`` or ``bnode``.
        value: the IRI, the lexical form, or the label.
        datatype: IRI of the datatype of a literal that is neither a plain nor a tagged text.
        lang: its language tag, as the engine gives it.
    """

    kind: str
    value: str
    datatype: str | None = None
    lang: str | None = None

    def python(self) -> Value:
        """The term as a Python value; a number that is none stays text."""
        if self.datatype is None:
            return self.value
        try:
            if self.datatype in _INTEGERS:
                return int(self.value)
            if self.datatype in _FLOATS:
                return float(self.value)
        except ValueError:
            return self.value
        if self.datatype == _XSD + "boolean":
            return self.value in ("true", "1")
        return self.value


def term(value: Value, kind: str = "literal") -> Term | None:
    """A Python value as a term, of ``kind`` if it is a text; no term for None."""
    if value is None:
        return None
    if isinstance(value, str):
        return Term(kind, value)
    if isinstance(value, bool):
        return Term("literal", str(value).lower(), _XSD + "boolean")
    if isinstance(value, float):
        return Term("literal", f"{value:.3f}", _XSD + "decimal")
    return Term("literal", str(value), _XSD + "integer")


def kind_of(values: Iterable[Value]) -> type[int | float | bool | str]:
    """The narrowest type of a column that holds all of ``values``; texts if there are none."""
    found = {type(value) for value in values if value is not None}
    if found in ({int}, {bool}, {float}):
        return next(iter(found))
    return float if found == {int, float} else str


def entries(column: str, joined: Value, kind: type[str | int]) -> list[str | int] | None:
    """The entries of a list that a query has joined by bars; None if there is no list.

    Args:
        column: its name.
        joined: the list; a bar in an entry is written ``%7C``.
        kind: of the entries.

    Raises:
        ResourceError: if an entry is no whole number where all should be.
    """
    if joined is None:
        return None
    if joined == "":
        return []
    try:
        return [kind(entry.replace("%7C", "|")) for entry in str(joined).split("|")]
    except ValueError:
        raise ResourceError(
            "the column {name} holds {value}, which is no list of whole numbers",
            name=column,
            value=repr(joined),
            hint=Sentence(
                "a column of texts is called so in the header: {name}", name=f"{column} texts"
            ),
        ) from None


def by_entry(
    columns: Sequence[str],
    rows: Iterable[tuple[Term | None, ...]],
    lists: Mapping[str, type[str | int]],
) -> Iterator[tuple[Term | None, ...]]:
    """A row for each entry of the lists of a row, the first of each together, and so on."""
    for row in rows:
        listed = {
            i: entries(c, t.value if (t := row[i]) else None, lists[c]) or []
            for i, c in enumerate(columns)
            if c in lists
        }
        for n in range(max([1, *map(len, listed.values())])):
            yield tuple(
                (term(listed[i][n]) if n < len(listed[i]) else None) if i in listed else t
                for i, t in enumerate(row)
            )


T = TypeVar("T")


class _LazyRows(Sequence[tuple[Term | None, ...]], Generic[T]):
    """The rows of values, each made when it is looked at: a table shows few of many."""

    __slots__ = ("_row", "_values")

    def __init__(self, values: Sequence[T], row: Callable[[T], tuple[Term | None, ...]]) -> None:
        self._values = values
        self._row = row

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, index: int) -> tuple[Term | None, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> _LazyRows[T]: ...
    def __getitem__(self, index: int | slice) -> tuple[Term | None, ...] | _LazyRows[T]:
        if isinstance(index, slice):
            return _LazyRows(self._values[index], self._row)
        return self._row(self._values[index])


class Rows(Sequence[Mapping[str, Value]]):
    """The rows of a SELECT: a sequence of mappings from column to value.

    A row has one value in each column; :meth:`to_dicts` has lists where a query says that a column
    is one. :meth:`to_pandas` or :meth:`to_polars` is a DataFrame, ``rows.terms`` the RDF terms.
    """

    __slots__ = ("columns", "lists", "terms", "why")

    def __init__(
        self,
        columns: Iterable[str],
        terms: Iterable[tuple[Term | None, ...]],
        lists: Mapping[str, type[str | int]] = NO_LISTS,
    ) -> None:
        self.columns: tuple[str, ...] = tuple(columns)
        self.terms: Sequence[tuple[Term | None, ...]] = (
            terms if isinstance(terms, Sequence) else tuple(terms)
        )
        #: The columns whose texts are lists between bars, and what their entries are.
        self.lists = lists
        #: Why there are none, as far as it can be told.
        self.why: tuple[Sentence, ...] = ()

    @classmethod
    def of(
        cls, columns: Sequence[str], values: Iterable[T], row: Callable[[T], Iterable[Value]]
    ) -> Rows:
        """A row for each of ``values``, made when it is looked at; column ``iri`` holds IRIs."""
        kinds = ["iri" if column == "iri" else "literal" for column in columns]
        return cls(columns, _LazyRows(list(values), lambda one: tuple(map(term, row(one), kinds))))

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, Value] | Rows:
        if isinstance(index, slice):
            return Rows(self.columns, self.terms[index], self.lists)
        row = self.terms[index]
        return {c: t.python() if t else None for c, t in zip(self.columns, row, strict=True)}

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        for index in range(len(self.terms)):
            yield self[index]

    def __repr__(self) -> str:
        why = f": {'; '.join(map(str, self.why))}" if self.why else ""
        return f"<{len(self)} rows of {', '.join(self.columns)}{why}>"

    def _repr_html_(self) -> str:
        """The first rows as a table, for a notebook; texts to the left, numbers to the right."""
        from html import escape  # no command shows a table so

        shown = self[:_SHOWN]
        left = [any(isinstance(row[c], str) for row in shown) for c in self.columns]

        def cells(tag: str, values: Iterable[object]) -> str:
            return "".join(
                f'<{tag} style="text-align:{"left" if text else "right"}">'
                f"{'' if value is None else escape(str(value))}</{tag}>"
                for value, text in zip(values, left, strict=True)
            )

        body = "".join(f"<tr>{cells('td', row.values())}</tr>" for row in shown)
        more = f"<p>… {len(self)}</p>" if len(self) > _SHOWN else ""
        more += "".join(f"<p>{escape(str(cause))}</p>" for cause in self.why)
        return (
            f"<table><thead><tr>{cells('th', self.columns)}</tr></thead>"
            f"<tbody>{body}</tbody></table>{more}"
        )

    def without(self, *columns: str) -> Rows:
        """The same rows without these columns."""
        kept = [i for i, column in enumerate(self.columns) if column not in columns]
        return Rows(
            (self.columns[i] for i in kept),
            (tuple(row[i] for i in kept) for row in self.terms),
            {column: kind for column, kind in self.lists.items() if column not in columns},
        )

    def long(self) -> Rows:
        """A row for each entry of its lists; the entries at one place of several stand together."""
        if not self.lists:
            return self
        return Rows(self.columns, tuple(by_entry(self.columns, self.terms, self.lists)))

    def to_dicts(self) -> list[dict[str, Data]]:
        """The rows as JSON data: a dict for each, lists as such.

        Raises:
            ResourceError: if a list of whole numbers has another entry.
        """
        if not self.lists:
            return [dict(row) for row in self]
        return [
            {c: entries(c, v, self.lists[c]) if c in self.lists else v for c, v in row.items()}
            for row in self
        ]

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame (extra ``data``); whole numbers stay whole.

        Raises:
            MissingExtra: if pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtra(
                "a data frame needs pandas", hint=Sentence("pip install 'kps-graph[data]'")
            ) from error
        frame = pd.DataFrame(list(self), columns=list(self.columns))
        whole = {
            c: "Int64"
            for i, c in enumerate(self.columns)
            if {t.datatype in _INTEGERS for row in self.terms if (t := row[i])} == {True}
        }
        return frame.astype(whole)

    to_frame = to_pandas

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars DataFrame (extra ``polars``).

        A column has whole numbers, numbers, truth values or texts: what holds all its values.

        Raises:
            MissingExtra: if Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtra(
                "a Polars data frame needs polars", hint=Sentence("pip install 'kps-graph[polars]'")
            ) from error
        types = {int: pl.Int64, float: pl.Float64, bool: pl.Boolean, str: pl.String}
        columns = []
        for n, name in enumerate(self.columns):
            terms = [row[n] for row in self.terms]
            values = [t.python() if t else None for t in terms]
            kind = kind_of(values)
            if kind is str:  # where kinds are mixed, what is written
                values = [t.value if t else None for t in terms]
            columns.append(pl.Series(name, values, types[kind], strict=False))
        return pl.DataFrame(columns)


class Tabular(ABC):
    """A value that is a table as well."""

    __slots__ = ()

    @abstractmethod
    def rows(self, most: int | None = None) -> Rows:
        """The answer as a table.

        Args:
            most: for people, how many entries of a list one cell has, and in which language it is
                (:class:`~kps_graph.words.Few`); None for programs, one value in
                each cell, with lists whole and between bars.
        """

    def to_dicts(self) -> list[dict[str, Data]]:
        """The answer as a list of dicts, one for each row."""
        return self.rows().to_dicts()

    def to_pandas(self) -> pd.DataFrame:
        """The answer as a pandas DataFrame (extra ``data``)."""
        return self.rows().to_pandas()

    to_frame = to_pandas

    def to_polars(self) -> pl.DataFrame:
        """The answer as a Polars DataFrame (extra ``polars``)."""
        return self.rows().to_polars()

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        return self.rows(_FEW).without("iri")._repr_html_()
