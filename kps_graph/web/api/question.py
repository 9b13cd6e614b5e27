"""A question that can be asked by address, and its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from kps_graph.graph.answered import answers_of, every_version, query_data
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.queries.library import Query
from kps_graph.store.rows import Rows, Tabular
from kps_graph.web.api.parameters import Given, Parameter
from kps_graph.words import Bilingual

__all__ = ["Answer", "Question", "Told"]

#: Values of a question that are a table as well.
Answer: TypeAlias = Rows | Tabular


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that is one thing, not a list of rows.

    Attributes:
        data: as JSON data.
        rows: as a table; None if it has no such form.
    """

    data: Mapping[str, Any]
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that can be asked by address.

    Attributes:
        path: below ``/api/``; ``{standard}`` is a parameter of the path.
        title: what is answered.
        ask: the answer, by the values of the parameters.
        parameters: in their order.
        columns: of the answer, with their meaning, if they are always the same.
        shape: what ``answers.schema.json`` calls one of its answers.
        table: what has another table than the answer itself.
        query: of the library, if it is one.
        every: whether it is asked of every version, where no part is named.
        plain: whether its CSV is that of SPARQL, in which no text is guarded.
        single: whether the answer is one thing.
        document: the schema of an answer that is no list of answers, and no table either.
    """

    path: str
    title: Bilingual
    ask: Callable[[KnowledgeGraph, Given], Answer | Told]
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[tuple[str, Bilingual], ...] = ()
    plain: bool = False
    single: bool = False
    document: str = ""
    shape: str = "row"
    table: Callable[[KnowledgeGraph, Given, Any], Rows] | None = None
    query: Query | None = None
    every: bool = False

    def rows(self, graph: KnowledgeGraph, given: Given, answer: Answer) -> Rows:
        """An answer as a table."""
        if self.table:
            return self.table(graph, given, answer)
        return answer if isinstance(answer, Rows) else answer.rows()

    def objects(self, graph: KnowledgeGraph, given: Given, answer: Answer) -> list[dict[str, Any]]:
        """An answer as commands print it, as objects."""
        return answers_of(answer, graph, given.get("include", "same"), given.get("kind", "any"))

    def data(self, graph: KnowledgeGraph, given: Given, some: Sequence[Any]) -> dict[str, Any]:
        """Some of the objects with what they stand on."""
        on = every_version(graph, bool(given.get("in"))) if self.every else graph.selection
        return query_data(self.query, on, some) if self.query else on.as_data(some)
