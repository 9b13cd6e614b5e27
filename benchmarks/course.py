"""A course of 60 modules on 170 indicators: read, checked, its official tables written.

Run ``python -m benchmarks.course``. The measure is to open the very workbook and save it again with
openpyxl; the aim is less than twice that.
"""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl

from benchmarks.measure import interleaved, processor, report
from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.exports.course.form import form
from kps_graph.exports.course.report import report as written
from kps_graph.exports.course.template import template
from kps_graph.model import Element, Indicator, Standard, Unit
from kps_graph.words import Language

MODULES = 60
INDICATORS = 170


def standard() -> Standard:
    """A standard of 12 tasks, 60 activities, 170 indicators, 120 K and 60 S."""
    numbers = [INDICATORS // MODULES + (n < INDICATORS % MODULES) for n in range(MODULES)]
    units: dict[int, list[Unit]] = {}
    for n, count in enumerate(numbers):
        task, place = n // 5 + 1, n % 5 + 1
        stem = f"{task}.{place}"
        units.setdefault(task, []).append(
            Unit(
                f"T{stem}",
                f"規劃並執行第{n + 1}項工作活動",
                n % 3 + 3,
                tuple(f"K{(2 * n + i) % 120 + 1:02}" for i in range(4)),
                tuple(f"S{(n + i) % 60 + 1:02}" for i in range(3)),
                indicators=tuple(
                    Indicator(f"P{stem}.{i}", f"依規定完成第{n + 1}項活動的第{i}個步驟並記錄結果")
                    for i in range(1, count + 1)
                ),
            )
        )
    tasks = [Unit(f"T{t}", f"第{t}項職責", units=tuple(inside)) for t, inside in units.items()]
    return Standard(
        "ZZZ9999-001v1",
        "範例職業",
        tasks=tuple(tasks),
        knowledge=tuple(Element(f"K{n:02}", f"第{n}項專業知識與相關法規") for n in range(1, 121)),
        skills=tuple(Element(f"S{n:02}", f"第{n}項操作技能") for n in range(1, 61)),
    )


def workbook(basis: Standard) -> bytes:
    """The workbook of a designer: the template, every unit filled in."""
    book = openpyxl.load_workbook(io.BytesIO(template(basis, (), Language.CHINESE)))
    sheet = book["課程單元"]
    sheet["A1"] = "課程名稱：完整的課程"
    filled = {
        3: "能依規定完成工作並說明作法",
        8: 6,
        9: "講述教學、演練教學",
        10: "實作評量",
        11: "檢核表",
    }
    for row in sheet.iter_rows(min_row=6, max_row=5 + MODULES):
        for column, text in filled.items():
            row[column].value = text
    out = io.BytesIO()
    book.save(out)
    return counted(out.getvalue())


def counted(data: bytes) -> bytes:
    """The workbook as Excel saves it: with the values of its formulas, which openpyxl drops."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>1</v>", content)
            new.writestr(name, content)
    return out.getvalue()


def main() -> None:
    """Prints the medians of processor time and their ratios."""
    basis = standard()
    data = workbook(basis)

    def opened_and_saved() -> None:
        openpyxl.load_workbook(io.BytesIO(data)).save(io.BytesIO())

    def checked_and_written(ending: str) -> None:
        check = check_course(read_course(course_document(data, "map.xlsx")), basis)
        assert len(check.course.modules) == MODULES
        assert sum(c.part.kind == "P" for c in check.covered) == INDICATORS
        assert not check.gaps
        written(form(check, basis), ending)

    first = "open and save with openpyxl"
    alternatives = {first: opened_and_saved} | {
        f"check, write the tables ({ending})": lambda ending=ending: checked_and_written(ending)
        for ending in (".xlsx", ".odt", ".docx")
    }
    report(interleaved(alternatives, rounds=7, clock=processor), first)


if __name__ == "__main__":
    main()
