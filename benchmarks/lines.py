"""The command lines that a benchmark times: every command that can be typed, over a corpus.

What is not timed stands in :data:`UNTIMED`, each with the reason.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.measure import environment

__all__ = ["ALLOWED", "UNTIMED", "Command", "Place", "commands", "said"]

KPS: Final = shutil.which("kps-graph") or f"{sys.prefix}/bin/kps-graph"
_ALL: Final = "goes through all that all occupations use"
_LIST: Final = "lists every competency with its users"
_WRITES: Final = "writes it all"
#: Questions that may take over a second of CPU on the corpus, and why; names that begin so.
ALLOWED: Final[Mapping[str, str]] = {
    "communities": _ALL,
    "bridges": _ALL,
    "path A B": "weighs the steps between all occupations",
    "draw map": _ALL,
    "draw overlap": "compares every pair of occupations",
    "shared --include related": _LIST,
    "reuse": _LIST,
    "courses TABLE": "matches texts with those of the corpus",
    "query attitudes": _LIST,
    "query by-": _LIST,
    "query reuse": _LIST,
    "query shared": _LIST,
    "query specific": "looks whether any other occupation uses each competency",
    "query nearest": "compares an occupation with all others in the engine",
    "query usage": "reads every use of every form of a competency",
    "query where": "looks for a word in every text",
    "query tasks-with-word": "looks for a word in every text",
    "query levels": "counts all units",
    "query overview": "counts everything",
    "query findings-": "counts all findings",
    "query course-teaching": "compares a label with all that says the same",
    "export occupations": _WRITES,
    "export competencies": _WRITES,
    "export store": _WRITES,
    "align apply": "compares all texts anew",
    "align clusters": _WRITES,
    "align stats": "counts every link",
    "align export": _WRITES,
    "findings": _WRITES,
    "changes": "compares every version with the one before",
    "store check": "reads every statement",
    "store graphs": "counts every statement",
    "store stats": "counts every statement",
    "draw competency": "reads the units of every occupation that uses it",
    "course report": "writes a document for an office",
    "course add": "writes to the store",
    "course remove": "writes to the store",
}
#: Commands that are not timed, and why.
UNTIMED: Final[Mapping[str, str]] = {
    "watch": "waits for a document to be saved",
    "align review": "waits for a person",
    "serve": "serves until it is ended: see benchmarks.serve",
    "mcp": "answers until its input ends",
    "push": "needs a server, which takes most of the time",
    "pull": "needs a server, which takes most of the time",
    "course tables": "is course report, by another name",
}


@dataclass(frozen=True, slots=True)
class Command:
    """What is timed.

    Attributes:
        name: what the table calls it.
        line: the program and its arguments.
        before: what is done before each run, untimed.
        asks: whether it asks a store, and so is to take a second at most.
    """

    name: str
    line: tuple[str, ...]
    before: Callable[[], object] = lambda: None
    asks: bool = False


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


def said(*arguments: object) -> str:
    """What ``kps-graph ARGUMENTS`` prints; ends the benchmark if it fails."""
    done = subprocess.run(
        [KPS, *map(str, arguments)], capture_output=True, text=True, env=environment(), check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"kps-graph {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


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

    asked = [
        asking("sources"),
        Command("queries", (KPS, "queries")),
        Command("rules", (KPS, "rules")),
        *kept(place, store, codes),
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
        *planned(place, store, few),
        *queries(store, few, shared),
        *drawn(place, store, few, shared),
        *exported(place, store, few),
        *aligned(place, store),
    ]
    return [
        Command("--help", (KPS, "--help")),
        *building(place),
        *documents(place),
        *(replace(command, asks=True) for command in asked),
        *upkeep(place),
        Command("site", (KPS, "site", *store, "-o", place.at("site"))),
    ]


def kept(place: Place, store: Sequence[str], codes: Sequence[str]) -> Iterable[Command]:
    """What a store holds, has found, and keeps of versions; what stands in its texts."""
    two = codes[len(codes) // 7], codes[3 * len(codes) // 7]
    for name, *arguments in (
        ("findings", "findings"),
        ("findings A", "findings", codes[len(codes) // 7]),
        ("findings --rule R13", "findings", "--rule", "R13"),
        ("search WORD", "search", "溝通"),
        ("search WORDS --similar", "search", "溝通協調能力", "--similar"),
        ("search --suggest", "search", "溝通", "--suggest"),
        ("versions", "versions"),
        ("versions A", "versions", codes[len(codes) // 7]),
        ("changes", "changes"),
        ("changes --since 2024", "changes", "--since", "2024"),
        ("diff A B", "diff", *two),
        ("slices", "slices"),
        ("store stats", "store", "stats"),
        ("store graphs", "store", "graphs"),
        ("store check", "store", "check"),
    ):
        yield Command(name, (KPS, *arguments, *store))


def upkeep(place: Place) -> Iterable[Command]:
    """What copies a store, or writes it anew: each on a copy, so that the store stays as it is."""
    backup, other = place.at("backup"), place.at("kept.store")
    store, kept = ("--store", str(place.store)), ("--store", other)

    def copied() -> None:
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(place.store, other)

    def gone() -> None:
        shutil.rmtree(backup, ignore_errors=True)

    def backed() -> None:
        gone()
        said("store", "backup", backup, *store)

    for name, before, arguments in (
        ("store backup", gone, (backup, *store)),
        ("store restore", backed, (backup, *kept)),
        ("store compact", copied, kept),
        ("store migrate", copied, kept),
    ):
        yield Command(name, (KPS, *name.split(), *arguments), before)


def planned(place: Place, store: Sequence[str], codes: Sequence[str]) -> Iterable[Command]:
    """A course for a standard, from the first proposal to what is handed in."""
    basis, other = codes[0], codes[1]
    table, copy = place.at("planned.xlsx"), place.at("courses.store")
    said("course", "suggest", basis, "-o", table, *store)
    if not Path(copy).exists():
        shutil.copytree(place.store, copy)
    for name, arguments in {
        "course suggest A": ("suggest", basis, *store),
        "course template A": ("template", basis, "-o", place.at("course.xlsx"), *store),
        "course check TABLE": ("check", table, *store),
        "course prepares TABLE": ("prepares", table, *store),
        "course export TABLE": ("export", table, "-f", "turtle", "-o", place.at("c.ttl"), *store),
        "course report TABLE": ("report", table, "-o", place.at("report.odt"), *store),
        "course migrate TABLE": ("migrate", table, "--to", other, *store),
        "course watch TABLE": ("watch", table, *store),
        "course add TABLE": ("add", table, "--store", copy),
        "course remove TITLE": ("remove", Path(table).stem, "--store", copy),
    }.items():
        yield Command(name, (KPS, "course", *arguments))


def table(*arguments: str) -> list[dict[str, str]]:
    """The rows of an answer."""
    return list(csv.DictReader(io.StringIO(said(*arguments, "--format", "csv", "--lang", "en"))))


def building(place: Place) -> list[Command]:
    """A new store; one of the corpus in which a file has changed; one in which none has."""
    one = sorted(place.documents.glob("*.json"))[0]
    new, kept = place.at("new.store"), place.at("changing.store")
    build = (KPS, "build", str(place.documents), "--store")

    def built() -> None:
        if not Path(kept).exists():
            shutil.copytree(place.store, kept)
        said(*build[1:], kept)

    def changed() -> None:
        built()
        data = json.loads(one.read_text("utf-8"))
        data["basic_info"]["job_description"] = f"更新於 {time.time_ns()}。"
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
    theirs = place.folder / "theirs.tsv"
    found = said("align", "export", *store).splitlines(keepends=True)[:200]
    by_hand = "".join(found).replace("semapv:LexicalMatching", "semapv:ManualMappingCuration")
    theirs.write_text(by_hand, "utf-8")
    copy = place.at("aligned.store")
    if not Path(copy).exists():
        shutil.copytree(place.store, copy)
    for name, arguments in {
        "align explain": ("explain", "溝通協調能力", "協調溝通", *store),
        "align judge": ("judge", str(pairs), *store),
        "align clusters": ("clusters", *store),
        "align stats": ("stats", *store),
        "align export": ("export", *store),
        "align import THEIRS": ("import", str(theirs), "--decisions", place.at("o.tsv"), *store),
        "align apply": ("apply", "--store", copy),
    }.items():
        yield Command(name, (KPS, "align", *arguments))
