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
    "less": (-5.046, -1.133, 6.179),
    "more": (-4.554, 2.408, 2.146),
    "near": (-1.418, -0.475, 1.893),
    "tail": (0.216, 0.184, -0.400),
    "contrast": (-0.130, -0.629, 0.759),
    "cut": (3.275, -2.942, -0.332),
    "aside": (0.273, 3.598, -3.871),
    "parts": (-0.620, 0.672, -0.052),
    "ends": (0.727, 1.250, -1.977),
}
INTERCEPT: Final = (2.188, 1.331, -3.518)

#: The probability from which two names are taken to be the same. Nearly all that are the same are
#: so by rule; of the few others that a whole corpus has, half of those below this are doubtful.
SAME_FROM: Final = 0.6
