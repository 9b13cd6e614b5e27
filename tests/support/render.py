"""Renders a Standard into the layout of the real documents: as a grid of cells, and as HTML.

The grid is what a perfect reader would find: the tests write it as HTML, ODT, DOCX and PDF and
compare what the readers make of each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape

from kps_graph.model import Element, Indicator, Output, Standard, Unit


@dataclass(frozen=True)
class Para:
    """A paragraph (depth None), a list item (depth 0, 1, ...) or a heading."""

    text: str
    depth: int | None = None
    heading: int = 0


@dataclass(frozen=True)
class GridCell:
    """A cell with the grid rows and columns it covers, 1-based."""

    row: int
    column: int
    paras: tuple[Para, ...] = ()
    rowspan: int = 1
    colspan: int = 1

    @property
    def text(self):
        return "\n".join(p.text for p in self.paras)


@dataclass(frozen=True)
class GridTable:
    """A table; ``header`` rows are repeated on every page, ``widths`` are relative."""

    cells: tuple[GridCell, ...]
    widths: tuple[int, ...]
    header: int = 0

    @property
    def height(self):
        return max((c.row + c.rowspan - 1 for c in self.cells), default=0)

    def rows(self) -> Iterator[list[GridCell]]:
        for number in range(1, self.height + 1):
            yield sorted((c for c in self.cells if c.row == number), key=lambda c: c.column)


@dataclass(frozen=True)
class Style:
    """The freedom that authors of standards have.

    Attributes:
        attitudes: where A stand: ``list`` under a heading, ``table`` of their own, or ``body``:
            the last rows of the body table.
        notes: ``list`` under a heading, or ``table``.
        bullets: ``list`` makes sub-items list items; otherwise the glyph written before them.
        units_per_cell: how many sibling T.x that need the same share one cell.
        merge_siblings: whether equal level, K and S of neighbouring T.x share one merged cell.
        stacked_classes: whether several classes of a kind stand in one cell, or a row each.
        gap: what stands between a code and its text.
        layout: whether the items of a cell are ``paragraphs``, ``lines`` of one paragraph or
            ``running`` text, which has no blank between items if there is no ``gap``.
    """

    attitudes: str = "list"
    notes: str = "list"
    bullets: str = "list"
    units_per_cell: int = 1
    merge_siblings: bool = False
    stacked_classes: bool = False
    gap: str = " "
    layout: str = "paragraphs"


PLAIN = Style()


def grid(standard: Standard, style: Style = PLAIN) -> list[GridTable | Para]:
    """The tables and paragraphs of ``standard``, in the layout of the real documents."""
    blocks: list[GridTable | Para] = [Para(f"{standard.name}職能基準", heading=3)]
    if standard.versions:
        blocks.append(_versions(standard))
    blocks += [_header(standard, style), _Body(standard, style).table()]
    attitudes = [
        Para(_coded(a, a.name + (f"：{a.definition}" if a.definition else ""), style), depth=0)
        for a in standard.attitudes
    ]
    if attitudes and style.attitudes != "body":
        blocks += _section("職能內涵 (A=attitude 態度)", attitudes, style.attitudes, style)
    notes = [
        p for n in standard.notes for p in (Para(n.text, 0), *(Para(i.text, 1) for i in n.items))
    ]
    if notes:
        blocks += _section("說明與補充事項", notes, style.notes)
    return blocks


def _section(title, paras, how, style=PLAIN):
    if how == "list":
        return [Para(title, heading=4), *paras]
    body = tuple(replace(p, depth=p.depth - 1 if p.depth else None) for p in paras)
    body = _laid(body, style)
    return [GridTable((GridCell(1, 1, (Para(title),)), GridCell(2, 1, body)), (1,), header=1)]


def _versions(standard):
    names = ("版本", "職能基準代碼", "職能基準名稱", "狀態", "更新說明", "發展更新日期")
    rows = [
        names,
        *((v.version, v.code, v.name, v.status, v.update_note, v.date) for v in standard.versions),
    ]
    return GridTable(
        tuple(
            GridCell(r, c, _text(value))
            for r, row in enumerate(rows, 1)
            for c, value in enumerate(row, 1)
        ),
        (1, 2, 3, 2, 3, 2),
        header=1,
    )


def _header(standard, style):
    cells = []
    row = 1

    def line(*parts):
        """One row of (column, text or paragraphs, rowspan, colspan)."""
        nonlocal row
        for column, content, rowspan, colspan in parts:
            paras = _text(content) if isinstance(content, str) else content
            cells.append(GridCell(row, column, paras, rowspan, colspan))
        row += 1

    line((1, "職能基準代碼", 1, 2), (3, standard.code or "", 1, 3))
    kind = standard.name_kind
    line(
        (1, (Para("職能基準名稱"), Para("(擇一填寫)")), 2, 1),
        (2, "職類", 1, 1),
        (3, standard.name if kind == "職類" else "", 1, 3),
    )
    line((2, "職業", 1, 1), (3, standard.name if kind != "職類" else "", 1, 3))
    classes = []
    for label, codes in zip(
        ("職類別", "職業別", "行業別"),
        (
            standard.classification.job_category,
            standard.classification.occupation,
            standard.classification.industry,
        ),
        strict=True,
    ):
        groups = [codes] if style.stacked_classes or not codes else [(c,) for c in codes]
        classes += [(label, group) for group in groups]
    for number, (label, group) in enumerate(classes):
        left = [(1, "所屬類別", len(classes), 1)] if number == 0 else []
        line(
            *left,
            (2, label, 1, 1),
            (3, tuple(Para(c.name) for c in group), 1, 1),
            (4, f"{label}代碼", 1, 1),
            (5, tuple(Para(c.code) for c in group), 1, 1),
        )
    line((1, "工作描述", 1, 2), (3, standard.description or "", 1, 3))
    line((1, "基準級別", 1, 2), (3, _level(standard.level), 1, 3))
    return GridTable(tuple(cells), (2, 2, 6, 2, 3))


@dataclass
class _Row:
    """One row of the body: the units it stands under, and who owns its level, K and S."""

    units: tuple[tuple[Unit, ...], ...]
    outputs: tuple[Output, ...]
    indicators: tuple[Indicator, ...]
    owners: dict[str, tuple[object, object]] = field(default_factory=dict)


class _Body:
    def __init__(self, standard: Standard, style: Style) -> None:
        self.standard, self.style = standard, style
        headings = [h for h in standard.layout.split("/") if h] or ["工作任務", "工作活動"]
        layers = max((_layers(t) for t in standard.tasks), default=2)
        self.headings = headings + ["工作細項"] * (layers - len(headings))
        self.elements = {
            kind: _by_code(list_)
            for kind, list_ in (("knowledge", standard.knowledge), ("skills", standard.skills))
        }

    def table(self) -> GridTable:
        names = [
            *self.headings,
            "工作產出",
            "行為指標",
            "職能級別",
            "職能內涵 (K=knowledge 知識)",
            "職能內涵 (S=skills 技能)",
        ]
        cells = [GridCell(1, c, _text(n)) for c, n in enumerate(names, 1)]
        rows = [row for task in self.standard.tasks for row in self._rows((task,))]
        depth = len(self.headings)
        for at in range(depth):
            cells += self._column(
                rows,
                at + 1,
                lambda r, at=at: (
                    r.units[: at + 1],
                    _laid((p for u in r.units[at] for p in self._coded(u, u.name)), self.style)
                    if at < len(r.units)
                    else (),
                ),
            )
        cells += self._column(
            rows,
            depth + 1,
            lambda r: (
                r.units,
                _laid((p for o in r.outputs for p in self._coded(o, o.name)), self.style),
            ),
        )
        for number, row in enumerate(rows, 2):
            cells.append(
                GridCell(
                    number,
                    depth + 2,
                    _laid((p for i in row.indicators for p in self._coded(i, i.text)), self.style),
                )
            )
        for offset, kind in enumerate(("level", "knowledge", "skills"), 3):
            cells += self._column(
                rows,
                depth + offset,
                lambda r, kind=kind: (r.owners[kind][0], self._content(kind, r.owners[kind][1])),
            )
        if self.style.attitudes == "body" and self.standard.attitudes:
            last, width = len(rows) + 2, len(names)
            cells.append(GridCell(last, 1, _text("職能內涵 (A=attitude 態度)"), 1, width))
            paras = tuple(
                Para(_coded(a, f"{a.name}：{a.definition}" if a.definition else a.name, self.style))
                for a in self.standard.attitudes
            )
            cells.append(GridCell(last + 1, 1, _laid(paras, self.style), 1, width))
        widths = (*[3] * len(self.headings), 3, 6, 1, 5, 5)
        return GridTable(tuple(sorted(cells, key=lambda c: (c.row, c.column))), widths, header=1)

    def _column(self, rows, column, cell):
        """Cells for one column: neighbouring rows of one owner share a cell."""
        cells, before = [], object()
        for number, row in enumerate(rows, 2):
            owner, paras = cell(row)
            if owner == before:
                cells[-1] = replace(cells[-1], rowspan=cells[-1].rowspan + 1)
            else:
                cells.append(GridCell(number, column, paras))
            before = owner
        return cells

    def _rows(self, path: tuple[Unit, ...]) -> Iterator[_Row]:
        unit = path[-1]
        if unit.indicators or unit.outputs or not unit.units:
            yield from self._leaf(path, (unit,))
        waiting: list[Unit] = []
        for below in unit.units:
            if below.units:
                yield from self._flush(path, waiting)
                yield from self._rows((*path, below))
            elif waiting and (
                len(waiting) >= self.style.units_per_cell or not _alike(waiting[0], below)
            ):
                yield from self._flush(path, waiting)
                waiting.append(below)
            else:
                waiting.append(below)
        yield from self._flush(path, waiting)

    def _flush(self, path, waiting):
        if waiting:
            yield from self._leaf((*path, waiting[0]), tuple(waiting))
            waiting.clear()

    def _leaf(self, path, leaves):
        indicators = tuple(i for u in leaves for i in u.indicators)
        outputs = tuple(o for u in leaves for o in u.outputs)
        units = (*((u,) for u in path[:-1]), leaves)
        for group in _groups(indicators):
            row = _Row(units, outputs, group)
            for kind in ("level", "knowledge", "skills"):
                row.owners[kind] = self._owner(kind, path, group)
            yield row

    def _owner(self, kind, path, group):
        holders = [*path, *group[:1]]
        owning = [h for h in holders if getattr(h, kind) not in (None, ())]
        if len(owning) > 1:
            raise ValueError(f"{kind} is attached twice on the way to {path[-1].code}")
        value = getattr(owning[0], kind) if owning else None
        if not owning:
            return (path, "none"), None
        if self.style.merge_siblings and owning[0] is path[-1] and len(path) > 1:
            return (path[:-1], value), value
        if owning[0] in path:
            return path[: path.index(owning[0]) + 1], value
        return (path, group), value

    def _content(self, kind, value) -> tuple[Para, ...]:
        if kind == "level":
            return _text(_level(value))
        paras: list[Para] = []
        for code in value or ():
            element = self.elements[kind][code]
            paras += self._coded(element, element.name)
            paras += [
                Para(i.text, 0)
                if self.style.bullets == "list"
                else Para(self.style.bullets + i.text)
                for i in element.items
            ]
        return _laid(paras, self.style)

    def _coded(self, part, text):
        return _text(_coded(part, text, self.style))


def _alike(one: Unit, other: Unit) -> bool:
    return all(getattr(one, k) == getattr(other, k) for k in ("level", "knowledge", "skills")) and (
        len(_groups(one.indicators + other.indicators)) == 1
    )


def _groups(indicators):
    """Neighbouring indicators with the same level, K and S."""
    groups: list[list[Indicator]] = []
    for i in indicators:
        key = (i.level, i.knowledge, i.skills)
        if groups and key == (groups[-1][0].level, groups[-1][0].knowledge, groups[-1][0].skills):
            groups[-1].append(i)
        else:
            groups.append([i])
    return [tuple(g) for g in groups] or [()]


def _layers(unit: Unit) -> int:
    return 1 + max((_layers(u) for u in unit.units), default=0)


def _by_code(elements: tuple[Element, ...]) -> dict[str, Element]:
    """``K03~2`` is the second element with the code K03, ``#n`` the n-th without a code."""
    found: dict[str, Element] = {}
    seen: dict[str, int] = {}
    for e in elements:
        seen[e.code or ""] = times = seen.get(e.code or "", 0) + 1
        found[f"#{times}" if not e.code else e.code if times == 1 else f"{e.code}~{times}"] = e
    return found


def _laid(paras, style: Style) -> tuple[Para, ...]:
    """The items of a cell as paragraphs, as lines of one, or as one text."""
    paras = tuple(paras)
    if style.layout == "paragraphs" or len(paras) < 2 or any(p.depth is not None for p in paras):
        return paras
    between = "\n" if style.layout == "lines" else " " if style.gap else ""
    return (Para(between.join(p.text for p in paras)),)


def _level(level) -> str:
    return "" if level is None else str(level)


def _coded(part, text, style) -> str:
    code = part.raw_code or part.code
    return f"{code}{style.gap}{text}" if code and text else code or text


def _text(text: str) -> tuple[Para, ...]:
    return (Para(text),) if text else ()


def to_html(blocks: list[GridTable | Para]) -> str:
    """The grid as a web page."""
    out = [
        '<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>t</title>'
        "<style>td,th{border:1px solid}</style></head><body>"
    ]
    run: list[Para] = []
    for block in blocks:
        if isinstance(block, Para):
            run.append(block)
            continue
        out.append(_html_paras(run))
        run = []
        out.append("<table><thead>" if block.header else "<table><tbody>")
        for number, row in enumerate(block.rows()):
            out.append("</thead><tbody><tr>" if 0 < block.header == number else "<tr>")
            for c in row:
                spans = f' rowspan="{c.rowspan}"' * (c.rowspan > 1) + f' colspan="{c.colspan}"' * (
                    c.colspan > 1
                )
                out.append(f"<td{spans}>{_html_paras(c.paras)}</td>")
            out.append("</tr>")
        out.append("</tbody></table>")
    out.append(_html_paras(run) + "</body></html>")
    return "\n".join(out)


def _html_paras(paras) -> str:
    out, depth = [], -1
    for p in paras:
        wanted = -1 if p.depth is None else p.depth
        while depth < wanted:
            out.append("<ul>")
            depth += 1
        while depth > wanted:
            out.append("</ul>")
            depth -= 1
        tag = f"h{p.heading}" if p.heading else "p" if p.depth is None else "li"
        out.append(f"<{tag}>{_html_text(p.text)}</{tag}>")
    return "".join(out) + "</ul>" * (depth + 1)


def _html_text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def to_markdown(blocks: list[GridTable | Para]) -> str:
    """The grid in the markdown form: a line for each row, a merged cell where it begins."""
    out = []
    for block in blocks:
        if isinstance(block, Para):
            mark = "#" * block.heading or "  " * (block.depth or 0) + "-"
            out += ["", f"{mark} {block.text}", ""] if block.heading else [f"{mark} {block.text}"]
            continue
        out.append("")
        if len(block.widths) == 1:  # no tab shows a table of one column
            for cell in block.cells:
                out += [f"- {p.text}" if cell.row > 1 else f"#### {p.text}" for p in cell.paras]
            continue
        for row in block.rows():
            texts = {c.column: _markdown_cell(c.paras) for c in row}
            out.append("\t".join(texts.get(n, "") for n in range(1, len(block.widths) + 1)))
        out.append("")
    return "\n".join(out) + "\n"


def _markdown_cell(paras) -> str:
    texts = [_html_text(p.text) if "\n" in p.text else p.text for p in paras]
    if len(texts) < 2:
        return "".join(texts)
    return "".join(
        f"<p>{t}</p>" if p.depth is None else f"<ul><li>• {t}</li></ul>"
        for p, t in zip(paras, texts, strict=True)
    )
