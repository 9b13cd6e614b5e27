"""How much there is of each class, of each property, and of each property of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from kps_graph.terms import rdf

__all__ = ["Counts", "Said", "Tally"]

Name = TypeVar("Name", bound=Hashable)
_TYPE: Final = rdf.type

#: What is said of one subject: each property with its value, which counts if it is a class.
Said: TypeAlias = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is said of one subject, as far as it is counted.

    Attributes:
        properties: statements with each property.
        classes: how often it is said to be of each class.
    """

    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, said: Said) -> Tally:
        """The tally of all that is said."""
        return cls(Counter(p for p, _ in said), Counter(o for p, o in said if p == _TYPE))

    def __add__(self, other: Tally) -> Tally:
        """With what is said of it elsewhere."""
        return Tally(self.properties + other.properties, self.classes + other.classes)

    def __sub__(self, other: Tally) -> Tally:
        """Without what is said of it elsewhere, which is part of it."""
        return Tally(self.properties - other.properties, self.classes - other.classes)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers as ``COUNT`` gives them over the union of all graphs.

    There a statement that stands in two graphs counts twice.

    Attributes:
        classes: of ``?s a ?c``, by class.
        properties: of ``?s ?p ?o``, by property.
        parts: of ``?s a ?c ; ?p ?o``, by class and property.
    """

    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    parts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, said: Said | Tally, times: int = 1) -> None:
        """Counts all that is said of one subject, so many times."""
        tally = said if isinstance(said, Tally) else Tally.of(said)
        for p, n in tally.properties.items():
            self.properties[p] += n * times
        for c, m in tally.classes.items():
            self.classes[c] += m * times
            for p, n in tally.properties.items():
                self.parts[c, p] += m * n * times

    def __add__(self, other: Counts) -> Counts:
        """Both together; what there is none of is not named."""
        return Counts(
            _sum(self.classes, other.classes),
            _sum(self.properties, other.properties),
            _sum(self.parts, other.parts),
        )


def _sum(one: Counter[Name], other: Counter[Name]) -> Counter[Name]:
    return Counter({name: n for name in {**one, **other} if (n := one[name] + other[name])})
