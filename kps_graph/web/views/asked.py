"""A store as pages ask it: what several of them need is asked once and kept."""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kps_graph.exports.site.frame import Held
from kps_graph.exports.site.standard import Shared
from kps_graph.graph.classes import class_names
from kps_graph.graph.opened import KnowledgeGraph
from kps_graph.model import Standard
from kps_graph.rdf.derive import expressed
from kps_graph.standards.names import names
from kps_graph.terms import PREFIXES, identity_in, identity_of, prov
from kps_graph.words import Language

if TYPE_CHECKING:
    from kps_graph.sharing import Community, Neighbour, Occupation, Usage, Use
    from kps_graph.store import Source

__all__ = ["Asked", "Facts"]

#: So many standards are kept as values, those that were asked for last.
_KEPT: Final = 64
#: So many slices are kept with what was asked of them.
_SLICES: Final = 4
_PREFIXED: Final = "\n".join(f"PREFIX {p}: <{n}>" for p, n in PREFIXES.items())


def _each(named: Mapping[str, str]) -> Mapping[str, str]:
    """Names by code, those of a class with two codes (47-48 零售業) by each of them too."""
    pairs = {code: code.split("-") for code in named if re.fullmatch(r"\d+-\d+", code)}
    return {**named, **{c: named[both] for both, codes in pairs.items() for c in codes}}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a search narrows standards by.

    Attributes:
        identity, code, name: of the standard.
        level: its base level; None if it has none.
        category, occupation, industry: codes of its classes.
        latest: whether no newer version replaced it.
        year: of its last update; None if it states none.
        rules: the rules that it has findings of.
    """

    identity: str
    code: str
    name: str
    level: int | None
    category: tuple[str, ...]
    occupation: tuple[str, ...]
    industry: tuple[str, ...]
    latest: bool
    year: int | None
    rules: frozenset[str]


class Asked:
    """A store with what pages need of it, as it was when it was opened.

    Attributes:
        graph: the store.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._parts: OrderedDict[str, Asked] = OrderedDict()
        self._standards: OrderedDict[str, Standard] = OrderedDict()
        self._classes: dict[tuple[str, Language], Mapping[str, str]] = {}
        self._users: dict[str, tuple[str, ...]] = {}
        self._stated: OrderedDict[str, tuple[Occupation, tuple[Use, ...]]] = OrderedDict()

    def within(self, part: str) -> Asked:
        """The same store, asked of a slice in its written form.

        Raises:
            BadParameter: if it is none.
            ResourceError: if no standard is in it.
        """
        graph = self.graph.within(part)
        key = str(graph.selection.part)
        found = self._parts.pop(key) if key in self._parts else Asked(graph)
        self._parts[key] = found
        if len(self._parts) > _SLICES:
            self._parts.popitem(last=False)
        return found

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT as texts; "" where nothing is bound. Prefixes are declared."""
        answer = self.graph.store.select(f"{_PREFIXED}\n{query}")
        return [
            dict(zip(answer.columns, ("" if t is None else t.value for t in row), strict=True))
            for row in answer.terms
        ]

    @cached_property
    def usage(self) -> Usage:
        """Who uses what."""
        return self.graph.usage()

    @cached_property
    def held(self) -> Held:
        """What the store holds."""
        known = self.identities
        ended = self.rows(f"SELECT (MAX(?t) AS ?last) WHERE {{ ?a <{prov.endedAtTime}> ?t }}")
        return Held(
            len(known),
            len(self.usage.occupations) if known else 0,
            ended[0]["last"][:10] if ended else "",
            next(iter(known)) if len(known) == 1 else "",
        )

    @cached_property
    def groups(self) -> Sequence[Community]:
        """The communities of occupations."""
        from kps_graph.sharing import communities

        return list(communities(self.usage))

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """The names of the 職類別 by code."""
        return self.graph.categories()

    def classes(self, scheme: str, lang: Language) -> Mapping[str, str]:
        """The names of the classes of a scheme by code: ``category``, ``occupation``, ``industry``."""
        key = scheme, lang
        if key not in self._classes:
            self._classes[key] = _each(class_names(self.graph.store, scheme, lang))
        return self._classes[key]

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What each standard is narrowed by, by its identity, in the order of the codes."""
        base = self.graph.base
        classes: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.rows(
            "SELECT DISTINCT ?s ?p ?c WHERE { VALUES ?p { kps:jobCategory kps:occupation kps:industry } ?s ?p ?c }"
        ):
            end = row["p"].rsplit("#", 1)[-1]
            classes[identity_in(row["s"], base), end].append(row["c"].rsplit("/", 1)[-1])
        levels = {
            identity_in(row["s"], base): row["l"]
            for row in self.rows("SELECT ?s ?l WHERE { ?s kps:baseLevel ?l }")
        }
        years: dict[str, str] = {}
        for row in self.rows(
            "SELECT ?s ?d WHERE { ?s kps:hasVersionEntry ?v . ?v dcterms:issued ?d }"
        ):
            own = identity_in(row["s"], base)
            years[own] = max(years.get(own, ""), row["d"][:4])
        newest = {o.id for o in self.usage.occupations}
        return {
            identity: Facts(
                identity,
                source.code,
                source.name,
                int(levels[identity]) if levels.get(identity, "").isdigit() else None,
                tuple(classes[identity, "jobCategory"]),
                tuple(classes[identity, "occupation"]),
                tuple(classes[identity, "industry"]),
                identity in newest,
                int(years[identity]) if years.get(identity, "").isdigit() else None,
                frozenset(f.rule for f in source.findings),
            )
            for identity, source in sorted(self.identities.items())
        }

    @cached_property
    def narrowing(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """By the identity of each standard, the facets and values that a search counts it for."""
        return {
            f.identity: frozenset(
                [
                    *(("category", c) for c in f.category),
                    *(("occupation", c[:2]) for c in f.occupation),
                    *(("industry", c[:2]) for c in f.industry),
                    *((("status", "latest"),) if f.latest else ()),
                    *(("finding", r) for r in f.rules),
                ]
            )
            for f in self.facts.values()
        }

    @cached_property
    def identities(self) -> Mapping[str, Source]:
        """The standards in the store: their sources by local name."""
        return self.graph.identities()

    def standard(self, identity: str) -> Standard:
        """A standard as a value."""
        if identity in self._standards:
            self._standards.move_to_end(identity)
            return self._standards[identity]
        found = self.graph.standard(identity)
        self._standards[identity] = found
        if len(self._standards) > _KEPT:
            self._standards.popitem(last=False)
        return found

    def shared(self, identity: str) -> dict[str, Shared]:
        """By the IRI of each K, S and A of a standard, who uses what it says."""
        standard = self.standard(identity)
        named = names(standard, identity, self.graph.base)
        stands = self._representatives
        return {
            element: Shared(r.removeprefix(self.graph.base), self.users(r))
            for element, competency, _, _ in expressed(standard, named, self.graph.base)
            if (r := stands.get(competency))
        }

    @cached_property
    def _representatives(self) -> Mapping[str, str]:
        """By the IRI of each competency of one text, that which stands for all that say the same."""
        return self.graph.representatives()

    def users(self, competency: str) -> tuple[str, ...]:
        """The names of the occupations that use a competency, given by its IRI."""
        if competency not in self._users:
            known = sorted(self.usage.by(competency)) if competency in self._competencies else ()
            self._users[competency] = tuple(self.usage.occupation(o).name or o for o in known)
        return self._users[competency]

    def newest(self, said: str) -> str:
        """The identity of the one occupation with this name, in its newest version; else ``said``.

        A name that several versions have means the occupation, which counts once.
        """
        named = [o.id for o in self.usage.occupations if o.name == said.strip()]
        return named[0] if len(named) == 1 else said

    def identity(self, said: str) -> str:
        """The local name of the standard with this local name, code, or name of an occupation.

        Raises:
            ResourceError: if there is none, or several, with what could be meant.
        """
        return self.graph.identity(self.newest(said))

    @cached_property
    def _competencies(self) -> frozenset[str]:
        return frozenset(c.id for c in self.usage.competencies)

    def nearest(self, identity: str, most: int) -> Sequence[Neighbour]:
        """The occupations most like a standard, of which the newest version is in use already."""
        from kps_graph.sharing import nearest

        if self.facts[identity].latest:
            return list(nearest(self.usage, identity, most))
        return list(self.graph.nearest(identity, most))

    def usage_with(self, standards: Iterable[str]) -> Usage:
        """Who uses what, these standards included even if the store holds newer versions."""
        chosen = list(standards)
        if all(self.facts[s].latest for s in chosen):
            return self.usage
        return self.graph.usage(also=chosen)

    def detailed(self, standards: Sequence[str]) -> Usage:
        """Who uses what, with the codes, words, tasks and levels that these standards state."""
        usage = self.usage_with(standards)
        said = [self._said(usage, s) for s in standards]
        return usage.detailed((o for o, _ in said), (u for _, uses in said for u in uses))

    def _said(self, usage: Usage, identity: str) -> tuple[Occupation, tuple[Use, ...]]:
        """What the document of a standard says of its own uses; read once."""
        if identity not in self._stated:
            from kps_graph.sharing.details import stated

            (told,), uses = stated(usage, self.graph.store, self.graph.base, [identity])
            self._stated[identity] = told, tuple(uses)
            if len(self._stated) > _KEPT:
                self._stated.popitem(last=False)
        return self._stated[identity]

    def knows(self, competency: str) -> bool:
        """Whether an occupation uses a competency, given by its IRI."""
        return competency in self._competencies

    def version(self, code: str) -> str:
        """The identity of the standard that the store holds with a code; "" if it holds none."""
        known = self.identities
        named = identity_of(code.strip(), "") if code.strip() else ""
        return named if named in known else ""
