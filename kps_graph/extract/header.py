"""Reads the version table and the header: code, name, classes, description, level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kps_graph.document import Cell, Paragraph, Places, Span
from kps_graph.extract.choices import chosen
from kps_graph.extract.findings import Notes
from kps_graph.extract.header_labels import SCHEMES, field_labelled, fields_in
from kps_graph.extract.labels import VERSION_COLUMNS
from kps_graph.extract.text import compact, is_blank, join, solid
from kps_graph.extract.vacancies import vacant
from kps_graph.model import ClassCode, Classification, Level, Version

__all__ = ["Header", "header", "level", "versions"]

_REPLACED: Final = re.compile(r"已被\s*[《〈<「]\s*([^》〉>」]+?)\s*[》〉>」]\s*取代")


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
    match = re.fullmatch(r"(?:level|lv\.?|l|第)?([0-9]{1,9})級?", bare, re.IGNORECASE)
    return int(match[1]) if match else text.strip()


def versions(rows: Iterable[tuple[dict[str, int], list[Cell]]], notes: Notes) -> list[Version]:
    """The rows of the version table."""
    found = []
    for columns, row in rows:
        by_column = {c.column: c for c in row}
        span = next((p.span for c in row for p in c.paragraphs), Span())
        fields, places = {}, {}
        for key, names in VERSION_COLUMNS.items():
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


def header(rows: Iterable[list[Cell]], preface: Iterable[Paragraph], notes: Notes) -> Header:
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

    above = ""
    for row in rows:
        key, near = "", Span()
        first = next((c for c in row if c.text.strip()), None)
        within = above if first is not None and first.column > 1 else ""
        for cell in row:
            if not cell.text.strip():
                if key:
                    blank.setdefault(key, []).append(_place(cell, near))
                continue
            near = cell.paragraphs[0].span
            text = _flat(cell.paragraphs)
            matched = field_labelled(text, key or within)
            if matched is not None:
                notes.placed += solid(cell.text)
                key = matched or key
            elif key != "description" and (fields := fields_in(cell.text)):
                notes.placed += solid(cell.text) - sum(solid(value) for _, value in fields)
                for field, value in fields:
                    take(field, [Paragraph(line, near) for line in value.split("\n")])
            elif key:
                take(key, cell.paragraphs)
            else:
                notes.unplaced += solid(cell.text)
                notes.add("E01", cell.paragraphs[0].span, value=text)
        above = key if key.startswith("name") else ""
    for paragraph in preface:
        if (matched := field_labelled(paragraph.text)) is not None:
            notes.placed += solid(paragraph.text)
            blank.setdefault(matched, []).append(paragraph.span)
            continue
        fields = fields_in(paragraph.text)
        rest = solid(paragraph.text) - sum(solid(value) for _, value in fields)
        if fields:
            notes.placed += rest
        else:
            notes.unplaced += rest
            notes.add("E01", paragraph.span, value=paragraph.text)
        for field, value in fields:
            take(field, [Paragraph(value, paragraph.span)])
    return _header(found, blank, notes)


_MANY: Final = frozenset(f"{scheme}{suffix}" for scheme in SCHEMES for suffix in ("", "_code"))
_STANDARD_CODE: Final = re.compile(r"[A-Z]{3}[0-9]{4}-[0-9]{3}(?:v[0-9]{1,3})?")
_DASH: Final = re.compile("[‐‑‒–—―−_]")
#: The fields that the iCAP office fills in.
_ISSUED: Final = frozenset(("code", "category_code"))
_Found = dict[str, list[tuple[str, Span, "Paragraph | None"]]]


def _one(found: _Found, key: str, notes: Notes) -> tuple[str | None, Span]:
    """The single value of a field; a second, different one is noted."""
    values = found.get(key, [])
    for other, _, _ in values[:-1]:
        if compact(other) != compact(values[-1][0]):
            notes.add("E14", values[-1][1], value=other, other=values[-1][0])
    return (values[-1][0], values[-1][1]) if values else (None, Span())


def _regular(code: str | None, span: Span, notes: Notes) -> str | None:
    """The code of a standard as it is issued, where only its width, case or dash differ.

    Any other spelling stands as it is. What is spelled otherwise is noted.
    """
    stated = (code or "").strip()
    if not stated or _STANDARD_CODE.fullmatch(stated):
        return code
    plain = _DASH.sub("-", compact(unicodedata.normalize("NFKC", stated))).upper()
    match = re.fullmatch(r"([A-Z]{3}[0-9]{4}-[0-9]{3})(?:V([0-9]{1,3}))?", plain)
    regular = (match[1] + (f"v{match[2]}" if match[2] else "")) if match else stated
    notes.add("E43", span, value=stated, other=regular)
    return regular


def _header(found: _Found, blank: dict[str, list[Span]], notes: Notes) -> Header:
    """The header, of what was found for each field and of the cells that were left blank."""
    found = _stated(found, blank, notes)
    code, span = _one(found, "code", notes)
    if not found.get("name:職能單元"):  # the codes of units have another form
        code = _regular(code, span, notes)
    name, kind, name_span = None, None, Span()
    for boxed in ("職業", "職類", "職能單元"):
        value, where = _one(found, f"name:{boxed}", notes)
        if value:
            if name:
                notes.add("E44", where, value=value, row=boxed, other=name, unit=kind or "")
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

    places = {
        key: missing(key) if where == Span() else where
        for key, where in (
            ("code", span),
            ("name", name_span),
            ("description", description_span),
            ("level", level_span),
            *((scheme, Span()) for scheme in SCHEMES if scheme not in found),
        )
    }
    return Header(
        code=code,
        name=name or "",
        name_kind=kind,
        description=description,
        level=level(stated or ""),
        span=span if code else name_span,
        classification=Classification(
            job_category=_classes(found, blank, "category", notes),
            occupation=_classes(found, blank, "occupation", notes),
            industry=_classes(found, blank, "industry", notes),
        ),
        places=tuple((key, where) for key, where in places.items() if where != Span()),
    )


def _stated(found: _Found, blank: dict[str, list[Span]], notes: Notes) -> _Found:
    """``found`` without the values that state nothing, whose cells are the blank ones of their fields.

    Of check boxes, what is chosen; boxes in a description are its bullets.
    """
    stated: _Found = {}
    held: dict[str, list[Span]] = {}
    for key, values in found.items():
        for whole, span, line in values:
            choices = [whole] if key == "description" else chosen(whole)
            for text in choices if key in _MANY else ["、".join(choices)]:
                if vacant(text, span, notes, issued=key in _ISSUED):
                    held.setdefault(key, []).append(span)
                else:
                    stated.setdefault(key, []).append((text, span, line))
    blank |= held
    if boxes := [s for key in ("name", "name:職業", "name:職類") for s in held.get(key, ())]:
        blank["name"] = boxes
    return stated


def _classes(
    found: _Found, blank: dict[str, list[Span]], scheme: str, notes: Notes
) -> tuple[ClassCode, ...]:
    """The classes of one scheme: names and codes paired in order, and the cells left blank."""
    lines = found.get(scheme, [])
    codes = [(t, s) for t, s, _ in found.get(f"{scheme}_code", [])]
    names: list[tuple[str, Span]] = []
    for text, span, line in lines:
        # a soft line goes on with the name before it, unless there is a code for each line
        if names and line is not None and line.soft and len(codes) != len(lines):
            names[-1] = (join(names[-1][0], text), names[-1][1])
        else:
            names.append((text, span))
    if not codes:
        names, codes = _behind(names, scheme)
    missing = tuple(
        (value, cells[0])
        for value, given, cells in (
            ("name", names, blank.get(scheme)),
            ("code", codes, blank.get(f"{scheme}_code")),
        )
        if cells and not given
    )
    paired = pair_classes(names, codes, scheme, notes)
    return tuple(replace(c, places=(*c.places, *missing)) for c in paired) if missing else paired


_BEHIND: Final = {
    "category": re.compile(r"(?P<name>.*\S)[\s(（/／:：]+(?P<code>[A-Z]{3})[)）]?\s*"),
    "occupation": re.compile(r"(?P<name>.*\S)[\s(（/／:：]+(?P<code>\d{4})[)）]?\s*"),
    "industry": re.compile(r"(?P<name>.*\S)[\s(（/／:：]+(?P<code>[A-Z]\d{2,4})[)）]?\s*"),
}


def _behind(
    names: list[tuple[str, Span]], scheme: str
) -> tuple[list[tuple[str, Span]], list[tuple[str, Span]]]:
    """Names and codes where each code stands behind its name: ``Bartenders 5131``."""
    matches = [_BEHIND[scheme].fullmatch(name) for name, _ in names]
    if not names or not all(matches):
        return names, []
    found = [(m, span) for m, (_, span) in zip(matches, names, strict=True) if m]
    return [(m["name"], s) for m, s in found], [(m["code"], s) for m, s in found]


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
