"""What is tried in an everyday run of a long list, and what in a full one only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["now_and_then"]


def now_and_then(values: Iterable[Any], every: int) -> list[Any]:
    """``values`` for parametrize: the first of each ``every`` is tried always, the others by .ci/run."""
    return [value if n % every == 0 else _in_full_only(value) for n, value in enumerate(values)]


def _in_full_only(value: Any) -> Any:
    """``value``, which may be a ``pytest.param`` with an id, marked."""
    given = isinstance(value, type(pytest.param()))
    values, name = (value.values, value.id) if given else ((value,), None)
    return pytest.param(*values, id=name, marks=pytest.mark.sweep)
