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
    "overlap": (2.317, 0.928, -3.244),
    "less": (0.711, -2.805, 2.094),
    "more": (-0.312, 2.982, -2.670),
    "near": (-3.953, 0.032, 3.922),
    "tail": (0.196, 0.174, -0.370),
    "contrast": (-0.403, -0.518, 0.921),
    "cut": (1.833, -1.225, -0.608),
    "aside": (-0.404, 2.148, -1.744),
    "parts": (-0.287, 0.419, -0.132),
    "ends": (2.076, 0.734, -2.810),
}
INTERCEPT: Final = (-1.358, 0.665, 0.693)

#: The probability from which two names are taken to be the same.
SAME_FROM: Final = 0.5
