"""Networks: what occupations share, asked of plain values, answered in values or networkx graphs.

Everything here is a pure function, but ``projected`` and ``details``, which read a store.
:class:`Usage` says which occupation uses which competency; the questions, communities and
pictures are made of it, and every answer is a :class:`Tabular`. The heavy algebra runs in sparse
matrices.
"""

from kps_graph.sharing.communities import (
    Bridge,
    Community,
    backbone,
    bridges,
    centrality,
    communities,
    member_rows,
    partition,
)
from kps_graph.sharing.comparison import Comparison, Standing, compare
from kps_graph.sharing.data import as_data, long_rows
from kps_graph.sharing.graphs import (
    described,
    graph_of,
    projection,
    standard_network,
    usage_network,
)
from kps_graph.sharing.moves import Gap, Need, gap
from kps_graph.sharing.near import Neighbour, Reason, nearest, reason_rows
from kps_graph.sharing.neighbourhood import (
    Companion,
    Neighbourhood,
    User,
    neighbourhood,
)
from kps_graph.sharing.overlaps import Incidence, Overlaps, incidence, overlaps
from kps_graph.sharing.path import Prices, Route, Steps, route, steps
from kps_graph.sharing.reuse import (
    Reuse,
    ReuseLevel,
    Thresholds,
    reuse,
    reuse_level_rows,
)
from kps_graph.sharing.shared import Shared, groups_of, shared
from kps_graph.sharing.tabular import Answers, NamedAnswers, Tabular
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use

__all__ = [
    "Answers",
    "Bridge",
    "Community",
    "Companion",
    "Comparison",
    "Competency",
    "Gap",
    "Incidence",
    "NamedAnswers",
    "Need",
    "Neighbour",
    "Neighbourhood",
    "Occupation",
    "Overlaps",
    "Prices",
    "Reason",
    "Reuse",
    "ReuseLevel",
    "Route",
    "Shared",
    "Standing",
    "Steps",
    "Tabular",
    "Thresholds",
    "Usage",
    "Use",
    "User",
    "as_data",
    "backbone",
    "bridges",
    "centrality",
    "communities",
    "compare",
    "described",
    "gap",
    "graph_of",
    "groups_of",
    "incidence",
    "long_rows",
    "member_rows",
    "nearest",
    "neighbourhood",
    "overlaps",
    "partition",
    "projection",
    "reason_rows",
    "reuse",
    "reuse_level_rows",
    "route",
    "shared",
    "standard_network",
    "steps",
    "usage_network",
]
