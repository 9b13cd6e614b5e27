"""Writes a grid of cells as an ODT file, directly, so that nothing is lost on the way."""

from xml.sax.saxutils import escape, quoteattr

from tests.support.package import zipped
from tests.support.render import GridTable, Para

_NAMESPACES = (
    " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
            ("manifest", "manifest"),
        )
    )
    + ' office:version="1.3"'
)
_MANIFEST = "".join(
    (
        f"<manifest:manifest {_NAMESPACES.replace('office:version', 'manifest:version')}>",
        *(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
            for path, kind in (
                ("/", "application/vnd.oasis.opendocument.text"),
                ("content.xml", "text/xml"),
                ("styles.xml", "text/xml"),
            )
        ),
        "</manifest:manifest>",
    )
)


def to_odt(blocks, *, page=(29.7, 21.0), footer=True, font="Noto Sans CJK TC", size=9):
    """The grid as ODT bytes; ``page`` is width and height in cm."""
    return pack(content(blocks, page), styles(page, footer, font, size))


def pack(content_xml: str, styles_xml: str | None = None) -> bytes:
    """An ODT package around the given parts."""
    mimetype = "application/vnd.oasis.opendocument.text"
    parts = {"mimetype": mimetype, "content.xml": content_xml}
    if styles_xml:
        parts["styles.xml"] = styles_xml
    return zipped({**parts, "META-INF/manifest.xml": _MANIFEST}, stored=("mimetype",))


def document(body: str, automatic: str = "") -> str:
    """``content.xml`` with this body."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )


def styles(page, footer, font, size) -> str:
    width, height = page
    foot = (
        (
            '<style:footer><text:p>第<text:page-number text:select-page="current">1'
            "</text:page-number>頁，總共<text:page-count>1</text:page-count>頁</text:p>"
            "</style:footer>"
        )
        if footer
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {_NAMESPACES}>'
        f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="\'{font}\'"/>'
        "</office:font-face-decls><office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'style:font-name="F" style:font-name-asian="F" fo:font-size="{size}pt" '
        f'style:font-size-asian="{size}pt" fo:language="en" fo:country="US" '
        'style:language-asian="zh" style:country-asian="TW"/></style:default-style>'
        '<style:style style:name="Standard" style:family="paragraph"/></office:styles>'
        '<office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties '
        f'fo:page-width="{width}cm" fo:page-height="{height}cm" fo:margin="1.5cm"/>'
        f"{'<style:footer-style/>' if footer else ''}</style:page-layout>"
        "</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="P">{foot}'
        "</style:master-page></office:master-styles></office:document-styles>"
    )


_AUTOMATIC = (
    '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
    '<text:list-style style:name="L">'
    + "".join(
        f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="{glyph}">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="space" '
        f'fo:text-indent="0cm" fo:margin-left="{n * 0.3}cm"/></style:list-level-properties>'
        "</text:list-level-style-bullet>"
        for n, glyph in ((1, "•"), (2, "◦"), (3, "▪"))
    )
    + "</text:list-style>"
)


def content(blocks, page=(29.7, 21.0)) -> str:
    body, automatic, run = [], [_AUTOMATIC], []
    for number, block in enumerate(blocks):
        if isinstance(block, Para):
            run.append(block)
            continue
        body.append(paragraphs(run))
        run = []
        body.append(_table(block, number))
        automatic += [
            f'<style:style style:name="T{number}" style:family="table"><style:table-properties '
            f'style:width="{page[0] - 3}cm" table:align="left" table:border-model="collapsing"/>'
            "</style:style>",
            *(
                f'<style:style style:name="T{number}.{c}" style:family="table-column">'
                f'<style:table-column-properties style:rel-column-width="{w * 1000}*"/>'
                "</style:style>"
                for c, w in enumerate(block.widths)
            ),
        ]
    body.append(paragraphs(run))
    return document("".join(body), "".join(automatic))


def _table(table: GridTable, number: int) -> str:
    covered = {
        (r, c): False for r in range(1, table.height + 1) for c in range(1, len(table.widths) + 1)
    }
    starts = {(c.row, c.column): c for c in table.cells}
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.rowspan):
            for c in range(cell.column, cell.column + cell.colspan):
                covered[r, c] = (r, c) != (cell.row, cell.column)
    rows = []
    for r in range(1, table.height + 1):
        cells = []
        for c in range(1, len(table.widths) + 1):
            if cell := starts.get((r, c)):
                cells.append(
                    '<table:table-cell table:style-name="C"'
                    f' table:number-rows-spanned="{cell.rowspan}"'
                    f' table:number-columns-spanned="{cell.colspan}">'
                    f"{paragraphs(cell.paras) or '<text:p/>'}</table:table-cell>"
                )
            elif covered[r, c]:
                cells.append("<table:covered-table-cell/>")
            else:  # damage may leave a hole, which a table of ODF has as a blank cell
                cells.append('<table:table-cell table:style-name="C"><text:p/></table:table-cell>')
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = "".join(
        f'<table:table-column table:style-name="T{number}.{c}"/>' for c in range(len(table.widths))
    )
    head = "".join(rows[: table.header])
    head = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
    return (
        f'<table:table table:name="T{number}" table:style-name="T{number}">{columns}{head}'
        f"{''.join(rows[table.header :])}</table:table>"
    )


def paragraphs(paras) -> str:
    """Paragraphs, headings and nested lists as ODF."""
    out, depth = [], -1
    for p in paras:
        wanted = -1 if p.depth is None else p.depth
        if depth > wanted:
            out.append("</text:list-item></text:list>" * (depth - wanted))
        elif depth == wanted >= 0:
            out.append("</text:list-item>")
        if wanted > depth:
            out.append('<text:list text:style-name="L"><text:list-item>' * (wanted - depth))
        elif wanted >= 0:
            out.append(
                "</text:list-item><text:list-item>" if depth > wanted else "<text:list-item>"
            )
        depth = wanted
        name = "text:h" if p.heading else "text:p"
        level = f" text:outline-level={quoteattr(str(p.heading))}" if p.heading else ""
        out.append(f"<{name}{level}>{_characters(p.text)}</{name}>")
    return "".join(out) + "</text:list-item></text:list>" * (depth + 1)


def _characters(text: str) -> str:
    parts = escape(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    while "  " in parts:
        parts = parts.replace("  ", " <text:s/>", 1)
    return parts
