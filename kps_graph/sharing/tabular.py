"""How the answers to questions become rows: each explains itself, long lists are shortened for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, TypeVar, overload

from kps_graph.sharing.usage import Competency, wording
from kps_graph.store.rows import Rows, Term, Value, term

__all__ = ["COMPETENCY", "named", "rows_of", "some"]


COMPETENCY: Final = ("type", "competency")


Found = TypeVar("Found")


class _LazyRows(Sequence[tuple[Term | None, ...]], Generic[Found]):
    """The rows of what was found, each made when it is looked at: a table shows few of many."""

    __slots__ = ("_found", "_row")

    def __init__(
        self, found: Sequence[Found], row: Callable[[Found], tuple[Term | None, ...]]
    ) -> None:
        self._found = found
        self._row = row

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> tuple[Term | None, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> _LazyRows[Found]: ...
    def __getitem__(self, index: int | slice) -> tuple[Term | None, ...] | _LazyRows[Found]:
        if isinstance(index, slice):
            return _LazyRows(self._found[index], self._row)
        return self._row(self._found[index])


def rows_of(
    columns: Sequence[str], found: Iterable[Found], row: Callable[[Found], Iterable[Value]]
) -> Rows:
    """Rows with ``columns``, one for each value; the column ``iri`` holds IRIs."""
    kinds = ["iri" if column == "iri" else "literal" for column in columns]
    return Rows(columns, _LazyRows(list(found), lambda one: tuple(map(term, row(one), kinds))))


def some(texts: Iterable[str], most: int | None) -> str:
    """A list in one cell; beyond ``most`` entries it says how many there are in all."""
    listed = list(texts)
    if most is None or len(listed) <= most:
        return "、".join(listed)
    return f"{'、'.join(listed[:most])}…（{len(listed)}）"


def named(competency: Competency, forms: Iterable[str]) -> tuple[str, str]:
    """The cells under :data:`COMPETENCY`: the kind, and the name with its other forms."""
    return competency.kind, wording(competency.name, forms)
