"""What the modules of a course teach, as matrices: indicators, knowledge and skills by module."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kps_graph.courses.check import CourseCheck, Covered
from kps_graph.exports import pages
from kps_graph.exports.workbook import Row, Sheet, workbook
from kps_graph.words import Language

__all__ = ["gaps_first", "marks", "matrices", "matrices_page"]


def matrices(check: CourseCheck, lang: Language) -> bytes:
    """A workbook: P by module, K and S by module, K and S by task; gaps first.

    ● stands for what is taught and assessed, ○ for what is taught alone.
    """
    return workbook(check.name, _sheets(check, lang))


def matrices_page(check: CourseCheck, lang: Language) -> bytes:
    """The same as a page of HTML."""
    page = pages.render(
        "matrix.html",
        style=pages.asset("tables.css") + pages.asset("matrix.css"),
        lang=str(lang),
        title=check.name,
        said=lang.pick(
            ("● 有教也有評量，○ 有教而沒有評量", "● taught and assessed, ○ taught and not assessed")
        ),
        sheets=_sheets(check, lang),
    )
    return page.encode()


def _sheets(check: CourseCheck, lang: Language) -> tuple[Sheet, ...]:
    pick = lang.pick
    chosen = [c for c in check.covered if c.chosen]
    modules = [m.name for m in check.course.modules]
    indicators = [c for c in chosen if c.part.kind == "P"]
    elements = [c for c in chosen if c.part.kind in "KS"]
    tasks = list(dict.fromkeys(u for c in elements for u in c.part.units))
    gap = pick(("缺", "gap"))
    heads = [pick(("代碼", "code")), pick(("內容", "text")), pick(("狀態", "state"))]

    def sheet(title: tuple[str, str], rows: Iterable[Covered]) -> Sheet:
        return Sheet(
            pick(title),
            [*heads, *modules],
            [10, 60, 8, *(14 for _ in modules)],
            [_row(c, modules, gap) for c in gaps_first(rows)],
            {gap: "#FBE3E6"},
        )

    needed = Sheet(
        pick(("知識技能與任務", "K and S by task")),
        [*heads, *tasks],
        [10, 60, 8, *(8 for _ in tasks)],
        [
            [c.part.code, c.part.text, "" if c.modules else gap]
            + ["●" if task in c.part.units else "" for task in tasks]
            for c in gaps_first(elements)
        ],
        {gap: "#FBE3E6"},
    )
    return (
        sheet(("行為指標與單元", "P by module"), indicators),
        sheet(("知識技能與單元", "K and S by module"), elements),
        needed,
    )


def gaps_first(rows: Iterable[Covered]) -> list[Covered]:
    """What no module teaches, then the rest, each in the order of the standard."""
    return sorted(rows, key=lambda c: bool(c.modules))


def marks(covered: Covered, modules: Iterable[str]) -> Sequence[str]:
    """For each of ``modules`` ● if it teaches and assesses the part, ○ if it teaches it, else ""."""
    return [
        ("●" if name in covered.assessed else "○") if name in covered.modules else ""
        for name in modules
    ]


def _row(covered: Covered, modules: Iterable[str], gap: str) -> Row:
    state = "" if covered.modules else gap
    return [covered.part.code, covered.part.text, state, *marks(covered, modules)]
