"""Which occupation uses which competency: the one value that every question is asked of."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from kps_graph.errors import ModelError
from kps_graph.folding import fold
from kps_graph.terms import stated_code
from kps_graph.words import Few

if TYPE_CHECKING:
    from kps_graph.model import Level

__all__ = ["Competency", "Occupation", "Usage", "Use", "wording"]

#: How many other forms stand beside the name of a competency.
_FORMS = 3


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
    def code(self) -> str:
        """The code that it states; "" for a draft without one, whose identity is no code."""
        return stated_code(self.id)

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


_id = attrgetter("id")
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
    _rarity: Mapping[str, float] = field(init=False, repr=False, compare=False)
    _weight: Mapping[str, float] = field(init=False, repr=False, compare=False)

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
        most = len(occupations) + 1
        rarity = {c: math.log(most / len(u)) if u else 0.0 for c, u in reached_by.items()}
        for name, value in (
            ("_occupation", occupations),
            ("_competency", competencies),
            ("_of", of),
            ("_users", by),
            ("_reach", reach),
            ("_by", reached_by),
            ("_rarity", rarity),
            ("_weight", {o: sum(map(rarity.__getitem__, used)) for o, used in of.items()}),
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
        return self._rarity[self.competency(competency).id]

    def weight(self, occupation: str) -> float:
        """The sum of the :meth:`rarity` of all that ``occupation`` uses."""
        return self._weight[occupation]

    @property
    def rarities(self) -> Mapping[str, float]:
        """The :meth:`rarity` of every competency, by its id."""
        return self._rarity

    def only(self, *kinds: str) -> Usage:
        """The same usage with competencies of these kinds (``K``, ``S``, ``A``) alone."""
        kept = {c.id for c in self.competencies if c.kind in kinds}
        return Usage(
            self.occupations,
            tuple(c for c in self.competencies if c.id in kept),
            tuple(u for u in self.uses if u.competency in kept),
            self.related,
        )

    def joined(
        self, occupation: Occupation, competencies: Iterable[Competency], uses: Iterable[Use]
    ) -> Usage:
        """The same usage with one occupation more, all in the order of the ids.

        What is indexed already stays: to make one anew of all occupations takes forty times as long.

        Args:
            occupation: that is not in it.
            competencies: all that it uses, also those that are there already.
            uses: its own.
        """
        own = {use.competency: use for use in uses}
        known = {**self._competency, **{c.id: c for c in competencies}}
        at = bisect(self.uses, occupation.id, key=lambda use: use.occupation)
        listed = (
            tuple(sorted((*self.occupations, occupation), key=_id)),
            tuple(sorted(known.values(), key=_id)),
            (*self.uses[:at], *own.values(), *self.uses[at:]),
        )
        if self.related:  # one occupation more may reach, and be reached by, any other
            return Usage(*listed, self.related)
        of = {**self._of, occupation.id: own}
        by = dict(self._by)
        for c, use in own.items():
            by[c] = dict(sorted((*by.get(c, {}).items(), (occupation.id, use))))
        most = len(of) + 1
        rarities = [math.log(most / n) if n else 0.0 for n in range(most)]
        rarity = {c: rarities[len(users)] for c, users in by.items()}
        made = copy(self)
        for name, value in (
            *zip(("occupations", "competencies", "uses"), listed, strict=True),
            ("_occupation", dict(self._occupation) | {occupation.id: occupation}),
            ("_competency", known),
            ("_of", of),
            ("_users", by),
            ("_reach", of),
            ("_by", by),
            ("_rarity", rarity),
            ("_weight", {o: sum(map(rarity.__getitem__, used)) for o, used in of.items()}),
        ):
            object.__setattr__(made, name, value)
        return made

    def detailed(self, occupations: Iterable[Occupation], uses: Iterable[Use]) -> Usage:
        """The same usage with these occupations and uses in the place of those that it has."""
        better = {o.id: o for o in occupations}
        known: _Index = {}
        for use in uses:
            known.setdefault(use.occupation, {})[use.competency] = use
        # what is checked and indexed already stays: some occupations of 800 are replaced
        made = copy(self)
        of = _replaced(self._of, known)
        users = _turned(self._users, of, known)
        reach, by = of, users
        if self._reach is not self._of:  # what is related counts too
            reach = _replaced(self._reach, known)
            by = _turned(self._by, reach, known)
        for name, value in (
            ("occupations", tuple(better.get(o.id, o) for o in self.occupations)),
            ("_occupation", {o: better.get(o, old) for o, old in self._occupation.items()}),
            (
                "uses",
                tuple(
                    [
                        of[u.occupation][u.competency] if u.occupation in known else u
                        for u in self.uses
                    ]
                ),
            ),
            ("_of", of),
            ("_users", users),
            ("_reach", reach),
            ("_by", by),
        ):
            object.__setattr__(made, name, value)
        return made


def _replaced(
    index: Mapping[str, Mapping[str, Use]], known: _Index
) -> dict[str, Mapping[str, Use]]:
    """Uses by occupation and competency, those that are known in the place of the same ones."""
    return dict(index) | {
        o: {c: mine.get(use.competency, use) for c, use in index[o].items()}
        for o, mine in known.items()
        if o in index
    }


def _turned(
    index: Mapping[str, Mapping[str, Use]],
    of: Mapping[str, Mapping[str, Use]],
    occupations: Iterable[str],
) -> dict[str, Mapping[str, Use]]:
    """Uses by competency and occupation, those of some occupations as ``of`` has them."""
    made = dict(index)
    for o in occupations:
        for competency, use in of.get(o, {}).items():
            made[competency] = {**made[competency], o: use}
    return made


def wording(name: str, forms: Iterable[str], most: int) -> str:
    """A competency's name with its first other forms: ``顧客關係管理（客戶關係管理）``.

    ``most`` says in which language they are listed.
    """
    language, listed = Few(most).language, list(forms)
    more = ["…"] if len(listed) > _FORMS else []
    return name + language.aside(language.joined([*listed[:_FORMS], *more])) if listed else name
