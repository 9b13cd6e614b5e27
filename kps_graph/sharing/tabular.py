"""The one form in which answers become tables: a value with :meth:`Tabular.rows`.

A question gives a value that is a table as well: a :class:`Tabular` of its own, or several values
in order (:class:`Answers`) or by name (:class:`NamedAnswers`) with the function that makes their
table. A table is made when it is looked at, and names every column.

For people, ``most`` says how many entries of a list one cell has, and in which language it is
(:class:`~kps_graph.words.Few`). For programs it is None: a cell
has one value, the codes stand beside the names, and a list is whole, between bars: ``甲|乙``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import SupportsIndex, TypeAlias, TypeVar, overload

from kps_graph.sharing.usage import Competency, wording
from kps_graph.store.rows import Rows, Tabular
from kps_graph.words import Few

__all__ = ["Answers", "NamedAnswers", "Table", "Tabular", "heads", "named", "some"]

T = TypeVar("T")

#: Makes a table of values: (values, most entries of a list in one cell) -> rows.
Table: TypeAlias = Callable[[T, int | None], Rows]


class Answers(tuple[T, ...], Tabular):
    """Values in order, and their table; a part of them has its own."""

    _table: Table[tuple[T, ...]]

    def __new__(cls, values: Iterable[T], table: Table[tuple[T, ...]]) -> Answers[T]:
        """``values``, and the function that makes their table."""
        answers = super().__new__(cls, values)
        answers._table = table
        return answers

    def rows(self, most: int | None = None) -> Rows:
        """A row for each value, or each of its parts."""
        return self._table(tuple(self), most)

    def where(self, wanted: Callable[[T], bool]) -> Answers[T]:
        """Those of the values for which ``wanted`` is true."""
        return Answers(filter(wanted, self), self._table)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Answers[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | Answers[T]:
        """One value, or some with their table."""
        if isinstance(index, slice):
            return Answers(super().__getitem__(index), self._table)
        return super().__getitem__(index)

    def __repr__(self) -> str:
        return f"<{len(self)} answers: {', '.join(self.rows().columns)}>"


class NamedAnswers(dict[str, T], Tabular):
    """Values by name, and their table."""

    def __init__(self, values: Mapping[str, T], table: Table[Mapping[str, T]]) -> None:
        super().__init__(values)
        self._table = table

    def rows(self, most: int | None = None) -> Rows:
        """A row for each name."""
        return self._table(self, most)

    def where(self, wanted: Callable[[T], bool]) -> NamedAnswers[T]:
        """Those of the values for which ``wanted`` is true."""
        return NamedAnswers({n: v for n, v in self.items() if wanted(v)}, self._table)

    def __repr__(self) -> str:
        return f"<{len(self)} answers by name: {', '.join(self.rows().columns)}>"


def some(texts: Iterable[str], most: int | None) -> str:
    """A list in one cell; beyond ``most`` entries it says how many there are in all."""
    listed = list(texts)
    if most is None:
        return "|".join(listed)
    return Few(most).listed(listed)


def heads(most: int | None) -> tuple[str, ...]:
    """The columns of a competency."""
    return ("type", "competency", *(("alt_labels",) if most is None else ()))


def named(one: Competency, forms: Iterable[str], most: int | None) -> tuple[str, ...]:
    """The cells under :func:`heads`: its kind, its name, and its other forms."""
    if most is None:
        return one.kind, one.name, "|".join(forms)
    return one.kind, wording(one.name, forms, most)
