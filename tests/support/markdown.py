"""Renders a standard in the markdown form, with random page breaks and markup.

A page break may fall anywhere: between rows, between the pieces of a cell, or inside a text, in
each column at its own place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

from kps_graph.model import Standard, Unit

CJK = r"[\u4e00-\u9fff]"


@dataclass
class Para:
    """A code with its text, a bulleted item, or the rest of a text after a break."""

    code: str
    text: str
    bullet: bool = False


@dataclass
class Row:
    """A logical row: the content of each column that begins in it."""

    cells: dict[str, list[Para]] = field(default_factory=dict)


def rows_of(standard: Standard) -> list[Row]:
    """One row per leaf unit, or per group of P that has its own level."""
    elements = {e.code: e for e in (*standard.knowledge, *standard.skills)}
    rows: list[Row] = []

    def needs(row, holder):
        if holder.level is not None:
            row.cells["L"] = [Para("", str(holder.level))]
        for role, codes in (("K", holder.knowledge), ("S", holder.skills)):
            paras = []
            for code in codes:
                paras.append(Para(code, elements[code].name))
                paras += [Para("", i.text, bullet=True) for i in elements[code].items]
            if paras:
                row.cells[role] = paras

    def unit(value: Unit, depth: int, above: list[tuple[int, Unit]]):
        chain = [*above, (depth, value)]
        if value.units:
            for child in value.units:
                unit(child, depth + 1, chain)
                chain = []
            return
        row = Row()
        for d, u in chain:
            row.cells[f"U{d}"] = [Para(u.code, u.name)]
            needs(row, u)
        row.cells["O"] = [Para(o.code, o.name) for o in value.outputs]
        row.cells["P"] = []
        attached = None
        for p in value.indicators:
            mine = (p.level, p.knowledge, p.skills)
            if mine != (None, (), ()) and mine != attached:
                if attached is not None:
                    rows.append(row)
                    row = Row({"P": []})
                attached = mine
                needs(row, p)
            row.cells["P"].append(Para(p.code, p.text))
        rows.append(row)

    for task in standard.tasks:
        unit(task, 0, [])
    return rows


@st.composite
def cut(draw, paras: list[Para]):
    """The two parts of a cell at a page break, anywhere from before it to after it."""
    if not paras:
        return [], []
    at = draw(st.integers(0, len(paras)))
    if at == len(paras):
        return paras, []
    para = paras[at]
    places = [m.start() + 1 for m in re.finditer(f"{CJK}(?={CJK})", para.text)]
    places += [-m.start() - 1 for m in re.finditer(r"(?<=[A-Za-z]) (?=[A-Za-z])", para.text)]
    if (at and not places) or (draw(st.booleans()) and at):
        return paras[:at], paras[at:]
    if not places:
        return paras, []
    place = draw(st.sampled_from(places))
    left, right = (
        (para.text[:place], para.text[place:])
        if place > 0
        else (para.text[: -place - 1], para.text[-place:])
    )
    return ([*paras[:at], Para(para.code, left, para.bullet)], [Para("", right), *paras[at + 1 :]])


@st.composite
def markup(draw, paras: list[Para]):
    """A cell's paragraphs in one of the ways that documents write them."""
    if not paras:
        return draw(st.sampled_from(["", "", " "]))
    style = draw(st.sampled_from(["bare", "p", "p", "br"]))
    bold = draw(st.sampled_from(["", "", "b", "**"]))
    lists = draw(st.booleans())
    pad = draw(st.sampled_from(["", "", " "]))
    parts: list[str] = []
    open_list = False

    def close():
        nonlocal open_list
        if open_list:
            parts.append("</ul>")
            open_list = False

    for para in paras:
        text = para.text
        if para.code:
            code = {"": para.code, "b": f"<b>{para.code}</b>", "**": f"**{para.code}**"}[bold]
            text = f"{code} {text}"
        if para.bullet and lists:
            if not open_list:
                parts.append('<ul style="list-style-type: none">')
                open_list = True
            parts.append(f"<li>• {text}</li>")
            continue
        close()
        if para.bullet:
            text = f"• {text}"
        parts.append({"bare": f"{text} ", "p": f"<p>{text}</p>", "br": f"{text}<br>"}[style])
    close()
    return pad + "".join(parts).strip() + pad


HEADS = {
    "O": "工作產出",
    "P": "行為指標",
    "L": "職能級別",
    "K": "職能內涵 (K=knowledge 知識)",
    "S": "職能內涵 (S=skills 技能)",
}


@st.composite
def documents(draw, standard: Standard, breaks: bool = True):
    """``standard`` as a markdown document."""
    units = standard.layout.split("/")
    columns = [f"U{i}" for i in range(len(units))] + list("OPLKS")
    titles = dict(zip(columns, units, strict=False)) | HEADS
    tables: list[list[dict[str, list[Para]]]] = [[]]
    open_cells: dict[str, list[Para]] = {}
    for row in rows_of(standard):
        here = dict(row.cells)
        # what a break left over of the cells that go on is printed first
        for role, rest in open_cells.items():
            if rest:
                assert role not in here or not here[role], "a new cell cannot start in the old one"
                here[role] = rest
        open_cells = {}
        if breaks and draw(st.integers(0, 3)) == 0:
            first, second = {}, {}
            for role in columns:
                paras = here.get(role, [])
                if role == "L" or (role.startswith("U") and len(paras) < 1):
                    first[role], second[role] = paras, []
                else:
                    first[role], second[role] = draw(cut(paras))
            # a row is printed on the next page only if something of it is left
            tables[-1].append(first)
            tables.append([])
            if any(second[r] for r in columns if r not in "KS") or any(second.values()):
                tables[-1].append(second)
        else:
            tables[-1].append(here)
            if breaks and draw(st.integers(0, 4)) == 0:
                tables.append([])
    return _document(draw, standard, columns, titles, [t for t in tables if t])


def _document(draw, standard, columns, titles, tables):
    heads = ["版本", "職能基準代碼", "職能基準名稱", "狀態", "更新說明", "發展更新日期"]
    lines = ["", f"### {standard.name}職能基準", "", "\t".join(heads)]
    for v in standard.versions:
        lines.append("\t".join([v.version, v.code, v.name, v.status, v.update_note, v.date]))
    kind = standard.name_kind
    classes = standard.classification
    lines += [
        "",
        f"<b>職能基準代碼</b>\t\t{standard.code}\t\t\t",
        "<b>職能基準名稱</b> (擇一填寫)\t\t<b>職類</b>\t"
        + (standard.name if kind == "職類" else ""),
        f"\t\t<b>職業</b>\t{standard.name if kind == '職業' else ''}",
    ]
    for label, names in (
        ("職類別", classes.job_category),
        ("職業別", classes.occupation),
        ("行業別", classes.industry),
    ):
        for c in names:
            lines.append(f"<b>所屬類別</b>\t<b>{label}</b>\t{c.name}\t<b>{label}代碼</b>\t{c.code}")
    lines += [f"<b>工作描述</b>\t\t{standard.description}", f"**基準級別**\t\t{standard.level}", ""]
    spaced = draw(st.booleans())
    for n, table in enumerate(tables):
        if n == 0 or draw(st.integers(0, 5)):
            heads = [titles[c] for c in columns]
            if spaced:
                heads = [f" {' '.join(h)} " if len(h) == 4 else f"<b>{h}</b>" for h in heads]
            lines.append("\t".join(heads))
        for row in table:
            line = "\t".join(draw(markup(row.get(c, []))) for c in columns)
            # editors strip the ends of lines; a line without any tab is no row any more
            lines.append(line.rstrip() if "\t" in line.rstrip() and draw(st.booleans()) else line)
        lines.append("")
    if standard.attitudes:
        lines += ["#### 職能內涵 (A=attitude 態度)", ""]
        lines += [f"- {a.code} {a.name}：{a.definition}" for a in standard.attitudes]
        lines.append("")
    lines += ["#### 說明與補充事項", ""]
    for note in standard.notes:
        lines.append(f"- {note.text}")
        lines += [f"  - {i.text}" for i in note.items]
    return "\n".join(lines) + "\n"
