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
    "overlap": (2.754, 0.529, -3.284),
    "less": (-3.627, -1.046, 4.673),
    "more": (-0.543, 2.095, -1.553),
    "near": (-3.408, 0.224, 3.183),
    "tail": (0.079, 0.180, -0.259),
    "contrast": (-0.308, -0.567, 0.875),
    "cut": (1.420, -1.218, -0.201),
    "aside": (-0.100, 1.815, -1.715),
    "ends": (0.462, 0.623, -1.085),
}
INTERCEPT: Final = (-0.606, 1.185, -0.579)

#: The probability from which two names are taken to be the same.
SAME_FROM: Final = 0.5
