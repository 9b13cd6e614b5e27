"""What one job may use, and how that is enforced where the platform can."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from kps_graph.words import Sentence

__all__ = ["HUNGRY", "Died", "Limits", "bound", "bounds_itself", "resident"]

#: Why a job that wanted too much memory has no result.
HUNGRY: Final = Sentence(
    "it needs more memory than one file may use; allow more with --memory, or split the file"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use: seconds of wall time, and bytes of memory (0: unlimited).

    The largest standards need a second and 200 MiB.
    """

    seconds: float = 120.0
    memory: int = 2**30


@dataclass(frozen=True, slots=True)
class Died:
    """What became of a job whose worker was lost."""

    reason: Sentence


def bounds_itself() -> bool:
    """Whether a process can bound its own memory here; elsewhere it has to be watched."""
    if not sys.platform.startswith("linux"):
        return False  # macOS has the call and does not honour it
    try:
        import resource  # noqa: F401
    except ImportError:
        return False
    return True


def bound(memory: int) -> None:
    """Bounds the address space of this process to ``memory`` bytes, where the platform can."""
    if memory and bounds_itself():
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def resident(pid: int) -> int:
    """The bytes of memory that a process holds; 0 if it is gone."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
