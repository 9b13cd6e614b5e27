"""The bar of a long command moves through all its stages, and its estimate is honest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.cli.waiting import BUILDING, Course


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_reading_moves_the_bar_by_its_part_of_the_whole():
    course = Course({"read": 3, "write": 1}, Clock())
    course.count(1, 2)
    assert course.done == pytest.approx(0.375)


def test_nothing_is_estimated_before_anything_is_done():
    assert Course(BUILDING, Clock()).remaining is None


def test_a_stage_that_counts_nothing_moves_on_as_its_part_says():
    clock = Clock()
    course = Course({"read": 3, "write": 1}, clock)
    clock.now = 30
    course.begin("write")
    assert (course.done, course.remaining) == (pytest.approx(0.75), pytest.approx(10))
    clock.now = 35
    assert (course.done, course.remaining) == (pytest.approx(0.875), pytest.approx(5))


def test_a_stage_that_takes_longer_than_expected_is_not_said_to_have_ended():
    clock = Clock()
    course = Course({"read": 3, "write": 1}, clock)
    clock.now = 30
    course.begin("write")
    clock.now = 300
    assert course.done < 1


def test_a_stage_that_nobody_expected_leaves_the_estimate_open():
    course = Course(BUILDING, Clock())
    course.begin("links")
    assert course.remaining is None


@given(st.lists(st.floats(0.1, 100), min_size=len(BUILDING), max_size=len(BUILDING)))
def test_the_bar_never_goes_back(seconds):
    clock = Clock()
    course = Course(BUILDING, clock)
    seen = []
    for stage, taken in zip(BUILDING, seconds, strict=True):
        course.begin(stage)
        for part in range(1, 4):
            clock.now += taken / 3
            if stage == "read":
                course.count(part, 3)
            seen.append(course.done)
    assert seen == sorted(seen)
    assert seen[-1] <= 1
