"""The model: how much each feature speaks for *same*, *related* and *different*.

A multinomial logistic regression on the features of :mod:`kps_graph.align.features`, as they are,
fitted on labelled pairs that no rule decides. To fit it anew, from any files with the columns
``kind a b label``::

    python -m benchmarks.matching --fit PAIRS.tsv [PAIRS.tsv ...]

Each row reads: one more of this feature multiplies the odds by ``e`` to the number.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COEFFICIENTS", "INTERCEPT", "SAME_FROM"]

#: Feature: (same, related, different).
COEFFICIENTS: Final = {
    "less": (-4.129, -1.031, 5.161),
    "more": (-3.754, 2.908, 0.846),
    "near": (0.685, 0.151, -0.836),
    "begins": (1.066, 0.797, -1.862),
    "cut": (3.558, -3.197, -0.362),
    "aside": (-0.032, 3.535, -3.503),
}
INTERCEPT: Final = (-0.701, 0.221, 0.480)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
