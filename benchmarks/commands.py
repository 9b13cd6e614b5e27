"""Whole commands as users run them, against raw engine work on the same triples in the same run.

Needs ``KPS_CORPUS_DIR``. Of the package it knows nothing but its command line. A figure is the
processor time (user and system) of a process with all that it started; a ratio is the median over
rounds of the time divided by that of a bulk load, also in a process of its own: ``memory`` of the
triples of the documents, ``disk`` of the very quads that a build leaves. ``peak`` is the most
memory of the process and its descendants together. Not timed: ``watch`` and what asks a person.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.measure import Used, corpus, environment, used

KPS: Final = shutil.which("kps-graph") or f"{sys.prefix}/bin/kps-graph"
MEMORY: Final = "bulk load into memory"
DISK: Final = "bulk load on disk"
_LOAD: Final = (
    "import sys, pyoxigraph as ox\n"
    "store = ox.Store(*sys.argv[2:])\n"
    "store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS, lenient=True)\n"
    "store.flush() if sys.argv[2:] else None\n"
)


@dataclass(frozen=True, slots=True)
class Command:
    """What is timed.

    Attributes:
        name: what the table calls it.
        line: the program and its arguments.
        before: what is done before each run, untimed.
    """

    name: str
    line: tuple[str, ...]
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a run: documents, a store of them, and its quads."""

    folder: Path
    documents: Path

    @property
    def store(self) -> Path:
        """The store that is asked."""
        return self.folder / "kps.store"

    def at(self, name: str) -> str:
        """The path of a file in the folder."""
        return str(self.folder / name)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="names that begin so")
    parser.add_argument("--rounds", type=int, default=3, help="0: the first is the only")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the store for other runs")
    parser.add_argument("--list", action="store_true", help="print the names, and time nothing")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="kps-bench-"))
    try:
        place = prepared(folder)
        chosen = [
            c
            for c in commands(place)
            if not options.only or any(c.name.startswith(name) for name in options.only)
        ]
        if options.list or not chosen:
            print("\n".join(c.name for c in chosen or commands(place)))
            return
        show(timed([*raw(place), *chosen], options.rounds), options.markdown)
        sizes(place)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def prepared(folder: Path) -> Place:
    """A folder with a copy of the corpus, a store of it, and the quads for raw loads."""
    place = Place(folder, folder / "documents")
    if not (folder / "left.nq").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(corpus(), place.documents)
        said("build", place.documents, "--no-check", "--no-align", "--store", place.at("plain"))
        said("export", "store", "--store", place.at("plain"), "-o", place.at("triples.nq"))
        shutil.rmtree(place.at("plain"))
        said("build", place.documents, "--store", place.store)
        said("export", "store", "--store", place.store, "-o", place.at("left.nq"))
    return place


def said(*arguments: object) -> str:
    """What ``kps-graph ARGUMENTS`` prints; ends the benchmark if it fails."""
    done = subprocess.run(
        [KPS, *map(str, arguments)], capture_output=True, text=True, env=environment(), check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"kps-graph {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def raw(place: Place) -> list[Command]:
    """What the engine itself needs."""

    def fresh() -> None:
        shutil.rmtree(place.at("raw"), ignore_errors=True)

    load = (sys.executable, "-c", _LOAD)
    return [
        Command(MEMORY, (*load, place.at("triples.nq"))),
        Command(DISK, (*load, place.at("left.nq"), place.at("raw")), fresh),
    ]


def commands(place: Place) -> list[Command]:
    """Everything that can be typed, over the corpus."""
    store = ("--store", str(place.store))
    rows = table("query", "standards", *store)
    codes = [row["code"] for row in rows if row["code"]]
    few = [codes[n * len(codes) // 7] for n in (1, 3, 5)]
    shared = table("shared", *store, "--limit", "1")[0]["competency"].split("（")[0]

    def asking(*arguments: str) -> Command:
        return Command(" ".join(arguments), (KPS, *arguments, *store))

    def over(name: str, *arguments: str) -> Command:
        return Command(name, (KPS, *arguments, *store))

    return [
        Command("help", (KPS, "--help")),
        *building(place),
        *documents(place),
        asking("sources"),
        Command("queries", (KPS, "queries")),
        Command("rules", (KPS, "rules")),
        asking("shared"),
        asking("shared", "--by", "level"),
        asking("shared", "--by", "category"),
        asking("shared", "--include", "related"),
        asking("pairs"),
        over("nearest A", "nearest", few[0]),
        over("nearest A --reasons", "nearest", few[0], "--reasons"),
        over("compare A B C", "compare", *few),
        over("gap A B", "gap", *few[:2]),
        over("path A B", "path", *few[:2]),
        asking("reuse"),
        asking("communities"),
        asking("communities", "--of", "competency"),
        asking("bridges"),
        over("trace K01 --in A", "trace", "K01", "--in", few[0]),
        over("courses TABLE --in A", "courses", courses(place), "--in", few[0]),
        *queries(store, few, shared),
        *drawn(place, store, few, shared),
        *exported(place, store, few),
        *aligned(place, store),
    ]


def table(*arguments: str) -> list[dict[str, str]]:
    """The rows of an answer."""
    return list(csv.DictReader(io.StringIO(said(*arguments, "--format", "csv", "--lang", "en"))))


def building(place: Place) -> list[Command]:
    """A new store; one of the corpus in which a file has changed; one in which none has."""
    one = sorted(place.documents.glob("*.json"))[0]
    rounds = iter(range(1, 1000))
    new, kept = place.at("new.store"), place.at("changing.store")
    build = (KPS, "build", str(place.documents), "--store")

    def built() -> None:
        if not Path(kept).exists():
            shutil.copytree(place.store, kept)
        said(*build[1:], kept)

    def changed() -> None:
        built()
        data = json.loads(one.read_text("utf-8"))
        data["basic_info"]["job_description"] = f"第 {next(rounds)} 次更新：{tempfile.gettempdir()}"
        one.write_text(json.dumps(data, ensure_ascii=False), "utf-8")

    return [
        Command("build", (*build, new), lambda: shutil.rmtree(new, ignore_errors=True)),
        Command("build, one file changed", (*build, kept), changed),
        Command("build, nothing changed", (*build, kept), built),
    ]


def documents(place: Place) -> list[Command]:
    """What reads documents and asks no store."""
    one = str(sorted(place.documents.glob("*.json"))[1])
    return [
        Command("validate DIR", (KPS, "validate", str(place.documents))),
        Command(
            "validate DIR -o report.html",
            (KPS, "validate", str(place.documents), "-o", place.at("report.html")),
        ),
        Command("validate FILE", (KPS, "validate", one)),
        Command("review FILE", (KPS, "review", one)),
        Command("parse FILE", (KPS, "parse", one)),
        Command("demo", (KPS, "demo")),
    ]


def courses(place: Place) -> str:
    """The path of a small table of courses."""
    path = place.folder / "courses.csv"
    path.write_text("課程,代碼\n甲,K01 S01 T1.1\n乙,K02 S02\n", "utf-8")
    return str(path)


def queries(store: Sequence[str], codes: Sequence[str], label: str) -> Iterable[Command]:
    """Each query of the library, its parameters filled in by their kind."""
    values = {
        "standard": codes[0],
        "label": label,
        "text": "溝通",
        "words": "溝通",
        "category": codes[0][:3],
    }
    special = {"b": codes[1], "unit": "T1", ("needs", "code"): "T1", ("trace", "code"): "K01"}
    for query in json.loads(said("queries", "--format", "json")):
        given = []
        for parameter in query["parameters"]:
            if parameter["default"] is None:
                name = parameter["name"]
                value = special.get((query["name"], name)) or special.get(name)
                given += ["--param", f"{name}={value or values[parameter['kind']]}"]
        yield Command(f"query {query['name']}", (KPS, "query", query["name"], *given, *store))


def drawn(
    place: Place, store: Sequence[str], codes: Sequence[str], label: str
) -> Iterable[Command]:
    """Every picture, as a page."""
    for name, what in {
        "draw STANDARD": codes[:1],
        "draw overlap A B C": ("overlap", *codes),
        "draw overlap": ("overlap",),
        "draw map": ("map",),
        "draw competency X": ("competency", label),
    }.items():
        yield Command(name, (KPS, "draw", *what, *store, "-o", place.at("picture.html")))


def exported(place: Place, store: Sequence[str], codes: Sequence[str]) -> Iterable[Command]:
    """Every kind of file."""
    for name, what, ending in (
        ("export STANDARD", codes[0], "ttl"),
        ("export occupations", "occupations", "graphml"),
        ("export competencies", "competencies", "graphml"),
        ("export store", "store", "nq"),
    ):
        yield Command(name, (KPS, "export", what, *store, "-o", place.at(f"export.{ending}")))


def aligned(place: Place, store: Sequence[str]) -> Iterable[Command]:
    """What asks for the alignment, or makes it anew (in a copy of the store)."""
    pairs = place.folder / "pairs.tsv"
    pairs.write_text("kind\ta\tb\nS\t溝通協調能力\t協調溝通\nK\t會計學\t會計概論\n", "utf-8")
    copy = place.at("aligned.store")
    if not Path(copy).exists():
        shutil.copytree(place.store, copy)
    for name, arguments in {
        "align explain": ("explain", "溝通協調能力", "協調溝通", *store),
        "align judge": ("judge", str(pairs), *store),
        "align clusters": ("clusters", *store),
        "align stats": ("stats", *store),
        "align export": ("export", *store),
        "align apply": ("apply", "--store", copy),
    }.items():
        yield Command(name, (KPS, "align", *arguments))


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
