"""The competencies that the K, S and A of any document are, by their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kps_graph.align.canonicalise import canonical
from kps_graph.folding import element_key
from kps_graph.model import Standard, references
from kps_graph.terms import code_series

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.sharing import Answers
    from kps_graph.sharing.prepared import Prepared
    from kps_graph.sharing.projected import Include

__all__ = ["CompetencyNames", "element_texts", "prepared_by"]


def element_texts(standard: Standard) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Kind, code and texts of each K, S and A: of one with items, those beside its heading."""
    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element, code in zip(elements, references(elements), strict=True):
            yield kind, code, (element.name, *(item.text for item in element.items))
    for attitude, code in zip(standard.attitudes, references(standard.attitudes), strict=True):
        yield "A", code, (attitude.name,)


class CompetencyNames:
    """The competencies of a store by what they are called.

    Attributes:
        names: of all of them.
    """

    def __init__(self, graph: KnowledgeGraph, include: Include) -> None:
        self._by_key: dict[tuple[str, str], dict[str, None]] = {}
        usage = graph.usage(include)
        for use in usage.uses:
            one = usage.competency(use.competency)
            for form in (one.name, *use.forms):
                self._by_key.setdefault((one.kind, element_key(form)), {})[one.id] = None
        self._by_meaning: dict[str, dict[str, dict[str, None]]] = {}
        self.names = tuple(dict.fromkeys(c.name for c in usage.competencies))

    def of_texts(self, kind: str, texts: tuple[str, ...]) -> list[str]:
        """Those of an element: of its items, if it has any, whose heading says nothing alone."""
        wanted = texts[1:] or texts
        return list(dict.fromkeys(c for text in wanted for c in self.competencies(kind, text)))

    def competencies(self, kind: str, text: str) -> list[str]:
        """The IRIs of those that are called ``text``, or mean the same in other words."""
        if exact := self._by_key.get((kind, element_key(text))):
            return list(exact)
        meaning = canonical(kind, text).text
        return list(self._meaning(kind).get(meaning, ())) if meaning else []

    def _meaning(self, kind: str) -> dict[str, dict[str, None]]:
        """The competencies of a kind by what their names come down to; worked out once."""
        if kind not in self._by_meaning:
            by_text = self._by_meaning[kind] = {}
            for (of, key), found in self._by_key.items():
                if of == kind:
                    by_text.setdefault(canonical(kind, key).text, {}).update(found)
        return self._by_meaning[kind]


def prepared_by(
    graph: KnowledgeGraph, standard: Standard, codes: Iterable[str], n: int = 10
) -> Answers[Prepared]:
    """The occupations of a store for which a course prepares that teaches K and S of ``standard``.

    Args:
        graph: the store.
        standard: the standard of the course; the store need not hold it.
        codes: of the K and S that the course teaches.
        n: how many occupations.
    """
    from kps_graph.sharing.prepared import prepared

    wanted = frozenset(codes)
    known = CompetencyNames(graph, "same")
    taught = {
        competency
        for kind, code, texts in element_texts(standard)
        if code in wanted and kind != "A"
        for competency in known.of_texts(kind, texts)
    }
    series = code_series(standard.code or "")
    without = [i for i in graph.described() if series and code_series(i) == series]
    return prepared(graph.usage(), taught, n, without)
