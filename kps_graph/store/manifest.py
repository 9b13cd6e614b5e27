"""What a store was built of: every source with its hash, its outcome and its findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kps_graph.words import Sentence

if TYPE_CHECKING:
    from kps_graph.report import Finding

__all__ = ["FORMAT", "OLDER", "Aligned", "Manifest", "Source", "note"]

#: The version of the store's layout and of the model in RDF; another one is not asked.
FORMAT: Final = 5
#: The versions whose standards can be read, so that a store can be written anew from what it holds.
OLDER: Final = frozenset((4,))


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was given to a build.

    Attributes:
        path: as it was named.
        sha256: of its content; "" if it could not be read.
        outcome: ``loaded``; ``duplicate`` of another source; ``failed``.
        format: the format it was read as.
        identity: the local name of its standard in the store; "" if none.
        claim: the identity that its code gives; several sources may claim one.
        code, name: of its standard.
        message: why it failed, or what it is a duplicate of.
        read, placed, unplaced: characters other than white space.
        size: triples written, the derived ones included.
        noted: the findings of extraction and of the rules, as JSON text: most sources of a
            build are taken over unread.
    """

    path: str
    sha256: str
    outcome: str
    format: str = ""
    identity: str = ""
    claim: str = ""
    code: str = ""
    name: str = ""
    message: Sentence | None = None
    read: int = 0
    placed: int = 0
    unplaced: int = 0
    size: int = 0
    noted: str = field(default="[]", repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of extraction and of the rules."""
        from kps_graph.report import Finding  # most who ask a store do not look at them

        return tuple(Finding.of_data(f) for f in json.loads(self.noted))

    @property
    def severities(self) -> Counter[str]:
        """How many findings there are of each severity, by its name."""
        return Counter(f["severity"] for f in json.loads(self.noted))

    def as_data(self) -> dict[str, Any]:
        """The source as JSON data for people and programs, its findings included."""
        data = {k: getattr(self, k) for k in self.__slots__ if k != "noted"}
        message = "" if self.message is None else str(self.message)
        return {**data, "message": message, "findings": json.loads(self.noted)}


def note(findings: Iterable[Finding]) -> str:
    """``findings`` as :attr:`Source.noted` keeps them."""
    return json.dumps([f.as_data() for f in findings], ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Aligned:
    """How the competencies of a store were aligned.

    Attributes:
        matched: whether they were compared at all; if not, each is its own representative.
        path: of the file of decisions; "" if there never was one.
        decisions: its content when it was last read, so that a rebuild keeps what people decided
            even where the file is gone.
        pending: how many standards have changed since; what they word newly is not compared yet.
    """

    matched: bool = False
    path: str = ""
    decisions: str = field(default="", repr=False)
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store was built of.

    Attributes:
        sources: by path.
        base: the namespace of its data IRIs.
        version: of the kps-graph that wrote it.
        resources: a hash of the ontology and shapes that it was built with.
        aligned: how its competencies were aligned.
    """

    sources: Mapping[str, Source]
    base: str
    version: str
    resources: str = ""
    aligned: Aligned = field(default_factory=Aligned)
