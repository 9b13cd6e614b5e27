"""Reads the version table and the header: code, name, classes, description, level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.document import Cell, Paragraph, Places, Span
from kps_graph.extract.findings import Notes
from kps_graph.extract.text import compact, is_blank, join, label, solid
from kps_graph.model import ClassCode, Classification, Level, Version

__all__ = ["Header", "header", "level", "versions"]

_REPLACED: Final = re.compile(r"已被\s*[《〈<「]\s*([^》〉>」]+?)\s*[》〉>」]\s*取代")

#: Header labels, longest first, each with the field it names.
_LABELS: Final = (
    ("職能基準代碼", "code"), ("職能基準名稱", "name"), ("職類別代碼", "category_code"),
    ("職業別代碼", "occupation_code"), ("行業別代碼", "industry_code"), ("所屬類別", ""),
    ("職類別", "category"), ("職業別", "occupation"), ("行業別", "industry"),
    ("工作描述", "description"), ("基準級別", "level"), ("(擇一填寫)", ""),
    ("職類", "name:職類"), ("職業", "name:職業"),
)
#: Fields of the version table, each with the beginnings of its headings.
_COLUMNS: Final = {
    "version": ("版本",), "code": ("職能基準代碼", "代碼"), "name": ("職能基準名稱", "名稱"),
    "status": ("狀態",), "note": ("更新說明", "說明", "備註"),
    "date": ("發展更新日期", "更新日期", "日期", "發展"),
}


@dataclass(slots=True)
class Header:
    """The header's values, and where each was found or is missing."""

    code: str | None
    name: str
    name_kind: str | None
    description: str | None
    level: Level
    span: Span
    classification: Classification
    places: Places


def level(text: str) -> Level:
    """The level stated by ``text``: an integer, the raw text if it is none, None if blank."""
    if is_blank(text):
        return None
    bare = compact(unicodedata.normalize("NFKC", text))
    match = re.fullmatch(r"(?:level|lv\.?|l|第)?(\d+)級?", bare, re.IGNORECASE)
    return int(match[1]) if match else text.strip()


def versions(rows: Iterable[tuple[dict[str, int], list[Cell]]], notes: Notes) -> list[Version]:
    """The rows of the version table."""
    found = []
    for columns, row in rows:
        by_column = {c.column: c for c in row}
        span = next((p.span for c in row for p in c.paragraphs), Span())
        fields, places = {}, {}
        for key, names in _COLUMNS.items():
            at = (c for name in names for n, c in columns.items() if n.startswith(name))
            cell = next((by_column[c] for c in at if c in by_column), None)
            fields[key] = "" if cell is None else _flat(cell.paragraphs)
            if cell is not None:
                places[key] = _place(cell, span)
        replaced = _REPLACED.search(fields["note"])
        known = {columns[n] for n in columns}
        for cell in row:
            if cell.column in known:
                notes.placed += solid(cell.text)
            elif cell.text.strip():
                notes.unplaced += solid(cell.text)
                notes.add("E01", span, value=cell.text.strip())
        found.append(
            Version(
                version=fields["version"],
                code=fields["code"],
                name=fields["name"],
                status=fields["status"],
                update_note=fields["note"],
                date=fields["date"],
                replaced_by=replaced[1] if replaced else None,
                span=span,
                places=tuple(places.items()),
            )
        )
    return found


def _place(cell: Cell, near: Span) -> Span:
    """Where ``cell`` stands, in whose row ``near`` is; a blank cell has no text to tell."""
    if cell.paragraphs:
        return cell.paragraphs[0].span
    return replace(near, row=cell.row, column=cell.column)


def _flat(paragraphs: Iterable[Paragraph]) -> str:
    text = ""
    for paragraph in paragraphs:
        text = join(text, paragraph.text, paragraph.gap)
    return text


def _match(text: str) -> tuple[str, int] | None:
    """The field that ``text`` is the label of, and the length of the label in ``text``."""
    name = label(text)
    for start, key in _LABELS:
        if name == start or (name.startswith(start) and re.fullmatch(
            r"([(（][^)）]*[)）])?[:：]?", name[len(start):]
        )):
            return key, len(text)
    return None


def _inline(text: str) -> tuple[str, str] | None:
    """Field and value of a text like ``工作描述：……``, or ``職類別代碼 KPS`` in one cell."""
    for start, key in _LABELS:
        spaced = r"\s*".join(map(re.escape, start))
        # the two short labels also begin ordinary words: only a colon makes labels of them
        after = r"\s*[:：]\s*" if key.startswith("name:") else r"(?:\s*[:：]\s*|\s+)"
        match = re.match(rf"\s*{spaced}{after}(\S.*)", text, re.S)
        if match and key:
            return key, match[1].strip()
    return None


def header(
    rows: Iterable[list[Cell]], preface: Iterable[Paragraph], notes: Notes
) -> Header:
    """The header's fields from its table rows, and from lines like ``工作描述：…`` before it."""
    found: dict[str, list[tuple[str, Span, Paragraph | None]]] = {}
    blank: dict[str, list[Span]] = {}

    def take(key: str, paragraphs: Iterable[Paragraph]) -> None:
        parts = [p for p in paragraphs if p.text.strip()]
        notes.placed += sum(solid(p.text) for p in parts)
        if key in _MANY:
            found.setdefault(key, []).extend((p.text, p.span, p) for p in parts)
        elif parts:
            found.setdefault(key, []).append((_flat(parts), parts[0].span, None))

    for row in rows:
        key, near = "", Span()
        for cell in row:
            if not cell.text.strip():
                if key:
                    blank.setdefault(key, []).append(_place(cell, near))
                continue
            near = cell.paragraphs[0].span
            text = _flat(cell.paragraphs)
            matched = _match(text)
            if matched is not None:
                notes.placed += solid(cell.text)
                key = matched[0] or key
            elif key != "description" and (inline := _inline(cell.text)) is not None:
                notes.placed += solid(cell.text) - solid(inline[1])
                where = cell.paragraphs[0].span
                take(inline[0], [Paragraph(line, where) for line in inline[1].split("\n")])
            elif key:
                take(key, cell.paragraphs)
            else:
                notes.unplaced += solid(cell.text)
                notes.add("E01", cell.paragraphs[0].span, value=text)
    for paragraph in preface:
        inline = _inline(paragraph.text)
        if inline is None:
            notes.unplaced += solid(paragraph.text)
            notes.add("E01", paragraph.span, value=paragraph.text)
        else:
            notes.placed += solid(paragraph.text) - solid(inline[1])
            take(inline[0], [Paragraph(inline[1], paragraph.span)])
    return _header(found, blank, notes)


_MANY: Final = frozenset(
    f"{scheme}{suffix}" for scheme in ("category", "occupation", "industry")
    for suffix in ("", "_code")
)
_Found = dict[str, list[tuple[str, Span, "Paragraph | None"]]]


def _one(found: _Found, key: str, notes: Notes) -> tuple[str | None, Span]:
    """The single value of a field; a second, different one is noted."""
    values = found.get(key, [])
    for other, _, _ in values[:-1]:
        if compact(other) != compact(values[-1][0]):
            notes.add("E14", values[-1][1], value=other, other=values[-1][0])
    return (values[-1][0], values[-1][1]) if values else (None, Span())


def _header(found: _Found, blank: dict[str, list[Span]], notes: Notes) -> Header:
    """The header, of what was found for each field and of the cells that were left blank."""
    code, span = _one(found, "code", notes)
    name, kind, name_span = None, None, Span()
    for boxed in ("職業", "職類"):
        value, where = _one(found, f"name:{boxed}", notes)
        if value and not is_blank(value):
            if name:
                notes.add("E14", where, value=value, other=name)
                continue
            name, kind, name_span = value, boxed, where
    if name is None:
        name, name_span = _one(found, "name", notes)
    description, description_span = _one(found, "description", notes)
    stated, level_span = _one(found, "level", notes)
    columns = {s.column for values in found.values() for _, s, _ in values}
    blank.setdefault("name", [*blank.get("name:職業", ()), *blank.get("name:職類", ())])

    def missing(key: str) -> Span:
        """The blank cell of a field: of several the one below or above the values of others."""
        cells = blank.get(key, [])
        return next((s for s in cells if s.column in columns), cells[0] if cells else Span())

    places = {key: missing(key) if where == Span() else where for key, where in (
        ("code", span), ("name", name_span), ("description", description_span),
        ("level", level_span))}
    return Header(
        code=None if code is None or is_blank(code) else code,
        name=name or "",
        name_kind=kind,
        description=description,
        level=level(stated or ""),
        span=span if code else name_span,
        classification=Classification(
            job_category=_classes(found, "category", notes),
            occupation=_classes(found, "occupation", notes),
            industry=_classes(found, "industry", notes),
        ),
        places=tuple((key, where) for key, where in places.items() if where != Span()),
    )


def _classes(found: _Found, scheme: str, notes: Notes) -> tuple[ClassCode, ...]:
    """The classes of one scheme: names and codes paired in order."""
    lines = [(t, s, p) for t, s, p in found.get(scheme, []) if not is_blank(t)]
    codes = [(t, s) for t, s, _ in found.get(f"{scheme}_code", []) if not is_blank(t)]
    names: list[tuple[str, Span]] = []
    for text, span, line in lines:
        # a soft line goes on with the name before it, unless there is a code for each line
        if names and line is not None and line.soft and len(codes) not in (len(lines), 0):
            names[-1] = (join(names[-1][0], text), names[-1][1])
        else:
            names.append((text, span))
    return pair_classes(names, codes, scheme, notes)


def pair_classes(
    names: list[tuple[str, Span]], codes: list[tuple[str, Span]], scheme: str, notes: Notes
) -> tuple[ClassCode, ...]:
    """Pairs stated names and codes in order; splits what was glued only where that pairs them up.

    One name per code is the rule. ``MPMINMISDSET`` beside four names is four codes; where the
    numbers still differ, nothing is invented: the remaining name or code stands alone, and the
    mismatch is noted.
    """
    longest = {"category": 3, "occupation": 4, "industry": 5}[scheme]
    if len(codes) != len(names) or any(len(compact(c)) > longest for c, _ in codes):
        codes = [(part, s) for text, s in codes for part in _split_codes(text, scheme)]
    if len(names) < len(codes) and len(names) == 1:
        parts = [p for p in re.split(r"[;；\n]", names[0][0]) if p.strip()]
        if len(parts) == len(codes):
            names = [(p.strip(), names[0][1]) for p in parts]
    if len(codes) != len(names) and codes and names:
        value = " / ".join([*(n for n, _ in names), *(c for c, _ in codes)])
        notes.add("E12", (codes or names)[0][1], value=value)
    blank = ("", Span())
    paired = []
    for i in range(max(len(names), len(codes))):
        name, name_span = names[i] if i < len(names) else blank
        code, code_span = codes[i] if i < len(codes) else blank
        places = (("code", code_span),) if name and code else ()
        paired.append(ClassCode(code, name, name_span if name else code_span, places))
    return tuple(paired)


def _split_codes(text: str, scheme: str) -> list[str]:
    """The codes in ``text``, if it is made of nothing but codes; else ``text`` itself."""
    bare = compact(text)
    pattern = {
        "category": r"[A-Z]{3}",
        "occupation": r"\d{4}",
        "industry": r"[A-Z]\d{2,4}(?!\d)|\d{4}|[A-Z](?![\d-])",
    }[scheme]
    found = re.findall(pattern, bare)
    rest = re.sub(r"[、,，;；/／]", "", re.sub(pattern, "", bare))
    return found if found and not rest else [text.strip()]

