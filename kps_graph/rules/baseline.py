"""A baseline: the findings that are known already, so that a check can tell what is new.

A finding is known by its rule, the code, property and text concerned, and by whose it is: a draft is
known by its occupation and the series of its code, as far as it states them. Neither the name of its
file counts nor the place in it, so that a baseline goes on to the next saved version.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, TypeAlias

from kps_graph.errors import BadBaseline
from kps_graph.folding import fold
from kps_graph.report import Finding
from kps_graph.saving import content_of
from kps_graph.terms import code_series
from kps_graph.words import Sentence, reason

__all__ = ["Baseline", "Compared", "Draft", "change", "compare", "read", "read_text", "write"]

_FIELDS: Final = ("rule", "code", "path", "value")
_FORMAT: Final = 2
#: So many bytes are read: a hundred thousand findings.
_MOST: Final = 32 * 2**20

Key: TypeAlias = "tuple[str, ...]"


@dataclass(frozen=True, slots=True, order=True)
class Draft:
    """What a standard is known by from one saved version to the next; "" where it does not say.

    Attributes:
        occupation: its name, as names are compared.
        series: its code without the version.
    """

    occupation: str = ""
    series: str = ""

    @classmethod
    def of(cls, name: str, code: str) -> Draft:
        """The draft called ``name`` with the code ``code``, each perhaps blank."""
        return cls(fold(name), code_series(code) if code else "")

    def may_be(self, other: Draft) -> bool:
        """Whether both can be versions of one draft; what one does not say yet, it may come to."""
        if self.series and other.series:
            return self.series == other.series
        same = self.occupation == other.occupation
        return same or not (self.occupation and other.occupation)


#: By path, the draft in a file.
Drafts: TypeAlias = "Mapping[str, Draft]"
#: Whose each known finding is, as often as it occurs.
Baseline: TypeAlias = "Mapping[Key, Sequence[Draft]]"


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline.

    Attributes:
        new: the findings that are not in the baseline.
        in_baseline: how many are.
        gone: how many entries of the baseline were not found again.
    """

    new: tuple[Finding, ...]
    in_baseline: int
    gone: int


def write(findings: Iterable[Finding], drafts: Drafts) -> bytes:
    """``findings`` as a baseline: JSON, one line each, so that it can be kept and compared."""
    entries = sorted((drafts.get(f.span.source, Draft()), _key(f)) for f in findings)
    lines = [
        json.dumps(
            {**asdict(draft), **dict(zip(_FIELDS, key, strict=True))},
            ensure_ascii=False,
        )
        for draft, key in entries
    ]
    listed = ",\n".join(lines)
    return f'{{"baseline": {_FORMAT}, "findings": [\n{listed}\n]}}\n'.encode()


def read(path: Path) -> Baseline:
    """The baseline at ``path``.

    Raises:
        BadBaseline: if it cannot be read, or is none.
    """
    try:
        return read_text(content_of(path, most=_MOST).decode("utf-8-sig"))
    except OSError as error:
        raise BadBaseline(
            "the baseline cannot be read: {reason}",
            reason=reason(error),
            source=str(path),
            hint=_HINT,
        ) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadBaseline("this is no baseline", source=str(path), hint=_HINT) from error


def read_text(text: str) -> Baseline:
    """The baseline that ``text`` is.

    Raises:
        ValueError, LookupError, TypeError: if it is none.
    """
    data = json.loads(text)
    if data["baseline"] != _FORMAT:
        raise ValueError("a baseline of another version")
    found: dict[Key, list[Draft]] = defaultdict(list)
    for entry in data["findings"]:
        draft = Draft(str(entry["occupation"]), str(entry["series"]))
        found[tuple(str(entry[name]) for name in _FIELDS)].append(draft)
    return found


def compare(findings: Iterable[Finding], baseline: Baseline, drafts: Drafts) -> Compared:
    """Tells what is new; of several equal findings, as many are known as the baseline has."""
    left = {key: list(owners) for key, owners in baseline.items()}
    new = []
    in_baseline = 0
    for finding in findings:
        draft = drafts.get(finding.span.source, Draft())
        owners = left.get(_key(finding), [])
        same = [draft] if draft in owners else [o for o in owners if o.may_be(draft)]
        if same:
            owners.remove(same[0])
            in_baseline += 1
        else:
            new.append(finding)
    return Compared(tuple(new), in_baseline, sum(map(len, left.values())))


def change(
    before: Iterable[Finding], now: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Of two checks of one draft, the findings that are new, and those that are gone.

    Where a text at fault was replaced by another one at fault, the one is gone and the other new.
    """
    before, now = tuple(before), tuple(now)
    return _beyond(now, before), _beyond(before, now)


def _beyond(findings: Sequence[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of ``findings`` that ``others`` do not have, or not as often."""
    left = Counter(map(_key, others))
    beyond = []
    for finding in findings:
        if left[_key(finding)] > 0:
            left[_key(finding)] -= 1
        else:
            beyond.append(finding)
    return tuple(beyond)


def _key(finding: Finding) -> Key:
    return tuple(str(getattr(finding, name)) for name in _FIELDS)


_HINT: Final = Sentence("make one with kps-graph validate --write-baseline FILE")
