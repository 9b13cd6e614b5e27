"""Answers as JSON data, as ``ontology/answers.schema.json`` has them: for commands and for addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kps_graph.report import Finding
from kps_graph.store.rows import Rows

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.graph.questions import Kind
    from kps_graph.queries.library import Query
    from kps_graph.sharing.projected import Include
    from kps_graph.slices import Selection

__all__ = ["answers_of", "every_version", "query_data"]


def answers_of(
    answer: object, graph: KnowledgeGraph, include: Include = "same", kind: Kind = "any"
) -> list[dict[str, Any]]:
    """The answers to a question, each as an object; rows by the names of their columns.

    Args:
        answer: as a method of ``graph`` gives it.
        graph: which was asked.
        include: what counted as one competency.
        kind: of the competencies that were asked for.
    """
    if isinstance(answer, Rows):
        return answer.to_dicts()
    from kps_graph.search import Hits

    if isinstance(answer, Hits):
        return [hit.as_data() for hit in answer]
    if isinstance(answer, tuple) and all(isinstance(one, Finding) for one in answer):
        return [one.as_data() for one in answer]
    from kps_graph.sharing import as_data

    return as_data(answer, graph.usage(include, kind))


def query_data(query: Query, on: Selection, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a query of the library with what they stand on.

    A query that takes no slice stands on the standards that it names, or on all of the store.
    """
    data = on.as_data(rows)
    if not query.sliced:
        data["standards"] = sum(p.kind == "standard" for p in query.parameters) or on.of
    return data


def every_version(graph: KnowledgeGraph, limited: bool) -> Selection:
    """What a question of versions stands on: where no part is named, all that the store holds."""
    return (graph if limited else graph.within(all_versions=True)).selection
