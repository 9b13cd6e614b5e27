"""How long ``kps-graph demo`` takes, once installed; the aim is below ten seconds on two cores."""

from __future__ import annotations

import shutil
import sys

from benchmarks.measure import interleaved, process, report


def main() -> None:
    """Prints the time, and its ratio to a bare interpreter that imports rdflib and pySHACL."""
    kps = shutil.which("kps-graph") or f"{sys.prefix}/bin/kps-graph"
    report(
        interleaved(
            {
                "python -c 'import pyshacl'": process([sys.executable, "-c", "import pyshacl"]),
                "kps-graph demo": process([kps, "demo"]),
            }
        ),
        "python -c 'import pyshacl'",
    )


if __name__ == "__main__":
    main()
