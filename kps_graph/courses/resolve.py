"""What the codes and texts of a course mean in a standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kps_graph.align.canonicalise import canonical
from kps_graph.courses.notices import notice
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.errors import ResourceError
from kps_graph.folding import fold
from kps_graph.model import Attitude, Element, Indicator, Level, Standard, Unit, references
from kps_graph.report import Finding
from kps_graph.standards.courses import element_text
from kps_graph.standards.inherited import Holder, Inherited, inherited
from kps_graph.standards.trace import known_code
from kps_graph.words import Bilingual, Language, Sentence

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
        names: of the units, by code.
    """

    def __init__(self, standard: Standard) -> None:
        self.owner = standard.code or standard.name
        self.standing: dict[str, tuple[str, ...]] = {}
        self.above: dict[str, tuple[str, ...]] = {}
        self.names = {u.code: u.name for u in standard.units() if u.code}
        units: dict[str, dict[str, None]] = {}
        indicators: list[Part] = []
        for unit in inherited(standard):
            line = tuple(u.code for u in (*unit.above, unit.part) if u.code)
            if unit.part.code:
                self.above[unit.part.code] = line
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
        self._by_text: dict[str, str] = {}
        for part in self.by_code.values():
            self._by_text.setdefault(fold(part.text), part.code)
        for code, name in self.names.items():
            self._by_text.setdefault(fold(name), code)

    def code(self, given: str) -> str:
        """The code that ``given`` is, in any case and padding.

        Raises:
            ResourceError: if there is none, with the nearest.
        """
        exact = given.strip()
        return exact if exact in self._known else known_code(given, self._every, self.owner)

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

    def of_text(self, text: str) -> str | None:
        """The code of the part that ``text`` says, worded alike or by words that are one."""
        if code := self._by_text.get(fold(text)):
            return code
        for kind in ("K", "S", "A"):
            key = canonical(kind, text).text
            if not key:
                continue
            alike = [
                part.code
                for part in self.by_code.values()
                if part.kind == kind and canonical(kind, part.text).text == key
            ]
            if len(alike) == 1:
                return alike[0]
        return None

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
    """

    named: Mapping[str, Mapping[str, Reference]]
    findings: tuple[Finding, ...]
    analysis: Mapping[str, Mapping[str, Reference]]

    def listed(self) -> frozenset[str]:
        """The codes that table 1 lists."""
        return frozenset(code for codes in self.analysis.values() for code in codes)


def meant(course: Course, parts: Parts) -> Meant:
    """The codes of ``parts`` that each module of ``course`` names."""
    findings: list[Finding] = []
    analysis = _meant(course.analysis, parts, findings)
    return Meant(_meant(course.modules, parts, findings), tuple(findings), analysis)


def _meant(
    modules: Iterable[Module], parts: Parts, findings: list[Finding]
) -> dict[str, dict[str, Reference]]:
    named: dict[str, dict[str, Reference]] = {}
    for module in modules:
        codes = named.setdefault(module.name, {})
        for reference in module.references:
            for code in _codes(reference, parts, findings):
                codes.setdefault(code, reference)
    return named


def _codes(reference: Reference, parts: Parts, findings: list[Finding]) -> Iterator[str]:
    if reference.code:
        try:
            code = parts.code(reference.code)
        except ResourceError as error:
            findings.append(
                notice(
                    "C01",
                    reference.span,
                    code=reference.code,
                    value=reference.code,
                    standard=parts.owner,
                    hint=_hint(error.advice),
                )
            )
            return
        findings += _reworded(code, reference, parts)
        yield code
        return
    meaning = parts.of_text(reference.text)
    if meaning is None:
        findings.append(notice("C02", reference.span, value=reference.text))
        return
    findings.append(
        notice("C05", reference.span, code=meaning, value=reference.text, name=parts.text(meaning))
    )
    yield meaning


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
