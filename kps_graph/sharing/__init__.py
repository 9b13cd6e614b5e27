"""Networks: what occupations share, asked of plain values, answered in values or networkx graphs.

Everything here is a pure function, but ``projected`` and ``details``, which read a store.
:class:`Usage` says which occupation uses which competency; the questions, communities and
pictures are made of it, and every answer is a :class:`Tabular`. The heavy algebra runs in sparse
matrices.

Each question is imported when it is first asked: one does without the others.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kps_graph.sharing.community import (
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
    from kps_graph.sharing.neighbourhoods import (
        Companion,
        Neighbourhood,
        User,
        neighbourhood,
    )
    from kps_graph.sharing.overlap import Incidence, Overlaps, incidence, overlaps
    from kps_graph.sharing.path import Prices, Route, Steps, route, steps
    from kps_graph.sharing.reuse_levels import (
        Reuse,
        ReuseLevel,
        Thresholds,
        reuse,
        reuse_level_rows,
    )
    from kps_graph.sharing.shared_competencies import Shared, groups_of, shared
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

#: Where each of them stands.
_HOMES: Final = {
    name: module
    for module, names in {
        "community": (
            "Bridge",
            "Community",
            "backbone",
            "bridges",
            "centrality",
            "communities",
            "member_rows",
            "partition",
        ),
        "comparison": ("Comparison", "Standing", "compare"),
        "data": ("as_data", "long_rows"),
        "graphs": ("described", "graph_of", "projection", "standard_network", "usage_network"),
        "moves": ("Gap", "Need", "gap"),
        "near": ("Neighbour", "Reason", "nearest", "reason_rows"),
        "neighbourhoods": ("Companion", "Neighbourhood", "User", "neighbourhood"),
        "overlap": ("Incidence", "Overlaps", "incidence", "overlaps"),
        "path": ("Prices", "Route", "Steps", "route", "steps"),
        "reuse_levels": ("Reuse", "ReuseLevel", "Thresholds", "reuse", "reuse_level_rows"),
        "shared_competencies": ("Shared", "groups_of", "shared"),
        "tabular": ("Answers", "NamedAnswers", "Tabular"),
        "usage": ("Competency", "Occupation", "Usage", "Use"),
    }.items()
    for name in names
}


def __getattr__(name: str) -> Any:
    """What :data:`__all__` names, from its module, when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kps_graph.sharing' has no attribute {name!r}")
    return getattr(import_module(f"kps_graph.sharing.{_HOMES[name]}"), name)
