"""A baseline: the findings that are known already, so that a check can tell what is new.

A finding is known by its rule, its standard, the code, property and text concerned; not by its
place, so that moving rows or lines changes nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from kps_graph.errors import BadBaseline
from kps_graph.report import Finding
from kps_graph.words import Sentence, reason

__all__ = ["Compared", "change", "compare", "read", "read_text", "write"]

_FIELDS: Final = ("rule", "standard", "code", "path", "value")
_FORMAT: Final = 1

Key: TypeAlias = "tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline.

    Attributes:
        new: the findings that are not in the baseline.
        known: how many are.
        gone: how many entries of the baseline were not found again.
    """

    new: tuple[Finding, ...]
    known: int
    gone: int


def write(findings: Iterable[Finding]) -> bytes:
    """``findings`` as a baseline: JSON, one line each, so that it can be kept and compared."""
    lines = [
        json.dumps(dict(zip(_FIELDS, key, strict=True)), ensure_ascii=False)
        for key in sorted(map(_key, findings))
    ]
    listed = ",\n".join(lines)
    return f'{{"baseline": {_FORMAT}, "findings": [\n{listed}\n]}}\n'.encode()


def read(path: Path) -> Counter[Key]:
    """The entries of the baseline at ``path``, and how often each occurs.

    Raises:
        BadBaseline: if it cannot be read, or is none.
    """
    try:
        return read_text(path.read_text("utf-8"))
    except OSError as error:
        raise BadBaseline(
            "the baseline cannot be read: {reason}",
            reason=reason(error),
            source=str(path),
            hint=_HINT,
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise BadBaseline("this is no baseline", source=str(path), hint=_HINT) from error


def read_text(text: str) -> Counter[Key]:
    """The entries of a baseline, and how often each occurs.

    Raises:
        ValueError, LookupError, TypeError: if it is none.
    """
    data = json.loads(text)
    if data["baseline"] != _FORMAT:
        raise ValueError("a baseline of another version")
    return Counter(tuple(str(entry[name]) for name in _FIELDS) for entry in data["findings"])


def compare(findings: Iterable[Finding], baseline: Counter[Key]) -> Compared:
    """Tells what is new; of several equal findings, as many are known as the baseline has."""
    left = baseline.copy()
    new = []
    for finding in findings:
        if left[_key(finding)] > 0:
            left[_key(finding)] -= 1
        else:
            new.append(finding)
    gone = sum(n for n in left.values() if n > 0)
    return Compared(tuple(new), baseline.total() - gone, gone)


def change(
    before: Iterable[Finding], now: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are new, and those that are gone.

    One whose text was changed and is still at fault is new and not gone.
    """
    before, now = tuple(before), tuple(now)
    new = compare(now, Counter(map(_key, before))).new
    still = {(f.rule, f.code, f.path) for f in new if f.code}
    gone = compare(before, Counter(map(_key, now))).new
    return new, tuple(f for f in gone if (f.rule, f.code, f.path) not in still)


def _key(finding: Finding) -> Key:
    return tuple(str(getattr(finding, name)) for name in _FIELDS)


_HINT: Final = Sentence("make one with kps-graph validate --write-baseline FILE")
