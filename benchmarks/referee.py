"""``validate`` of a folder against pyshacl-turbo on the merged graph, and whether both say the same.

Needs ``KPS_CORPUS_DIR``. pyshacl-turbo (Rust) gets what our command makes for itself: the triples of
all documents in one file, and the shapes. Figures are processor time (user and system) and the most
memory of whole processes; ``the rules alone`` is our engine on the very triples that pyshacl-turbo gets,
with their load.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import rdflib

from benchmarks.measure import Used, corpus, used
from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.shacl import Result, Shapes
from kps_graph.shacl.findings import results
from kps_graph.shacl.lookup import look_in
from kps_graph.shacl.model import Node
from kps_graph.shacl.reference import read_report
from kps_graph.store import Store, nquads_of

#: Focus, path, value, component, shape and severity of a result.
Fact: TypeAlias = "tuple[Node, str, Node | None, str, str, int]"

Answer = TypeVar("Answer")
_BIN: Final = Path(sys.prefix) / "bin"
_OURS: Final = "kps-graph validate FOLDER"
_RULES: Final = "the rules alone"
_THEIRS: Final = "pyshacl-turbo"
_RUN_RULES: Final = (
    "import sys, pathlib\n"
    "from kps_graph import shacl\n"
    "from kps_graph.store import memory\n"
    "store = memory()\n"
    "store.load(pathlib.Path(sys.argv[1]).read_bytes())\n"
    "shacl.validate_store(shacl.load_shapes(), store.select)\n"
)


def main() -> None:
    """Prints a table for each number of standards."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--standards", type=int, nargs="+", default=[100], metavar="N", help="0 for all there are"
    )
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument(
        "--limit",
        type=int,
        default=240,
        metavar="SECONDS",
        help="of a processor, after which a process is ended; it needs more than is printed then",
    )
    options = parser.parse_args()
    for number in options.standards:
        with tempfile.TemporaryDirectory() as folder:
            compared(Path(folder), number, options.rounds, options.limit)


def compared(folder: Path, number: int, rounds: int, limit: int) -> None:
    """Prints what each took for ``number`` standards of the corpus, and what they say."""
    standards = apart(prepared, folder, number)
    documents, quads, merged, joined, report = map(str, parts(folder))
    turbo = str(_BIN / "pyshacl-turbo")
    lines = {
        _OURS: [str(_BIN / "kps-graph"), "validate", documents, "--format", "json"],
        _RULES: [sys.executable, "-c", _RUN_RULES, quads],
        _THEIRS: [turbo, "-s", joined, "-df", "nt", "-f", "nt", "-o", report, merged],
    }
    taken: dict[str, list[Used]] = {name: [] for name in lines}
    for _ in range(rounds):
        for name, line in lines.items():
            taken[name].append(used(line, limit=limit))
    show(taken, standards)
    if Path(report).is_file():
        print("results: {} of ours, {} of theirs; {} and {} alone".format(*apart(judged, folder)))


def apart(function: Callable[..., Answer], *given: object) -> Answer:
    """What ``function`` returns from a process of its own.

    The most memory of a process that is measured is at least what this one has, which starts it.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *given).result()


def parts(folder: Path) -> tuple[Path, ...]:
    """Where the documents, their quads, their triples, the shapes and the report of the rival are."""
    names = ("documents", "data.nq", "data.nt", "shapes.ttl", "report.nt")
    return tuple(folder / name for name in names)


def prepared(folder: Path, number: int) -> int:
    """Puts everything into ``folder``; how many standards there are."""
    documents, quads, merged, joined, _ = parts(folder)
    documents.mkdir()
    for path in sorted(corpus().glob("*.json"))[: number or None]:
        shutil.copy(path, documents)
    loaded = load(find([documents]), ontology=True)
    quads.write_bytes(nquads_of(loaded.store))
    triples = loaded.store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    merged.write_bytes(triples if isinstance(triples, bytes) else b"")
    shacl.load_shapes().graph.serialize(joined, format="turtle")
    return sum(s.outcome == "loaded" for s in loaded.sources)


def judged(folder: Path) -> tuple[int, int, int, int]:
    """How many results we have, and pyshacl-turbo; and how many the other one has not."""
    documents, *_, report = parts(folder)
    store = load(find([documents]), ontology=True).store
    shapes = shacl.load_shapes()
    ours = facts(shacl.check_store(shapes, store.select))
    theirs = facts(reported(report, shapes, store))
    return len(ours), len(theirs), len(ours - theirs), len(theirs - ours)


def show(taken: dict[str, list[Used]], standards: int) -> None:
    """Prints the table."""
    base = _median(taken[_OURS])
    print(f"{standards} standards{'':20}{'CPU s':>9}{'ratio':>8}{'peak MB':>9}")
    for name, runs in taken.items():
        peak = max(u.peak for u in runs) / 2**20
        seconds = _median(runs)
        more = "" if all(u.whole for u in runs) else "  and more"
        print(f"{name:34}{seconds:9.1f}{seconds / base:8.2f}{peak:9.0f}{more}", flush=True)


def _median(runs: Sequence[Used]) -> float:
    return statistics.median(u.seconds for u in runs)


def reported(path: Path, shapes: Shapes, store: Store) -> list[Result]:
    """The results in the report that pyshacl-turbo wrote."""
    report = rdflib.Graph().parse(path, format="nt")
    return results(read_report(report, shapes), look_in(store.select))


def facts(found: Sequence[Result]) -> set[Fact]:
    """What must be the same of each result."""
    return {
        (r.focus, r.finding.path, r.value, r.component, r.shape, r.finding.severity) for r in found
    }


if __name__ == "__main__":
    main()
