"""The neighbourhood of one competency: who uses it, and what is needed together with it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from kps_graph.sharing.tabular import Tabular
from kps_graph.sharing.usage import Competency, Occupation, Usage, Use
from kps_graph.store.rows import Rows

__all__ = ["Companion", "Neighbourhood", "User", "neighbourhood"]


@dataclass(frozen=True, slots=True)
class User:
    """An occupation that uses the competency, and how."""

    occupation: Occupation
    use: Use


@dataclass(frozen=True, slots=True)
class Companion:
    """A competency that occupations need together with another.

    Attributes:
        competency: which.
        together: how many occupations use both.
        lift: how many times more often than if the two had nothing to do with each other.
    """

    competency: Competency
    together: int
    lift: float


@dataclass(frozen=True, slots=True, repr=False)
class Neighbourhood(Tabular):
    """A competency with its users, in the order of their ids, and its companions, best first."""

    competency: Competency
    users: tuple[User, ...]
    companions: tuple[Companion, ...]

    def rows(self, most: int | None = None) -> Rows:
        """A row for each companion, the best first."""
        del most
        return Rows.of(
            ("type", "competency", "together", "lift", "iri"),
            self.companions,
            lambda c: (c.competency.kind, c.competency.name, c.together, c.lift, c.competency.id),
        )

    def __repr__(self) -> str:
        return (
            f"<Neighbourhood of {self.competency.name}: {len(self.users)} users, "
            f"{len(self.companions)} companions>"
        )


def neighbourhood(usage: Usage, competency: str, n: int = 20) -> Neighbourhood:
    """Who uses ``competency``, and the ``n`` competencies that most belong to it.

    Companions are shared by two occupations at least, and ordered by the part of the users that
    they have in common times the logarithm of their lift.
    """
    users = usage.by(competency)
    counts = Counter(c for occupation in users for c in usage.of(occupation) if c != competency)
    everyone = len(usage.occupations)
    scored = []
    for other, together in counts.items():
        if together < 2:  # most are: nothing else is asked about them
            continue
        lift = together * everyone / (len(users) * len(usage.by(other)))
        if lift > 1:
            scored.append((-together / len(users) * math.log(lift), other, together, lift))
    companions = tuple(
        Companion(usage.competency(other), together, lift)
        for _, other, together, lift in sorted(scored)[:n]
    )
    return Neighbourhood(
        usage.competency(competency),
        tuple(User(usage.occupation(o), users[o]) for o in sorted(users)),
        companions,
    )
