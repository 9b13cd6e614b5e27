"""The values of the header fields ``Accept``, ``Accept-Encoding`` and ``Accept-Language``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["IGNORED", "PARAMETER", "Range", "ranges"]

_PART: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
PARAMETER: Final = re.compile(r';\s*([\w!#$&^.+\-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')
_QUALITY: Final = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
#: Parameters that ask for no other representation: all are UTF-8, and profiles may be ignored.
IGNORED: Final = frozenset(("charset", "profile", "header", "version"))


class Range(NamedTuple):
    """A media range of ``Accept``: its type, the parameters that count, and its weight."""

    kind: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    def specificity(self, kind: str, parameters: frozenset[tuple[str, str]]) -> int:
        """How closely it names a media type; 0 if it does not."""
        if not self.parameters <= parameters:
            return 0
        if self.kind == kind:
            return 3 + len(self.parameters)
        if self.kind == f"{kind.partition('/')[0]}/*":
            return 2
        return 1 if self.kind in ("*/*", "*") else 0


def ranges(accept: str) -> list[Range]:
    """What a field accepts, with its weights, in its order."""
    return [_range(part) for part in _PART.findall(accept) if part.strip()]


def _range(part: str) -> Range:
    kind = part.partition(";")[0].strip().lower()
    given = {name.lower(): value.strip('"').lower() for name, value in PARAMETER.findall(part)}
    weight = given.pop("q", "1")
    counted = frozenset((n, v) for n, v in given.items() if n not in IGNORED)
    # what is no weight is no wish
    return Range(kind, counted, float(weight) if _QUALITY.fullmatch(weight) else 0.0)
