"""Documents to a store, against what Oxigraph takes to bulk-load the same triples.

Needs ``KPS_CORPUS_DIR``. Ten times the corpus is a matter of :mod:`benchmarks.tenfold`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from benchmarks.measure import corpus, interleaved, report
from kps_graph.pipeline.build import build
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.store import nquads_of


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    files = find([corpus()])
    work = Path(tempfile.mkdtemp(prefix="kps-bench-"))
    data = nquads_of(load(files).store)
    nquads = work / "all.nq"
    nquads.write_bytes(data)
    print(f"{len(files)} documents, {data.count(10):,} quads, {len(data) / 1e6:.0f} MB\n")

    def bulk() -> None:
        ox.Store().bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS, lenient=True)

    def bulk_disk() -> None:
        path = work / "bulk"
        shutil.rmtree(path, ignore_errors=True)
        store = ox.Store(str(path))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.flush()

    def build_disk() -> None:
        build(files, work / "store", rebuild=True, check=False, align=False)

    times = interleaved(
        {
            "bulk load into memory": bulk,
            "parse + RDF + load into memory": lambda: load(files),
        },
        options.rounds,
    )
    report(times, "bulk load into memory")
    print()
    times = interleaved(
        {
            "bulk load on disk": bulk_disk,
            "build (no rules, no matching)": build_disk,
        },
        options.rounds,
    )
    report(times, "bulk load on disk")
    print()
    _one_changed(work, files, options.rounds)
    shutil.rmtree(work)


def _copy(folder: Path, files) -> None:
    folder.mkdir()
    for file in files:
        shutil.copy(file.path, folder)


def _one_changed(work: Path, files, rounds: int) -> None:
    folder = work / "changing"
    _copy(folder, files)
    found = find([folder])
    one = found[len(found) // 2].path
    data = json.loads(one.read_text())
    count = 0

    def full() -> None:
        build(found, work / "changing.store", rebuild=True)

    def changed() -> None:
        nonlocal count
        count += 1
        data["basic_info"]["job_description"] = f"第{count}次更新。"
        one.write_text(json.dumps(data, ensure_ascii=False))
        build(found, work / "changing.store")

    report(interleaved({"whole build": full, "one file changed": changed}, rounds), "whole build")
    print()


if __name__ == "__main__":
    main()
