"""What a cell heads, whatever stands in it."""

from __future__ import annotations

from kps_graph.courses.columns import fact


def test_numbers_without_end_behind_a_heading_take_no_longer_than_others():
    """They were tried in every way to part them, and a cell of 60 took years."""
    assert fact("課程名稱" + "1" * 150) == fact("課程名稱")
    assert fact("課程名稱" + "1" * 150 + "甲") is None
