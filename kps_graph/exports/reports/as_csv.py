"""CSV that a spreadsheet opens: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from typing import Final

from kps_graph.exports.reports.checked import Checked
from kps_graph.printable import printable

__all__ = ["safe", "write"]

#: What makes a spreadsheet take a text for a formula, also in full width.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def write(checked: Checked) -> bytes:
    """One row per finding and per unreadable file; lines end as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(checked.headings())
    writer.writerows([safe(v) if isinstance(v, str) else v for v in row] for row in checked.rows())
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe(text: str) -> str:
    """``text`` as a spreadsheet may hold it: behind an apostrophe if it began like a formula."""
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
