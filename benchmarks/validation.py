"""The rules over a corpus, against a bulk load of it and against the ``pyshacl`` command.

Needs ``KPS_CORPUS_DIR``. ``--pyshacl N`` also runs pySHACL on the merged graph of N standards;
``--tenfold`` also says what memory the standards of a store take to check, and ten times as many.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox
import rdflib

from benchmarks.measure import corpus, interleaved, report
from kps_graph import resources, shacl
from kps_graph.pipeline.check import recheck
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import SourceFile, find
from kps_graph.store import Manifest, Source, memory, nquads_of, opened, writing
from kps_graph.terms import DEFAULT_BASE
from kps_graph.version import __version__

Answer = TypeVar("Answer")
_CODE: Final = re.compile(r"\b([A-Z]{3}\d{4}-)(?=\d{3})")


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyshacl", type=int, default=0, metavar="N")
    parser.add_argument("--tenfold", action="store_true")
    parser.add_argument(
        "--limit", type=int, default=600, metavar="SECONDS", help="how long to wait for pyshacl"
    )
    options = parser.parse_args()
    files = find([corpus()])
    loaded = load(files, ontology=True)
    store, data = loaded.store, nquads_of(loaded.store)
    shapes = shacl.load_shapes()
    one = next(
        f"https://w3id.org/kps-graph/id/{s.identity}"
        for s in loaded.sources
        if s.outcome == "loaded"
    )
    report(
        interleaved(
            {
                "bulk load": lambda: ox.Store().bulk_load(
                    input=data, format=ox.RdfFormat.N_QUADS, lenient=True
                ),
                "all rules, all standards": lambda: shacl.validate_store(shapes, store.select),
                "the same on one processor": lambda: _on_one_processor(
                    lambda: shacl.validate_store(shapes, store.select)
                ),
                "all rules, one standard": lambda: shacl.validate_store(
                    shapes, store.select, [one]
                ),
            },
            options.rounds,
        ),
        "bulk load",
    )
    if options.tenfold:
        _memory(data, [s for s in loaded.sources if s.outcome == "loaded"])
    if options.pyshacl:
        _against_pyshacl(files[: options.pyshacl], options.limit)


def _on_one_processor(run: Callable[[], Answer]) -> Answer:
    """What ``run`` gives, with the threads that it starts kept to one processor."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    try:
        return run()
    finally:
        os.sched_setaffinity(0, all_of_them)


def _memory(data: bytes, sources: Sequence[Source]) -> None:
    """Checks a store on disk as a build does, in a process of its own; and one ten times as big."""
    with tempfile.TemporaryDirectory() as folder:
        nquads = Path(folder) / "data.nq"
        nquads.write_bytes(data)
        for copies in (1, 10):
            store = Path(folder) / f"store{copies}"
            _apart(_fill, nquads, store, copies)
            known = [
                replace(s, path=f"{n}/{s.path}", identity=_renamed(s.identity, n))
                for n in range(copies)
                for s in sources
            ]
            peak, found, seconds = _apart(_recheck, store, known)
            print(
                f"{len({s.identity for s in known})} standards on disk: {peak} MB at most, "
                f"{found} findings, {seconds:.0f} s"
            )


def _apart(function: Callable[..., Answer], *given: object) -> Answer:
    """What ``function`` returns from a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *given).result()


def _renamed(text: str, copy: int) -> str:
    """``text`` with the codes of the copy, which no other has."""
    return _CODE.sub(rf"\g<1>{copy}", text)


def _fill(nquads: Path, store: Path, copies: int) -> None:
    with writing(store) as new:
        filled = new.begin()
        for copy in range(copies):
            filled.load(_renamed(nquads.read_text("utf-8"), copy).encode())
        new.finish(Manifest({}, DEFAULT_BASE, __version__))


def _recheck(store: Path, sources: Sequence[Source]) -> tuple[int, int, float]:
    """The most memory in MB, how many findings, and seconds."""
    known = {s.path: s for s in sources}
    start = time.perf_counter()
    checked = recheck(known, known, opened(store).store, DEFAULT_BASE)
    seconds = time.perf_counter() - start
    # ru_maxrss is at least what the process that started this one had
    status = Path("/proc/self/status").read_text("utf-8")
    peak = int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) // 1024
    return peak, sum(len(s.findings) for s in checked.values()), seconds


def _against_pyshacl(files: Sequence[SourceFile], limit: int) -> None:
    """The whole ``pyshacl`` command, and ours with loading the same triples."""
    data = nquads_of(load(files, ontology=True).store)
    shapes = shacl.load_shapes()
    start = time.perf_counter()
    store = memory()
    store.load(data)
    ours = shacl.validate_store(shapes, store.select)
    compiled = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        merged, joined = Path(folder) / "data.nt", Path(folder) / "shapes.ttl"
        lines = {" ".join(q.split(" ")[:-2]) + " ." for q in data.decode().split("\n") if q}
        merged.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
        graph = rdflib.Graph()
        for shape_file in resources.files("shapes", "*.ttl"):
            graph.parse(shape_file)
        graph.serialize(joined, format="turtle")
        command = [
            Path(sys.executable).with_name("pyshacl"),
            "-s",
            joined,
            "-df",
            "nt",
            "-o",
            Path(folder) / "report.txt",
            merged,
        ]
        start = time.perf_counter()
        try:
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, timeout=limit
            )
        except subprocess.TimeoutExpired:
            print(
                f"\n{len(files)} standards merged: pyshacl not done after {limit} s, compiled "
                f"{compiled:.2f} s and {len(ours)} findings: over {limit / compiled:.0f} times"
            )
            return
        plain = time.perf_counter() - start
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
        said = re.search(r"Results \((\d+)\)", (Path(folder) / "report.txt").read_text("utf-8"))
        found = int(said[1]) if said else 0
    print(
        f"\n{len(files)} standards merged: pyshacl {plain:.0f} s and {found} results, "
        f"compiled {compiled:.2f} s and {len(ours)} findings, {plain / compiled:.0f} times"
    )


if __name__ == "__main__":
    main()
