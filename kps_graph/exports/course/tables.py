"""What courses teach of a standard as tables: by indicator, by K, S and A, or by course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from kps_graph.courses.coverage import (
    Coverage,
    ElementCoverage,
    IndicatorCoverage,
    ModuleCoverage,
    Status,
)
from kps_graph.store.rows import Rows
from kps_graph.words import Language

__all__ = ["HEADINGS", "STATUS", "by_competency", "by_course", "by_indicator", "workbook"]

#: Status -> in Chinese and in English.
STATUS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        Status.TAUGHT: ("已列入", "taught"),
        Status.PREPARED: ("職能皆已教", "prepared"),
        Status.PARTLY: ("部分", "partly"),
        Status.OPEN: ("未涵蓋", "open"),
    }
)
#: Column -> heading in Chinese and in English.
HEADINGS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "unit": ("單元", "unit"),
        "code": ("代碼", "code"),
        "text": ("內容", "text"),
        "level": ("級別", "level"),
        "units": ("所在單元", "units"),
        "courses": ("課程", "courses"),
        "status": ("涵蓋", "status"),
        "missing": ("尚缺的 K、S", "K and S not taught"),
        "course": ("課程", "course"),
        "indicators": ("行為指標 P", "indicators P"),
        "knowledge": ("知識 K", "knowledge K"),
        "skills": ("技能 S", "skills S"),
        "attitudes": ("態度 A", "attitudes A"),
    }
)
#: Between what a cell lists, for people; for programs it is a bar.
_PEOPLE: Final = "、"
_TINTS: Final = MappingProxyType({Status.PARTLY: "#FFF3D6", Status.OPEN: "#FBE3E6"})
_WIDTHS: Final = MappingProxyType(
    {
        "text": 60,
        "courses": 28,
        "course": 24,
        "missing": 28,
        "units": 18,
        "status": 12,
        "indicators": 60,
        "knowledge": 50,
        "skills": 50,
        "attitudes": 24,
    }
)


def by_indicator(indicators: Iterable[IndicatorCoverage], between: str = _PEOPLE) -> Rows:
    """A row for each indicator, with what teaches it and what is still missing."""
    return _rows(
        ("unit", "code", "text", "status", "missing", "courses"),
        (
            (
                c.unit,
                c.code,
                c.text,
                str(c.status),
                between.join(c.missing),
                between.join(c.modules),
            )
            for c in indicators
        ),
    )


def by_competency(elements: Iterable[ElementCoverage], between: str = _PEOPLE) -> Rows:
    """A row for each K, S and A, with the units that need it and the courses that teach it."""
    return _rows(
        ("code", "text", "units", "courses"),
        ((t.code, t.text, between.join(t.units), between.join(t.modules)) for t in elements),
    )


def by_course(
    modules: Iterable[ModuleCoverage], codes_only: bool = False, between: str = _PEOPLE
) -> Rows:
    """A row for each course: level, units, and the P, K, S and A that it teaches, as a syllabus."""

    def said(parts: Iterable[IndicatorCoverage | ElementCoverage]) -> str:
        if codes_only:
            return between.join(filter(None, (p.code for p in parts)))
        return "\n".join(" ".join(filter(None, (p.code, p.text))) for p in parts)

    def row(module: ModuleCoverage) -> tuple[str, ...]:
        of = {kind: [t for t in module.elements if t.code[:1] == kind] for kind in "KSA"}
        level = "–".join(dict.fromkeys(str(n) for n in module.levels[:1] + module.levels[-1:]))
        return (
            module.name,
            level,
            between.join(module.units),
            said(module.indicators),
            *(said(of[kind]) for kind in "KSA"),
        )

    return _rows(
        ("course", "level", "units", "indicators", "knowledge", "skills", "attitudes"),
        map(row, modules),
    )


def workbook(coverage: Coverage, title: str, lang: Language) -> bytes:
    """The three tables as the sheets of a workbook."""
    from kps_graph.exports import workbook as sheets

    def sheet(names: tuple[str, str], rows: Rows) -> sheets.Sheet:
        said = [
            [lang.pick(STATUS[str(v)]) if c == "status" else str(v or "") for c, v in row.items()]
            for row in rows
        ]
        return sheets.Sheet(
            lang.pick(names),
            [lang.pick(HEADINGS[c]) for c in rows.columns],
            [_WIDTHS.get(c, 10) for c in rows.columns],
            said,
            {lang.pick(STATUS[status]): colour for status, colour in _TINTS.items()},
        )

    return sheets.workbook(
        title,
        (
            sheet(("各課程", "courses"), by_course(coverage.modules)),
            sheet(("各行為指標", "indicators"), by_indicator(coverage.indicators)),
            sheet(("各職能", "knowledge and skills"), by_competency(coverage.elements)),
        ),
    )


def _rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Rows:
    return Rows.of(columns, rows, lambda row: (cell or None for cell in row))
