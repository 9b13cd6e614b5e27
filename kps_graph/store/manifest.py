"""The manifest of a store: every source with its hash, its outcome and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kps_graph.report import Finding

__all__ = ["FORMAT", "Manifest", "Source"]

#: The version of the store's layout and of the model in RDF; another one is not read.
FORMAT: Final = 1


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
        findings: of extraction and of the rules.
    """

    path: str
    sha256: str
    outcome: str
    format: str = ""
    identity: str = ""
    claim: str = ""
    code: str = ""
    name: str = ""
    message: str = ""
    read: int = 0
    placed: int = 0
    unplaced: int = 0
    size: int = 0
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    def as_data(self) -> dict[str, Any]:
        """The source as JSON data."""
        data = {k: getattr(self, k) for k in self.__slots__ if k != "findings"}
        return {**data, "findings": [f.as_data() for f in self.findings]}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Source:
        """The source that :meth:`as_data` made ``data`` of."""
        findings = tuple(Finding.of_data(f) for f in data["findings"])
        return cls(**{**data, "findings": findings})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store was built of.

    Attributes:
        sources: by path.
        base: the namespace of its data IRIs.
        version: of the kps-graph that wrote it.
        resources: a hash of the ontology and shapes that it was built with.
    """

    sources: Mapping[str, Source]
    base: str
    version: str
    resources: str = ""

    def as_data(self) -> dict[str, Any]:
        """The manifest as JSON data."""
        listed = [self.sources[p].as_data() for p in sorted(self.sources)]
        return {
            "format": FORMAT, "version": self.version, "base": self.base,
            "resources": self.resources, "sources": listed,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Manifest:
        """The manifest that :meth:`as_data` made ``data`` of."""
        sources = [Source.of_data(s) for s in data["sources"]]
        return cls({s.path: s for s in sources}, data["base"], data["version"],
                   data["resources"])
