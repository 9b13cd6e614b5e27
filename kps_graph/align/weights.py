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
    "less": (-3.591, -1.727, 5.318),
    "more": (-3.593, 3.605, -0.012),
    "begins": (0.849, 0.647, -1.497),
    "cut": (3.888, -3.144, -0.744),
    "aside": (-0.081, 2.250, -2.169),
}
INTERCEPT: Final = (-0.430, 0.122, 0.308)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
