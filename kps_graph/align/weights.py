"""The model: how much each feature speaks for *same*, *related* and *different*.

A multinomial logistic regression on the features of :mod:`kps_graph.align.features`, as they are,
fitted on labelled pairs that no rule decides. To fit it anew, from any files with the columns
``kind a b label``::

    python benchmarks/bench_matching.py --fit PAIRS.tsv [PAIRS.tsv ...]

Each row reads: one more of this feature multiplies the odds by ``e`` to the number.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COEFFICIENTS", "INTERCEPT", "SAME_FROM"]

#: Feature: (same, related, different).
COEFFICIENTS: Final = {
    "overlap": (2.847, 0.523, -3.370),
    "less": (-3.590, -1.056, 4.646),
    "more": (-0.553, 2.122, -1.568),
    "near": (-3.352, 0.204, 3.148),
    "tail": (0.079, 0.180, -0.260),
    "contrast": (-0.308, -0.567, 0.875),
    "cut": (1.423, -1.208, -0.214),
    "aside": (-0.086, 1.811, -1.725),
    "ends": (0.454, 0.619, -1.072),
}
INTERCEPT: Final = (-0.691, 1.188, -0.497)

#: The probability from which two names are taken to be the same.
SAME_FROM: Final = 0.5
