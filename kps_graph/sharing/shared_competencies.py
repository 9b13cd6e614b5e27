"""The competencies that several occupations share: in all, by category or by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypeAlias

from kps_graph.sharing.tabular import Answers, heads, named, some
from kps_graph.sharing.usage import Competency, Occupation, Usage
from kps_graph.store.rows import Rows

__all__ = ["By", "Shared", "groups_of", "shared"]

#: How occupations are grouped: by 職類別, or by base level.
By: TypeAlias = Literal["category", "level"]


@dataclass(frozen=True, slots=True)
class Shared:
    """A competency that several occupations share.

    Attributes:
        competency: which.
        group: the code of the category, or the base level, of these occupations; None if they are any.
        users: who shares it, by id.
        elsewhere: how many others use it, outside the group.
    """

    competency: Competency
    group: str | int | None
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


def shared(
    usage: Usage,
    least: int = 2,
    by: By | None = None,
    called: Mapping[str, str] | None = None,
) -> Answers[Shared]:
    """The competencies that at least ``least`` occupations share, the most shared first.

    With ``by``, those shared within each category (an occupation that states several counts in
    each, one that states none in no group) or base level, group by group; ``called`` names the
    groups in the table.
    """
    found = [
        Shared(competency, group, tuple(users), len(everyone) - len(users), usage)
        for competency in usage.competencies
        if len(everyone := usage.by(competency.id)) >= least
        for group, users in _groups(usage, sorted(everyone), by)
        if len(users) >= least
    ]
    found.sort(
        key=lambda s: (
            str(s.group or ""),
            -len(s.users),
            s.elsewhere,
            s.competency.kind,
            s.competency.name,
            s.competency.id,
        ),
    )
    return Answers(found, partial(_rows, called or {}))


def _groups(
    usage: Usage, users: Sequence[str], by: By | None
) -> Iterator[tuple[str | int | None, Sequence[str]]]:
    if by is None:
        yield None, users
        return
    groups: dict[str | int, list[str]] = {}
    for user in users:
        for group in groups_of(usage.occupation(user), by):
            groups.setdefault(group, []).append(user)
    yield from groups.items()


def groups_of(occupation: Occupation, by: By) -> tuple[str | int, ...]:
    """The groups of an occupation: the codes of its categories, or its base level."""
    if by == "category":
        return tuple(dict.fromkeys(occupation.categories))
    return () if occupation.level is None else (occupation.level,)


def _rows(names: Mapping[str, str], found: Sequence[Shared], most: int | None) -> Rows:
    """A row for each competency, and group if there are any; ``names`` is what these are called."""
    grouped = any(s.group is not None for s in found)
    group = ("group", "group_name") if names else ("group",)
    columns = (
        *(group if grouped else ()),
        *heads(most),
        "occupations",
        *(("elsewhere",) if grouped else ()),
        *(("used_by_codes",) if most is None else ()),
        "used_by",
        "iri",
    )
    return Rows.of(
        columns,
        found,
        lambda s: (
            *((s.group, names.get(str(s.group), ""))[: len(group)] if grouped else ()),
            *named(s.competency, s.forms, most),
            len(s.users),
            *((s.elsewhere,) if grouped else ()),
            *((some((o.code or o.name for o in s.occupations), None),) if most is None else ()),
            some((o.name for o in s.occupations), most),
            s.competency.id,
        ),
    )
