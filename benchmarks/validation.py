"""The rules over a corpus, against a bulk load of it and against the ``pyshacl`` command.

Needs ``KPS_CORPUS_DIR``. ``--pyshacl N`` also runs pySHACL on the merged graph of N standards.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks.measure import corpus, interleaved, report
from kps_graph import resources, shacl
from kps_graph.pipeline import find
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import SourceFile
from kps_graph.store import EmbeddedStore


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyshacl", type=int, default=0, metavar="N")
    parser.add_argument("--limit", type=int, default=600, metavar="SECONDS",
                        help="how long to wait for pyshacl")
    options = parser.parse_args()
    files = find([corpus()])
    loaded = load(files, ontology=True)
    store, data = loaded.store, loaded.store.dump_all()
    shapes = shacl.load_shapes()
    one = next(f"https://w3id.org/kps-graph/id/{s.identity}"
               for s in loaded.sources if s.outcome == "loaded")
    report(
        interleaved({
            "bulk load": lambda: ox.Store().bulk_load(
                input=data, format=ox.RdfFormat.N_QUADS, lenient=True),
            "all rules, all standards": lambda: shacl.validate_store(shapes, store.select),
            "all rules, one standard": lambda: shacl.validate_store(shapes, store.select, [one]),
        }, options.rounds),
        "bulk load",
    )
    if options.pyshacl:
        _against_pyshacl(files[: options.pyshacl], options.limit)


def _against_pyshacl(files: Sequence[SourceFile], limit: int) -> None:
    """The whole ``pyshacl`` command, and ours with loading the same triples."""
    data = load(files, ontology=True).store.dump_all()
    shapes = shacl.load_shapes()
    start = time.perf_counter()
    store = EmbeddedStore.memory()
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
        command = [Path(sys.executable).with_name("pyshacl"), "-s", joined, "-df", "nt",
                   "-o", Path(folder) / "report.txt", merged]
        start = time.perf_counter()
        try:
            done = subprocess.run(command, check=False, capture_output=True, text=True,
                                  timeout=limit)
        except subprocess.TimeoutExpired:
            print(f"\n{len(files)} standards merged: pyshacl not done after {limit} s, compiled "
                  f"{compiled:.2f} s and {len(ours)} findings: over {limit / compiled:.0f} times")
            return
        plain = time.perf_counter() - start
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr)
        found = (Path(folder) / "report.txt").read_text("utf-8").count("Constraint Violation in")
    print(f"\n{len(files)} standards merged: pyshacl {plain:.0f} s and {found} results, "
          f"compiled {compiled:.2f} s and {len(ours)} findings, {plain / compiled:.0f} times")


if __name__ == "__main__":
    main()
