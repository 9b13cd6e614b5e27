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
    "overlap": (2.616, 0.735, -3.350),
    "less": (0.478, -2.183, 1.705),
    "more": (-0.198, 3.047, -2.849),
    "near": (-2.791, -0.787, 3.578),
    "tail": (0.177, 0.198, -0.375),
    "contrast": (-0.269, -0.500, 0.769),
    "cut": (3.459, -3.376, -0.084),
    "aside": (-0.242, 3.574, -3.332),
    "parts": (-0.582, 0.588, -0.005),
    "ends": (1.487, 1.223, -2.710),
}
INTERCEPT: Final = (-2.048, 0.805, 1.243)

#: The probability from which two names are taken to be the same.
SAME_FROM: Final = 0.5
