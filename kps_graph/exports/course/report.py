"""The official report of a course as a file: Word, OpenDocument, or a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from kps_graph.courses.drawn_map import MAP_HEADS
from kps_graph.exports.course.blocks import Block, FormLine, FormMap
from kps_graph.exports.course.course_map import CourseMap
from kps_graph.exports.office import packed, render
from kps_graph.exports.pictures.render import figure
from kps_graph.printable import printable

__all__ = ["ENDINGS", "report"]

ENDINGS: Final = (".odt", ".docx", ".xlsx")
_TITLE: Final = "職能導向課程規劃與執行報告書"
_TWIPS: Final = 567  # in a cm


def report(blocks: Sequence[Block], ending: str) -> bytes:
    """The report in the format of ``ending``, one of :data:`ENDINGS`."""
    if ending == ".odt":
        return _odt(blocks)
    if ending == ".docx":
        return _docx(blocks)
    return _xlsx(blocks)


def _shown(blocks: Sequence[Block]) -> list[dict[str, object]]:
    """The blocks as a template wants them."""
    shown: list[dict[str, object]] = []
    for number, block in enumerate(blocks, 1):
        if isinstance(block, FormLine):
            shown.append({"line": block, "map": None})
        elif isinstance(block, FormMap):
            shown.append({"line": None, "map": block, **_sized(block.map)})
        else:
            twips = [round(width * _TWIPS) for width in block.widths]
            shown.append(
                {"line": None, "map": None, "table": block, "name": f"T{number}", "twips": twips}
            )
    return shown


def _sized(drawn: CourseMap) -> dict[str, object]:
    """How large a map is shown: as wide as the box, or as a page is high."""
    scale = min(16.4 / drawn.width, 23.5 / drawn.height, 1 / 37.8)
    return {
        "width": round(drawn.width * scale, 2),
        "height": round(drawn.height * scale, 2),
        "emu": scale * 360000,
        "size": max(2, round(scale * 37.8 * 9 * 2)),
    }


def _pictures(blocks: Sequence[Block]) -> dict[str, bytes]:
    # no style sheet: on paper nothing is dark, whatever the reader of the screen prefers
    maps = [block.map for block in blocks if isinstance(block, FormMap)]
    return {
        f"Pictures/map{n}.svg": figure(one.scene("課程地圖")).encode()
        for n, one in enumerate(maps, 1)
    }


def _odt(blocks: Sequence[Block]) -> bytes:
    pictures = _pictures(blocks)
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": render("odt-manifest.xml", pictures=list(pictures)),
            "content.xml": render("course.odt.xml", blocks=_shown(blocks)),
            "styles.xml": render("odt-styles.xml", title=_TITLE, own={"page": "頁"}),
            **pictures,
        }
    )


def _docx(blocks: Sequence[Block]) -> bytes:
    return packed(
        {
            "[Content_Types].xml": render("docx-types.xml"),
            "_rels/.rels": render("docx-package.rels"),
            "word/_rels/document.xml.rels": render("docx-document.rels"),
            "word/document.xml": render("course.docx.xml", blocks=_shown(blocks)),
            "word/styles.xml": render("docx-styles.xml"),
            "word/footer1.xml": render("docx-footer.xml", title=_TITLE, own={"page": "頁"}),
        }
    )


def _xlsx(blocks: Sequence[Block]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "bg_color": "#D9D9D9", "border": 1, "text_wrap": True})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    bold = book.add_format({"bold": True})
    waiting: list[str] = []
    sheet, row = book.add_worksheet("封面"), 0
    for block in blocks:
        if isinstance(block, FormLine):
            waiting.append(block.text)
            if block.style == "stage":
                continue  # it heads the table behind it, on that one's sheet
            if block.style in ("part", "table"):
                sheet, row = book.add_worksheet(_sheet_name(block.text)), 0
            for text in waiting:
                sheet.write_string(row, 0, printable(text), bold)
                row += 1
            waiting = []
            continue
        if isinstance(block, FormMap):
            rows = [MAP_HEADS, *block.map.rows(), ["", "", block.map.total]]
            for number, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    style = head if number == 0 else cell
                    sheet.write_string(row, column, printable(text), style)
                row += 1
            for column, wide in enumerate((6, 30, 40, 8, 8, 16, 40)):
                sheet.set_column(column, column, wide)
            continue
        for column, width in enumerate(block.widths):
            sheet.set_column(column, column, round(width * 4))
        for texts, style in ((block.heads, head), *((texts, cell) for texts in block.rows)):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, printable(text), style)
            row += bool(texts)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return title.replace("　", " ").replace("*", "").replace("/", "").split("：")[0][:31]
