"""Networks: what occupations share, asked of plain values, answered in values or networkx graphs.

Everything here is a pure function, but ``projected`` and ``details``, which read a store.
:class:`Usage` says which occupation uses which competency; the questions, communities and
pictures are made of it, and every answer has its rows. The heavy algebra runs in sparse
matrices.
"""

from kps_graph.sharing.communities import (
    Bridge,
    Community,
    backbone,
    bridge_rows,
    bridges,
    centrality,
    communities,
    community_rows,
    member_rows,
    partition,
)
from kps_graph.sharing.comparison import Comparison, Standing, compare, comparison_rows
from kps_graph.sharing.graphs import (
    bipartite,
    graph_of,
    projection,
    standard_network,
    usage_network,
)
from kps_graph.sharing.moves import Gap, Need, gap, gap_rows
from kps_graph.sharing.near import Neighbour, Reason, nearest, neighbour_rows, reason_rows
from kps_graph.sharing.neighbourhood import (
    Companion,
    Neighbourhood,
    User,
    companion_rows,
    neighbourhood,
)
from kps_graph.sharing.overlaps import Incidence, Overlaps, incidence, overlaps, pair_rows
from kps_graph.sharing.path import chain, path, path_rows
from kps_graph.sharing.reuse import (
    Reuse,
    ReuseLevel,
    Thresholds,
    reuse,
    reuse_level_rows,
    reuse_rows,
)
from kps_graph.sharing.shared import Shared, shared, shared_rows
from kps_graph.sharing.tabular import Answers, NamedAnswers, Tabular
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use, usage_of
from kps_graph.standards.outline import Edge, Node, Outline, outline

__all__ = [
    "Answers",
    "Bridge",
    "Community",
    "Companion",
    "Comparison",
    "Competency",
    "Edge",
    "Gap",
    "Incidence",
    "NamedAnswers",
    "Need",
    "Neighbour",
    "Neighbourhood",
    "Node",
    "Occupation",
    "Outline",
    "Overlaps",
    "Reason",
    "Reuse",
    "ReuseLevel",
    "Shared",
    "Standing",
    "Tabular",
    "Thresholds",
    "Usage",
    "Use",
    "User",
    "backbone",
    "bipartite",
    "bridge_rows",
    "bridges",
    "centrality",
    "chain",
    "communities",
    "community_rows",
    "companion_rows",
    "compare",
    "comparison_rows",
    "gap",
    "gap_rows",
    "graph_of",
    "incidence",
    "member_rows",
    "nearest",
    "neighbour_rows",
    "neighbourhood",
    "outline",
    "overlaps",
    "pair_rows",
    "partition",
    "path",
    "path_rows",
    "projection",
    "reason_rows",
    "reuse",
    "reuse_level_rows",
    "reuse_rows",
    "shared",
    "shared_rows",
    "standard_network",
    "usage_network",
    "usage_of",
]
