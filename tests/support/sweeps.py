"""What is tried in an everyday run of a long list, and what in a full one only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["now_and_then"]


def now_and_then(values: Iterable[Any], every: int) -> list[Any]:
    """``values`` for parametrize: the first of each ``every`` is tried always, the others by .ci/run."""
    return [
        value if n % every == 0 else pytest.param(value, marks=pytest.mark.sweep)
        for n, value in enumerate(values)
    ]
