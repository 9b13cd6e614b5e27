"""What the hostile queries come to at their limits: seconds, and the most memory of their worker.

``python -m benchmarks.hostile STORE [--timeout S] [--memory MIB]`` prints the table of
``docs/queries-limits.md``.
"""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path

import psutil

from kps_graph.errors import KpsError
from kps_graph.store import Bounds, opened
from tests.support.hostile import HOSTILE


def main() -> None:
    """Prints a row for each query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--timeout", type=float, default=5.0)
    parser.add_argument("--memory", type=int, default=512)
    given = parser.parse_args()
    bounds = Bounds(given.timeout, given.memory * 2**20)
    print("| query | ended after (s) | by | worker had at most (MiB) |\n|---|---:|---|---:|")
    for name, text in HOSTILE.items():
        with opened(given.store) as graph:
            graph.store.stream("ASK {}")
            (worker,) = psutil.Process().children()
            start, most, by = time.monotonic(), [0.0], "its end"
            watching = _watch(worker, most)
            try:
                answer = graph.store.stream(text, bounds)
                for _ in () if isinstance(answer, bool) else answer.parts:
                    pass
            except KpsError as error:
                by = type(error).__name__
            took = time.monotonic() - start
            watching.join()
        print(f"| {name} | {took:.1f} | {by} | {most[0]:.0f} |", flush=True)


def _watch(worker: psutil.Process, most: list[float]) -> threading.Thread:
    """A thread that keeps the most memory that a process had."""

    def watch() -> None:
        while True:
            try:
                most[0] = max(most[0], worker.memory_info().rss / 2**20)
            except psutil.Error:
                return
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


if __name__ == "__main__":
    main()
