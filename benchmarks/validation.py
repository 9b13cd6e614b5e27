"""The rules over a corpus, against a bulk load of it and against the ``pyshacl`` command.

Needs ``KPS_CORPUS_DIR``. ``--pyshacl N`` also runs pySHACL on the merged graph of N standards.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks.measure import corpus, interleaved, report
from kps_graph import resources, shacl
from kps_graph.pipeline import find
from kps_graph.pipeline.memory import load


def main() -> None:
    """Prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pyshacl", type=int, default=0, metavar="N")
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
        _against_pyshacl(files[: options.pyshacl])


def _against_pyshacl(files) -> None:
    loaded = load(files, ontology=True)
    shapes = shacl.load_shapes()
    start = time.perf_counter()
    ours = shacl.validate_store(shapes, loaded.store.select)
    compiled = time.perf_counter() - start
    merged = rdflib.Graph()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.nt"
        lines = {" ".join(q.split(" ")[:-2]) + " ." for q in
                 loaded.store.dump_all().decode().split("\n") if q}
        path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
        merged.parse(path, format="nt")
    graph = rdflib.Graph()
    for shape_file in resources.files("shapes", "*.ttl"):
        graph.parse(shape_file)
    import pyshacl

    start = time.perf_counter()
    pyshacl.validate(merged, shacl_graph=graph)
    plain = time.perf_counter() - start
    print(f"\n{len(files)} standards merged, {len(ours)} findings: pyshacl {plain:.0f} s, "
          f"compiled {compiled:.2f} s, {plain / compiled:.0f} times")


if __name__ == "__main__":
    main()
