"""The process that listens, and those that answer with it."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from kps_graph.errors import KpsError
from kps_graph.web.connections import Config
from kps_graph.web.logs import CONFIGURATION
from kps_graph.web.served import Settings
from kps_graph.words import Sentence, reason

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["serve"]

#: Connections of one process, and seconds that an idle one is kept.
_CONNECTIONS: Final = 2_000
_IDLE: Final = 15
#: Seconds that answers under way have when the server is asked to end.
_LEAVING: Final = 30


def serve(settings: Settings, listening: Callable[[str], None] | None = None) -> None:
    """Answers requests until the process is asked to end; what is under way is finished then.

    Args:
        settings: of the server.
        listening: told the address as soon as it can be asked.

    Raises:
        KpsError: if the address cannot be listened on.
    """
    with _listener(settings) as listener, tempfile.TemporaryDirectory() as numbers:
        if settings.workers > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = numbers
        config = Config(
            partial(_application, settings),
            settings.limits.seconds,
            factory=True,
            workers=settings.workers,
            lifespan="on",
            ws="none",
            access_log=False,
            log_config=CONFIGURATION,
            server_header=False,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_LEAVING,
        )
        if listening:
            listening(_address(listener, settings.host))
        if settings.workers > 1:
            Multiprocess(config, [listener]).run()
        else:
            uvicorn.Server(config).run([listener])


def _application(settings: Settings) -> Starlette:
    # what counts looks where to when it is imported, which several processes are told first
    from kps_graph.web.app import application

    return application(settings)


def _listener(settings: Settings) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        said = reason(error) if isinstance(error, OSError) else str(error)
        raise KpsError(
            "nothing can listen at {host}:{port}: {reason}",
            host=settings.host,
            port=settings.port,
            reason=said,
            hint=Sentence("name another address with --host and --port; 0 is any free port"),
        ) from error


def _address(listener: socket.socket, host: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}/"
