"""Damages real files of every format and gives them to the commands: nothing may fail, hang or grow.

    uv run python -m benchmarks.fuzz --minutes 5 [--seed 1] [--formats docx,courses] [--keep FOLDER]

Each case is a seed (an example, or made of one), damaged at a few places, and a command over it, run in a
worker process with the 120 s and 1 GiB of everyday. A case fails if the command ends with exit code 3 ("our fault"), or its
worker dies. The input of a failing case is kept; its number says how to make it again: case N of seed S is
the same wherever it runs. Exits with 1 if a case failed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import kps_graph
from kps_graph.exports.checklist import FORMS
from kps_graph.pipeline.build import build
from kps_graph.pipeline.sources import find
from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import run
from tests.support import pdf
from tests.support.odt import to_odt
from tests.support.package import zipped
from tests.support.render import grid, to_html

ROOT = Path(__file__).parents[1]
EXAMPLES, CASES = ROOT / "examples", ROOT / "tests" / "cases"
LIMITS = Limits(120.0, 2**30)
#: What is damaged: documents by format, and the other files that people give or a store has.
KINDS = (
    "md", "yaml", "json", "html", "docx", "odt", "pdf", "courses", "form", "sssom", "pairs", "profile", "shapes",
    "query", "baseline", "manifest",
)  # fmt: skip
#: What parsers trip over.
TRAPS = [
    b"", b"\0", b"\x1b[31m", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"9" * 5000, b"-1", b"1e999",
    b"[" * 2000, b"{" * 2000, b"(" * 2000, b"<a>" * 1000, b"</", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&x;",
    b'"', b"'", b"\\", b"\t" * 3000, b"\r", b"\n" * 500, b"|" * 500, b"%s%n", b"null", b"NaN", b"K01", b"P1.1.1",
    b"T1", "－".encode(), "\u202e".encode(), "職能".encode(), "A\u0301".encode() * 300, b"colspan=99999",
    b"xmlns:", b"urn:x", b"?x", b"UNION {}", b"--- !!python/object:x", b"&a *a",
]  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to three places cut, doubled, swapped, flipped, or filled with a trap."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(made) + 1)
        to = min(len(made), at + int(chance.paretovariate(0.9)))
        match chance.randrange(6):
            case 0:
                del made[at:to]
            case 1:
                made[at:at] = made[at:to] * chance.choice((1, 2, 50))
            case 2:
                made[at:to] = chance.choice(TRAPS)
            case 3:
                made[at:at] = chance.choice(TRAPS)
            case 4 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 5 if chance.random() < 0.1:
                del made[at:]
            case _:
                other = chance.randrange(len(made) + 1)
                made[at:at] = made[other : other + 40]
    return bytes(made[: 4 * 2**20])


def repacked(data: bytes, chance: random.Random) -> bytes:
    """An office file in which one part is damaged; now and then the package itself."""
    if chance.random() < 0.15:
        return damaged(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as made:
        names = package.namelist()
        # the content weighs more than what stands around it
        main = [n for n in names if "document" in n or "content" in n or "sheet" in n]
        chosen = chance.choice(main if main and chance.random() < 0.7 else names)
        for name in names:
            part = package.read(name)
            made.writestr(name, damaged(part, chance) if name == chosen else part)
    return out.getvalue()


@cache
def seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Format -> names and contents of whole files."""

    def of(*paths: Path) -> list[tuple[str, bytes]]:
        return [(path.name, path.read_bytes()) for path in paths]

    table = grid(kps_graph.read(EXAMPLES / "ZZZ4323-901v2.yaml").standard)
    shapes = sorted((CASES / "mappings").glob("s0*.ttl"))
    return {
        "md": of(EXAMPLES / "KPS1420-001v2.md", CASES / "checking" / "m14_two_latest.md"),
        "yaml": of(*sorted(EXAMPLES.glob("*.yaml"))),
        "json": of(CASES / "KPS1420-001v2.json", CASES / "robustness" / "injection.json"),
        "html": [("a.html", to_html(table).encode())],
        "docx": of(*sorted((CASES / "checking").glob("*.docx"))),
        "odt": [("a.odt", to_odt(table))],
        "pdf": [("a.pdf", pdf.to_pdf(pdf.lattice([20, 90, 160], [20, 60, 100]) + pdf.text(30, 90, "T1")))],
        "courses": [
            *of(EXAMPLES / "courses.csv", EXAMPLES / "course.xlsx", EXAMPLES / "course-with-faults.xlsx"),
            ("a.ods", _ods()),
        ],
        "form": _forms(),
        "sssom": of(*sorted((CASES / "mappings").glob("*.sssom.tsv"))),
        "pairs": of(EXAMPLES / "pairs.tsv"),
        "profile": of(*sorted((CASES / "mappings").glob("s0*.toml"))),
        "shapes": of(*shapes, *sorted((ROOT / "shapes").glob("*.ttl"))[:3]),
        "query": of(*sorted((ROOT / "queries").rglob("*.rq"))),
        "baseline": [("a.json", b'{"baseline": 2, "findings": [{"occupation": "x", "series": "y"}]}')],
        "manifest": [],
    }  # fmt: skip


def _ods() -> bytes:
    """A table of courses as an OpenDocument spreadsheet."""
    rows = (("課程", "行為指標"), ("單元一", "P1.1.1~P1.1.2"), ("單元二", "P1.2.1"))
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{c}</text:p></table:table-cell>' for c in row)}"
        "</table:table-row>"
        for row in rows
    )
    named = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{named}:office:1.0" xmlns:table="{named}:table:1.0" '
        f'xmlns:text="{named}:text:1.0"><office:body><office:spreadsheet><table:table table:name="甲">'
        f'{cells}<table:table-row table:number-rows-repeated="9"><table:table-cell '
        'table:number-columns-repeated="7"/></table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )


def _forms() -> list[tuple[str, bytes]]:
    """The forms of a review, which keep what people wrote when it is made again."""
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for style in FORMS:
            form = Path(folder, f"review.{style}")
            attempt(["review", str(EXAMPLES / "ZZZ4323-901v2.yaml"), "-o", str(form)])
            made.append((form.name, form.read_bytes()))
    return made


def case(kind: str, number: int, seed: int, folder: Path) -> list[str]:
    """Writes the input of a case into ``folder``; the command over it."""
    chance = random.Random(f"{seed}-{number}-{kind}")
    if kind == "manifest":
        return _of_a_store(chance, folder)
    name, data = chance.choice(seeds()[kind])
    file = folder / name
    packed = data.startswith(b"PK")
    file.write_bytes((repacked if packed else damaged)(data, chance))
    standard, store = str(EXAMPLES / "ZZZ4323-901v2.yaml"), str(folder.parent / "kps.store")
    match kind:
        case "courses":
            return [
                *chance.choice((["courses"], ["course", "check"])),
                str(file),
                "--standard",
                standard,
            ]
        case "form":
            return ["review", standard, "-o", str(file)]
        case "sssom":
            return [
                "align",
                "import",
                str(file),
                "--decisions",
                str(folder / "d.tsv"),
                "--store",
                store,
            ]
        case "pairs":
            return ["align", "judge", str(file), "--store", store]
        case "profile":
            for shapes in (CASES / "mappings").glob("*.ttl"):
                shutil.copy(shapes, folder)
            return ["validate", standard, "--profile", str(file)]
        case "shapes":
            profile = folder / "mine.toml"
            profile.write_text(f'base = "draft"\nshapes = ["{file.name}"]\n', "utf-8")
            return ["validate", standard, "--profile", str(profile)]
        case "query":
            return ["query", str(file), "--store", store, "--timeout", "5"]
        case "baseline":
            return ["validate", standard, "--baseline", str(file)]
        case _:
            copy = ["--annotate", str(folder / f"copy{file.suffix}")]
            annotated = ["validate", str(file), *(copy if packed else ())]
            commands = (
                ["parse", str(file)],
                annotated,
                ["review", str(file)],
                ["diff", standard, str(file)],
            )
            return chance.choice(commands)


def _of_a_store(chance: random.Random, folder: Path) -> list[str]:
    store = folder / "kps.store"
    shutil.copytree(folder.parent / "kps.store", store)
    files = sorted(path for path in store.rglob("*") if path.is_file())
    ours = [path for path in files if path.suffix in (".json", ".jsonl") or path.parent == store]
    chosen = chance.choice(ours if chance.random() < 0.7 else files)
    chosen.write_bytes(damaged(chosen.read_bytes(), chance))
    return [*chance.choice((["sources"], ["shared"], ["query", "overview"])), "--store", str(store)]


def attempt(command: list[str]) -> tuple[int, str]:
    """Runs a command in this process, a worker: its exit code, and what it says of a fault."""
    from kps_graph.cli import main

    os.environ["KPS_WORKERS"] = "0"  # this is a worker already
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    code: object = 0
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        try:
            main([*command, "--lang", "en", "--debug"])
        except SystemExit as error:
            code = error.code
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # which the command takes for itself
    said = streams[1].buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]
    return (code if isinstance(code, int) else 0), said[-3000:]


def fuzz(
    kinds: list[str], seed: int, folder: Path, more: Callable[[int], bool], keep: Path
) -> tuple[Counter[str], list[str]]:
    """Runs cases while there are to be ``more``: the outcomes by format, and the failures."""
    build(find([EXAMPLES]), folder / "kps.store")
    made: dict[str, tuple[str, int, Path]] = {}
    outcomes: Counter[str] = Counter()
    failures: list[str] = []

    def jobs() -> Iterator[list[str]]:
        number = 0
        while more(number):
            kind, here = kinds[number % len(kinds)], folder / str(number)
            here.mkdir()
            command = case(kind, number, seed, here)
            made[repr(command)] = kind, number, here
            number += 1
            yield command

    for command, result in run(attempt, jobs(), min(2, os.cpu_count() or 1), LIMITS):
        kind, number, here = made.pop(repr(command))
        if isinstance(result, Died):
            # it may have died of what the cases before it have left: in a worker of its own
            ((_, result),) = run(attempt, [command], 1, LIMITS)
        died = isinstance(result, Died)
        outcome = f"died: {result.reason}" if isinstance(result, Died) else f"exit {result[0]}"
        outcomes[f"{kind:10} {outcome}"] += 1
        if died or result[0] not in (0, 1, 2):  # type: ignore[index]
            said = "" if died else result[1]  # type: ignore[index]
            failures.append(f"case {number} ({kind}): {' '.join(command[:2])}: {outcome}\n{said}")
            shutil.copytree(here, keep / f"{seed}-{number}-{kind}", dirs_exist_ok=True)
        shutil.rmtree(here)
    return outcomes, failures


def main() -> int:
    """Fuzzes for as long as is asked, and prints what came."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--minutes", type=float, default=1.0)
    given.add_argument("--cases", type=int, help="so many cases instead")
    given.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given.add_argument("--formats", default=",".join(KINDS))
    given.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    asked = given.parse_args()
    until = time.monotonic() + asked.minutes * 60

    def more(number: int) -> bool:
        return number < asked.cases if asked.cases else time.monotonic() < until

    with tempfile.TemporaryDirectory(prefix="kps-fuzz-") as folder:
        outcomes, failures = fuzz(
            asked.formats.split(","), asked.seed, Path(folder), more, asked.keep
        )
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:6} {outcome}")
    print(f"{sum(outcomes.values())} cases, {len(failures)} failed; seed {asked.seed}")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    from benchmarks.fuzz import main as begin  # the workers know us by this name

    sys.exit(begin())
