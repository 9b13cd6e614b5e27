"""What is said of a store whose files are not what was written."""

from __future__ import annotations

from kps_graph.errors import StoreDamaged

__all__ = ["damaged"]


def damaged(place: str, reason: str) -> StoreDamaged:
    """The error that says that the database at ``place`` is not what was written."""
    return StoreDamaged(
        f"the data of the store are damaged: {reason}",
        source=place,
        hint="bring back a copy of the store's directory, or build it again with "
        "kps-graph build --rebuild",
    )
