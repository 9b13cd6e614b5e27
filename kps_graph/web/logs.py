"""The log: a JSON object on each line of standard error."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

__all__ = ["CONFIGURATION", "Lines"]


_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False).encode
# no line says which thread or process wrote it: so it need not be found out
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


class Lines(logging.Formatter):
    """A record as a line: time, level, what is said, and what else is known of it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            said["trace"] = self.formatException(record.exc_info)
        return _WRITTEN(said)


#: For :func:`logging.config.dictConfig`.
CONFIGURATION: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": Lines}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {
        name: {"handlers": ["stderr"], "level": "INFO", "propagate": False}
        for name in ("uvicorn", "kps_graph.web")
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
