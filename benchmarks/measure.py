"""Measuring alternatives side by side."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

__all__ = ["corpus", "interleaved", "process", "processor", "report"]


def processor() -> float:
    """Seconds that this process and those that it waited for have had a processor."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def interleaved(
    alternatives: Mapping[str, Callable[[], object]],
    rounds: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, list[float]]:
    """Seconds of each alternative, taken in turn, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in alternatives}
    for n in range(rounds + 1):
        for name, run in alternatives.items():
            gc.collect()
            start = clock()
            run()
            if n:
                times[name].append(clock() - start)
    return times


def process(command: Sequence[str]) -> Callable[[], object]:
    """A function that runs a whole process, its output thrown away.

    As where a package was installed, what Python compiled once is kept: by the first round, which
    is not counted, and in a folder of its own, whatever the environment says.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = _compiled().name
    return lambda: subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env
    )


@cache
def _compiled() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def report(times: Mapping[str, Sequence[float]], against: str) -> None:
    """Prints the median of each, and its ratio round by round to ``against``."""
    base = times[against]
    print(f"{'':34}{'median':>10}{'ratio':>8}   (min-max)")
    for name, seconds in times.items():
        ratios = sorted(a / b for a, b in zip(seconds, base, strict=True))
        print(
            f"{name:34}{statistics.median(seconds) * 1000:8.0f}ms"
            f"{statistics.median(ratios):8.2f}   ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        )


def corpus() -> Path:
    """The folder of third-party extractions that some benchmarks need."""
    folder = os.environ.get("KPS_CORPUS_DIR")
    if not folder or not Path(folder).is_dir():
        raise SystemExit("set KPS_CORPUS_DIR to a folder of documents; none ships with the project")
    return Path(folder)
