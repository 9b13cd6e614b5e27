"""Which standards of a store a slice has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from kps_graph.errors import ResourceError
from kps_graph.folding import searchable
from kps_graph.slices.described import SCHEMES as CLASSES
from kps_graph.slices.described import Described
from kps_graph.slices.slice import Slice
from kps_graph.store import Store
from kps_graph.terms import SCHEMES, class_iri, code_of, skos, standard_iri
from kps_graph.words import Sentence, closest, did_you_mean

__all__ = ["Selection", "class_codes", "selected"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The standards of a store that a slice has.

    Attributes:
        part: the slice.
        identities: local names of its standards, in order.
        of: how many standards the store holds.
    """

    part: Slice
    identities: tuple[str, ...]
    of: int

    @property
    def whole(self) -> bool:
        """Whether it is all that the store holds."""
        return len(self.identities) == self.of

    def iris(self, base: str) -> list[str] | None:
        """The IRIs of its standards, to restrict a query to; None if it is all of them."""
        return None if self.whole else [standard_iri(i, base) for i in self.identities]

    def as_data(self, answers: Sequence[Any]) -> dict[str, Any]:
        """Answers with what they stand on, as ``ontology/answers.schema.json`` has them."""
        return {
            "slice": str(self.part),
            "standards": len(self.identities),
            "of": self.of,
            "answers": list(answers),
        }

    def said(self) -> Sentence:
        """On how many standards an answer stands."""
        count, of = len(self.identities), self.of
        if self.whole:
            return Sentence("on {count} standards", count=count)
        if self.part:
            latest = "" if self.part.status else " status=latest"
            part = f"{self.part}{latest}"
            return Sentence("on {count} of {of} standards: {part}", count=count, of=of, part=part)
        return Sentence(
            "on {count} of {of} standards: the latest version of each occupation "
            "(--all-versions takes all)",
            count=count,
            of=of,
        )


def selected(part: Slice, standards: Sequence[Described], store: Store) -> Selection:
    """The standards that ``part`` has, of all in a store.

    Raises:
        ResourceError: for a class that neither the schemes nor the standards have, or a whole code
            that no standard has, with what could be meant; if no standard is in the slice, with why.
    """
    _refuse_unknown_codes(part.code, standards)
    tests = {name: _test(name, values, standards, store) for name, values in part.criteria()}
    if not part.status:
        tests["status"] = _status(("latest",))
    found = tuple(s.identity for s in standards if all(test(s) for test in tests.values()))
    if not found and standards:
        raise _empty(part, tests, standards)
    return Selection(part, found, len(standards))


def _refuse_unknown_codes(codes: Iterable[str], standards: Sequence[Described]) -> None:
    """Refuses a code without wildcards that no standard has, which would quietly count as none."""
    names = {c: s.name for s in standards for c in (s.code, s.identity) if c}
    known = {_pattern(c) for c in names}
    for code in codes:
        if "*" in code or "?" in code or _pattern(code) in known or not standards:
            continue
        called = [c for c, name in names.items() if searchable(name) == searchable(code)]
        close = called or closest(code.upper(), names)
        raise ResourceError(
            "no standard has the code {code!r}",
            code=code,
            hint=did_you_mean(tuple(f"{c} {names[c]}" for c in close[:3]))
            or Sentence("kps-graph query standards lists those of the store"),
        )


def _test(
    name: str, values: Sequence[str], standards: Sequence[Described], store: Store
) -> Callable[[Described], bool]:
    if name in CLASSES:
        return _classes(name, values, standards, store)
    return _TESTS[name](values)


def _classes(
    scheme: str, values: Sequence[str], standards: Sequence[Described], store: Store
) -> Callable[[Described], bool]:
    """Whether a standard states one of these classes, or one below it."""
    codes = class_codes(scheme, values, standards, store)
    return lambda s: any(own.startswith(codes) for own in getattr(s, scheme))


def class_codes(
    scheme: str, values: Iterable[str], standards: Sequence[Described], store: Store
) -> tuple[str, ...]:
    """The codes of classes that are given by code or name.

    Raises:
        ResourceError: for one that neither the scheme nor the standards have.
    """
    stated = {code for s in standards for code in getattr(s, scheme)}
    return tuple(code for v in values for code in _code(scheme, v, stated, store))


def _code(scheme: str, value: str, stated: Iterable[str], store: Store) -> Sequence[str]:
    """The codes of the class that ``value`` is the code or the name of."""
    iri = class_iri(scheme, value.upper())
    code = code_of(iri) if iri else ""
    if code and any(own.startswith(code) for own in stated):
        return (code,)
    found = store.texts(
        f"SELECT DISTINCT ?c ?name WHERE {{ ?x <{skos.inScheme}> <{SCHEMES}{scheme}> ; "
        f"<{skos.notation}> ?c ; <{skos.prefLabel}>|<{skos.altLabel}> ?name }}"
    )
    rows = sorted(found, key=lambda row: (row[1].isascii(), len(row[1]), row))  # Chinese first
    if any(row[0].startswith(code) for row in rows if code):
        return (code,)  # no standard states it, which leaves the slice empty
    wanted = searchable(value)
    named = {c: None for c, name in rows if wanted and wanted in map(searchable, _parts(name))}
    if named:
        return tuple(named)
    written = {c: f"{c} {name}" for c, name in reversed(rows)}
    close = [written[c] for c in closest(value.upper(), written)]
    every = (f"{c} {name}" for c, name in rows)
    close += closest(value, [w for w in every if w not in close])
    raise ResourceError(
        "the scheme {scheme!r} has no {code!r}, and no standard states it",
        scheme=scheme,
        code=value,
        hint=did_you_mean(tuple(close[:3]))
        or Sentence("kps-graph query categories lists those that standards state"),
    )


def _parts(name: str) -> list[str]:
    """A name, and its last part: ``行銷與銷售／行銷管理``."""
    return [name, *re.split("[／/]", name)[-1:]]


def _level(values: Sequence[str]) -> Callable[[Described], bool]:
    levels = {n for v in values for n in range(int(v[0]), int(v[-1]) + 1)}
    return lambda s: s.level in levels


def _status(values: Sequence[str]) -> Callable[[Described], bool]:
    if values[0] == "any":
        return lambda s: True
    return lambda s: s.latest == (values[0] == "latest")


def _updated(values: Sequence[str]) -> Callable[[Described], bool]:
    def within(date: str, value: str) -> bool:
        first, dots, last = value.partition("..")
        last = last if dots else first
        # what is dated later in the last year, month or day is still in it
        return first <= date and (not last or date[: len(last)] <= last)

    return lambda s: bool(s.updated) and any(within(s.updated, v) for v in values)


def _pattern(value: str) -> str:
    return unicodedata.normalize("NFKC", value).casefold().replace("[", "[[]")


def _source(values: Sequence[str]) -> Callable[[Described], bool]:
    # a name without its folder is meant wherever the document lies
    patterns = [p for v in values for p in (_pattern(v), f"*/{_pattern(v)}")]
    return lambda s: any(fnmatchcase(_pattern(s.source), p) for p in patterns)


def _coded(values: Sequence[str]) -> Callable[[Described], bool]:
    patterns = [_pattern(v) for v in values]
    return lambda s: any(
        fnmatchcase(_pattern(c), p) for p in patterns for c in (s.code, s.identity)
    )


_TESTS: Final = {
    "level": _level,
    "status": _status,
    "updated": _updated,
    "source": _source,
    "code": _coded,
}


def _empty(
    part: Slice, tests: dict[str, Callable[[Described], bool]], standards: Sequence[Described]
) -> ResourceError:
    """Why no standard is in a slice: what each criterion leaves alone."""
    written = {name: f"{name}={','.join(values)}" for name, values in part.criteria()}
    alone = tuple(
        Sentence(
            "{criterion}: {count}",
            criterion=written.get(name, f"{name}=latest"),
            count=sum(map(test, standards)),
        )
        for name, test in tests.items()
    )
    return ResourceError(
        "no standard is in the slice {part}",
        part=str(part) or "status=latest",
        hint=Sentence(
            "of {of} standards each criterion alone has: {counts}", of=len(standards), counts=alone
        ),
    )
