"""How long ``kps-graph --help`` takes, against a bare interpreter that imports the CLI library."""

from __future__ import annotations

import shutil
import sys

from benchmarks.measure import interleaved, process, report


def main() -> None:
    """Prints the ratio; the aim is below 3."""
    kps = shutil.which("kps-graph") or f"{sys.prefix}/bin/kps-graph"
    report(
        interleaved(
            {
                "python -c 'import click'": process([sys.executable, "-c", "import click"]),
                "python -c pass": process([sys.executable, "-c", "pass"]),
                "kps-graph --help": process([kps, "--help"]),
            },
            rounds=9,
        ),
        "python -c 'import click'",
    )


if __name__ == "__main__":
    main()
