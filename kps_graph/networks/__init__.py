"""Networks: what occupations share, asked of plain values, answered in values or networkx graphs.

Everything here is a pure function, but ``stored`` and ``details``, which read a store.
:class:`Usage` says which occupation uses which competency; the questions, communities and
pictures are made of it, and ``tables`` writes answers as rows. The heavy algebra runs in
sparse matrices.
"""

from kps_graph.networks.answers import Answers, NamedAnswers, Tabular
from kps_graph.networks.communities import (
    Bridge,
    Community,
    backbone,
    bridges,
    centrality,
    communities,
    partition,
)
from kps_graph.networks.graphs import (
    bipartite,
    graph_of,
    projection,
    standard_network,
    usage_network,
)
from kps_graph.networks.neighbourhood import (
    Companion,
    Neighbourhood,
    User,
    neighbourhood,
)
from kps_graph.networks.outline import Edge, Node, Outline, outline
from kps_graph.networks.overlaps import Incidence, Overlaps, incidence, overlaps
from kps_graph.networks.questions import (
    Comparison,
    Gap,
    Need,
    Neighbour,
    Reason,
    Standing,
    chain,
    compare,
    gap,
    nearest,
    path,
)
from kps_graph.networks.reuse import Reuse, ReuseLevel, Thresholds, reuse
from kps_graph.networks.sharing import Shared, shared
from kps_graph.networks.usage import Competency, Occupation, Usage, Use, usage_of

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
    "bridges",
    "centrality",
    "chain",
    "communities",
    "compare",
    "gap",
    "graph_of",
    "incidence",
    "nearest",
    "neighbourhood",
    "outline",
    "overlaps",
    "partition",
    "path",
    "projection",
    "reuse",
    "shared",
    "standard_network",
    "usage_network",
    "usage_of",
]
