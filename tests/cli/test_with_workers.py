"""Commands as users run them: documents are read in other processes, and give what one process gives."""

from __future__ import annotations

import pytest

from tests.support.command import typed

LINES = [
    "parse {seed}",
    "parse {seed} --format turtle --derived",
    "validate {seed} {draft} --format json",
    "validate {seed} --format html -o -",
    "review {seed} --format json",
    "courses {courses} --standard {seed} --format json",
    "courses {courses} --standard {seed} --by course --format csv",
    "draw {seed} -o -",
]


@pytest.mark.parametrize("line", LINES)
def test_a_command_says_with_workers_what_it_says_without(tmp_path, examples, line):
    line = "kps-graph " + line.format(
        seed=examples / "KPS1420-001v2.md",
        draft=examples / "ZZZ1499-903v1.yaml",
        courses=examples / "courses.csv",
    )
    without = typed(line, tmp_path, KPS_WORKERS="0")
    assert without.code in (0, 1), without.err
    assert typed(line, tmp_path, KPS_WORKERS="1") == without
