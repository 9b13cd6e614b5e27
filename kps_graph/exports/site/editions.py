"""The versions of a standard, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Edition"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a standard: the row of its table, and the standard that the store holds of it.

    Attributes:
        label, code, name, status, note, date: of the row.
        identity: the local name of what the store holds; "" if it holds none.
        current: whether it is the one that the page shows.
    """

    label: str
    code: str
    name: str
    status: str
    note: str
    date: str
    identity: str
    current: bool
