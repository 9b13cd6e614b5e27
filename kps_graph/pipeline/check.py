"""Applies the rules."""

from __future__ import annotations

from collections.abc import Collection

from kps_graph.store import EmbeddedStore, Source


def recheck(
    sources: dict[str, Source], wanted: Collection[str], store: EmbeddedStore, base: str
) -> dict[str, Source]:
    return sources
