"""The page of a standard: its official table, and what the store knows beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.exports.site.editions import Edition
from kps_graph.exports.site.frame import Frame, render, sign
from kps_graph.exports.site.grid import Cell, depth, grid, widths
from kps_graph.exports.site.placed import DOCUMENT, Note, notes, placed
from kps_graph.folding import element_key
from kps_graph.model import Attitude, Element, Standard, Unit, references
from kps_graph.report import Finding, Severity
from kps_graph.sharing.near import Neighbour
from kps_graph.standards.inherited import inherited
from kps_graph.standards.names import Names, names
from kps_graph.words import Language

__all__ = ["MOST", "Chip", "Content", "Shared", "content", "standard_page"]

#: A cell of more lines than this scrolls with the page.
_STAYS = 24
#: A page has so many findings at once: with all of 260 some are larger than 150 KB.
MOST: Final = 100
#: So many characters of a K or S stand in one line of its cell.
_LINE = 13


@dataclass(frozen=True, slots=True)
class Shared:
    """Who else uses what a K, S or A says.

    Attributes:
        competency: the local name of the competency, such as ``concept/K-…``.
        users: the names of all occupations that use it.
    """

    competency: str
    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A K, S or A.

    Attributes:
        id: its local name, which is its anchor.
        code: as it stands; "" for one without.
        text: what it says.
        items: the items below it.
        units: the local names of the units that need it.
        scope: the codes of these: first and last of each run.
        same: the local names of others of the standard that say the same.
        shared: who else uses it; None if that is not known.
        notes: the findings about it.
    """

    id: str
    code: str
    text: str
    items: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    shared: Shared | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A standard, ready for the templates.

    Attributes:
        standard: the standard.
        deep: how many columns of units its table has.
        widths: of all its columns; empty where they are those of the form.
        tasks: the rows of each task.
        chips: by kind and reference, every K and S.
        attitudes: in order.
        unused: the K and S that no unit needs, by the kind that the style sheet calls ``k`` or ``s``.
        listed: every finding, in order.
        given: which of them the page has: a slice of ``listed``.
        beside: these by the part that they stand beside.
        ids: the local name of each part, by the identity of its value.
        anchored: the cell, by its identity, in which each K and S stands first.
    """

    standard: Standard
    deep: int
    widths: Sequence[str]
    tasks: Sequence[Sequence[Sequence[Cell]]]
    chips: Mapping[str, Mapping[str, Chip]]
    attitudes: Sequence[tuple[Chip, str | None]]
    unused: Sequence[tuple[str, Sequence[Chip]]]
    listed: Sequence[Note]
    given: slice
    beside: Mapping[str, Sequence[Note]]
    ids: Mapping[int, str]
    anchored: frozenset[tuple[int, str]]

    def id_of(self, part: object) -> str:
        """The anchor of a part."""
        return self.ids[id(part)]

    def ids_of(self, parts: Iterable[object]) -> list[str]:
        """The anchors of parts."""
        return [self.ids[id(part)] for part in parts]

    def notes_at(self, *keys: str) -> list[Note]:
        """The findings that stand at parts or lines."""
        return [note for key in keys for note in self.beside.get(key, ())]

    def worst(self, found: Iterable[Note]) -> str:
        """What the style sheet calls the worst of some findings; "" for none."""
        worst = max((Severity.of(n.severity) for n in found), default=None)
        return "" if worst is None else sign(worst)

    def worst_in(self, cell: Cell) -> str:
        """The worst finding at what stands in a cell."""
        kinds = self.chips.get(cell.kind.upper(), {})
        found = [n for r in cell.references if r in kinds for n in kinds[r].notes]
        return self.worst([*found, *(n for p in cell.parts for n in self.notes_at(self.id_of(p)))])

    def chips_in(self, cell: Cell) -> list[Chip]:
        """The K or S of a cell; one that is not defined by its code alone."""
        known = self.chips[cell.kind.upper()]
        return [known.get(r) or Chip(f"undefined-{r}", r, "") for r in cell.references]

    def codes_in(self, cell: Cell) -> list[str]:
        """The codes of the K or S of a cell: first and last of each run of neighbours."""
        # one that is not defined, or has no number, is a neighbour of none
        placed = [
            (int(c.code[1:]) if c.text and c.code[1:].isdecimal() else -2 * n, c.code, c.code)
            for n, c in enumerate(self.chips_in(cell), 1)
            if c.code
        ]
        return list(_ranges(placed))

    def stays(self, cell: Cell) -> bool:
        """Whether what is in a cell is short enough to stay in sight."""
        return (
            sum(-(-len(text) // _LINE) for c in self.chips_in(cell) for text in (c.text, *c.items))
            <= _STAYS
        )

    def scope(self, units: Sequence[Unit]) -> tuple[str, str]:
        """The codes of the first and the last of some units; "" where they have none."""
        return units[0].code or "", units[-1].code or ""

    def first(self, cell: Cell, chip: Chip) -> bool:
        """Whether a K or S stands in no cell before this one, and so has its anchor here."""
        return (id(cell), chip.id) in self.anchored

    @property
    def counts(self) -> Mapping[str, int]:
        """How many parts of each kind there are."""
        units = [u for t in self.standard.tasks for u in t.walk()]
        return {
            "tasks": len(self.standard.tasks),
            "activities": len(units) - len(self.standard.tasks),
            "outputs": sum(len(u.outputs) for u in units),
            "indicators": sum(len(u.indicators) for u in units),
            "K": len(self.standard.knowledge),
            "S": len(self.standard.skills),
            "A": len(self.standard.attitudes),
        }

    def severities(self) -> list[tuple[str, int]]:
        """How many findings there are of each severity that occurs."""
        counted = Counter(n.severity for n in self.listed)
        return [
            (str(s), counted[str(s)]) for s in sorted(Severity, reverse=True) if counted[str(s)]
        ]

    @property
    def loose(self) -> list[Note]:
        """The findings that are about no part."""
        return list(self.beside.get(DOCUMENT, ()))


def content(
    standard: Standard,
    identity: str,
    base: str,
    findings: Sequence[Finding],
    shared: Mapping[str, Shared],
    lang: Language,
    given: slice = slice(None),
) -> Content:
    """A standard with its findings and with who shares what, ready for the templates.

    Args:
        standard: the standard.
        identity: its local name.
        base: the namespace of that name.
        findings: about it.
        shared: by the IRI of a K, S or A, who else uses it.
        lang: of the findings.
        given: which of the findings the page has; all, unless they are too many.
    """
    named = names(standard, identity, base)
    ids = {key: iri.removeprefix(f"{named.standard}/") for key, iri in named.nodes.items()}
    listed = notes(findings, lang)
    beside = placed(listed[given], named, _codes(standard, ids))
    users = _users(standard, ids)
    chips = {
        kind: dict(_chips(kind, elements, named, ids, users, beside, shared))
        for kind, elements in (("K", standard.knowledge), ("S", standard.skills))
    }
    rows = grid(standard)
    return Content(
        standard,
        depth(standard),
        widths(standard),
        rows,
        chips,
        [
            (_attitude(a, ids[id(a)], named, beside, shared), a.definition)
            for a in standard.attitudes
        ],
        [
            (kind.lower(), unused)
            for kind, known in chips.items()
            if (unused := [c for c in known.values() if not c.units])
        ],
        [note for _, note in listed],
        given,
        beside,
        ids,
        frozenset(_anchors(rows, chips)),
    )


def _anchors(
    tasks: Iterable[Iterable[Iterable[Cell]]], chips: Mapping[str, Mapping[str, Chip]]
) -> Iterator[tuple[int, str]]:
    met: set[str] = set()
    for cell in (c for task in tasks for row in task for c in row):
        known = chips.get(cell.kind.upper(), {})
        for chip in (known[r] for r in cell.references if r in known):
            if chip.id not in met:
                met.add(chip.id)
                yield id(cell), chip.id


def _codes(standard: Standard, ids: Mapping[int, str]) -> dict[str, str]:
    """The local name of the first part with each code."""
    found: dict[str, str] = {}
    parts: list[object] = [*standard.knowledge, *standard.skills, *standard.attitudes]
    for unit in standard.units():
        parts += [unit, *unit.outputs, *unit.indicators]
    for part in parts:
        code = getattr(part, "code", None)
        if code:
            found.setdefault(code, ids[id(part)])
    return found


def _users(
    standard: Standard, ids: Mapping[int, str]
) -> dict[tuple[str, str], list[tuple[int, str, str]]]:
    """By kind and reference, the units that need a K or S: number, local name and code."""
    found: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
    leaves = [u for u in inherited(standard) if u.part.indicators or not u.part.units]
    for number, unit in enumerate(leaves):
        for kind in "KS":
            needed = dict.fromkeys(
                (*unit.needs(kind), *(r for p in unit.indicators() for r in p.needs(kind)))
            )
            for reference in needed:
                found[kind, reference].append((number, ids[id(unit.part)], unit.part.code or ""))
    return found


def _chips(
    kind: str,
    elements: Sequence[Element],
    named: Names,
    ids: Mapping[int, str],
    users: Mapping[tuple[str, str], Sequence[tuple[int, str, str]]],
    beside: Mapping[str, Sequence[Note]],
    shared: Mapping[str, Shared],
) -> Iterator[tuple[str, Chip]]:
    alike: dict[str, list[str]] = defaultdict(list)
    for element in elements:
        alike[element_key(element.name)].append(ids[id(element)])
    for element, reference in zip(elements, references(elements), strict=True):
        own = ids[id(element)]
        needed = users.get((kind, reference), ())
        yield (
            reference,
            Chip(
                own,
                element.code or "",
                element.name,
                tuple(i.text for i in element.items),
                tuple(unit for _, unit, _ in needed),
                tuple(_ranges(needed)),
                tuple(o for o in alike[element_key(element.name)] if o != own),
                shared.get(named.nodes[id(element)]),
                tuple(beside.get(own, ())),
            ),
        )


def _ranges(needed: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Codes in words: ``T2.1–T2.4``, one run of neighbours after the other.

    Args:
        needed: number, local name and code of each.
    """
    runs: list[list[tuple[int, str, str]]] = []
    for one in needed:
        if runs and runs[-1][-1][0] + 1 == one[0]:
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        first, last = run[0][2] or run[0][1], run[-1][2] or run[-1][1]
        yield first if first == last else f"{first}–{last}"


def _attitude(
    attitude: Attitude,
    id: str,
    named: Names,
    beside: Mapping[str, Sequence[Note]],
    shared: Mapping[str, Shared],
) -> Chip:
    return Chip(
        id,
        attitude.code or "",
        attitude.name,
        shared=next((s for iri, s in shared.items() if iri == f"{named.standard}/{id}"), None),
        notes=tuple(beside.get(id, ())),
    )


def standard_page(
    frame: Frame,
    shown: Content,
    identity: str,
    iri: str,
    editions: Sequence[Edition],
    near: Sequence[Neighbour],
    light: str = "",
    findings: int = 0,
) -> str:
    """The page of a standard.

    Args:
        frame: where it stands.
        shown: the standard.
        identity: its local name.
        iri: of the standard.
        editions: its versions.
        near: the occupations most like it.
        light: the code of a K or S that is lit.
        findings: which part of the findings is shown at first; 0 for none.
    """
    lit = next(
        (
            c
            for known in shown.chips.values()
            for c in known.values()
            if light and light in (c.id, c.code)
        ),
        None,
    )
    layout = [*shown.standard.layout.split("/"), "", ""]
    heads = [layout[0] or frame.word("task"), layout[1] or frame.word("activity")]
    heads += ["" for _ in range(shown.deep - 2)]
    return render(
        "standard.html",
        frame,
        " ".join(filter(None, (shown.standard.name, shown.standard.code))),
        shown=shown,
        standard=shown.standard,
        identity=identity,
        iri=iri,
        editions=editions,
        near=near,
        lit=lit,
        on=findings,
        parts=list(range(0, len(shown.listed), MOST)),
        most=MOST,
        heads=heads,
        latest=not editions or any(e.current and "最新" in e.status for e in editions),
        year=next((e.date[:4] for e in editions if e.current and e.date[:4].isdigit()), ""),
    )
