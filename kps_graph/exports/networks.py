"""Networks as files for other tools, the same bytes every time."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from kps_graph.exports.graphml import graphml, plain
from kps_graph.printable import spreadsheet_text

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["ENDINGS", "network_as"]

#: The endings of files that a network is written to.
ENDINGS = (".graphml", ".gexf", ".csv")


def network_as(graph: nx.Graph[Any], ending: str) -> bytes:
    """``graph`` as GraphML, as GEXF, or in CSV as the list of its edges with what their ends are.

    Raises:
        KeyError: for another ending.
    """
    return {".graphml": graphml, ".gexf": _gexf, ".csv": _edges}[ending](graph)


def _gexf(graph: nx.Graph[Any]) -> bytes:
    import networkx as nx

    # no time of writing: the same network is the same bytes
    written = "\n".join(nx.generate_gexf(plain(graph), version="1.2draft"))
    return (re.sub(' lastmodifieddate="[^"]*"', "", written).strip() + "\n").encode()


def _edges(graph: nx.Graph[Any]) -> bytes:
    kinds = list(dict.fromkeys(k for _, _, data in graph.edges(data=True) for k in data))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    ends = ("source", "source_label", "source_code", "target", "target_label", "target_code")
    table.writerow((*ends, *kinds))
    for a, b, data in graph.edges(data=True):
        row = [x for n in (a, b) for x in (n, *map(graph.nodes[n].get, ("label", "code")))]
        row += map(data.get, kinds)
        table.writerow(spreadsheet_text(x) if isinstance(x, str) else x for x in row)
    return out.getvalue().encode()
