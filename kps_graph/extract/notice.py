"""What an E rule is: its severity, words, remedy and example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kps_graph.report import Severity

__all__ = ["Notice"]

#: A text in Chinese and in English.
Pair: TypeAlias = "tuple[str, str]"


@dataclass(frozen=True, slots=True)
class Notice:
    """One E rule.

    Attributes:
        severity: how much it matters.
        title: what it asks for.
        message: what is said of a breach; ``{}`` fields are filled by name.
        remedy: what to do.
        breach, fix: an example, in Chinese.
    """

    severity: Severity
    title: Pair
    message: Pair
    remedy: Pair
    breach: str
    fix: str
