"""Where a store on a server is."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Addresses"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store on a server is asked and written.

    Attributes:
        query: of the SPARQL Protocol's queries.
        update: of its updates; "" if it is not known.
        data: of the Graph Store Protocol; "" if it is not known.
    """

    query: str
    update: str = ""
    data: str = ""
