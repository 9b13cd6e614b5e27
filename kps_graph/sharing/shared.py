"""The competencies that several occupations share: in all, by category or by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from kps_graph.sharing.tabular import COMPETENCY, named, some
from kps_graph.sharing.usage import Competency, Occupation, Usage
from kps_graph.store.rows import Rows

__all__ = ["By", "Shared", "shared", "shared_rows"]

#: How occupations are grouped: by 職類別, or by base level.
By: TypeAlias = Literal["category", "level"]


@dataclass(frozen=True, slots=True)
class Shared:
    """A competency that several occupations share.

    Attributes:
        competency: which.
        group: the code of the category, or the base level, of these occupations; "" if any.
        users: who shares it, by id.
        elsewhere: how many others use it, outside the group.
    """

    competency: Competency
    group: str
    users: tuple[str, ...]
    elsewhere: int
    _usage: Usage = field(repr=False, compare=False)

    @property
    def occupations(self) -> tuple[Occupation, ...]:
        """Who shares it."""
        return tuple(map(self._usage.occupation, self.users))

    @property
    def forms(self) -> tuple[str, ...]:
        """How these word it, where that is not its name."""
        return self._usage.forms(self.competency.id, self.users)


def shared(usage: Usage, least: int = 2, by: By | None = None) -> list[Shared]:
    """The competencies that at least ``least`` occupations share, the most shared first.

    With ``by``, those shared within each category (an occupation that states several counts in
    each, one that states none in no group) or base level, group by group.
    """
    found = [
        Shared(competency, group, tuple(users), len(everyone) - len(users), usage)
        for competency in usage.competencies
        if len(everyone := usage.by(competency.id)) >= least
        for group, users in _groups(usage, sorted(everyone), by)
        if len(users) >= least
    ]
    return sorted(
        found,
        key=lambda s: (
            s.group,
            -len(s.users),
            s.elsewhere,
            s.competency.kind,
            s.competency.name,
            s.competency.id,
        ),
    )


def _groups(
    usage: Usage, users: Sequence[str], by: By | None
) -> Iterator[tuple[str, Sequence[str]]]:
    if by is None:
        yield "", users
        return
    groups: dict[str, list[str]] = {}
    for user in users:
        occupation = usage.occupation(user)
        level = () if occupation.level is None else (str(occupation.level),)
        for group in dict.fromkeys(occupation.categories if by == "category" else level):
            groups.setdefault(group, []).append(user)
    yield from groups.items()


def shared_rows(
    found: Iterable[Shared], groups: Mapping[str, str] | None = None, most: int | None = None
) -> Rows:
    """A row for each competency, and group if there are any; ``groups`` names these."""
    listed = list(found)
    grouped = any(s.group for s in listed)
    names = groups or {}
    heads = ("group", "group_name") if names else ("group",)
    columns = (
        *(heads if grouped else ()),
        *COMPETENCY,
        "occupations",
        *(("elsewhere",) if grouped else ()),
        "used_by",
        "iri",
    )
    return Rows.of(
        columns,
        listed,
        lambda s: (
            *((s.group, names.get(s.group, ""))[: len(heads)] if grouped else ()),
            *named(s.competency, s.forms),
            len(s.users),
            *((s.elsewhere,) if grouped else ()),
            some((o.name for o in s.occupations), most),
            s.competency.id,
        ),
    )
