"""The networkx views: one standard, occupations with competencies, and their projection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kps_graph.sharing.overlaps import Overlaps, Weight, overlaps
from kps_graph.sharing.usage import Usage

if TYPE_CHECKING:
    import networkx as nx

    from kps_graph.model import Standard

__all__ = ["described", "graph_of", "projection", "standard_network", "usage_network"]


def standard_network(standard: Standard, identity: str) -> nx.DiGraph[str]:
    """The parts of ``standard`` and what stands between them, as the document attaches it.

    Nodes are named ``identity`` and ``identity/T1.1``, as their IRIs are, and have ``kind``,
    ``code``, ``label`` and ``level``, None where the document has none; edges have ``relation``.
    """
    import networkx as nx

    from kps_graph.standards.outline import outline

    graph: nx.DiGraph[str] = nx.DiGraph(name=identity)

    def full(name: str) -> str:
        return f"{identity}/{name}" if name else identity

    shape = outline(standard)
    for node in shape.nodes:
        graph.add_node(
            full(node.id), kind=node.kind, code=node.code, label=node.label, level=node.level
        )
    for edge in shape.edges:
        graph.add_edge(full(edge.source), full(edge.target), relation=edge.relation)
    return graph


def usage_network(usage: Usage) -> nx.Graph[str]:
    """The bipartite graph with everything that ``usage`` knows, unused occupations included."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for occupation in usage.occupations:
        graph.add_node(
            occupation.id,
            kind="occupation",
            bipartite=0,
            code=occupation.code or None,
            label=occupation.name,
            level=occupation.level,
        )
    for competency in usage.competencies:
        graph.add_node(
            competency.id,
            kind="competency",
            bipartite=1,
            label=competency.name,
            competencyKind=competency.kind,
        )
    for use in usage.uses:
        graph.add_edge(
            use.occupation,
            use.competency,
            relation="uses",
            level=use.level,
            units=" ".join(use.units),
        )
    return graph


def projection(
    uses: Iterable[tuple[str, str]],
    min_shared: int = 1,
    weight: Weight = "rarity",
    labels: Mapping[str, str] | None = None,
) -> nx.Graph[str]:
    """Occupations, joined where they share at least ``min_shared`` competencies.

    Edges have ``shared`` (how many) and ``weight`` (see
    :func:`kps_graph.sharing.overlaps.overlaps`). Exchange the ends of the pairs to project onto
    the competencies.
    """
    return graph_of(overlaps(uses, min_shared, weight), labels)


def described(
    graph: nx.Graph[str],
    usage: Usage,
    communities: Mapping[str, int],
    status: Mapping[str, str],
) -> nx.Graph[str]:
    """``graph`` with what is known of its nodes, for Gephi and networkx.

    An occupation has ``kind label code level category community status``, a competency
    ``kind label competencyKind community``; what is not known is left out.

    Args:
        graph: whose nodes are ids of occupations and competencies.
        usage: what these are.
        communities: the number of the community of each node that is in one.
        status: of occupations, ``latest`` or ``historic``.
    """
    for o in usage.occupations:
        if o.id in graph:
            graph.nodes[o.id].update(
                kind="occupation",
                label=o.name,
                code=o.code or None,
                level=o.level if isinstance(o.level, int) else None,
                category=" ".join(o.categories) or None,
                community=communities.get(o.id),
                status=status.get(o.id),
            )
    for c in usage.competencies:
        if c.id in graph:
            graph.nodes[c.id].update(
                kind="competency",
                label=c.name,
                competencyKind=c.kind,
                community=communities.get(c.id),
            )
    for _, data in graph.nodes(data=True):
        for name in [name for name, value in data.items() if value is None]:
            del data[name]
    return graph


def graph_of(pairs: Overlaps, labels: Mapping[str, str] | None = None) -> nx.Graph[str]:
    """Overlaps as a networkx graph."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    names = labels or {}
    graph.add_nodes_from((name, {"label": names.get(name, name)}) for name in pairs.names)
    graph.add_edges_from(
        (a, b, {"shared": shared, "weight": weight}) for a, b, shared, weight in pairs
    )
    return graph
