"""The page of a competency: where it is used, how it is worded, what is near to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kps_graph.exports.site.frame import Frame, render
from kps_graph.sharing.neighbourhood import Companion
from kps_graph.sharing.usage import Competency, Occupation

__all__ = ["Form", "Place", "Related", "Unit", "competency_page"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work that needs the competency.

    Attributes:
        id, code, name: of the unit.
        level: its level; "" if it has none.
        outputs, indicators: local name, code and text of each.
    """

    id: str
    code: str
    name: str
    level: str
    outputs: Sequence[tuple[str, str, str]]
    indicators: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """An occupation that uses the competency.

    Attributes:
        occupation: which.
        elements: local name, code and words of each of its K, S or A that says so.
        units: the units of work that need these, in order.
    """

    occupation: Occupation
    elements: Sequence[tuple[str, str, str]]
    units: Sequence[Unit]

    @property
    def tops(self) -> list[Unit]:
        """The units without repetition of their code."""
        return list({u.code or u.id: u for u in self.units}.values())

    @property
    def levels(self) -> list[str]:
        """The levels at which units need it, each once."""
        return sorted({u.level for u in self.units if u.level})


@dataclass(frozen=True, slots=True)
class Form:
    """A wording of the competency.

    Attributes:
        text: the wording.
        seen: occupations and codes that word it so.
        method: how it was found to say the same; "" for the representative.
        score: how sure that is; None if it follows from the words alone.
        status: ``proposed`` or ``confirmed``; "" if it follows from the words alone.
        decision: the row for the file of decisions that says it is not the same.
    """

    text: str
    seen: Sequence[str]
    method: str
    score: float | None
    status: str
    decision: str


@dataclass(frozen=True, slots=True)
class Related:
    """A competency near to another.

    Attributes:
        id: its local name.
        kind, text: what it is.
        relation: ``broader``, ``narrower``, ``related``, or ``doubtful``: maybe the same.
        score: how alike the two are.
        users: the names of the occupations that use it.
    """

    id: str
    kind: str
    text: str
    relation: str
    score: float
    users: Sequence[str]


def competency_page(
    frame: Frame,
    competency: Competency,
    iri: str,
    local: str,
    places: Sequence[Place],
    forms: Sequence[Form],
    related: Sequence[Related],
    companions: Sequence[tuple[str, Companion]],
    groups: Sequence[tuple[str, Sequence[Occupation]]],
    page: int,
    pages: int,
    users: int,
) -> str:
    """The page of a competency.

    Args:
        frame: where it stands.
        competency: which.
        iri: of it.
        local: its local name, such as ``concept/K-…``.
        places: the occupations of this page that use it.
        forms: its wordings, the representative first.
        related: what is near to it.
        companions: what is needed together with it, each with its local name.
        groups: the groups of occupations that use it, by name.
        page: which part of the occupations is shown.
        pages: how many parts there are.
        users: how many occupations use it.
    """
    units = sum(len(p.units) for p in places)
    indicators = sum(len(u.indicators) for p in places for u in p.units)
    first = forms[0].text if forms else competency.name
    return render(
        "competency.html",
        frame,
        f"{competency.name}（{frame.word('kind-' + competency.kind)}）",
        competency=competency,
        iri=iri,
        local=local,
        places=places,
        forms=[(f, runs(first, f.text)) for f in forms],
        related=related,
        companions=companions,
        groups=groups,
        page=page,
        pages=pages,
        users=users,
        units=units,
        indicators=indicators,
    )


def runs(first: str, other: str) -> list[tuple[str, bool]]:
    """``other`` in runs, with whether ``first`` words each otherwise."""
    if len(first) + len(other) > 2000:
        return [(other, first != other)]
    matcher = SequenceMatcher(None, first, other, autojunk=False)
    return [(other[b:e], kind != "equal") for kind, _, _, b, e in matcher.get_opcodes() if b < e]
