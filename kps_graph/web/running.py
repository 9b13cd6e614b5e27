"""The process that listens."""

from __future__ import annotations

import uvicorn

from kps_graph.web.app import application
from kps_graph.web.served import Settings

__all__ = ["serve"]


def serve(settings: Settings) -> None:
    """Answers requests until the process is asked to end."""
    uvicorn.run(
        application(settings),
        host=settings.host,
        port=settings.port,
        log_level="info",
        server_header=False,
    )
