"""What the codes and texts of a course mean in a standard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.align.canonicalise import canonical
from kps_graph.courses.codes import standards_in
from kps_graph.courses.notices import notice
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.errors import ResourceError
from kps_graph.folding import fold
from kps_graph.model import (
    Attitude,
    Element,
    Indicator,
    Level,
    Standard,
    Unit,
    element_text,
    references,
)
from kps_graph.report import Finding
from kps_graph.standards.inherited import Holder, Inherited, inherited
from kps_graph.standards.trace import known_code
from kps_graph.terms import code_series
from kps_graph.words import Bilingual, Language, Sentence

#: What stands between texts in a cell; it may stand in one of them too.
_MARK: Final = re.compile("([、,，;；])")
_BLANK: Final = " 、,，;；"
#: More pieces than any cell of a course has.
_MANY: Final = 120

__all__ = ["Meant", "Part", "Parts", "meant"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a standard that a course can teach: P, K, S or A.

    Attributes:
        kind: P, K, S or A.
        code: how units refer to it.
        text: what it says.
        units: the codes of the units that have or need it, tasks and activities.
        level: of an indicator.
    """

    kind: str
    code: str
    text: str
    units: tuple[str, ...] = ()
    level: Level = None


class Parts:
    """The parts of a standard by code, and what each unit stands for.

    Attributes:
        by_code: every P, K, S and A in the order of the standard.
        standing: for each T, O and P, the codes of what is taught by whoever teaches it.
        above: for each code of a unit, the codes of those above it and of itself.
        inside: for each code of a unit, those of the units in it, its own first.
        names: of the units, by code.
    """

    def __init__(self, standard: Standard) -> None:
        self.owner = standard.code or standard.name
        self._code, self._name = standard.code or "", standard.name
        self.standing: dict[str, tuple[str, ...]] = {}
        self.above: dict[str, tuple[str, ...]] = {}
        self.inside: dict[str, list[str]] = {}
        self.names = {u.code: u.name for u in standard.units() if u.code}
        units: dict[str, dict[str, None]] = {}
        indicators: list[Part] = []
        for unit in inherited(standard):
            line = tuple(u.code for u in (*unit.above, unit.part) if u.code)
            if unit.part.code:
                self.above[unit.part.code] = line
                for code in line:
                    self.inside.setdefault(code, []).append(unit.part.code)
                self.standing[unit.part.code] = tuple(dict.fromkeys(_within(unit)))
            for output in unit.part.outputs:
                if output.code:
                    self.standing[output.code] = ()
            holders: tuple[Holder, ...] = (unit, *unit.indicators())
            for holder in holders:
                for code in (*holder.knowledge, *holder.skills):
                    units.setdefault(code, {}).update(dict.fromkeys(line))
                if isinstance(holder.part, Indicator) and holder.part.code:
                    part = Part("P", holder.part.code, holder.part.text, line, holder.level)
                    indicators.append(part)
        kinds: tuple[tuple[str, Sequence[Element | Attitude]], ...] = (
            ("K", standard.knowledge),
            ("S", standard.skills),
            ("A", standard.attitudes),
        )
        elements = [
            Part(kind, code, element_text(element), tuple(units.get(code, ())))
            for kind, listed in kinds
            for element, code in zip(listed, references(listed), strict=True)
        ]
        self.by_code: Mapping[str, Part] = {p.code: p for p in (*indicators, *elements)}
        self._every = (*self.by_code, *self.standing)
        self._known = frozenset(self._every)
        self._by_text: dict[tuple[str, str], str] = {}
        for part in self.by_code.values():
            self._by_text.setdefault((part.kind, fold(part.text)), part.code)
        for code, name in self.names.items():
            self._by_text.setdefault(("T", fold(name)), code)
        headings = Counter((kind, fold(e.name)) for kind, listed in kinds for e in listed)
        for part, (kind, name) in zip(
            elements, ((k, e.name) for k, listed in kinds for e in listed), strict=True
        ):
            if headings[kind, fold(name)] == 1:  # people leave out the items below a heading
                self._by_text.setdefault((kind, fold(name)), part.code)

    def owns(self, named: str) -> bool:
        """Whether what a row names as its standard is this one, in whatever version; "" is."""
        if standards_in(named):
            return not self._code or code_series(named) == code_series(self._code)
        return not named or fold(named.strip().removesuffix("職能基準")) in map(
            fold, (self._name, self._code)
        )

    def code(self, given: str) -> str:
        """The code that ``given`` is, in any case and padding.

        Raises:
            ResourceError: if there is none, with the nearest.
        """
        exact = given.strip()
        return exact if exact in self._known else known_code(given, self._every, self.owner)

    def advice(self, given: str) -> Sentence | Bilingual:
        """What a code that the standard lacks may have meant."""
        try:
            self.code(given)
        except ResourceError as error:
            return error.advice or Sentence("")
        return Sentence("")

    def chosen(self, tasks: Sequence[str]) -> tuple[str, ...]:
        """The codes of tasks or activities that ``tasks`` names.

        Raises:
            ResourceError: if one is none of the standard.
        """
        codes = tuple(self.code(task) for task in tasks)
        for code in codes:
            if code not in self.above:
                raise ResourceError(
                    "{code} is no task or activity of {owner}", code=code, owner=self.owner
                )
        return codes

    def of_text(self, text: str, kind: str = "") -> str | None:
        """The code of the part that ``text`` says, worded alike or by words that are one.

        Args:
            text: what is said.
            kind: T, P, K, S or A, if it is known.
        """
        if code := self._worded(text, kind):
            return code
        for each in (kind,) if kind else ("K", "S", "A"):
            key = canonical(each, text).text if each in ("K", "S", "A") else ""
            if not key:
                continue
            alike = [
                part.code
                for part in self.by_code.values()
                if part.kind == each and canonical(each, part.text).text == key
            ]
            if len(alike) == 1:
                return alike[0]
        return None

    def _worded(self, text: str, kind: str) -> str | None:
        key = fold(text)
        found = (self._by_text.get((each, key)) for each in ((kind,) if kind else "PKSAT"))
        return next(filter(None, found), None)

    def in_text(self, text: str, kind: str = "") -> list[tuple[str, str]]:
        """The parts that a text lists one after the other, each with its code; "" for none.

        A mark between them (、 ；) may also stand in one of them: the longest that is worded as in
        the standard counts.
        """
        pieces = _MARK.split(text)
        listed = list(self._listed(pieces, kind)) if len(pieces) <= _MANY else [(text, "")]
        if not all(code for _, code in listed) and (code := self.of_text(text, kind)):
            return [(text, code)]
        return listed

    def _listed(self, pieces: Sequence[str], kind: str) -> Iterator[tuple[str, str]]:
        """What the pieces of a text say, those that say nothing joined as they stood."""
        start, lost = 0, ""
        while start < len(pieces):
            said, end, code = self._longest(pieces, start, kind)
            if not code:
                lost += said
            else:
                if lost.strip(_BLANK):
                    yield lost.strip(_BLANK), ""
                lost = ""
                yield said, code
            start = end
        if lost.strip(_BLANK):
            yield lost.strip(_BLANK), ""

    def _longest(self, pieces: Sequence[str], start: int, kind: str) -> tuple[str, int, str]:
        """The most pieces from ``start`` that are a part, where the next begin, and its code."""
        for end in range(len(pieces), start, -2):
            said = "".join(pieces[start:end]).strip()
            if said and (code := self._worded(said, kind)):
                return said, end + 1, code
        alone = pieces[start].strip()
        code = (self.of_text(alone, kind) if alone else None) or ""
        return (
            (alone, start + 2, code)
            if code
            else ("".join(pieces[start : start + 2]), start + 2, "")
        )

    def text(self, code: str) -> str:
        """What the part or unit says."""
        part = self.by_code.get(code)
        return part.text if part else self.names.get(code, "")

    def taught_with(self, code: str) -> tuple[str, ...]:
        """What is taught by who teaches ``code``: of a unit all that is in it."""
        return (code,) if code in self.by_code else self.standing.get(code, ())


@dataclass(frozen=True, slots=True)
class Meant:
    """What the references of a course mean.

    Attributes:
        named: by module, the codes that it names, as the standard writes them, with where.
        findings: codes that the standard lacks, and texts.
        analysis: the same by task of table 1.
        links: every reference of the modules in order with its code, "" for none; none is left out
            but those of another standard.
    """

    named: Mapping[str, Mapping[str, Reference]]
    findings: tuple[Finding, ...]
    analysis: Mapping[str, Mapping[str, Reference]]
    links: tuple[tuple[Module, Reference, str], ...]

    def listed(self) -> frozenset[str]:
        """The codes that table 1 lists."""
        return frozenset(code for codes in self.analysis.values() for code in codes)


def meant(course: Course, parts: Parts) -> Meant:
    """The codes of ``parts`` that each module of ``course`` names."""
    findings: list[Finding] = []
    analysis = _named(_links(course.analysis, parts, findings), course.analysis)
    links = tuple(_links(course.modules, parts, findings))
    return Meant(_named(links, course.modules), tuple(findings), analysis, links)


def _named(
    links: Iterable[tuple[Module, Reference, str]], modules: Iterable[Module]
) -> dict[str, dict[str, Reference]]:
    named: dict[str, dict[str, Reference]] = {module.name: {} for module in modules}
    for module, reference, code in links:
        if code:
            named[module.name].setdefault(code, reference)
    return named


def _links(
    modules: Iterable[Module], parts: Parts, findings: list[Finding]
) -> Iterator[tuple[Module, Reference, str]]:
    """Each part that a module names, with its code; "" for what the standard does not have."""
    for module in modules:
        own = [reference for reference in module.references if parts.owns(reference.standard)]
        for reference in _joined(own, parts):
            if not reference.code:
                yield from ((module, *link) for link in _of_text(reference, parts, findings))
                continue
            code = _known(reference, parts)
            if isinstance(code, str):
                findings += _reworded(code, reference, parts)
                yield module, reference, code
                continue
            told = {"code": reference.code, "value": reference.code, "standard": parts.owner}
            findings.append(notice("C01", reference.span, hint=_hint(code.advice), **told))
            yield module, reference, ""


def _known(reference: Reference, parts: Parts) -> str | ResourceError:
    """The code of the standard that a reference writes, or what may have been meant."""
    try:
        return parts.code(reference.code)
    except ResourceError as error:
        return error


def _of_text(
    reference: Reference, parts: Parts, findings: list[Finding]
) -> Iterator[tuple[Reference, str]]:
    for text, code in parts.in_text(reference.text, reference.kind):
        if code:
            name = parts.text(code)
            findings.append(notice("C05", reference.span, code=code, value=text, name=name))
        else:
            findings.append(notice("C02", reference.span, value=text))
        yield replace(reference, text=text), code


def _joined(references: Sequence[Reference], parts: Parts) -> Iterator[Reference]:
    """The references of a module, the lines that go on with the text of a code joined to it."""
    last: Reference | None = None
    for each in references:
        if last and not each.code and each.span == last.span and _goes_on(last, each, parts):
            last = replace(last, name=f"{last.name}{each.text}")
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _goes_on(before: Reference, line: Reference, parts: Parts) -> bool:
    """Whether a line says more of what the code before it says in the standard."""
    code, said = _known(before, parts) if before.code and before.name else "", fold(line.text)
    return isinstance(code, str) and bool(code and said) and said in fold(parts.text(code))


def _reworded(code: str, reference: Reference, parts: Parts) -> Iterator[Finding]:
    """What a table says an indicator says, where the standard says otherwise."""
    part = parts.by_code.get(code)
    if part is None or part.kind != "P" or not fold(reference.name):
        return
    said, stated = fold(reference.name), fold(part.text)
    shortened = reference.name.rstrip().endswith(("…", "...", "⋯")) and stated.startswith(said)
    if said != stated and not shortened:
        yield notice("C26", reference.span, code=code, value=reference.name, name=part.text)


def _hint(advice: Sentence | Bilingual | None) -> Bilingual:
    """What may have been meant, behind a mark that the language uses."""
    if advice is None:
        return Bilingual("", "")
    chinese, english = (advice.in_words(language).rstrip("？?") for language in Language)
    return Bilingual(f"；{chinese}", f"; {english}")


def _within(unit: Inherited[Unit]) -> Iterator[str]:
    for inner in unit.walk():
        holders: tuple[Holder, ...] = (inner, *inner.indicators())
        for holder in holders:
            if isinstance(holder.part, Indicator) and holder.part.code:
                yield holder.part.code
            yield from (*holder.knowledge, *holder.skills)
