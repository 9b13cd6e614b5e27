"""Reads the JSON form in which a third party has published extracted standards.

That extraction has lost things: tasks, levels (0 or two glued digits), the codes of outputs and
indicators, every indicator with a certain letter, the ends of texts. What can be seen to be lost is
a finding; what is there is taken as it stands, and what the form has no place for is named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Set
from typing import Final

from kps_graph.document import Json, Record, Span
from kps_graph.extract.codes import candidates, parse_code
from kps_graph.extract.findings import Notes
from kps_graph.extract.header import pair_classes
from kps_graph.extract.records import weigh
from kps_graph.model import (
    Attitude,
    ClassCode,
    Classification,
    Element,
    Indicator,
    Level,
    Note,
    Output,
    Standard,
    Unit,
    Version,
)

__all__ = ["from_third_party", "is_third_party"]

#: What the form holds: the keys of each part, or of each member of a list.
_KNOWN: Final[dict[str, frozenset[str]]] = {
    "metadata": frozenset(("code", "name", "update_date", "version", "status")),
    "basic_info": frozenset(
        (
            "category",
            "category_code",
            "occupation",
            "occupation_code",
            "industry",
            "industry_code",
            "job_description",
            "level",
            "requirements",
        )
    ),
    "competency_tasks": frozenset(
        (
            "main_responsibility",
            "task_id",
            "task_name",
            "output",
            "behaviors",
            "knowledge",
            "skills",
            "level",
        )
    ),
    "competency_knowledge": frozenset(("code", "name", "category")),
    "competency_skills": frozenset(("code", "name", "category")),
    "competency_attitudes": frozenset(("code", "name", "description", "category")),
}
#: The parts that are no lists.
_ONCE: Final = frozenset(("metadata", "basic_info"))
#: Values that are lists of texts; everything else is one text or number.
_LISTS: Final = frozenset(
    (
        "behaviors",
        "knowledge",
        "skills",
        "category",
        "category_code",
        "occupation",
        "occupation_code",
        "industry",
        "industry_code",
    )
)
_OPENING: Final = re.compile(r"[（(【「『《〈\[{]")
_CLOSING: Final = re.compile(r"[）)】」』》〉\]}]")
#: What no text ends with: it was going on.
_DANGLING: Final = (*"、，,/／（(：:", "（如", "(如", "，如")
_DIGIT: Final = re.compile(r"\d")
#: What a list of standards puts before the name of one that is no longer in force.
_PAST: Final = re.compile(r"\s*[《〈【]\s*(歷史資料|歷史版本|已?廢止|停用)\s*[》〉】]\s*")
_TASK: Final = re.compile(r"\s*(T\s*\d+)[.．、\s]*(.*)", re.S)


def is_third_party(record: Record) -> bool:
    """Whether ``record`` has the third party's shape rather than ours."""
    return "competency_tasks" in record.data and "metadata" in record.data


def from_third_party(record: Record, notes: Notes) -> Standard:
    """The standard in a third-party record, with a finding for each visible loss."""
    return _Reader(record, notes).standard()


class _Reader:
    """Reads one record."""

    __slots__ = ("_basic", "_meta", "_notes", "_record")

    def __init__(self, record: Record, notes: Notes) -> None:
        self._record = record
        self._notes = notes
        self._meta = _mapping(record.data.get("metadata"))
        self._basic = _mapping(record.data.get("basic_info"))

    def standard(self) -> Standard:
        meta, basic = self._meta, self._basic
        code = _text(meta, "code") or None
        knowledge = self._elements("competency_knowledge")
        skills = self._elements("competency_skills")
        tasks = self._tasks()
        if code is None:
            self._notes.add("E05", self._record.span("metadata"), value="職能基準代碼")
        requirements = _text(basic, "requirements").strip()
        self._leftovers()
        self._whole(_text(basic, "job_description"), "basic_info", "job_description")
        return Standard(
            code=code,
            name=_name(_text(meta, "name")),
            name_kind=None,
            layout="",
            description=_text(basic, "job_description") or None,
            level=_level(basic.get("level")),
            versions=self._versions(code),
            classification=self._classification(),
            tasks=tasks,
            knowledge=knowledge,
            skills=skills,
            attitudes=tuple(
                Attitude(
                    _text(a, "code") or None,
                    _text(a, "name"),
                    _text(a, "description") or None,
                    None,
                    self._record.span("competency_attitudes", i),
                )
                for i, a in _maps(self._record.data, "competency_attitudes")
            ),
            notes=(Note(requirements, (), self._record.span("basic_info", "requirements")),)
            if requirements
            else (),
            span=self._record.span("metadata", "code"),
            places=(
                ("level", self._record.span("basic_info", "level")),
                ("description", self._record.span("basic_info", "job_description")),
            ),
        )

    def _leftovers(self) -> None:
        """Notes everything that the form has no place for: another key, another kind of value."""
        for key, value in self._record.data.items():
            known = _KNOWN.get(key)
            if known is None:
                self._unplaced(value, key)
            elif isinstance(value, dict) and key in _ONCE:
                self._rest(value, known, key)
            elif isinstance(value, list) and key not in _ONCE:
                for n, inner in enumerate(value):
                    if isinstance(inner, dict):
                        self._rest(inner, known, key, n)
                    else:
                        self._unplaced(inner, key, n)
            else:
                self._unplaced(value, key)

    def _rest(self, data: Mapping[str, Json], known: Set[str], *path: str | int) -> None:
        for key, value in data.items():
            if key not in known:
                self._unplaced(value, *path, key)
            elif isinstance(value, str):
                continue
            elif isinstance(value, list) and key in _LISTS:
                for n, inner in enumerate(value):
                    if isinstance(inner, (dict, list)):
                        self._unplaced(inner, *path, key, n)
            elif isinstance(value, (dict, list)):
                self._unplaced(value, *path, key)

    def _unplaced(self, value: Json, *path: str | int) -> None:
        if value not in (None, "", [], {}):
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            self._notes.add("E01", self._record.span(*path), value=text)
            self._notes.unplaced += weigh(value)

    def _whole(self, text: str, *path: str | int, code: str = "") -> None:
        """Notes a text that was cut off: a bracket stays open, or it ends in the middle."""
        if text.rstrip().endswith(_DANGLING) or (
            _OPENING.search(text) and len(_OPENING.findall(text)) > len(_CLOSING.findall(text))
        ):
            self._notes.add("E22", self._record.span(*path), code=code, value=text)

    def _versions(self, code: str | None) -> tuple[Version, ...]:
        meta = self._meta
        version, status, date = (_text(meta, k) for k in ("version", "status", "update_date"))
        span = self._record.span("metadata")
        if mark := _PAST.match(_text(meta, "name")):
            if status and status != "歷史版本":
                self._notes.add(
                    "E14",
                    self._record.span("metadata", "status"),
                    value=status,
                    other=mark[0].strip(),
                )
            status = "歷史版本"
        if not (version or status or date):
            return ()
        return (Version(version, code or "", _text(meta, "name"), status, "", date, None, span),)

    def _classification(self) -> Classification:
        span = self._record.span("basic_info")

        def listed(key: str) -> list[str]:
            value = self._basic.get(key)
            values = value if isinstance(value, list) else [value]
            return [str(v).strip() for v in values if v is not None and str(v).strip()]

        def pair(scheme: str, key: str) -> tuple[ClassCode, ...]:
            names = [(n, span) for n in listed(key)]
            codes = [(c, span) for c in listed(f"{key}_code")]
            return pair_classes(names, codes, scheme, self._notes)

        return Classification(
            pair("category", "category"),
            pair("occupation", "occupation"),
            pair("industry", "industry"),
        )

    def _elements(self, key: str) -> tuple[Element, ...]:
        found = []
        for i, e in _maps(self._record.data, key):
            code, name = _text(e, "code") or None, _text(e, "name")
            self._whole(name, key, i, code=code or "")
            found.append(Element(code, name, (), None, self._record.span(key, i)))
        return tuple(found)

    def _tasks(self) -> tuple[Unit, ...]:
        """The T/T.x tree from the flat list of T.x, each of which names its T."""
        grouped: dict[str, list[Unit]] = {}
        for i, data in _maps(self._record.data, "competency_tasks"):
            heading = _text(data, "main_responsibility").strip()
            grouped.setdefault(heading, []).append(self._activity(i, data))
        tasks = []
        for heading, units in grouped.items():
            match = _TASK.match(heading)
            code, name = (match[1].replace(" ", ""), match[2].strip()) if match else (None, heading)
            tasks.append(Unit(code, name, units=tuple(units), span=units[0].span))
        return tuple(tasks)

    def _activity(self, i: int, data: Mapping[str, Json]) -> Unit:
        span = self._record.span("competency_tasks", i)
        code = _text(data, "task_id") or None
        behaviors = data.get("behaviors")
        texts = (
            [_scalar(b) for b in behaviors if not isinstance(b, (dict, list))]
            if isinstance(behaviors, list)
            else [_scalar(behaviors)]
            if behaviors
            else []
        )
        for text in texts:
            self._whole(text, "competency_tasks", i, "behaviors", code=code or "")
        return Unit(
            code=code,
            name=_text(data, "task_name"),
            level=_level(data.get("level")),
            knowledge=_needs(data, "knowledge"),
            skills=_needs(data, "skills"),
            outputs=self._outputs(_text(data, "output").strip(), code, span),
            indicators=tuple(Indicator(None, t, span=span) for t in texts),
            span=span,
            places=(("level", self._record.span("competency_tasks", i, "level")),),
        )

    def _outputs(self, text: str, unit: str | None, span: Span) -> tuple[Output, ...]:
        """The outputs of a unit; where a code is left in the text, it parts two of them."""
        if not text:
            return ()
        own = parse_code(unit or "", "T") if _DIGIT.search(text) else None
        cuts = [
            c
            for c in (candidates(text, "O", [(0, False)]) if own else ())
            if own and c.code.unit == own.numbers and c.letter and not c.cut
        ]
        if not cuts:
            return (Output(None, text, None, span),)
        found = [Output(None, lead, None, span)] if (lead := text[: cuts[0].start].strip()) else []
        ends = [*(c.start for c in cuts[1:]), len(text)]
        for cut, end in zip(cuts, ends, strict=True):
            name = text[cut.end : end].strip()
            self._notes.add("E26", span, code=cut.code.text, value=text)
            found.append(Output(cut.code.text, name, cut.code.raw, span))
        return tuple(found)


def _name(text: str) -> str:
    """The name without the mark that it is past, which the entry of its version keeps."""
    mark = _PAST.match(text)
    return text[mark.end() :] or text if mark else text


def _level(value: Json) -> Level:
    """The level; 0 stands for a lost one: nothing is put in its place, and rule 2 says so."""
    if value is None or isinstance(value, int):
        return value or None
    text = str(value).strip()
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else text or None


def _needs(data: Mapping[str, Json], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(dict.fromkeys(str(c) for c in value)) if isinstance(value, list) else ()


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _maps(data: Mapping[str, Json], key: str) -> list[tuple[int, Mapping[str, Json]]]:
    value = data.get(key)
    if not isinstance(value, list):
        return []
    return [(i, v) for i, v in enumerate(value) if isinstance(v, dict)]


def _text(data: Mapping[str, Json], key: str) -> str:
    value = data.get(key)
    if isinstance(value, str):
        return value
    return "" if isinstance(value, (dict, list)) else _scalar(value)


def _scalar(value: Json) -> str:
    return "" if value is None else str(value)
