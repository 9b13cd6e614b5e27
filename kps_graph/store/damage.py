"""What is said of a store that is damaged, or another version's."""

from __future__ import annotations

from kps_graph.errors import StoreDamaged, StoreVersion
from kps_graph.store.manifest import FORMAT, OLDER
from kps_graph.words import Bilingual, Sentence

__all__ = ["damaged", "other_version"]


def damaged(place: str, reason: str | Sentence | Bilingual) -> StoreDamaged:
    """The error that says that the database at ``place`` is not what was written."""
    return StoreDamaged(
        "the data of the store are damaged: {reason}",
        reason=reason,
        source=place,
        hint=Sentence(
            "bring back a copy of the store's directory, or build it again with kps-graph build "
            "--rebuild"
        ),
    )


def other_version(place: str, version: str) -> StoreVersion:
    """The error that says that the store at ``place`` is of another format."""
    return StoreVersion(
        "the store has format {version}, this version of kps-graph reads format {format}",
        version=version,
        format=FORMAT,
        source=place,
        hint=Sentence(
            "write it anew from what it holds with kps-graph store migrate, or from the documents "
            "with kps-graph build --rebuild"
        )
        if version in map(str, OLDER)
        else Sentence(
            "build it again with kps-graph build --rebuild, or use the version of kps-graph that "
            "wrote it"
        ),
    )
