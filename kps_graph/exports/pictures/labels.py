"""Where each label of a map stands, and from which magnification on, so that nothing is covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

__all__ = ["Place", "label_zooms"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label may stand: a frame around a point, which keeps its size as points move apart.

    Attributes:
        x, y: the point.
        frame: left, top, right and bottom, from the point.
    """

    x: float
    y: float
    frame: tuple[float, float, float, float]


def label_zooms(
    labels: Sequence[Sequence[Place]], dots: Sequence[tuple[float, float, float]]
) -> list[tuple[int, float]]:
    """For each label its place and the least magnification at which it fits; the first come first.

    Labels and dots keep their size while their points move apart. So a label is clear of
    something else from one magnification on, for good: where the points' distance, grown, takes
    the one frame past the other. A label waits until it is clear of every dot and of every
    earlier label that is shown by then; of its places it takes the one where it waits least.

    Args:
        labels: the places that each label may have, the best first; the most important label
            first.
        dots: x, y and radius of what no label may cover; one at a label's own point is its own.

    Returns:
        Of each label the number of its place, and the magnification, from 1 to infinity.
    """
    import numpy as np

    spots = np.array(dots, float).reshape(-1, 3)
    around = spots[:, [2, 2, 2, 2]] * np.array([-1.0, -1.0, 1.0, 1.0])
    at, taken, zooms = (np.zeros((len(labels), n)) for n in (2, 4, 1))
    found: list[tuple[int, float]] = []
    for number, places in enumerate(labels):
        best = (0, float("inf"))
        for which, place in enumerate(places):
            point = np.array([place.x, place.y])
            others = (spots[:, :2] != point).any(axis=1)
            least = _clear(place.frame, point, spots[others, :2], around[others]).max(initial=1.0)
            clear = _clear(place.frame, point, at[:number], taken[:number])
            least = max(least, clear[zooms[:number, 0] < clear].max(initial=1.0))
            if least < best[1]:
                best = (which, float(least))
            if least == 1:
                break
        chosen = places[best[0]]
        at[number], taken[number], zooms[number] = (chosen.x, chosen.y), chosen.frame, best[1]
        found.append(best)
    return found


def _clear(frame: Sequence[float], point: Numbers, others: Numbers, frames: Numbers) -> Numbers:
    """From which magnification on ``frame`` at ``point`` is clear of each of ``frames``."""
    import numpy as np

    best = np.full(len(others), np.inf)
    for axis in (0, 1):
        apart = others[:, axis] - point[axis]
        ahead = np.maximum(frame[axis + 2] - frames[:, axis], 0)
        behind = np.maximum(frames[:, axis + 2] - frame[axis], 0)
        needed = np.where(apart > 0, ahead, behind)
        with np.errstate(divide="ignore", invalid="ignore"):
            least = np.where(
                apart != 0,
                needed / np.abs(apart),
                np.where((ahead == 0) | (behind == 0), 0.0, np.inf),
            )
        best = np.minimum(best, least)
    return best
