"""Text that a line is drawn through: it is left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kps_graph.readers.lattice import Lattice, Rule
from kps_graph.readers.pdf_marks import Run

__all__ = ["free_rules", "without_struck"]


def free_rules(rules: Sequence[Rule], tables: Sequence[Lattice]) -> list[Rule]:
    """The horizontal lines that border no cell, by height."""
    heights = {rule.at for rule in rules}
    free = {at for at in heights if not any(t.rules(at) for t in tables)}
    return sorted(rule for rule in rules if rule.at in free) if free else []


def without_struck(runs: Sequence[Run], rules: Sequence[Rule]) -> tuple[list[Run], str]:
    """The runs without the parts that one of the ``rules`` goes through, and those parts."""
    kept: list[Run] = []
    struck: list[str] = []
    for run in runs:
        for part, out in _parts(run, rules):
            if out:
                struck.append(part.text)
            elif part.text:
                kept.append(part)
    return kept, "".join(struck).strip()


def _parts(run: Run, rules: Sequence[Rule]) -> Iterator[tuple[Run, bool]]:
    """A run cut where a line through it begins and ends, each part with whether it is struck."""
    high = run.bottom - run.top
    through = []
    # the middle of the characters: higher than an underline, lower than a border above
    for rule in rules[bisect_left(rules, Rule(run.top + 0.25 * high, 0.0, 0.0)) :]:
        if rule.at > run.top + 0.74 * high:
            break
        if rule.start < run.right and rule.end > run.left:
            through.append(rule)
    if not through:
        yield run, False
        return
    inked = len(run.text.rstrip()) or 1
    step = (run.right - run.left) / inked
    marks = [
        any(r.start <= run.left + step * (min(n, inked - 1) + 0.5) <= r.end for r in through)
        for n in range(len(run.text))
    ]
    start = 0
    for n in range(1, len(marks) + 1):
        if n == len(marks) or marks[n] != marks[start]:
            left = run.left + step * start
            right = run.left + step * min(n, inked)
            yield Run(run.text[start:n], left, right, run.top, run.bottom), marks[start]
            start = n
