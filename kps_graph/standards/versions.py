"""What two versions of a standard have changed: every part kept, moved, renumbered, re-worded, new or gone.

Parts are compared by what they say and not by their codes, which a new version gives anew. Nothing
is left out: each part of either version stands in exactly one change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import count
from typing import Final

from kps_graph.folding import fold
from kps_graph.model import Attitude, ClassCode, Element, Level, Standard, Unit, references

__all__ = ["KINDS", "Change", "Part", "Status", "Version", "changes", "referenced", "wording"]

#: The kinds of parts in the order of a report; H is a field of the head, N a note.
KINDS: Final = ("H", "T", "O", "P", "K", "S", "A", "N")
#: As much of two texts has to be alike for one to be the other re-worded.
_ALIKE: Final = 0.5
#: What having the same code, or standing in the same unit, counts for.
_SAME_CODE: Final = 0.15
_SAME_UNIT: Final = 0.1


class Status(StrEnum):
    """What became of a part."""

    KEPT = "kept"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a version.

    Attributes:
        kind: of :data:`KINDS`.
        code: as the version writes it; of the head, the name of the field.
        text: what it says.
        unit: the reference of the unit that it stands in; "" for what stands in none.
        level: its own.
        needs: references to the K and S that it names.
        reference: tells parts of one kind apart.
    """

    kind: str
    code: str
    text: str
    unit: str = ""
    level: Level = None
    needs: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A part in the old version, in the new one, or in both.

    Attributes:
        old, new: None where the version has no such part.
        differences: of a part of both, what differs: ``code``, ``text``, ``unit``, ``level``,
            ``needs``.
    """

    old: Part | None
    new: Part | None
    differences: tuple[str, ...] = ()

    @property
    def part(self) -> Part:
        """The new part, or the old one where there is none."""
        part = self.new or self.old
        assert part is not None
        return part

    @property
    def status(self) -> Status:
        """What became of it, the weightiest first: its words, its place, its code, the rest."""
        if self.old is None:
            return Status.NEW
        if self.new is None:
            return Status.GONE
        for difference, status in (
            ("text", Status.REWORDED),
            ("unit", Status.MOVED),
            ("code", Status.RENUMBERED),
        ):
            if difference in self.differences:
                return status
        return Status.CHANGED if self.differences else Status.KEPT


@dataclass(frozen=True, slots=True)
class Version:
    """What became of every part from one standard to another, by kind and in order."""

    old: Standard
    new: Standard
    changes: tuple[Change, ...]

    def counts(self) -> dict[str, int]:
        """How many parts came to each status."""
        counted = Counter(change.status for change in self.changes)
        return {str(status): counted[status] for status in Status}

    def of(self, kind: str, reference: str) -> Change | None:
        """What became of the part of the old version with this reference."""
        return next(
            (
                c
                for c in self.changes
                if c.old and (c.old.kind, c.old.reference) == (kind, reference)
            ),
            None,
        )


def changes(old: Standard, new: Standard) -> Version:
    """What became of every part of ``old``, and what is new in ``new``."""
    before, after = _by_kind(old), _by_kind(new)
    pairs: dict[str, list[tuple[Part, Part]]] = {}
    units: dict[str, str] = {}
    for kind in KINDS:  # units first: where the other parts stand is told by them
        pairs[kind] = _paired(before[kind], after[kind], units, by_code=kind == "H")
        if kind == "T":
            units = {a.reference: b.reference for a, b in pairs["T"]}
    elements = {
        f"{kind}{a.reference}": f"{kind}{b.reference}" for kind in "KS" for a, b in pairs[kind]
    }
    listed: list[Change] = []
    for kind in KINDS:
        partner = {b.reference: a for a, b in pairs[kind]}
        for part in after[kind]:
            match = partner.get(part.reference)
            if match is None:
                listed.append(Change(None, part))
            else:
                listed.append(Change(match, part, _differences(match, part, units, elements)))
        matched = {a.reference for a, _ in pairs[kind]}
        listed += [Change(part, None) for part in before[kind] if part.reference not in matched]
    return Version(old, new, tuple(listed))


def wording(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The words of ``old`` and ``new``: (``=`` in both, ``-`` gone or ``+`` added, text)."""
    runs: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if old[a:b] == new[c:d]:
            runs.append(("=", old[a:b]))
            continue
        runs += [("-", old[a:b])] if b > a else []
        runs += [("+", new[c:d])] if d > c else []
    return tuple(runs)


def _differences(
    old: Part, new: Part, units: Mapping[str, str], elements: Mapping[str, str]
) -> tuple[str, ...]:
    found = []
    if old.code != new.code:
        found.append("code")
    if fold(old.text) != fold(new.text):
        found.append("text")
    if units.get(old.unit, "") != new.unit:
        found.append("unit")
    if old.level != new.level:
        found.append("level")
    if {elements.get(need, f"-{need}") for need in old.needs} != set(new.needs):
        found.append("needs")
    return tuple(found)


def _paired(
    before: Sequence[Part], after: Sequence[Part], units: Mapping[str, str], *, by_code: bool
) -> list[tuple[Part, Part]]:
    """The parts that are the same in both, each at most once."""
    if by_code:
        fields = {part.code: part for part in before}
        return [(fields[part.code], part) for part in after if part.code in fields]
    pairs: list[tuple[Part, Part]] = []
    left, right = list(before), list(after)
    by_text: dict[str, list[Part]] = defaultdict(list)
    for part in right:
        by_text[fold(part.text)].append(part)
    for part in list(left):
        same = by_text[fold(part.text)]
        if same:
            best = max(same, key=lambda other: _nearness(part, other, units))
            same.remove(best)
            pairs.append((part, best))
            left.remove(part)
            right.remove(best)
    scored = sorted(_scores(left, right, units), key=lambda s: -s[0])
    taken: set[tuple[str, str]] = set()
    for _, part, other in scored:
        ends = {("old", part.reference), ("new", other.reference)}
        if taken.isdisjoint(ends):
            taken |= ends
            pairs.append((part, other))
    return pairs


def _scores(
    left: Iterable[Part], right: Sequence[Part], units: Mapping[str, str]
) -> Iterator[tuple[float, Part, Part]]:
    grams = {part.reference: _grams(part.text) for part in right}
    for part in left:
        mine = _grams(part.text)
        for other in right:
            alike = _overlap(mine, grams[other.reference])
            if "" != _heading(part) == _heading(other):  # what stands below it was written anew
                alike = max(alike, _ALIKE)
            if alike + _nearness(part, other, units) >= _ALIKE and alike > 0.25:
                yield alike + _nearness(part, other, units), part, other


def _heading(part: Part) -> str:
    return fold(part.text.partition("\n")[0])


def _nearness(old: Part, new: Part, units: Mapping[str, str]) -> float:
    return _SAME_CODE * (old.code == new.code) + _SAME_UNIT * (
        bool(old.unit) and units.get(old.unit) == new.unit
    )


def _grams(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[n : n + 2] for n in range(max(1, len(folded) - 1)))


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    """What two texts share of their pairs of characters (Dice): 1 for all, 0 for none."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _by_kind(standard: Standard) -> dict[str, list[Part]]:
    listed: dict[str, list[Part]] = {kind: [] for kind in KINDS}
    for part in _parts(standard):
        listed[part.kind].append(part)
    return listed


def _parts(standard: Standard) -> Iterator[Part]:
    for name, text in _head(standard):
        if text:
            yield Part("H", name, text, reference=name)
    for task, reference in referenced(standard.tasks):
        yield from _unit(task, reference)
    kinds: tuple[tuple[str, Sequence[Element | Attitude]], ...] = (
        ("K", standard.knowledge),
        ("S", standard.skills),
        ("A", standard.attitudes),
    )
    for kind, elements in kinds:
        for element, reference in zip(elements, references(elements), strict=True):
            yield Part(kind, element.code or "", _said(element), reference=reference)
    for number, note in enumerate(standard.notes, 1):
        items = [getattr(item, "text", str(item)) for item in note.items]
        yield Part("N", "", "\n".join([note.text, *items]), reference=str(number))


def referenced(units: Iterable[Unit], above: str = "") -> Iterator[tuple[Unit, str]]:
    """Units that stand beside each other with their references, also where a code is repeated."""
    taken: set[str] = set()
    for unit in units:
        first = reference = f"{above}/{unit.code or unit.name}"
        for number in count(2):
            if reference not in taken:
                break
            reference = f"{first}~{number}"
        taken.add(reference)
        yield unit, reference


def _unit(unit: Unit, me: str, above: str = "") -> Iterator[Part]:
    needs = _needs(unit)
    yield Part("T", unit.code or "", unit.name, above, unit.level, needs, me)
    for number, output in enumerate(unit.outputs, 1):
        yield Part("O", output.code or "", output.name, me, reference=f"{me}/O{number}")
    for number, indicator in enumerate(unit.indicators, 1):
        reference = f"{me}/P{number}"
        yield Part(
            "P",
            indicator.code or "",
            indicator.text,
            me,
            indicator.level,
            _needs(indicator),
            reference,
        )
    for below, reference in referenced(unit.units, me):
        yield from _unit(below, reference, me)


def _needs(holder: object) -> tuple[str, ...]:
    return tuple(
        f"{kind}{code}"
        for kind, name in (("K", "knowledge"), ("S", "skills"))
        for code in getattr(holder, name)
    )


def _head(standard: Standard) -> Iterator[tuple[str, str]]:
    yield "code", standard.code or ""
    yield "name", standard.name
    yield "name_kind", standard.name_kind or ""
    yield "description", standard.description or ""
    yield "level", str(standard.level or "")
    yield "layout", standard.layout
    classes = standard.classification
    for name in ("job_category", "occupation", "industry"):
        listed: Sequence[ClassCode] = getattr(classes, name)
        yield name, "、".join(f"{c.code} {c.name}".strip() for c in listed)


def _said(element: Element | Attitude) -> str:
    if isinstance(element, Attitude):
        return "\n".join(filter(None, (element.name, element.definition)))
    return "\n".join([element.name, *(item.text for item in element.items)])
