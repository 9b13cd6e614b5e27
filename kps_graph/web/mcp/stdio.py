"""The protocol on standard input and output, for an assistant on the same machine."""

from __future__ import annotations

from kps_graph.web.mcp.server import server
from kps_graph.web.served import Served, Settings

__all__ = ["run"]


def run(settings: Settings) -> None:
    """Answers until standard input ends."""
    served = Served(settings)
    try:
        server(served).run("stdio")
    finally:
        served.close()
