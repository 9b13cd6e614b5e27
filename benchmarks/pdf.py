"""Pages a second of the PDF reader and of pdfplumber's table extraction, and what each gets right.

Run ``python -m benchmarks.pdf`` with LibreOffice and the development dependencies installed.
The documents are the examples, in the layout of the real standards, made into PDF by LibreOffice.
Both read the same bytes in turn, in one run, and are charged the processor time they take, so
that a busy machine does not favour one of them.
"""

from __future__ import annotations

import gc
import logging
import statistics
import sys
import time
from io import BytesIO
from typing import Any

from kps_graph.extract import extract
from kps_graph.folding import glyphs
from kps_graph.readers import read
from kps_graph.resources import files
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import GridTable, grid
from tests.support.variety import CASES

ROUNDS = 5
WANTED = 8.0


def documents() -> dict[str, tuple[list[Any], bytes]]:
    """Name -> (the grid that was written, the PDF)."""
    grids = {name: grid(*case) for name, case in CASES.items()}
    for path in [*files("examples", "*.yaml"), *files("examples", "KPS*.md")]:
        record = read(path.read_bytes(), path.name)
        grids[path.stem] = grid(extract(record).standard)
    odts = {f"{name}.odt": to_odt(g) for name, g in grids.items()}
    pdfs = convert(odts, "pdf")
    return {name: (g, pdfs[f"{name}.pdf"]) for name, g in grids.items()}


def compact(text: str | None) -> str:
    """Characters alone: no white space, no bullets, no compatibility glyphs."""
    return "".join(c for c in glyphs(text or "") if not c.isspace() and c not in "•◦▪\uf06c")


def ours(data: bytes) -> list[str]:
    """The cells that the reader finds."""
    return [compact(c.text) for t in read(data, "bench.pdf").tables for c in t.cells]


def theirs(data: bytes) -> list[str]:
    """The cells that pdfplumber finds."""
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as pdf:
        return [
            compact(cell)
            for page in pdf.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        ]


def lost(found: list[str], blocks: list[Any]) -> int:
    """Characters of the tables that are missing, where a table may go over several pages."""
    wanted = "".join(compact(c.text) for b in blocks if isinstance(b, GridTable) for c in b.cells)
    have = {c: "".join(found).count(c) for c in set(wanted)}
    return sum(max(0, wanted.count(c) - n) for c, n in have.items())


def main() -> int:
    """Prints the table; fails below the promised ratio."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    made = documents()
    import pypdfium2

    pages = {name: len(pypdfium2.PdfDocument(data)) for name, (_, data) in made.items()}
    total = sum(pages.values())
    print(f"{len(made)} documents, {total} pages")
    for name, (blocks, data) in made.items():
        print(
            f"  {name:24} {pages[name]:3} pages, characters lost: "
            f"{lost(ours(data), blocks)} ours, {lost(theirs(data), blocks)} pdfplumber"
        )
    ratios = []
    for number in range(1, ROUNDS + 1):
        times = {ours: 0.0, theirs: 0.0}
        for _, data in made.values():
            for reader in times:
                gc.collect()
                start = time.process_time()
                reader(data)
                times[reader] += time.process_time() - start
        ratios.append(times[theirs] / times[ours])
        print(
            f"round {number}: {total / times[ours]:6.1f} pages/s ours, "
            f"{total / times[theirs]:6.1f} pdfplumber, ratio {ratios[-1]:.1f}"
        )
    ratio = statistics.median(ratios)
    print(f"median ratio {ratio:.1f}, wanted {WANTED:.0f}")
    return 0 if ratio >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
