"""The pages that say why there is no page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kps_graph.exports.site.frame import Frame, render

__all__ = ["Fault", "Near", "error_page"]


@dataclass(frozen=True, slots=True)
class Near:
    """What may have been meant: the address that goes on with it, the code and the name of a standard."""

    address: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no page.

    Attributes:
        status: of HTTP.
        said: what is wrong; "" if the status says it.
        advice: what to do about it; "" if nothing is known.
        sought: what was looked for, or the number of the failure.
        near: what may have been meant.
        empty: whether there is no store yet.
    """

    status: int
    said: str
    advice: str
    sought: str = ""
    near: Sequence[Near] = ()
    empty: bool = False


def error_page(frame: Frame, fault: Fault) -> str:
    """The page about a fault."""
    kind = fault.status if fault.status in (404, 500, 503) else 400
    title = frame.word(f"error-{'empty' if fault.empty else kind}")
    return render("error.html", frame, title, fault=fault)
