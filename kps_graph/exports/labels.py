"""From which magnification each label of a map is shown, so that no two ever overlap."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

__all__ = ["label_zooms"]


def label_zooms(points: Sequence[tuple[float, float]], widths: Sequence[float],
                height: float) -> list[float]:
    """The least magnification at which each label fits; the first ones come first.

    Labels keep their size while their points move apart, and all hang below their points alike.
    So two of them are clear of each other from one magnification on, for good: where the points'
    distance, grown, reaches half the sum of their widths, or their height. A label waits until
    it is clear of every earlier one that is shown by then.

    Args:
        points: where the labels hang, the most important first.
        widths: how wide each is.
        height: how high all are.
    """
    zooms: list[float] = []
    for number, ((x, y), width) in enumerate(zip(points, widths, strict=True)):
        least = 1.0
        for other in range(number):
            dx, dy = abs(points[other][0] - x), abs(points[other][1] - y)
            across = (widths[other] + width) / 2 / dx if dx else inf
            clear = min(across, height / dy if dy else inf)
            if clear > least and zooms[other] < clear:
                least = clear
        zooms.append(least)
    return zooms
