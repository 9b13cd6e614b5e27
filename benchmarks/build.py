"""Documents to a store, against what Oxigraph takes to bulk-load the same triples.

Needs ``KPS_CORPUS_DIR``. ``--tenfold`` also builds ten renamed copies of the corpus.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
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
    parser.add_argument("--tenfold", action="store_true")
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
    if options.tenfold:
        _tenfold(work, files)
    shutil.rmtree(work)


def _copy(folder: Path, files, copies: int) -> None:
    folder.mkdir()
    for n in range(copies):
        for file in files:
            data = json.loads(file.path.read_bytes())
            code = data["metadata"]["code"]
            if n and code[3:7].isdigit():
                data["metadata"]["code"] = f"{code[:3]}{(int(code[3:7]) + n) % 10000:04d}{code[7:]}"
                data["metadata"]["name"] += f"{n}"
            (folder / f"{n}-{file.path.name}").write_text(json.dumps(data, ensure_ascii=False))


def _one_changed(work: Path, files, rounds: int) -> None:
    folder = work / "changing"
    _copy(folder, files, 1)
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


def _tenfold(work: Path, files) -> None:
    folder = work / "ten"
    _copy(folder, files, 10)
    found = find([folder])
    start = time.perf_counter()
    build(files, work / "one.store", rebuild=True, check=False, align=False)
    one = time.perf_counter() - start
    start = time.perf_counter()
    built = build(found, work / "ten.store", rebuild=True, check=False, align=False)
    ten = time.perf_counter() - start
    peak = (
        max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        / 2**20
    )
    print(
        f"{len(found)} documents, {built.triples:,} triples: {ten / one:.1f} times the time of "
        f"{len(files)}, peak {peak:.2f} GiB of the largest process"
    )


if __name__ == "__main__":
    main()
