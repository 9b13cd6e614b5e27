"""What one job may use, and how that is enforced where the platform can.

Its values, as all that a worker needs, are named tuples: a dataclass takes long to import.
"""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from kps_graph.words import Sentence

__all__ = [
    "HUNGRY",
    "Cause",
    "Died",
    "Limits",
    "allow",
    "bound",
    "bounds_itself",
    "in_use",
    "resident",
]

#: Why a job that wanted too much memory has no result.
HUNGRY: Final = Sentence(
    "it needs more memory than one file may use; allow more with --memory, or split the file"
)


class Limits(NamedTuple):
    """What one job may use: seconds of wall time, and bytes of memory (0: unlimited).

    The largest standards need a second and 200 MiB.
    """

    seconds: float = 120.0
    memory: int = 2**30


class Cause(Enum):
    """Why a worker was lost."""

    TIME = "time"
    MEMORY = "memory"
    FAULT = "fault"


class Died(NamedTuple):
    """What became of a job whose worker was lost."""

    reason: Sentence
    cause: Cause = Cause.FAULT


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


def in_use() -> int:
    """The bytes of address space that this process has; 0 where it cannot bound them."""
    if not bounds_itself():
        return 0
    pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def allow(idle: int, memory: int) -> None:
    """Lets this process use ``memory`` bytes (0: any number) more than ``idle``, until told again.

    Args:
        idle: as :func:`in_use` said when there was nothing to do.
        memory: bytes.
    """
    if idle:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (idle + memory if memory else most, most))


def resident(pid: int) -> int:
    """The bytes of memory that a process holds; 0 if it is gone."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
