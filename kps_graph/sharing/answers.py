"""Answers that are tables too: in a notebook, as dicts, or as a data frame."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, SupportsIndex, TypeAlias, TypeVar, overload

from kps_graph.store.rows import Rows, Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Answers", "NamedAnswers", "Tabular"]

T = TypeVar("T")

#: How many entries of a list a notebook shows in one cell.
_FEW: Final = 5


class Tabular(ABC):
    """A value that is a table as well."""

    __slots__ = ()

    @abstractmethod
    def rows(self, most: int | None = None) -> Rows:
        """The answer as a table; no more than ``most`` entries of a list in one cell."""

    def to_dicts(self) -> list[dict[str, Value]]:
        """The answer as a list of dicts, one for each row."""
        return self.rows().to_dicts()

    def to_frame(self) -> pd.DataFrame:
        """The answer as a pandas DataFrame (extra ``data``)."""
        return self.rows().to_frame()

    def _repr_html_(self) -> str:
        """The first rows, for a notebook."""
        return self.rows(_FEW).without("iri")._repr_html_()


#: Makes the table of the values found: (values, entries of a list in one cell) -> rows.
Made: TypeAlias = Callable[[tuple[T, ...], int | None], Rows]


class Answers(tuple[T, ...], Tabular):
    """Values in order, and their table; a part of them has its own."""

    _made: Made[T]

    def __new__(cls, found: Iterable[T], made: Made[T]) -> Answers[T]:
        """The values ``found``, and how to make their table."""
        answers = super().__new__(cls, found)
        answers._made = made
        return answers

    def rows(self, most: int | None = None) -> Rows:
        """A row for each value, or each of its parts."""
        return self._made(tuple(self), most)

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Answers[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | Answers[T]:
        """One value, or some with their table."""
        if isinstance(index, slice):
            return Answers(super().__getitem__(index), self._made)
        return super().__getitem__(index)

    def __repr__(self) -> str:
        return f"<{len(self)} answers: {', '.join(self.rows().columns)}>"


class NamedAnswers(dict[str, T], Tabular):
    """Values by name, and their table."""

    def __init__(self, found: Mapping[str, T], made: Callable[[Mapping[str, T]], Rows]) -> None:
        super().__init__(found)
        self._made = made

    def rows(self, most: int | None = None) -> Rows:
        """A row for each name."""
        del most
        return self._made(self)

    def __repr__(self) -> str:
        return f"<{len(self)} answers by name: {', '.join(self.rows().columns)}>"
