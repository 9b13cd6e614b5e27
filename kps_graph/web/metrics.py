"""What happens, in numbers: the text that Prometheus reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

__all__ = ["CONTENT_TYPE_LATEST", "count", "text"]

_SECONDS: Final = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_ANSWERS: Final = Counter(
    "kps_http_requests_total", "Requests that were answered.", ("room", "method", "status")
)
_DURATION: Final = Histogram(
    "kps_http_request_seconds", "How long requests took.", ("room",), buckets=_SECONDS
)
_CUT: Final = Counter("kps_http_cut_total", "Answers that were cut.", ("room",))
_WORKERS: Final = Gauge(
    "kps_query_workers_busy", "Queries at work.", ("lane",), multiprocess_mode="livesum"
)
_WAITING: Final = Gauge(
    "kps_queries_waiting", "Queries that wait.", ("lane",), multiprocess_mode="livesum"
)


def count(room: str, method: str, status: int, seconds: float, cut: bool) -> None:
    """Counts a request.

    Args:
        room: where it was answered.
        method: of HTTP.
        status: of the answer.
        seconds: it took.
        cut: whether its answer was cut.
    """
    answers, duration = _of(room, method, status)
    answers.inc()
    duration.observe(seconds)
    if cut:
        _CUT.labels(room).inc()


@cache  # rooms, methods and statuses are few
def _of(room: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return _ANSWERS.labels(room, method, str(status)), _DURATION.labels(room)


def text(lanes: Mapping[str, tuple[int, int]]) -> bytes:
    """All numbers, of all processes that answer."""
    for lane, (busy, waiting) in lanes.items():
        _WORKERS.labels(lane).set(busy)
        _WAITING.labels(lane).set(waiting)
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
