"""Louvain's communities, as networkx finds them: the same groups for the same seed.

The command line asks for communities and nothing else of networkx, which takes longer to import
than to group a whole corpus. A test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Final, TypeAlias

__all__ = ["louvain"]

#: For each node its neighbours, and how much binds it to each; a merged node also to itself.
Graph: TypeAlias = list[dict[int, float]]

#: A level that raises modularity by no more than this is the last.
_TOO_LITTLE: Final = 1e-7


def louvain(size: int, edges: Iterable[tuple[int, int, float]], seed: int = 0) -> list[list[int]]:
    """The communities of an undirected weighted graph, in no order, each node in one of them.

    Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks",
    J. Stat. Mech. 10008 (2008).

    Args:
        size: how many nodes there are; they are the numbers from 0.
        edges: two different nodes and a positive weight, each pair once.
        seed: of the random order in which nodes are moved.
    """
    graph: Graph = [{} for _ in range(size)]
    for a, b, weight in edges:
        graph[a][b] = graph[b][a] = weight
    groups = [[node] for node in range(size)]
    total = sum(_degrees(graph)) / 2
    random = Random(seed)
    best = _modularity(graph, total)
    while home := _moved(graph, total, random):
        number = {old: new for new, old in enumerate(sorted(set(home)))}
        home = [number[old] for old in home]
        merged: list[list[int]] = [[] for _ in number]
        for node, group in enumerate(groups):
            merged[home[node]] += group
        groups, graph = merged, _merged(graph, home, len(number))
        reached = _modularity(graph, total)
        if reached - best <= _TOO_LITTLE:
            break
        best = reached
    return groups


def _degrees(graph: Graph) -> list[float]:
    """What binds each node; what binds it to itself counts at both ends."""
    return [sum(near.values()) + near.get(node, 0) for node, near in enumerate(graph)]


def _modularity(graph: Graph, total: float) -> float:
    """The modularity of every node as a community of its own."""
    if not total:
        return 0.0
    return sum(near.get(node, 0) / total - (degree / (2 * total)) ** 2
               for node, (near, degree) in enumerate(zip(graph, _degrees(graph), strict=True)))


def _moved(graph: Graph, total: float, random: Random) -> list[int]:
    """The community of each node, once no move of one node raises modularity; [] if none ever did.

    The sums are taken in the order and form of networkx, so that ties end alike.
    """
    home = list(range(len(graph)))
    degrees = _degrees(graph)
    sums = degrees.copy()
    near = [[(other, weight) for other, weight in all_.items() if other != node]
            for node, all_ in enumerate(graph)]
    order = list(home)
    random.shuffle(order)
    order = [node for node in order if near[node]]
    pairs = 2 * total**2
    ever, moves = False, True
    while moves:
        moves = False
        for node in order:
            own = best = home[node]
            degree = degrees[node]
            binds: dict[int, float] = {}
            for other, weight in near[node]:
                group = home[other]
                binds[group] = binds.get(group, 0.0) + weight
            sums[own] -= degree
            leaving = -binds.get(own, 0.0) / total + sums[own] * degree / pairs
            most = 0.0
            for group, weight in binds.items():
                gain = leaving + weight / total - sums[group] * degree / pairs
                if gain > most:
                    most, best = gain, group
            sums[best] += degree
            if best != own:
                home[node] = best
                ever = moves = True
    return home if ever else []


def _merged(graph: Graph, home: list[int], size: int) -> Graph:
    """The graph of communities: what binds their members binds them."""
    found: Graph = [{} for _ in range(size)]
    for node, near in enumerate(graph):
        for other, weight in near.items():
            if other >= node:
                a, b = home[node], home[other]
                found[a][b] = found[b][a] = weight + found[a].get(b, 0)
    return found
