"""What hostile files come to: processor seconds and the most memory of a whole command over each.

    uv run python -m benchmarks.hostile_files [--only pdf] [--seconds 20] [--memory 1024]

Prints the table of ``docs/robustness.md``. Memory is that of all processes of the command together, as seen
twenty times a second. Exits with 1 if one used more than it may, or was called our fault.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hostile_inputs import BASELINES, COURSES, DOCUMENTS, MIB, PROFILES, STANDARD
from benchmarks.measure import used

_CHECK = ("validate",)
_COURSES = ("courses", "--standard", STANDARD)
_PROFILE = ("validate", STANDARD, "--profile")
_BASELINE = ("validate", STANDARD, "--baseline")


def attempts(folder: Path, only: str) -> Iterator[tuple[str, list[str]]]:
    """Kind and command of each whose name holds ``only``; its file is there until the next."""
    every = (
        (DOCUMENTS, _CHECK),
        (COURSES, _COURSES),
        (PROFILES, _PROFILE),
        (BASELINES, _BASELINE),
    )
    for kinds, command in every:
        for kind, (name, made) in kinds.items():
            if only in kind:
                file = folder / name
                _apart(lambda file=file, made=made: file.write_bytes(made()))
                yield kind, [*command, str(file)]
                file.unlink()
    if hasattr(os, "mkfifo") and only in (kind := "a named pipe"):
        os.mkfifo(folder / "pipe.md")
        yield kind, [*_CHECK, str(folder / "pipe.md")]
    if Path("/dev/zero").exists() and only in (kind := "a device without end"):
        yield kind, [*_CHECK, "/dev/zero"]


def _apart(work: Callable[[], object]) -> None:
    """Does ``work`` in a process of its own: a child counts the memory that its parent had."""
    done = multiprocessing.get_context("fork").Process(target=work)
    done.start()
    done.join()


def main() -> int:
    """Prints a row for each kind."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--only", default="", help="kinds whose name holds this")
    given.add_argument("--seconds", type=int, default=20)
    given.add_argument("--memory", type=int, default=1024)
    asked = given.parse_args()
    print("| what | CPU s | MiB | exit | said |\n|---|---:|---:|---:|---|")
    over = 0
    with tempfile.TemporaryDirectory(prefix="kps-hostile-") as folder:
        for kind, command in attempts(Path(folder), asked.only):
            line = [sys.executable, "-m", "kps_graph", *command, "--lang", "en"]
            taken = used(line, 0.05, 3 * asked.seconds, (0, 1, 2))
            peak = taken.peak / MIB
            print(
                f"| {kind} | {taken.seconds:.1f} | {peak:.0f} | {taken.code} | {_first(taken.said)} |",
                flush=True,
            )
            over += not taken.whole or taken.seconds > asked.seconds or peak > asked.memory
    print(f"\n{over} over {asked.seconds} s or {asked.memory} MiB")
    return 1 if over else 0


def _first(said: str) -> str:
    """The first sentence of what was said, without the name of the file."""
    return said.strip().partition("\n")[0].removeprefix("Error: ").rpartition("/")[2][:110]


if __name__ == "__main__":
    sys.exit(main())
