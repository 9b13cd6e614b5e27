"""The only composition of the stages: files to a store, files to findings."""

from __future__ import annotations

from kps_graph.pipeline.build import Built, build
from kps_graph.pipeline.sources import SourceFile, find

__all__ = ["Built", "SourceFile", "build", "find"]
