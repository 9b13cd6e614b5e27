"""Which occupation uses which competency: the one value that every question is asked of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from kps_graph.errors import ModelError
from kps_graph.folding import element_key, fold
from kps_graph.model import Indicator, Level, Standard, Unit, references
from kps_graph.terms import concept_iri

__all__ = ["Competency", "Occupation", "Usage", "Use", "usage_of", "wording"]

#: Names the competency that a K, S or A of a standard expresses: (kind, name, items) -> id.
Naming = Callable[[str, str, tuple[str, ...]], str]


@dataclass(frozen=True, slots=True)
class Occupation:
    """A standard as one end of a use.

    Attributes:
        id: its identity, ``KPS1420-001v2``.
        name: its name.
        level: its base level.
        categories: its 職類別 codes, ``KPS``.
        units: how many units of work (leaves of the unit tree) it has; None if not looked at.
        tasks: how many tasks it has; None if not looked at.
    """

    id: str
    name: str
    level: Level = None
    categories: tuple[str, ...] = ()
    units: int | None = None
    tasks: int | None = None

    @property
    def sectors(self) -> frozenset[str]:
        """The clusters of its categories: their first letters."""
        return frozenset(code[0] for code in self.categories if code)


@dataclass(frozen=True, slots=True)
class Competency:
    """What several standards can share: a concept of kind ``K``, ``S`` or ``A``."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Use:
    """That an occupation uses a competency.

    Attributes:
        occupation: its id.
        competency: its id.
        level: the highest level at which a unit needs it; None if unknown.
        units: codes of the units of work that need it, themselves or by inheritance.
        tasks: codes of the tasks that those belong to.
        forms: how the occupation words it; empty if as the competency is named.
        codes: under which the occupation lists it; ``K3•2`` is the second item of K3.
    """

    occupation: str
    competency: str
    level: int | None = None
    units: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


_Index: TypeAlias = dict[str, dict[str, Use]]


def _nothing() -> Mapping[str, Mapping[str, Use]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, repr=False)
class Usage:
    """Occupations, competencies, and which uses which; checked, indexed, in a stable order.

    Attributes:
        occupations, competencies, uses: as stated.
        related: competencies that count for a competency, beside itself. Who uses one of them
            reaches that competency, by a use whose ``competency`` is the related one.

    Raises:
        ModelError: for an id that stands twice, or a use of something that is not listed.
    """

    occupations: tuple[Occupation, ...]
    competencies: tuple[Competency, ...]
    uses: tuple[Use, ...]
    related: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    _occupation: Mapping[str, Occupation] = field(init=False, repr=False, compare=False)
    _competency: Mapping[str, Competency] = field(init=False, repr=False, compare=False)
    _of: Mapping[str, Mapping[str, Use]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )
    _users: Mapping[str, Mapping[str, Use]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )
    _reach: Mapping[str, Mapping[str, Use]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )
    _by: Mapping[str, Mapping[str, Use]] = field(
        init=False, repr=False, compare=False, default_factory=_nothing
    )

    def __post_init__(self) -> None:
        occupations = {o.id: o for o in self.occupations}
        competencies = {c.id: c for c in self.competencies}
        if len(occupations) < len(self.occupations) or len(competencies) < len(self.competencies):
            raise ModelError("an occupation or competency is listed twice")
        of: dict[str, dict[str, Use]] = {o: {} for o in occupations}
        by: dict[str, dict[str, Use]] = {c: {} for c in competencies}
        for use in self.uses:
            if use.occupation not in of or use.competency not in by:
                raise ModelError(
                    "{occupation} uses {competency}: one is not listed",
                    occupation=use.occupation,
                    competency=use.competency,
                )
            if use.competency in of[use.occupation]:
                raise ModelError(
                    "{occupation} uses {competency}: stated twice",
                    occupation=use.occupation,
                    competency=use.competency,
                )
            of[use.occupation][use.competency] = use
            by[use.competency][use.occupation] = use
        reach, reached_by = self._widened(of, by) if self.related else (of, by)
        for name, value in (
            ("_occupation", occupations),
            ("_competency", competencies),
            ("_of", of),
            ("_users", by),
            ("_reach", reach),
            ("_by", reached_by),
        ):
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return (
            f"<Usage of {len(self.competencies)} competencies by {len(self.occupations)} "
            f"occupations, {len(self.uses)} uses>"
        )

    def _widened(self, of: _Index, by: _Index) -> tuple[_Index, _Index]:
        """What occupations reach, and who reaches competencies, with what is related."""
        reach = {o: dict(uses) for o, uses in of.items()}
        users = {c: dict(uses) for c, uses in by.items()}
        for competency, others in self.related.items():
            mine = users.get(competency)
            if mine is None:
                continue
            for other in others:
                for occupation, use in by.get(other, {}).items():
                    if occupation not in mine:
                        mine[occupation] = reach[occupation][competency] = use
        return reach, users

    def occupation(self, identity: str) -> Occupation:
        """The occupation with this id.

        Raises:
            ModelError: if there is none.
        """
        if identity not in self._occupation:
            raise ModelError("no standard {identity!r} here", identity=identity)
        return self._occupation[identity]

    def competency(self, identity: str) -> Competency:
        """The competency with this id.

        Raises:
            ModelError: if there is none.
        """
        if identity not in self._competency:
            raise ModelError("no competency {identity!r} here", identity=identity)
        return self._competency[identity]

    def of(self, occupation: str) -> Mapping[str, Use]:
        """What ``occupation`` uses, by competency."""
        return self._of[self.occupation(occupation).id]

    def reach(self, occupation: str) -> Mapping[str, Use]:
        """What ``occupation`` uses, and what is related to that where it counts, by competency."""
        return self._reach[self.occupation(occupation).id]

    def users(self, competency: str) -> Mapping[str, Use]:
        """Who uses ``competency`` itself, by occupation."""
        return self._users[self.competency(competency).id]

    def by(self, competency: str) -> Mapping[str, Use]:
        """Who uses ``competency`` (or, where that counts, something related), by occupation."""
        return self._by[self.competency(competency).id]

    def shared(self, one: str, other: str) -> list[str]:
        """The competencies that one of two uses and the other too, those that fewest use first."""
        here, there = self.of(one), self.of(other)
        found = [c for c in here if c in self._reach[other]]
        found += (c for c in there if c not in here and c in self._reach[one])
        return sorted(found, key=lambda c: (len(self._by[c]), c))

    def forms(self, competency: str, occupations: Iterable[str]) -> tuple[str, ...]:
        """How ``occupations`` word ``competency`` where that is not its name; each once.

        Words that differ in width, case or punctuation only are one form. What is only related
        to it is marked by ``≈``.
        """
        name, users = self.competency(competency).name, self._by[competency]
        found = dict.fromkeys(
            form if users[o].competency == competency else f"≈ {form}"
            for o in occupations
            if o in users
            for form in self._worded(users[o])
        )
        if not found.keys() - {name}:
            return ()
        known = {fold(form): form for form in reversed((name, *found))}
        return tuple(form for form in found if form != name and known[fold(form)] == form)

    def _worded(self, use: Use) -> tuple[str, ...]:
        return use.forms or (self.competency(use.competency).name,)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(occupation, competency) of every use, what is reached by a related one included."""
        return ((o, c) for o, uses in self._reach.items() for c in uses)

    def rarity(self, competency: str) -> float:
        """How much it says that two occupations share this: ``ln((N + 1) / n)``.

        N is the number of occupations, n of those that use it: what one of 800 uses weighs 6.7,
        what half of them use 0.7.
        """
        users = len(self.by(competency))
        return math.log((len(self.occupations) + 1) / users) if users else 0.0

    def only(self, *kinds: str) -> Usage:
        """The same usage with competencies of these kinds (``K``, ``S``, ``A``) alone."""
        kept = {c.id for c in self.competencies if c.kind in kinds}
        return Usage(
            self.occupations,
            tuple(c for c in self.competencies if c.id in kept),
            tuple(u for u in self.uses if u.competency in kept),
            self.related,
        )

    def detailed(self, occupations: Iterable[Occupation], uses: Iterable[Use]) -> Usage:
        """The same usage with these occupations and uses in the place of those that it has."""
        better = {o.id: o for o in occupations}
        known = {(u.occupation, u.competency): u for u in uses}
        return Usage(
            tuple(better.get(o.id, o) for o in self.occupations),
            self.competencies,
            tuple(known.get((u.occupation, u.competency), u) for u in self.uses),
            self.related,
        )


def wording(name: str, forms: Iterable[str], most: int = 3) -> str:
    """A competency's name with its other forms: ``顧客關係管理（客戶關係管理）``."""
    listed = list(forms)
    more = "、…" if len(listed) > most else ""
    return f"{name}（{'、'.join(listed[:most])}{more}）" if listed else name


def _exact(kind: str, name: str, items: tuple[str, ...]) -> str:
    return concept_iri(kind, element_key(name, items))


class _Needs:
    """Collects, for one standard, the level and units of each reference to its K (or S)."""

    def __init__(self, knowledge: bool) -> None:
        self._knowledge = knowledge
        self.levels: dict[str, int | None] = {}
        self.units: dict[str, dict[str, None]] = {}
        self.tasks: dict[str, dict[str, None]] = {}
        self._task = ""
        self.leaves = 0

    def task(self, unit: Unit, place: str) -> None:
        """A task and all below it."""
        self._task = unit.code or place
        self._walk(unit, place, None, ())

    def _walk(self, unit: Unit, place: str, level: Level, codes: tuple[str, ...]) -> None:
        level = unit.level if unit.level is not None else level
        codes += unit.knowledge if self._knowledge else unit.skills
        name = unit.code or place
        if not unit.units:
            self.leaves += 1
            self._note(codes, level, name)
        for indicator in unit.indicators:
            self._indicator(indicator, level, name)
        for number, below in enumerate(unit.units, 1):
            self._walk(below, f"{place}.{number}", level, codes)

    def _indicator(self, indicator: Indicator, level: Level, unit: str) -> None:
        own = indicator.level if indicator.level is not None else level
        self._note(indicator.knowledge if self._knowledge else indicator.skills, own, unit)

    def _note(self, codes: tuple[str, ...], level: Level, unit: str) -> None:
        for code in codes:
            known = self.levels.get(code)
            self.levels[code] = max((v for v in (known, level) if isinstance(v, int)), default=None)
            self.units.setdefault(code, {})[unit] = None
            self.tasks.setdefault(code, {})[self._task] = None


def usage_of(standards: Mapping[str, Standard], naming: Naming = _exact) -> Usage:
    """Who uses what, for ``standards`` by identity.

    Args:
        standards: the standards by the identity they are kept under.
        naming: names the competency that an element expresses; the default lets equal texts
            meet (normalised, items included), as the graph does before any matching.
    """
    competencies: dict[str, Competency] = {}
    occupations: list[Occupation] = []
    uses: dict[tuple[str, str], Use] = {}
    for identity, standard in standards.items():
        needs = {"K": _Needs(True), "S": _Needs(False), "A": _Needs(False)}
        for number, task in enumerate(standard.tasks, 1):
            needs["K"].task(task, str(number))
            needs["S"].task(task, str(number))
        occupations.append(
            Occupation(
                identity,
                standard.name,
                standard.level,
                tuple(c.code for c in standard.classification.job_category),
                needs["K"].leaves,
                len(standard.tasks),
            )
        )
        for kind, name, items, code in _elements(standard):
            concept = naming(kind, name, items)
            competencies.setdefault(concept, Competency(concept, name, kind))
            use = Use(
                identity,
                concept,
                needs[kind].levels.get(code),
                tuple(needs[kind].units.get(code, ())),
                tuple(needs[kind].tasks.get(code, ())),
                (name,),
            )
            known = uses.get((identity, concept))
            uses[identity, concept] = _merged(known, use) if known else use
    return Usage(tuple(occupations), tuple(competencies.values()), tuple(uses.values()))


def _elements(standard: Standard) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """(kind, name, items, reference) of every K, S and A; nothing refers to an A."""
    for kind, elements in (("K", standard.knowledge), ("S", standard.skills)):
        for element, reference in zip(elements, references(elements), strict=True):
            yield kind, element.name, tuple(i.text for i in element.items), reference
    for attitude in standard.attitudes:
        yield "A", attitude.name, (), ""


def _merged(one: Use, other: Use) -> Use:
    levels = [u.level for u in (one, other) if u.level is not None]

    def both(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(a + b))

    return Use(
        one.occupation,
        one.competency,
        max(levels, default=None),
        both(one.units, other.units),
        both(one.tasks, other.tasks),
        both(one.forms, other.forms),
    )
