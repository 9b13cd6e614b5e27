"""Brings the alignment of a store up to date with a few changed standards, without matching anew.

What the changed standards say in words that the store knows is found at once; what is worded newly
stands for itself until names are matched again.
"""

from __future__ import annotations

from collections.abc import Collection

from kps_graph.store import Store, WritableStore
from kps_graph.terms import graph_iri, kps

__all__ = ["follow"]


def follow(
    store: WritableStore, base: str, standards: Collection[str], touched: Collection[str]
) -> bool:
    """Renews what the alignment says of some standards and of the competencies they used.

    Args:
        store: holds the standards as they are now, and the alignment as it was.
        base: the namespace of its data IRIs.
        standards: the IRIs of the standards that changed or are gone.
        touched: the IRIs of the competencies that they used before.

    Returns:
        False, and nothing is changed, if a competency is gone that stands for others.
    """
    graph, matches = graph_iri("alignment", base), graph_iri("matches", base)
    gone = _values(store, "?c", touched, f"FILTER NOT EXISTS {{ ?s <{kps.uses}> ?c }}")
    if _values(store, "?c", gone, f"?other <{kps.representative}> ?c FILTER (?other != ?c)"):
        return False
    nodes = _values(
        store, "?c", gone, f"?m <{kps.matchSubject}>|<{kps.matchObject}> ?c", wanted="?m"
    )
    store.forget(matches, [*nodes, *gone])
    store.forget(graph, [*standards, *gone])
    for named in (matches, graph):
        rows = (
            store.select(
                f"SELECT ?a ?p ?c WHERE {{ {_listed('?c', gone)} GRAPH <{named}> {{ ?a ?p ?c }} }}"
            ).terms
            if gone
            else ()
        )
        store.discard(
            "".join(
                f"<{a.value}> <{p.value}> <{c.value}> <{named}> .\n"
                for a, p, c in rows
                if a and p and c
            ).encode()
        )
    rows = store.select(
        f"SELECT ?s ?c ?r WHERE {{ {_listed('?s', standards)} ?s <{kps.uses}> ?c "
        f"OPTIONAL {{ ?c <{kps.representative}> ?r }} }}"
    ).terms
    lines: dict[str, None] = {}
    for standard, own, star in rows:
        if standard and own:
            if star is None:
                lines[f"<{own.value}> <{kps.representative}> <{own.value}> <{graph}> .\n"] = None
            chosen = (star or own).value
            lines[f"<{standard.value}> <{kps.usesRepresentative}> <{chosen}> <{graph}> .\n"] = None
    store.load("".join(lines).encode())
    return True


def _listed(variable: str, iris: Collection[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'<{i}>' for i in sorted(iris))} }}"


def _values(
    store: Store, variable: str, iris: Collection[str], pattern: str, wanted: str = ""
) -> list[str]:
    """Those of ``iris`` that ``pattern`` holds for, or what it finds for them."""
    if not iris:
        return []
    rows = store.select(
        f"SELECT DISTINCT {wanted or variable} WHERE {{ {_listed(variable, iris)} {pattern} }}"
    ).terms
    return [row[0].value for row in rows if row[0]]
