"""What a build has to do: the files that it is given, compared with the store as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kps_graph import resources
from kps_graph.errors import BadParameter, StoreDamaged, StoreMissing, StoreVersion
from kps_graph.files import digest_of
from kps_graph.pipeline.sources import SourceFile
from kps_graph.sparql import is_iri
from kps_graph.store import Aligned, Generation, Manifest, Source, current
from kps_graph.terms import DEFAULT_BASE, graph_iri, standard_iri
from kps_graph.words import Sentence

__all__ = ["Plan", "Start", "graphs_of", "namespace"]

#: The graphs that every store has besides those of its standards.
_MADE: Final = (
    "ontology",
    "schemes",
    "queries",
    "concepts",
    "matches",
    "alignment",
    "findings",
    "provenance",
    "description",
)


@dataclass(slots=True)
class Plan:
    """What becomes of each source.

    Attributes:
        kept: by path, what stays as it is.
        read: the files that are new, changed, or failed the last time.
        replaced: what the store holds of those.
        gone: what is to be removed.
    """

    kept: dict[str, Source] = field(default_factory=dict)
    read: list[SourceFile] = field(default_factory=list)
    replaced: list[Source] = field(default_factory=list)
    gone: list[Source] = field(default_factory=list)

    @classmethod
    def of(cls, files: Iterable[SourceFile], sources: dict[str, Source], prune: bool) -> Plan:
        """The plan for ``files`` where the store holds ``sources``.

        With ``prune``, what is not among the files goes.
        """
        plan, left = cls(), dict(sources)
        for file in files:
            source = left.pop(file.name, None)
            failed = source is not None and source.outcome == "failed"
            if source is not None and not failed and source.sha256 == digest_of(file.path):
                plan.kept[file.name] = source
                continue
            plan.read.append(file)
            if source is not None:
                plan.replaced.append(source)
        if prune:
            plan.gone += left.values()
        else:
            plan.kept |= left
        return plan


@dataclass(frozen=True, slots=True)
class Start:
    """What a build begins with.

    Attributes:
        generation, manifest: of the store as it is; None if there is none, or it is built anew.
        remembered: how the store that is there was aligned, also if it is built anew.
        base: the namespace of the data IRIs.
        resources: a hash of the ontology and the shapes as they are now.
        plan: what has to be done.
    """

    generation: Generation | None
    manifest: Manifest | None
    remembered: Aligned
    base: str
    resources: str
    plan: Plan

    @classmethod
    def of(
        cls,
        files: Iterable[SourceFile],
        store: Path,
        base: str | None,
        prune: bool,
        anew: bool = False,
    ) -> Start:
        """What a build of ``files`` into ``store`` begins with.

        Args:
            files: what to read.
            store: the directory of the store.
            base: namespace of the data IRIs; by default the store's, else the usual one.
            prune: remove the sources that are not among ``files``.
            anew: whatever is there, which may be damaged, or another version's.

        Raises:
            StoreVersion: if the store is another version's, or its IRIs begin otherwise.
            StoreDamaged: if it cannot be used.
        """
        generation, manifest = _existing(store, anew)
        remembered = manifest.aligned if manifest else Aligned()
        if anew:
            generation = manifest = None
        chosen = _base(base, manifest, store)
        plan = Plan.of(files, dict(manifest.sources) if manifest else {}, prune)
        return cls(generation, manifest, remembered, chosen, _resources(), plan)

    @classmethod
    def anew(cls, manifest: Manifest) -> Start:
        """What a store begins with that is written anew from what another one holds."""
        return cls(None, None, manifest.aligned, manifest.base, _resources(), Plan())

    @property
    def fresh(self) -> bool:
        """Whether nothing is there yet."""
        return self.manifest is None

    @property
    def outdated(self) -> bool:
        """Whether the store has another ontology or other shapes than there are now, or none."""
        return self.manifest is None or self.manifest.resources != self.resources

    def is_done(self, aligned: Aligned) -> bool:
        """Whether there is nothing to do for a store that is to be aligned like this."""
        return (
            self.manifest is not None
            and not self.plan.read
            and not self.plan.gone
            and not self.outdated
            and self.manifest.aligned == aligned
        )


def graphs_of(sources: Iterable[Source], base: str) -> Iterator[str]:
    """The IRIs of the graphs that a build makes of ``sources``."""
    for name in _MADE:
        yield graph_iri(name, base)
    for source in sources:
        if source.outcome == "loaded":
            yield standard_iri(source.identity, base)
            yield graph_iri(f"inferred/{source.identity}", base)


def _base(wanted: str | None, known: Manifest | None, store: Path) -> str:
    if known and wanted and known.base != wanted:
        raise StoreVersion(
            "the store's IRIs begin with {base}, not with {wanted}",
            base=known.base,
            wanted=wanted,
            source=str(store),
            hint=Sentence("add --rebuild to change them"),
        )
    return namespace(wanted) if wanted else known.base if known else DEFAULT_BASE


def _resources() -> str:
    """A hash of the ontology and the shapes: what a store depends on besides its sources."""
    total = hashlib.sha256()
    for name in ("ontology", "shapes"):
        for path in resources.files(name, "*.ttl"):
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _existing(store: Path, anew: bool = False) -> tuple[Generation | None, Manifest | None]:
    """The store as it is; what is to be built anew may be damaged, or another version's."""
    try:
        found = current(store)
        with found.opened() as graph:
            return found, graph.manifest
    except StoreMissing:
        return None, None
    except (StoreDamaged, StoreVersion):
        if anew:
            return None, None
        raise


def namespace(base: str) -> str:
    """``base``, if the IRIs of data can be made by writing a code behind it.

    Raises:
        BadParameter: if it is no absolute IRI, or does not end where a name can begin.
    """
    if not is_iri(base) or not base.endswith(("/", "#", ":", "=")) or base.endswith("://"):
        raise BadParameter(
            "the base {value!r} is not an absolute IRI that ends with / or #",
            value=base,
            hint=Sentence("write it as {form}", form="https://example.org/id/"),
        )
    return base
