"""Whole commands as users run them, against raw engine work on the same triples in the same run.

Needs ``KPS_CORPUS_DIR``. Of the package it knows nothing but its command line. A figure is the
processor time (user and system) of a process with all that it started; a ratio is the median over
rounds of the time divided by that of a bulk load, also in a process of its own: ``memory`` of the
triples of the documents, ``disk`` of the very quads that a build leaves. ``peak`` is the most
memory of the process and its descendants together. What is timed, and what is not, stands in
:mod:`benchmarks.lines`, with the questions that may take over a second and why.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.lines import ALLOWED, Command, Place, commands, said
from benchmarks.measure import Used, corpus, used

MEMORY: Final = "bulk load into memory"
DISK: Final = "bulk load on disk"
_LOAD: Final = (
    "import sys, pyoxigraph as ox\n"
    "store = ox.Store(*sys.argv[2:])\n"
    "store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS, lenient=True)\n"
    "store.flush() if sys.argv[2:] else None\n"
)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="names that begin so")
    parser.add_argument("--rounds", type=int, default=3, help="0: the first is the only")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--files", type=int, metavar="N", help="only so many of the documents")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the store for other runs")
    parser.add_argument("--list", action="store_true", help="print the names, and time nothing")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="kps-bench-"))
    try:
        place = prepared(folder, options.files)
        chosen = [
            c
            for c in commands(place)
            if not options.only or any(c.name.startswith(name) for name in options.only)
        ]
        if options.list or not chosen:
            print("\n".join(c.name for c in chosen or commands(place)))
            return
        times = timed([*raw(place), *chosen], options.rounds)
        show(times, options.markdown)
        slow({c.name: times[c.name] for c in chosen if c.asks})
        sizes(place)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def prepared(folder: Path, files: int | None = None) -> Place:
    """A folder with a copy of the corpus, a store of it, and the quads for raw loads.

    Of ``files`` documents, they are taken from all over the corpus.
    """
    place = Place(folder, folder / "documents")
    if not (folder / "left.nq").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        place.documents.mkdir(parents=True)
        found = sorted(path for path in corpus().rglob("*") if path.is_file())
        for path in found[:: max(1, len(found) // (files or len(found)))][:files]:
            shutil.copy(path, place.documents)
        said("build", place.documents, "--no-check", "--no-align", "--store", place.at("plain"))
        said("export", "store", "--store", place.at("plain"), "-o", place.at("triples.nq"))
        shutil.rmtree(place.at("plain"))
        said("build", place.documents, "--store", place.store)
        said("export", "store", "--store", place.store, "-o", place.at("left.nq"))
    return place


def raw(place: Place) -> list[Command]:
    """What the engine itself needs."""

    def fresh() -> None:
        shutil.rmtree(place.at("raw"), ignore_errors=True)

    load = (sys.executable, "-c", _LOAD)
    return [
        Command(MEMORY, (*load, place.at("triples.nq"))),
        Command(DISK, (*load, place.at("left.nq"), place.at("raw")), fresh),
    ]


def timed(chosen: Sequence[Command], rounds: int) -> dict[str, list[Used]]:
    """What each uses in each round, all in turn, after a first round that is not counted.

    With no ``rounds`` at all that first one counts: it is the only one.
    """
    times: dict[str, list[Used]] = {c.name: [] for c in chosen}
    for n in range(rounds + 1):
        for command in chosen:
            command.before()
            taken = used(command.line)
            if n or not rounds:
                times[command.name].append(taken)
            print(f"\r{n}/{rounds} {command.name:40}", end="", file=sys.stderr, flush=True)
    print(f"\r{'':60}\r", end="", file=sys.stderr)
    return times


def show(times: Mapping[str, Sequence[Used]], markdown: bool) -> None:
    """Prints a row for each: processor time, its ratios to the bulk loads, elapsed time, memory."""
    heads = ("command", "CPU s", "/ memory", "/ disk", "elapsed s", "peak MB")
    widths = (max(map(len, times)), *map(len, heads[1:]))
    edge, between = ("| ", " | ") if markdown else ("", "  ")

    def line(cells: Sequence[str]) -> str:
        first, *rest = (
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return edge + between.join((first, *rest)) + edge[::-1]

    print(line(heads))
    if markdown:
        print(line(["-" * w if not n else "-" * (w - 1) + ":" for n, w in enumerate(widths)]))
    for name, rounds in times.items():
        print(
            line(
                (
                    name,
                    f"{statistics.median(u.seconds for u in rounds):.2f}",
                    f"{ratio(rounds, times[MEMORY]):.2f}",
                    f"{ratio(rounds, times[DISK]):.2f}",
                    f"{statistics.median(u.elapsed for u in rounds):.2f}",
                    f"{statistics.median(u.peak for u in rounds) / 1e6:.0f}",
                )
            )
        )
    if {"build", "build, one file changed"} <= times.keys():
        part = ratio(times["build, one file changed"], times["build"])
        print(f"\none file changed: {part:.3f} of the whole build, 1/{1 / part:.0f}")


def slow(asked: Mapping[str, Sequence[Used]]) -> None:
    """Prints the questions that took over a second of CPU, each with why it may, if it may."""
    print("\nquestions over a second of CPU:")
    for name, rounds in asked.items():
        if (seconds := statistics.median(u.seconds for u in rounds)) > 1:
            why = next((w for begin, w in ALLOWED.items() if name.startswith(begin)), "NO REASON")
            print(f"{name}: {seconds:.2f} s: {why}")


def ratio(of: Sequence[Used], to: Sequence[Used]) -> float:
    """The median of the ratios of processor time, round by round."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(of, to, strict=True))


def sizes(place: Place) -> None:
    """Prints what the store takes on disk, against what the raw load of its quads does."""
    ours, theirs = (
        sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
        for folder in (place.store, place.at("raw"))
    )
    print(f"store {ours / 1e6:.0f} MB, raw load {theirs / 1e6:.0f} MB: {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
