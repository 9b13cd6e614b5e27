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
    "less": (-4.223, -1.316, 5.538),
    "more": (-3.380, 3.354, 0.027),
    "begins": (0.879, 0.724, -1.603),
    "cut": (3.750, -3.170, -0.579),
    "aside": (0.365, 3.530, -3.895),
}
INTERCEPT: Final = (-0.438, 0.160, 0.277)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
