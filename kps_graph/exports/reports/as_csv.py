"""CSV that a spreadsheet opens: UTF-8 with a byte order mark, and no cell that is a formula."""

from __future__ import annotations

import csv
import io

from kps_graph.exports.reports.checked import Checked
from kps_graph.printable import spreadsheet_text

__all__ = ["write"]


def write(checked: Checked) -> bytes:
    """One row per finding and per unreadable file; lines end as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(checked.headings())
    writer.writerows(
        [spreadsheet_text(v) if isinstance(v, str) else v for v in row] for row in checked.rows()
    )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")
