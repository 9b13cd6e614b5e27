"""Writes small Word files around given XML."""

from xml.sax.saxutils import escape

from tests.support.package import zipped
from tests.support.render import GridCell, GridTable, Para

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def to_docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; ``numbering``, ``styles``, ``footnotes``, ... are other parts."""
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {W}>{content}</w:{name}>"
    return zipped(members)


def paragraph(text: str, properties: str = "") -> str:
    """``w:p`` with one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def cell(text: str = "", properties: str = "") -> str:
    """``w:tc`` with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"


def table(*rows: list[str]) -> str:
    """``w:tbl`` of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(r)}</w:tr>" for r in rows) + "</w:tbl>"


def grid_to_docx(blocks: list[GridTable | Para]) -> bytes:
    """A grid of cells as a Word file, directly; list items are paragraphs with a number."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(_para(b) if isinstance(b, Para) else _table(b) for b in blocks)
    return to_docx(body, numbering=numbering)


def _para(para: Para) -> str:
    properties = f'<w:outlineLvl w:val="{para.heading - 1}"/>' if para.heading else ""
    if para.depth is not None:
        properties += (
            f'<w:numPr><w:ilvl w:val="{min(para.depth, 1)}"/><w:numId w:val="1"/></w:numPr>'
        )
    text = '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(para.text).split("\n"))
    return paragraph(text, properties)


def _table(grid: GridTable) -> str:
    starts = {(c.row, c.column): c for c in grid.cells}
    below = {(r, c.column): c for c in grid.cells for r in range(c.row + 1, c.row + c.rowspan)}
    rows = []
    for row in range(1, grid.height + 1):
        cells, column = [], 1
        while column <= len(grid.widths):
            one = starts.get((row, column)) or below.get((row, column)) or GridCell(row, column)
            merge = "" if one.rowspan == 1 else "<w:vMerge/>"
            if one.rowspan > 1 and one.row == row:
                merge = '<w:vMerge w:val="restart"/>'
            properties = f'<w:gridSpan w:val="{one.colspan}"/>{merge}'
            paras = "".join(map(_para, one.paras)) if one.row == row else ""
            cells.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{paras or '<w:p/>'}</w:tc>")
            column += one.colspan
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
