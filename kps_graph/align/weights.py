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
    "less": (-5.051, -1.126, 6.177),
    "more": (-4.377, 2.310, 2.067),
    "near": (-1.351, -0.505, 1.857),
    "tail": (0.210, 0.188, -0.398),
    "contrast": (-0.115, -0.637, 0.752),
    "cut": (3.312, -2.964, -0.348),
    "aside": (0.272, 3.593, -3.865),
    "parts": (-0.592, 0.659, -0.067),
    "ends": (0.691, 1.279, -1.970),
}
INTERCEPT: Final = (2.106, 1.373, -3.479)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
