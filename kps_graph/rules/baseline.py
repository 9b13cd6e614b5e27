"""A baseline: the findings that are known already, so that a check can tell what is new.

A finding is known by its rule, the code, property and text concerned, and by whose it is: a draft is
known by its occupation and the series of its code, as far as it states them. Neither the name of its
file counts nor the place in it, so that a baseline goes on to the next saved version. Where a row was
put in before it, so that it has another code, it is known by its text, or by that of what it is about.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_FIELDS: Final = ("rule", "code", "path", "value", "about")
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
#: Each known finding, as often as it occurs, and whose it is.
Baseline: TypeAlias = "Sequence[tuple[Key, Draft]]"


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline.

    Attributes:
        new: the findings that are not in the baseline.
        in_baseline: how many are.
        gone: how many entries of the baseline about these drafts were not found again.
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
    return [
        (
            (*(str(entry[name]) for name in _FIELDS[:-1]), str(entry.get("about", ""))),
            Draft(str(entry["occupation"]), str(entry["series"])),
        )
        for entry in data["findings"]
    ]


def compare(findings: Iterable[Finding], baseline: Baseline, drafts: Drafts) -> Compared:
    """Tells what is new; of several equal findings, as many are known as the baseline has."""
    findings = tuple(findings)
    now = [(_key(f), drafts.get(f.span.source, Draft())) for f in findings]
    known = _same(now, baseline)
    left = set(range(len(baseline))).difference(known.values())
    here = {place for d in drafts.values() for place in _filed(d)}
    return Compared(
        tuple(f for n, f in enumerate(findings) if n not in known),
        len(known),
        sum(not here.isdisjoint(_asked(baseline[n][1])) for n in left),
    )


def change(
    before: Iterable[Finding], now: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Of two checks of one draft, the findings that are new, and those that are gone.

    Where a text at fault was replaced by another one at fault, the one is gone and the other new.
    """
    before, now = tuple(before), tuple(now)
    kept = _same([(_key(f), Draft()) for f in now], [(_key(f), Draft()) for f in before])
    still = set(kept.values())
    return (
        tuple(f for n, f in enumerate(now) if n not in kept),
        tuple(f for n, f in enumerate(before) if n not in still),
    )


def _same(now: Baseline, before: Baseline) -> dict[int, int]:
    """By their numbers, which of ``before`` each of ``now`` is, each at most once.

    What is the same in all goes before what has another code, and that before what is about a node
    of another name.
    """
    found: dict[int, int] = {}
    left = set(range(len(before)))
    for view in (_whole, _elsewhere, _renamed, _by_text):
        there: dict[object, deque[int]] = defaultdict(deque)
        for number in sorted(left):
            key, draft = before[number]
            if seen := view(key):
                for place in (draft, *_filed(draft)):
                    there[seen, place].append(number)
        for number, (key, draft) in enumerate(now):
            seen = view(key)
            if number in found or not seen:
                continue
            chosen = _first(there, [(seen, draft)], left)
            if chosen is None:
                chosen = _first(there, [(seen, place) for place in _asked(draft)], left)
            if chosen is not None:
                left.remove(chosen)
                found[number] = chosen
    return found


def _first(
    there: Mapping[object, deque[int]], places: Iterable[object], left: set[int]
) -> int | None:
    """The first number that is filed in one of ``places`` and is ``left``; None if there is none."""
    firsts = []
    for place in places:
        filed = there.get(place)
        while filed and filed[0] not in left:
            filed.popleft()
        if filed:
            firsts.append(filed[0])
    return min(firsts, default=None)


def _filed(draft: Draft) -> Iterator[tuple[str, ...]]:
    """Where a draft is filed, so that what may be a version of it is not compared with each."""
    yield ("occupation", draft.occupation)
    yield ("any",)
    if draft.series:
        yield ("series", draft.series)
    else:
        yield ("no series", draft.occupation)
        yield ("no series",)


def _asked(draft: Draft) -> Iterator[tuple[str, ...]]:
    """Where every draft is filed that may be a version of ``draft`` (:meth:`Draft.may_be`), and no other."""
    within = "no series" if draft.series else "occupation"
    if draft.series:
        yield ("series", draft.series)
    if draft.occupation:
        yield (within, draft.occupation)
        yield (within, "")
    else:
        yield ("no series",) if draft.series else ("any",)


def _whole(key: Key) -> tuple[str, ...]:
    return key


def _elsewhere(key: Key) -> tuple[str, ...]:
    """``key`` of a finding about what has a name, whatever its code."""
    rule, _, path, value, about = key
    return (rule, path, value, about) if about else ()


def _renamed(key: Key) -> tuple[str, ...]:
    """``key`` whatever the name of what it is about."""
    return key[:-1]


def _by_text(key: Key) -> tuple[str, ...]:
    """``key`` of a finding of a text, whatever its code and the name of what it is about."""
    rule, _, path, value, _ = key
    return (rule, path, value) if value else ()


def _key(finding: Finding) -> Key:
    about = "" if finding.about == finding.value else finding.about
    return (finding.rule, finding.code, finding.path, finding.value, about)


_HINT: Final = Sentence("make one with kps-graph validate --write-baseline FILE")
