"""What a tool answers: rows with the places that they come from, cut to a size, never silently."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kps_graph.errors import KpsError
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.rdf.places import span
from kps_graph.terms import graph_iri, identity_in, kps
from kps_graph.words import Bilingual, Language, Sentence

__all__ = ["BYTES", "Answer", "in_both", "refused", "sources_of", "written"]

#: How large an answer is unless more is asked for, in bytes of UTF-8.
BYTES: Final = 8192
#: As many places are named of one answer.
_PLACES: Final = 25


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool found.

    Attributes:
        rows: what was asked for, the most telling first.
        about: what holds of all of it.
        nodes: IRIs of what the rows are read from, in the order of the rows.
        standards: identities of the standards that it is about.
        note: what to know, above all why there are no rows.
        total: how many rows there are in all; None if these are all.
    """

    rows: Sequence[Mapping[str, Any]] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    nodes: Sequence[str] = ()
    standards: Sequence[str] = ()
    note: Bilingual | None = None
    total: int | None = None


def sources_of(
    graph: KnowledgeGraph, nodes: Iterable[str], standards: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Where it stands: standard, version, document, page and cell of each node."""
    wanted = [n for n in dict.fromkeys(nodes) if n.startswith(graph.base)][:_PLACES]
    known = graph.identities()
    owners = {node: identity_in(node, graph.base) for node in wanted}
    places: dict[str, str] = {}
    if wanted:
        values = " ".join(f"<{node}>" for node in wanted)
        places = {
            row[0]: row[1]
            for row in graph.store.texts(
                f"SELECT ?n ?p WHERE {{ VALUES ?n {{ {values} }} ?n <{kps.place}> ?p }}"
            )
        }
    listed = [(owner, node) for node, owner in owners.items() if owner in known]
    listed += [(s, "") for s in dict.fromkeys(standards) if s in known]
    if not listed:  # what is counted stands on all of them
        return [{"dataset": graph_iri("provenance", graph.base), "standards": len(known)}]
    return [_source(graph, owner, node, places.get(node, "")) for owner, node in listed]


def _source(graph: KnowledgeGraph, owner: str, node: str, place: str) -> dict[str, Any]:
    source = graph.identities()[owner]
    _, _, version = source.code.rpartition("v")
    said: dict[str, Any] = {
        "standard": source.code or owner,
        "name": source.name,
        "version": f"v{version}" if version.isdecimal() else "v1",
        "document": source.path.rsplit("/", 1)[-1],
    }
    if node:
        said["iri"] = node
    where = span(place)
    cell = {n: getattr(where, n) for n in ("page", "table", "row", "column", "line")}
    said |= {name: number for name, number in cell.items() if number is not None}
    return said | ({"pointer": where.pointer} if where.pointer else {})


def written(graph: KnowledgeGraph, answer: Answer, most: int = BYTES) -> dict[str, Any]:
    """The answer as JSON data of at most ``most`` bytes; what was left out is said."""
    total = len(answer.rows) if answer.total is None else answer.total
    rows = list(answer.rows)
    sources = sources_of(graph, answer.nodes, answer.standards)
    said: dict[str, Any] = {**answer.about, "total": total, "rows": rows, "sources": sources}
    if answer.note:
        said["note"] = _in_both(answer.note)
    while size(said) > most or len(rows) < total:
        left = size(said) - most
        if left > 0 and not rows and not sources:
            return _cut(said, most)
        if left > 0 and (len(sources) > 3 or not rows):
            sources = sources[: max(0, len(sources) - max(1, len(sources) // 4))]
        elif left > 0:
            rows = rows[: max(0, len(rows) - max(1, len(rows) // 8))]
        said |= {"rows": rows, "sources": sources}
        said["truncated"] = _in_both(
            Sentence(
                "{shown} of {total} rows and {places} places are shown; narrow the question, or "
                "ask again with a larger max_bytes",
                shown=len(rows),
                total=total,
                places=len(sources),
            )
        )
        if size(said) <= most:
            break
    return said


def size(said: Mapping[str, Any]) -> int:
    """How many bytes it takes when it is sent."""
    return len(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))


def _cut(said: dict[str, Any], most: int) -> dict[str, Any]:
    """What is too long even without rows: its longest texts are cut, which is said."""
    while size(said) > most:
        texts = {name: value for name, value in said.items() if isinstance(value, str)}
        longest = max(texts, key=lambda n: len(texts[n]), default="")
        if len(texts.get(longest, "")) < 100:
            break
        said[longest] = texts[longest][: len(texts[longest]) // 2] + "…"
        said["truncated"] = _in_both(Sentence("texts are cut; ask again with a larger max_bytes"))
    return said


def in_both(error: KpsError) -> dict[str, str]:
    """What went wrong, in both languages."""
    return _in_both(error.said)


def _in_both(said: Sentence | Bilingual) -> dict[str, str]:
    return {language.value: said.in_words(language) for language in Language}


def refused(graph: KnowledgeGraph, error: KpsError, names: Iterable[str]) -> dict[str, Any]:
    """What went wrong, in both languages, and what the names could have meant."""
    said: dict[str, Any] = {"error": in_both(error)}
    if error.advice is not None:
        said["hint"] = _in_both(error.advice)
    wanted = [name for name in dict.fromkeys(names) if name.strip()]
    if wanted:
        said["candidates"] = {
            name: [
                {
                    "name": c.thing.name,
                    "type": c.thing.kind,
                    "code": c.thing.code,
                    "iri": c.thing.iri,
                    "score": c.score,
                }
                for c in found
            ]
            for name, found in zip(wanted, graph.resolve(wanted, limit=5), strict=True)
        }
    return said
