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
    "less": (-4.005, -1.184, 5.188),
    "more": (-2.386, 2.408, -0.021),
    "near": (-0.828, 0.787, 0.041),
    "begins": (0.852, 0.882, -1.734),
    "cut": (3.624, -3.134, -0.490),
    "aside": (0.219, 3.369, -3.588),
}
INTERCEPT: Final = (-0.283, 0.028, 0.255)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
