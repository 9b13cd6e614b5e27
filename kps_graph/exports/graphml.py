"""Any networkx graph as GraphML: typed attributes, nothing invented, the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kps_graph.printable import xml_text

__all__ = ["graphml", "plain"]


def graphml(graph: nx.Graph[Any]) -> bytes:
    """``graph`` as a GraphML file in UTF-8.

    Nodes and edges stand in the order of the graph. An attribute that is None is left out. One
    attribute has one type: where some values are numbers and some text (a level "34" that is no
    level), all are text. Several values (a tuple) are one text, joined by spaces. Characters
    that XML cannot hold become U+FFFD.
    """
    stream = io.BytesIO()
    nx.write_graphml_xml(plain(graph), stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue().rstrip() + b"\n"


def plain(graph: nx.Graph[Any]) -> nx.Graph[str]:
    """``graph`` with names and attributes that XML can hold, each attribute of one type."""
    nodes = [(str(node), data) for node, data in graph.nodes(data=True)]
    edges = [(str(a), str(b), data) for a, b, data in graph.edges(data=True)]
    node_types = _types(data for _, data in nodes)
    edge_types = _types(data for _, _, data in edges)
    copy: nx.Graph[str] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    if graph.is_multigraph():
        copy = nx.MultiDiGraph() if graph.is_directed() else nx.MultiGraph()
    copy.add_nodes_from((_text(node), _plain(data, node_types)) for node, data in nodes)
    copy.add_edges_from((_text(a), _text(b), _plain(data, edge_types)) for a, b, data in edges)
    return copy


def _types(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The one type of each attribute, in the order in which they first occur."""
    types: dict[str, type] = {}
    for row in rows:
        for key, value in row.items():
            if value is None:
                continue
            found = type(value) if type(value) in (bool, int, float) else str
            known = types.setdefault(key, found)
            if found is not known:
                types[key] = float if {found, known} == {int, float} else str
    return types


def _plain(data: Mapping[str, Any], types: Mapping[str, type]) -> dict[str, Any]:
    row = {}
    for key, kind in types.items():
        value = data.get(key)
        if value is not None:
            row[_text(key)] = _text(value) if kind is str else kind(value)
    return row


def _text(value: Any) -> str:
    joined = " ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
    return xml_text(joined)
