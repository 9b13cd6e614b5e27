"""One changed draft, from the shell to the written report, start-up and imports included.

Run ``python -m benchmarks.draft`` with LibreOffice installed, which makes the Word file. The
measure is an interpreter that only imports the libraries that a check stands on.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import interleaved, process, report
from kps_graph.resources import files
from tests.support.checks import seed_docx


def main() -> None:
    """Prints the medians and the ratios; the aim is a second, or about three times the imports."""
    kps = shutil.which("kps-graph") or f"{sys.prefix}/bin/kps-graph"
    bare = [sys.executable, "-c", "import click, lxml.etree, pyoxigraph, rdflib"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (source,) = files("examples", "KPS1420-001v2.md")
        draft = folder / "draft.docx"
        draft.write_bytes(seed_docx(source.parent))

        def check(*options: str) -> list[str]:
            return [kps, "validate", str(draft), *options]

        report(
            interleaved(
                {
                    "import the libraries": process(bare),
                    "validate draft.docx": process(check()),
                    "validate -o report.html": process(check("-o", str(folder / "report.html"))),
                    "validate -o report.sarif": process(check("-o", str(folder / "report.sarif"))),
                    "validate --annotate copy.docx": process(
                        check("--annotate", str(folder / "copy.docx"))
                    ),
                },
                rounds=7,
            ),
            "import the libraries",
        )


if __name__ == "__main__":
    main()
