"""What a researcher asks of a store: what occupations share, and what sets them apart.

Occupations are given by code or name, competencies by text or IRI. ``include`` says what counts
as one competency: ``identical`` texts, texts that say the ``same`` (the default), or ``related``
ones too. Answers are the frozen values of :mod:`kps_graph.sharing`; each is a table too, by
``rows()``, ``to_dicts()``, ``to_frame()``, and in a notebook.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kps_graph.errors import BadParameter, ResourceError
from kps_graph.folding import element_key
from kps_graph.graph.choices import among
from kps_graph.terms import code_series
from kps_graph.words import Language, Sentence, closest, did_you_mean

if TYPE_CHECKING:
    import networkx as nx

    from kps_graph.graph.chosen import Chosen
    from kps_graph.sharing import (
        Answers,
        Bridge,
        Community,
        Comparison,
        Competency,
        Gap,
        NamedAnswers,
        Neighbour,
        Neighbourhood,
        Overlaps,
        Prices,
        Reuse,
        Shared,
        Steps,
        Usage,
    )
    from kps_graph.sharing.community import Side
    from kps_graph.sharing.overlap import Weight
    from kps_graph.sharing.projected import Include, Projection
    from kps_graph.sharing.shared_competencies import By
    from kps_graph.slices import Described
    from kps_graph.store import Source

__all__ = ["NETWORKS", "Kind", "Network", "Questions"]

#: The networks, by the names that commands and Python have for them.
Network: TypeAlias = Literal["occupations", "competencies", "uses"]
NETWORKS: Final = ("occupations", "competencies", "uses")

#: Which competencies are looked at.
Kind: TypeAlias = Literal["any", "K", "S", "A"]


def _plain(name: str) -> str:
    """A code or name as it is compared where it is not there as given: in any case and width."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


class Questions:
    """The questions, each a method, asked of a part of the store that it is given."""

    __slots__ = ("_chosen", "_opened", "store")

    def __init__(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._opened = chosen.kept.opened
        self.store = self._opened.store

    @property
    def base(self) -> str:
        """The namespace of the store's data IRIs."""
        return self._opened.base

    def sources(self) -> list[Source]:
        """The documents that the store was built of, by name."""
        return [self._opened.manifest.sources[p] for p in sorted(self._opened.manifest.sources)]

    def identities(self) -> dict[str, Source]:
        """The standards in the store: their sources by local name."""
        return {s.identity: s for s in self.sources() if s.outcome == "loaded"}

    def described(self) -> dict[str, Described]:
        """The standards by local name, without findings, which take longer to read than answers."""
        return {d.identity: d for d in self._chosen.kept.standards}

    def chosen(self, standards: Iterable[str]) -> list[str]:
        """The identities of ``standards``; if none is given, those of a slice that is; else none."""
        named = [self.identity(s) for s in standards]
        return named or ([] if self._chosen.unlimited else list(self._chosen.selection.identities))

    def identity(self, standard: str) -> str:
        """The local name of the standard with this local name, code, or (if unique) name.

        Codes may be in any case and width.

        Raises:
            ResourceError: if there is none, or several, with what could be meant.
        """
        known = self.described()
        if standard in known:
            return standard
        called = {i: (s.code, s.name, code_series(s.code)) for i, s in known.items()}
        found = [i for i, texts in called.items() if standard and standard in texts]
        if not found and standard.strip():
            wanted = _plain(standard)
            found = [i for i in known if _plain(i) == wanted] or [
                i for i, texts in called.items() if wanted in map(_plain, texts)
            ]
        if len(found) == 1:
            return found[0]
        if found:
            raise ResourceError(
                "{standard!r} is the name of several standards",
                standard=standard,
                hint=Sentence(
                    "say which: {names}", names=tuple(f"{i} {known[i].name}" for i in found)
                ),
            )
        names = [*known, *(s.name for s in known.values())]
        raise ResourceError(
            "the store holds no standard {standard!r}",
            standard=standard,
            hint=did_you_mean(closest(standard, names))
            or Sentence("kps-graph query standards lists them"),
        )

    def usage(
        self, include: Include = "same", kind: Kind = "any", also: Iterable[str] = ()
    ) -> Usage:
        """Who uses what: the value that every question is asked of.

        Args:
            include: what counts as one competency.
            kind: which competencies are looked at.
            also: occupations that are looked at even if they are not in the slice.
        """
        from kps_graph.sharing import projected

        made = self._projected(include, kind)
        key = (include, kind, *sorted(also))
        usage = self._chosen.usages.get(key)
        if usage is None:
            within = self._chosen.selection.identities
            others = sorted(set(also).difference(within))
            if include != "related" and kind == "any" and others:
                usage = projected.joined(made, self.usage(include), include, others)
            else:
                usage = projected.usage(made, include, {*within, *others})
                usage = usage if kind == "any" else usage.only(kind)
            self._chosen.keep(key, usage)
        return usage

    def representatives(self) -> dict[str, str]:
        """By the IRI of each competency of one text, that which stands for all that say the same."""
        made = self._chosen.kept.projection
        return {made.concepts[n]: made.concepts[r] for n, r in enumerate(made.representative)}

    def _projected(self, include: Include, kind: Kind) -> Projection:
        """Who uses what in numbers, once it is clear that the question is one.

        Raises:
            BadParameter: for an ``include`` or ``kind`` that is none.
        """
        among("kind", kind, ("any", "K", "S", "A"))
        among("include", include, ("identical", "same", "related"))
        return self._chosen.kept.projection

    def pairs(
        self,
        least: int = 10,
        weight: Weight = "rarity",
        *,
        kind: Kind = "any",
        include: Include = "same",
    ) -> Overlaps:
        """All pairs of occupations that share at least ``least`` competencies, with the likeness.

        ``weight`` says how the overlap is weighed: see :func:`kps_graph.sharing.overlaps`.
        """
        from kps_graph.sharing import overlaps, projected

        if least < 1:
            raise BadParameter(
                "least is {least}: a pair shares at least one competency", least=least
            )
        cells = projected.cells(self._projected(include, kind), include, kind, self._chosen.within)
        return replace(overlaps(cells, least, weight), called=self.names())

    def detailed(self, usage: Usage, occupations: Iterable[str]) -> Usage:
        """``usage`` with the codes, words, tasks and levels that these occupations state."""
        from kps_graph.sharing import details

        return details.detailed(usage, self.store, self._opened.base, occupations)

    def shared(
        self,
        least: int = 2,
        by: By | None = None,
        *,
        kind: Kind = "any",
        include: Include = "same",
        lang: Language = Language.CHINESE,
    ) -> Answers[Shared]:
        """The competencies that at least ``least`` occupations share, in all or in each group.

        Args:
            least: how many occupations.
            by: how they are grouped; in all if they are not. Of a slice of some categories, those
                alone are groups, also where an occupation is of another one too.
            kind: which competencies are looked at.
            include: what counts as one competency.
            lang: of the names of the groups.
        """
        from kps_graph.sharing import shared

        among("by", by, (None, "category", "level"))
        if least < 1:
            raise BadParameter(
                "least is {least}: at least one occupation uses a competency", least=least
            )
        usage = self.usage(include, kind)
        found = shared(usage, least, by, self.categories(lang) if by == "category" else None)
        wanted = self._chosen.categories if by == "category" else ()
        return found.where(lambda shared: str(shared.group).startswith(wanted)) if wanted else found

    def nearest(
        self, occupation: str, n: int = 10, *, kind: Kind = "any", include: Include = "same"
    ) -> Answers[Neighbour]:
        """The ``n`` occupations most like ``occupation``, with the reasons, the rarest first."""
        from kps_graph.sharing import nearest

        chosen = self.identity(occupation)
        return nearest(self.usage(include, kind, (chosen,)), chosen, n)

    def compare(
        self, *occupations: str, kind: Kind = "any", include: Include = "same"
    ) -> Comparison:
        """What two or more occupations share, what each has alone, and how levels differ."""
        from kps_graph.sharing import compare

        chosen = [self.identity(o) for o in occupations]
        return compare(self.detailed(self.usage(include, kind, chosen), chosen), chosen)

    def gap(self, start: str, goal: str, *, kind: Kind = "any", include: Include = "same") -> Gap:
        """What a move from ``start`` to ``goal`` needs, what most tasks need first."""
        from kps_graph.sharing import gap

        chosen = self.identity(start), self.identity(goal)
        return gap(self.detailed(self.usage(include, kind, chosen), chosen), *chosen)

    def path(
        self,
        start: str,
        goal: str,
        *,
        kind: Kind = "any",
        include: Include = "same",
        max_steps: int | None = None,
        within: str | None = None,
        prices: Prices | None = None,
    ) -> Steps:
        """The steps of the cheapest chain from ``start`` to ``goal``; ``explain()`` says why.

        The arguments are those of :func:`kps_graph.sharing.route`.
        """
        from kps_graph.sharing import Prices, route, steps

        chosen = self.identity(start), self.identity(goal)
        usage = self.usage(include, kind, chosen)
        found = route(usage, *chosen, prices=prices or Prices(), most=max_steps, within=within)
        return steps(self.detailed(usage, found.occupations), found)

    def reuse(self, *, kind: Kind = "any", include: Include = "same") -> NamedAnswers[Reuse]:
        """How widely each competency is reused, by its IRI: transversal to occupation-specific."""
        from kps_graph.sharing import reuse

        return reuse(self.usage(include, kind))

    def communities(
        self, of: Side = "occupation", *, kind: Kind = "any", include: Include = "same"
    ) -> Answers[Community]:
        """Communities of occupations or of competencies, named by their most central members."""
        from kps_graph.sharing import communities

        return communities(self.usage(include, kind), of)

    def bridges(
        self, n: int = 20, *, kind: Kind = "any", include: Include = "same"
    ) -> Answers[Bridge]:
        """The competencies that tie communities of occupations together, the strongest first."""
        from kps_graph.sharing import bridges, communities

        usage = self.usage(include, kind)
        return bridges(usage, communities(usage), n)

    def neighbourhood(
        self, competency: str, n: int = 20, *, include: Include = "same"
    ) -> Neighbourhood:
        """Who uses a competency, given by text or IRI, and what is needed together with it."""
        from kps_graph.sharing import neighbourhood

        usage = self.usage(include)
        return neighbourhood(usage, self.competency(competency, usage).id, n)

    def network(
        self,
        of: Network = "uses",
        min_shared: int = 1,
        *,
        kind: Kind = "any",
        include: Include = "same",
    ) -> nx.Graph[str]:
        """A networkx graph: who uses what, or who shares at least ``min_shared`` with whom.

        In ``uses`` a competency has at least ``min_shared`` users. Nodes have ``label``, and where they are known ``code level category community status``;
        edges of ``occupations`` and ``competencies`` have ``shared`` and ``weight``.
        """
        from kps_graph.sharing import (
            communities,
            described,
            graph_of,
            projection,
            usage_network,
        )

        among("of", of, NETWORKS)
        usage = self.usage(include, kind)
        if of == "occupations":
            graph = graph_of(self.pairs(min_shared, kind=kind, include=include), self.names())
        elif of == "uses":
            graph = usage_network(usage)
            few = (c.id for c in usage.competencies if len(usage.users(c.id)) < min_shared)
            graph.remove_nodes_from(list(few))
        else:
            graph = projection(((c, o) for o, c in usage.pairs()), min_shared)
        side: Side = "competency" if of == "competencies" else "occupation"
        groups = {m: g.number for g in communities(usage, side) for m in g.members}
        latest = self._chosen.kept.standards
        status = {s.identity: "latest" if s.latest else "historic" for s in latest}
        return described(graph, usage, groups, status)

    def names(self) -> dict[str, str]:
        """The names of the occupations by id."""
        return {o[0]: o[1] for o in self._projected("same", "any").occupations}

    def categories(self, lang: Language = Language.CHINESE) -> dict[str, str]:
        """The names of the 職類別 by code; in Chinese where there is none in ``lang``."""
        from kps_graph.graph.classes import category_names

        return category_names(self.store, lang)

    def competency(self, given: str, usage: Usage | None = None) -> Competency:
        """A competency by its IRI, its name, or another form of it; ``K:…`` says of which kind.

        Raises:
            ResourceError: if there is none, or several, with what could be meant.
        """
        usage = usage or self.usage()
        kind, colon, text = given.partition(":")
        if not colon or kind not in ("K", "S", "A"):
            kind, text = "", given
        forms: dict[tuple[str, str], str] = {}
        for use in usage.uses:
            competency = usage.competency(use.competency)
            if competency.id == given:
                return competency
            for form in (competency.name, *use.forms):
                forms[form, competency.id] = competency.kind
        key = element_key(text)
        found = sorted(
            {c for (form, c), k in forms.items() if element_key(form) == key and kind in ("", k)}
        )
        if len(found) > 1:
            kinds = [usage.competency(c).kind for c in found]
            raise ResourceError(
                "{given!r} names several competencies",
                given=given,
                hint=Sentence(
                    "say which: {names}",
                    names=tuple(
                        f"{k}:{text}" if kinds.count(k) == 1 else c
                        for k, c in zip(kinds, found, strict=True)
                    ),
                ),
            )
        if found:
            return usage.competency(found[0])
        names = dict.fromkeys(form for form, _ in forms)
        raise ResourceError(
            "the store holds no competency {given!r}",
            given=given,
            hint=did_you_mean(closest(text, names))
            or Sentence("kps-graph query where --param word=… finds words in names"),
        )
