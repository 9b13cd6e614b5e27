"""Everything that needs a K, S or A: a row for each path, in every standard of a store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kps_graph.errors import ResourceError
from kps_graph.graph.named import CompetencyNames, element_texts
from kps_graph.model import Standard, references
from kps_graph.queries.parameters import SHARING
from kps_graph.sharing.tabular import Tabular
from kps_graph.standards.names import names
from kps_graph.standards.paths import Path, Step, paths
from kps_graph.standards.trace import Branch, trace
from kps_graph.store import Rows
from kps_graph.terms import identity_in, kps
from kps_graph.words import closest, did_you_mean

if TYPE_CHECKING:
    from kps_graph.graph.opened import KnowledgeGraph
    from kps_graph.sharing.projected import Include

__all__ = ["Reach", "Reached", "reached", "reached_from", "reached_in"]

#: The IRI of a K, S or A whose code another one bears too, or that has none.
_HARD: Final = re.compile(r"~\d+$|/(?:knowledge|skills|attitudes)/\d+$")
_COLUMNS: Final = (
    "asked",
    "standard",
    "name",
    "type",
    "element",
    "competency",
    "task",
    "task_text",
    "unit",
    "unit_text",
    "kind",
    "code",
    "text",
    "level",
)


@dataclass(frozen=True, slots=True)
class Reach:
    """What of one standard needs what was asked for.

    Attributes:
        asked: the code or text that was asked for.
        standard: the standard.
        paths: the ways from its K, S or A to what needs them.
    """

    asked: str
    standard: Standard
    paths: tuple[Path, ...]

    def branch(self) -> Branch:
        """The same as a tree below the standard."""
        codes = dict.fromkeys(p.element.code for p in self.paths if p.element)
        children = tuple(trace(self.standard, code) for code in codes)
        standard = self.standard
        return Branch("standard", standard.code or "", standard.name, standard.level, children)


@dataclass(frozen=True, slots=True, repr=False)
class Reached(Tabular):
    """Everything that needs what was asked for.

    Attributes:
        found: by what was asked for and standard.
        nowhere: what was asked for and no standard has.
    """

    found: tuple[Reach, ...]
    nowhere: tuple[str, ...] = ()

    def rows(self, most: int | None = None) -> Rows:
        """A row for each path, from the K, S or A through task and activity to its end."""
        del most
        listed = [(reach, path) for reach in self.found for path in reach.paths]
        return Rows.of(_COLUMNS, listed, _row)

    def __repr__(self) -> str:
        return f"<{sum(len(r.paths) for r in self.found)} paths in {len(self.found)} standards>"


def _row(pair: tuple[Reach, Path]) -> tuple[str | int | None, ...]:
    reach, path = pair
    element, units = path.element or Step("", "", ""), path.units
    task = units[0] if units else Step("", "", "")
    unit = units[-1] if len(units) > 1 else Step("", "", "")
    end = path.end or Step("", "", "", units[-1].level if units else None)
    cells = (
        reach.asked,
        reach.standard.code,
        reach.standard.name,
        element.kind,
        element.code,
        element.text,
        task.code,
        task.text,
        unit.code,
        "／".join(u.text for u in units[1:]),
        end.kind,
        end.code,
        end.text,
        end.level,
    )
    return tuple(None if cell == "" else cell for cell in cells)


def reached_in(
    graph: KnowledgeGraph | None,
    standard: Standard,
    code: str,
    include: Include = "same",
    identity: str = "",
) -> Reached:
    """The paths of ``code`` in ``standard``, and of the same K, S or A in other standards.

    Args:
        graph: the store that has the other standards; None to look at this one alone.
        standard: whose code it is.
        code: as the standard writes it: of a unit, output, indicator, K, S or A.
        include: what counts as the same.
        identity: the local name of the standard in the store; "" for a document.
    """
    here = Reach(code, standard, tuple(p for p in paths(standard) if p.has(code)))
    element = next((p.element for p in here.paths if p.element and p.element.code == code), None)
    if graph is None or element is None:
        return Reached((here,) if here.paths else ())
    if identity:
        node = _nodes(standard, identity, graph.base)[code]
        own = SHARING[include]["_part_own"]
        rows = graph.store.texts(f"SELECT DISTINCT ?c WHERE {{ <{node}> {own} ?c }}")
        same = [iri for (iri,) in rows]
    else:
        texts = next(t for kind, c, t in element_texts(standard) if c == code)
        same = CompetencyNames(graph, include).of_texts(element.kind, texts)
    others = _places(graph, {code: same}, include, without=identity or _kept(graph, standard))
    return Reached((here, *others))


def _kept(graph: KnowledgeGraph, standard: Standard) -> str:
    """The local name under which the store keeps a document with the code of ``standard``."""
    named = ((i, s.code) for i, s in graph.described().items())
    return next((i for i, code in named if code and code == standard.code), "")


def _nodes(standard: Standard, identity: str, base: str) -> dict[str, str]:
    """The IRIs of the K, S and A of a standard, by how units refer to them."""
    named = names(standard, identity, base)
    nodes = {reference: iri for (_, reference), iri in named.references.items()}
    return nodes | {
        code: named.nodes[id(attitude)]
        for attitude, code in zip(standard.attitudes, references(standard.attitudes), strict=True)
    }


def reached_from(graph: KnowledgeGraph, draft: Standard, include: Include = "same") -> Reached:
    """What needs the K, S and A of a document, in the document and in every standard of a store."""
    known = CompetencyNames(graph, include)
    wanted = {
        f"{code} {texts[0]}": known.of_texts(kind, texts)
        for kind, code, texts in element_texts(draft)
    }
    by_code: dict[str, list[Path]] = {}
    for path in paths(draft):
        if path.element:
            by_code.setdefault(path.element.code, []).append(path)
    here = [
        Reach(asked, draft, tuple(by_code.get(asked.partition(" ")[0], ()))) for asked in wanted
    ]
    there = _places(graph, wanted, include, without=_kept(graph, draft))
    nowhere = wanted.keys() - {reach.asked for reach in there}
    found = (*(r for r in here if r.paths), *there)
    return Reached(found, tuple(asked for asked in wanted if asked in nowhere))


def reached(graph: KnowledgeGraph, words: str, include: Include = "same") -> Reached:
    """What needs the K, S or A that ``words`` say, or, if none is called so, all that hold them.

    Raises:
        ResourceError: if no K, S or A has these words.
    """
    known = CompetencyNames(graph, include)
    kind, colon, text = words.partition(":")
    kinds, text = ((kind,), text) if colon and kind in ("K", "S", "A") else (("K", "S", "A"), words)
    if found := [c for kind in kinds for c in known.competencies(kind, text)]:
        return Reached(_places(graph, {text: found}, include))
    nodes: dict[str, list[str]] = {}
    for kind in kinds:
        hits = graph.search(text, kind=kind, limit=None)
        for hit in () if hits.near else hits:
            nodes.setdefault(hit.text, []).extend(place.node for place in hit.places)
    if not nodes:
        raise ResourceError(
            "no K, S or A of the store has the words {words!r}",
            words=words,
            hint=did_you_mean(closest(text, known.names)),
        )
    return Reached(_reaches(graph, ((a, n) for a, listed in nodes.items() for n in listed)))


def _places(
    graph: KnowledgeGraph,
    competencies: Mapping[str, Iterable[str]],
    include: Include,
    without: str = "",
) -> tuple[Reach, ...]:
    """Where the standards of ``graph`` have ``competencies``, by what was asked for."""
    asked: dict[str, list[str]] = {}
    for text, found in competencies.items():
        for iri in found:
            asked.setdefault(iri, []).append(text)
    if not asked:
        return ()
    part = SHARING[include]["_part"]
    rows = graph.store.texts(
        f"SELECT DISTINCT ?c ?k WHERE {{ VALUES ?c {{ {' '.join(f'<{iri}>' for iri in asked)} }} "
        f"?part {part} ?c ; ^<{kps.hasItem}>? ?k . "
        f"?k ^<{kps.hasKnowledge}>|^<{kps.hasSkill}>|^<{kps.hasAttitude}> ?s }} ORDER BY ?k ?c"
    )
    nodes = ((text, k) for c, k in rows for text in asked[c])
    return _reaches(graph, (n for n in nodes if identity_in(n[1], graph.base) != without))


def _reaches(graph: KnowledgeGraph, nodes: Iterable[tuple[str, str]]) -> tuple[Reach, ...]:
    """The paths from the K, S and A at ``nodes``, each with what was asked for."""
    wanted: dict[str, dict[str, dict[str, None]]] = {}
    for asked, node in nodes:
        inside = wanted.setdefault(identity_in(node, graph.base), {})
        inside.setdefault(asked, {})[node] = None
    nodes_in = {
        identity: {node for listed in wanted[identity].values() for node in listed}
        for identity in sorted(wanted.keys() & set(graph.selection.identities))
    }
    found = []
    for identity, standard in _work(graph, nodes_in).items():
        codes = {iri: code for code, iri in _nodes(standard, identity, graph.base).items()}
        every = list(paths(standard))
        for asked, iris in wanted[identity].items():
            of = {codes[iri.partition("/items/")[0]] for iri in iris}
            found.append(
                Reach(
                    asked, standard, tuple(p for p in every if p.element and p.element.code in of)
                )
            )
    order = {reach.asked: n for n, reach in reversed(list(enumerate(found)))}
    return tuple(sorted(found, key=lambda reach: order[reach.asked]))


def _work(graph: KnowledgeGraph, nodes: Mapping[str, Iterable[str]]) -> dict[str, Standard]:
    """The standards that have the K, S and A at ``nodes``, as far as paths from these need them.

    How units refer to one without a code of its own hangs on those before it: there the whole
    standard is read.
    """
    from kps_graph.store.held import work_around

    elements = {i: {n.partition("/items/")[0] for n in listed} for i, listed in nodes.items()}
    plain = {i: n for i, n in elements.items() if not any(map(_HARD.search, n))}
    read = work_around(graph.store, plain, graph.base)
    return {i: read[i] if i in read else graph.standard(i) for i in elements}
