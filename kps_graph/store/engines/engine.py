"""What one family of servers does in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kps_graph.store.addresses import Addresses

__all__ = ["Engine"]


def _given(address: str) -> Addresses:
    return Addresses(address)


@dataclass(frozen=True, slots=True)
class Engine:
    """A family of servers.

    Attributes:
        name: what a message calls it.
        server: how the header ``Server`` of its answers begins, in lower case.
        headers: of its answers, which no other family sends, in lower case.
        addresses: of the store of which a person gave the query or the base address.
        union: parameters of a query that make its default graph the union of all graphs; empty if
            it is that anyway.
        own: how the IRIs of the graphs begin that it brings with it.
        page: how many rows it answers at most, of which it tells nobody; None if all.
        cut: the header by which it says that it left out rows.
        late: a header and its value by which it says that an answer is incomplete for want of time.
        milliseconds: the parameter that bounds the time of a query; "" if there is none.
        blank: what stands before the label of a blank node in its results, and is no label.
        graph: the parameter of the Graph Store Protocol that names a graph.
    """

    name: str
    server: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    addresses: Callable[[str], Addresses] = _given
    union: Mapping[str, str | list[str]] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    page: int | None = None
    cut: str = ""
    late: tuple[str, str] = ("", "")
    milliseconds: str = ""
    blank: str = ""
    graph: str = "graph"
