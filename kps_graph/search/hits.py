"""What a search answers: hits in their order, as values, as a table, and as VALUES for SPARQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kps_graph import sparql
from kps_graph.search.words import marks
from kps_graph.store.rows import Rows, Tabular, Value
from kps_graph.terms import stated_code
from kps_graph.words import Few

__all__ = ["Hit", "Hits", "Place"]


class Place(NamedTuple):
    """Where a text stands; a tuple, since a search makes thousands.

    Attributes:
        node: IRI of the node.
        code: its code in the standard.
        units: codes of the units that it stands in, or that need it, in their order.
        level: its level; of a K or S the highest at which it is needed.
        standard: identity of the standard.
        occupation: name of the standard.
    """

    node: str
    code: str
    units: tuple[str, ...]
    level: int | None
    standard: str
    occupation: str

    @property
    def task(self) -> str:
        """The codes of the units in one text."""
        return "、".join(self.units)


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found.

    Attributes:
        kind: ``standard task activity output indicator K S A`` or ``note``.
        text: as it stands.
        forms: the folded words, or parts of words, that it was found by.
        score: higher is better.
        places: where it stands, each place once.
    """

    kind: str
    text: str
    forms: tuple[str, ...]
    score: float
    places: tuple[Place, ...]

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand in the text: begin and end of each; looked for when it is shown."""
        return marks(self.text, self.forms)

    def as_data(self) -> dict[str, Any]:
        """The hit as ``ontology/answers.schema.json`` has it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "marks": [list(mark) for mark in self.marks],
            "score": self.score,
            "places": [
                {
                    "iri": place.node,
                    "code": place.code or None,
                    "units": list(place.units),
                    "level": place.level,
                    "standard": place.standard,
                    "occupation": place.occupation,
                }
                for place in self.places
            ],
        }

    @property
    def marked(self) -> str:
        """The text with the words between « and »."""
        parts, last = [], 0
        for begin, end in self.marks:
            parts += [self.text[last:begin], "«", self.text[begin:end], "»"]
            last = end
        return "".join([*parts, self.text[last:]])


_COLUMNS = ("kind", "text", "code", "task", "standard", "occupation", "level", "places", "iri")


class Hits(Sequence[Hit], Tabular):
    """The hits of a search, the best first.

    Attributes:
        words: what was searched for, as it was given and in the other ways that were tried.
        near: whether nothing has all words, and these are texts that come near to them.
        standards: on how many standards the answer stands.
    """

    __slots__ = ("_hits", "near", "standards", "words")

    def __init__(
        self, hits: Iterable[Hit], words: Sequence[str], near: bool, standards: int
    ) -> None:
        self._hits = tuple(hits)
        self.words = tuple(words)
        self.near = near
        self.standards = standards

    def __len__(self) -> int:
        return len(self._hits)

    def __getitem__(self, index):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN204
        """One hit, or some."""
        if isinstance(index, slice):
            return Hits(self._hits[index], self.words, self.near, self.standards)
        return self._hits[index]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self._hits)

    def __repr__(self) -> str:
        return f"<{len(self)} hits for {' '.join(self.words)}>"

    def rows(self, most: int | None = None) -> Rows:
        """A row for each text, with the first place that it stands in and how many there are.

        For people, who say how many entries one cell has at ``most``, the words are marked.
        """
        return self._rows(((hit, hit.places[0]) for hit in self), most)

    def each(self, most: int | None = None) -> Rows:
        """A row for each place of each text."""
        return self._rows(((hit, place) for hit in self for place in hit.places), most)

    def _rows(self, found: Iterable[tuple[Hit, Place]], most: int | None) -> Rows:
        def row(pair: tuple[Hit, Place]) -> tuple[Value, ...]:
            hit, place = pair
            return (
                hit.kind,
                hit.text if most is None else hit.marked,
                place.code,
                "|".join(place.units) if most is None else Few(most).language.joined(place.units),
                stated_code(place.standard),
                place.occupation,
                place.level,
                len(hit.places),
                place.node,
            )

        return Rows.of(_COLUMNS, found, row)

    def nodes(self) -> list[str]:
        """The IRIs of all places, each once, in the order of the hits."""
        return list(dict.fromkeys(place.node for hit in self for place in hit.places))

    def values(self, variable: str = "node") -> str:
        """All places as a VALUES block, to be put into the WHERE of a SPARQL query."""
        listed = " ".join(sparql.iri(node) for node in self.nodes())
        return f"VALUES ?{variable} {{ {listed} }}"
