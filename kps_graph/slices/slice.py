"""What names a part of a corpus: criteria on what standards state, in one written form.

::

    category=K,BMM occupation=24 industry=C level=4-5 status=latest updated=2020..2024 source=b/* code=KPS*

A standard is in the slice if it meets every criterion, and meets one if it meets any of its values.
A class has what is below it: ``category=K`` is the cluster, ``occupation=24`` the major group.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Final

from kps_graph.errors import BadParameter
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["CRITERIA", "STATUSES", "Slice", "parse"]

#: The criteria, and what each is called in Chinese.
CRITERIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "category": "職類別",
        "occupation": "職業別",
        "industry": "行業別",
        "level": "級別",
        "status": "狀態",
        "updated": "更新",
        "source": "來源",
        "code": "代碼",
    }
)
#: Which versions count: the latest of each occupation, those that are past, or all.
STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {"latest": "最新版本", "historic": "歷史版本", "any": "全部"}
)
_NAMES: Final = MappingProxyType({chinese: name for name, chinese in CRITERIA.items()})
_CRITERION: Final = re.compile(r"(?:^|\s)\s*([^\s=＝]+)\s*[=＝]")
_DATE: Final = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a corpus; each criterion has the values of which a standard meets one, or none.

    Attributes:
        category, occupation, industry: codes of classes, or what the schemes call them.
        level: base levels, ``4`` or ``4-5``.
        status: ``latest`` (also where there is none), ``historic``, ``any``.
        updated: the date of the version: ``2023``, ``2020..2024``, ``2020..``, ``..2022-06``.
        source: names of the documents, with ``*`` for any characters.
        code: codes, with ``*`` for any characters.
    """

    category: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    code: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, values in self.criteria():
            checked = dict.fromkeys(_CHECKS.get(name, str)(_plain(v)) for v in values)
            object.__setattr__(self, name, tuple(checked))
        if "any" in self.status or set(self.status) >= {"latest", "historic"}:
            object.__setattr__(self, "status", ("any",))

    def criteria(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The criteria that it has, with their values."""
        for field in fields(self):
            if values := getattr(self, field.name):
                yield field.name, values

    def __str__(self) -> str:
        """The written form, which :func:`parse` reads."""
        return " ".join(f"{name}={','.join(values)}" for name, values in self.criteria())

    def __bool__(self) -> bool:
        """Whether it has any criterion."""
        return any(True for _ in self.criteria())


def parse(
    *texts: str, named: Callable[[str], Slice] | None = None, **criteria: str | int | Iterable[str]
) -> Slice:
    """The slice that ``texts`` and ``criteria`` name together.

    Args:
        texts: in the written form; one without ``=`` is the name of a saved slice.
        named: finds a saved slice by its name.
        criteria: by name, values joined by commas, or several.

    Raises:
        BadParameter: for a criterion or value that is none, with what could be meant.
    """
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        first, *rest = _CRITERION.split(text)
        for name in first.split():
            if named is None:
                raise _no_criterion(name)
            for key, more in named(name).criteria():
                _add(found, key, more)
        for name, values in zip(rest[::2], rest[1::2], strict=True):
            _add(found, _named(name), _listed(values))
    for name, value in criteria.items():
        values = _listed(str(value)) if isinstance(value, (str, int)) else tuple(map(str, value))
        _add(found, _named(name), values)
    return Slice(**found)


def _add(found: dict[str, tuple[str, ...]], name: str, values: tuple[str, ...]) -> None:
    if not values:
        raise BadParameter("{name} has no value", name=name)
    if name in found and found[name] != values:
        raise BadParameter(
            "{name} stands twice",
            name=name,
            hint=Sentence("write its values once, with commas between them"),
        )
    found[name] = values


def _listed(values: str) -> tuple[str, ...]:
    return tuple(v for part in re.split("[,，、]", values) if (v := part.strip()))


def _named(name: str) -> str:
    plain = _plain(name).casefold()
    plain = _NAMES.get(plain, plain)
    if plain not in CRITERIA:
        raise _no_criterion(name)
    return plain


def _no_criterion(name: str) -> BadParameter:
    return BadParameter(
        "{name!r} is no criterion of a slice",
        name=name,
        hint=did_you_mean(tuple(f"{c}=" for c in closest(name, CRITERIA)))
        or Sentence(
            "the criteria: {names}", names=tuple(f"{c}= ({CRITERIA[c]})" for c in CRITERIA)
        ),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _level(value: str) -> str:
    if not re.fullmatch(r"[1-6](?:\s*[-~]\s*[1-6])?", value) or value[0] > value[-1]:
        raise BadParameter(
            "{value!r} is not a level from 1 to 6",
            value=value,
            hint=Sentence("write 4, 4-5 or 3,5"),
        )
    return value if len(value) == 1 else f"{value[0]}-{value[-1]}"


def _status(value: str) -> str:
    for status, chinese in STATUSES.items():
        if value.casefold() in (status, chinese):
            return status
    raise BadParameter(
        "{text!r} is none of {names}",
        text=value,
        names=tuple(STATUSES),
        hint=did_you_mean(closest(value, (*STATUSES, *STATUSES.values()))),
    )


def _updated(value: str) -> str:
    first, dots, last = value.partition("..")
    ends = [_date(end) for end in ((first, last) if dots else (first,))]
    if not any(ends) or (dots and all(ends) and ends[0] > f"{ends[1]}~"):
        raise BadParameter("{value!r} is no span of time", value=value, hint=_SPANS)
    return "..".join(ends)


_SPANS: Final = Sentence("write 2023, 2020..2024, 2020.., or ..2022-06")


def _date(text: str) -> str:
    text = text.strip()
    match = _DATE.fullmatch(text)
    if text and match is None:
        raise BadParameter("{value!r} is no date", value=text, hint=_SPANS)
    if match is None:
        return ""
    year, *rest = match.groups()
    return "-".join([year, *(f"{int(part):02}" for part in rest if part)])


_CHECKS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"level": _level, "status": _status, "updated": _updated}
)
