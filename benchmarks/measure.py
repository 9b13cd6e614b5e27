"""Measuring alternatives side by side."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Used", "corpus", "environment", "interleaved", "process", "processor", "report", "used"]


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
    """A function that runs a whole process, its output thrown away."""
    return lambda: subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


def environment() -> dict[str, str]:
    """The environment of a process that is measured.

    As where a package was installed, what Python compiled once is kept: by the first round, which
    is not counted, and in a folder of its own, whatever the environment says.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {"PYTHONPYCACHEPREFIX": _compiled().name}


@dataclass(frozen=True, slots=True)
class Used:
    """What a process and all that it started took.

    Attributes:
        seconds: processor time, user and system.
        elapsed: seconds on the clock.
        peak: the most memory in bytes that all of them had together, as seen now and then.
        whole: whether it came to its end; if not, each figure is a lower bound.
        code: how it ended.
        said: what it said on standard error.
    """

    seconds: float
    elapsed: float
    peak: int
    whole: bool = True
    code: int = 0
    said: str = ""


def used(
    command: Sequence[str],
    every: float = 0.2,
    limit: int | None = None,
    accepted: Collection[int] = (0, 1),
) -> Used:
    """Runs a whole process, its output thrown away, and says what it used.

    It is ended once it has used ``limit`` seconds of a processor.

    Raises:
        SystemExit: if it ends with none of the ``accepted`` codes, with what it said.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment(),
        )
        if limit is not None:
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit))
        peak, ended = [0], threading.Event()

        def watch() -> None:
            while not ended.wait(every):
                peak.append(_resident(process.pid))

        watching = threading.Thread(target=watch)
        watching.start()
        _, status, taken = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        ended.set()
        watching.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        late = process.returncode in (-signal.SIGXCPU, -signal.SIGKILL) and limit is not None
        said.seek(0)
        told = said.read().decode("utf-8", "replace")
        if process.returncode not in accepted and not late:
            raise SystemExit(f"{' '.join(command)}: {told}")
    seconds = taken.ru_utime + taken.ru_stime
    return Used(
        seconds, elapsed, max(*peak, taken.ru_maxrss * 1024), not late, process.returncode, told
    )


def _resident(pid: int) -> int:
    """Bytes of memory that a process and its descendants have; 0 once they are gone."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it may end at any time
            fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            parents[int(folder.name)], pages[int(folder.name)] = int(fields[1]), int(fields[21])
    family = {pid}
    for child in sorted(parents):  # a child's number is above its parent's, but where they wrap
        if parents[child] in family:
            family.add(child)
    return sum(pages.get(member, 0) for member in family) * os.sysconf("SC_PAGESIZE")


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
