"""The difference between two versions of a standard: as text, data, a page side by side, a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kps_graph.exports import pages
from kps_graph.exports.revision import Kept, revision
from kps_graph.exports.workbook import Sheet, workbook
from kps_graph.printable import json_text, printable
from kps_graph.standards.versions import KINDS, Change, Part, Status, Version, wording
from kps_graph.words import Language

__all__ = ["FORMATS", "changes_data", "difference"]

FORMATS: Final = ("text", "json", "html", "xlsx", "turtle")
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "H": ("基本資料", "head"),
    "T": ("職責與任務", "tasks and activities"),
    "O": ("工作產出", "outputs"),
    "P": ("行為指標", "indicators"),
    "K": ("知識", "knowledge"),
    "S": ("技能", "skills"),
    "A": ("態度", "attitudes"),
    "N": ("說明與補充事項", "notes"),
}
_STATUS: Final[Mapping[str, tuple[str, str]]] = {
    Status.KEPT: ("保留", "kept"),
    Status.MOVED: ("移動", "moved"),
    Status.RENUMBERED: ("改號", "renumbered"),
    Status.REWORDED: ("改寫", "re-worded"),
    Status.CHANGED: ("調整", "changed"),
    Status.NEW: ("新增", "new"),
    Status.GONE: ("刪除", "gone"),
}
_DIFFERENCES: Final[Mapping[str, tuple[str, str]]] = {
    "code": ("代碼", "code"),
    "text": ("文字", "words"),
    "unit": ("所屬任務", "unit"),
    "level": ("級別", "level"),
    "needs": ("所需 K、S", "K and S needed"),
}
_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "code": ("職能基準代碼", "code"),
    "name": ("名稱", "name"),
    "name_kind": ("職類或職業", "kind of name"),
    "description": ("工作描述", "description"),
    "level": ("基準級別", "base level"),
    "layout": ("任務欄位的名稱", "names of the columns of tasks"),
    "job_category": ("職類別", "job category"),
    "occupation": ("職業別", "occupation"),
    "industry": ("行業別", "industry"),
}
_TINTS: Final = {
    Status.NEW: "#E3F4E8",
    Status.GONE: "#FBE3E6",
    Status.REWORDED: "#FFF3D6",
    Status.MOVED: "#E9EDFB",
    Status.RENUMBERED: "#E9EDFB",
    Status.CHANGED: "#F1EDF7",
}


def difference(
    version: Version,
    format: str,
    lang: Language,
    *,
    all_parts: bool = False,
    kept: Kept | None = None,
) -> bytes:
    """The difference in one of :data:`FORMATS`; what was kept as it is only on request.

    RDF has all parts, with the IRIs that the two versions have where they are ``kept``.
    """
    shown = [c for c in version.changes if all_parts or c.status is not Status.KEPT]
    if format == "json":
        return (json_text(_data(version, shown), 1) + "\n").encode()
    if format == "html":
        return _page(version, shown, lang).encode()
    if format == "turtle":
        return revision(version, kept)
    if format == "xlsx":
        return _workbook(version, shown, lang)
    return ("\n".join(_lines(version, shown, lang)) + "\n").encode()


def _title(version: Version) -> str:
    ends = (" ".join(filter(None, (each.code, each.name))) for each in (version.old, version.new))
    return " → ".join(ends)


def _counts(version: Version, lang: Language) -> str:
    counts = version.counts()
    listed = (f"{lang.pick(words)} {counts[status]}" for status, words in _STATUS.items())
    return lang.joined(listed)


def _called(part: Part, lang: Language) -> str:
    return lang.pick(_FIELDS[part.code]) if part.kind == "H" else part.code


def _codes(change: Change, lang: Language) -> str:
    """The code, or the old one and the new one."""
    listed = [_called(part, lang) for part in (change.old, change.new) if part]
    return " → ".join(dict.fromkeys(filter(None, listed)))


def _why(change: Change, lang: Language) -> str:
    """What differs besides what the status says."""
    listed = (lang.pick(_DIFFERENCES[d]) for d in change.differences)
    return lang.joined(listed)


def _lines(version: Version, shown: list[Change], lang: Language) -> Iterator[str]:
    yield printable(_title(version))
    yield _counts(version, lang)
    for kind in KINDS:
        of_kind = [c for c in shown if c.part.kind == kind]
        if of_kind:
            yield ""
            yield lang.pick(_KINDS[kind])
        for change in of_kind:
            head = f"  {lang.pick(_STATUS[change.status])} {_codes(change, lang)}".rstrip()
            why = _why(change, lang)
            yield printable(head + lang.aside(why) if why else head)
            for part, mark in ((change.old, "-"), (change.new, "+")):
                once = change.old and change.new and change.old.text == change.new.text
                if part and not (once and mark == "-"):
                    text = " ".join(part.text.split())
                    yield printable(f"    {' ' if once else mark} {text}")


def changes_data(version: Version) -> list[dict[str, Any]]:
    """What became of every part that was not kept as it is, as JSON data."""
    shown = [c for c in version.changes if c.status is not Status.KEPT]
    listed: list[dict[str, Any]] = _data(version, shown)["changes"]
    return listed


def _data(version: Version, shown: list[Change]) -> dict[str, Any]:
    def part(one: Part | None) -> dict[str, Any] | None:
        if one is None:
            return None
        data: dict[str, Any] = {"code": one.code, "text": one.text}
        if one.unit:
            data["unit"] = one.unit.rpartition("/")[2]
        if one.level is not None:
            data["level"] = one.level
        return data | ({"needs": list(one.needs)} if one.needs else {})

    return {
        "old": {"code": version.old.code, "name": version.old.name},
        "new": {"code": version.new.code, "name": version.new.name},
        "counts": version.counts(),
        "changes": [
            {
                "kind": change.part.kind,
                "status": str(change.status),
                "differences": list(change.differences),
                "old": part(change.old),
                "new": part(change.new),
                "words": [list(run) for run in wording(change.old.text, change.new.text)]
                if change.old and change.new and "text" in change.differences
                else [],
            }
            for change in shown
        ],
    }


def _page(version: Version, shown: list[Change], lang: Language) -> str:
    def runs(change: Change, side: str) -> list[tuple[str, str]]:
        """The text of one side, in runs: whether it is marked, and the words."""
        part = change.old if side == "-" else change.new
        if part is None:
            return []
        if change.old is None or change.new is None or "text" not in change.differences:
            return [("=", part.text)]
        both = wording(change.old.text, change.new.text)
        return [run for run in both if run[0] in ("=", side)]

    groups = [
        (
            lang.pick(_KINDS[kind]),
            [
                {
                    "status": str(change.status),
                    "said": lang.pick(_STATUS[change.status]),
                    "codes": _codes(change, lang),
                    "why": _why(change, lang),
                    "old": runs(change, "-"),
                    "new": runs(change, "+"),
                }
                for change in shown
                if change.part.kind == kind
            ],
        )
        for kind in KINDS
    ]
    return pages.render(
        "difference.html",
        style=pages.asset("tables.css") + pages.asset("difference.css"),
        lang=str(lang),
        title=_title(version),
        counts=_counts(version, lang),
        heads=lang.pick((("", "代碼", "舊版", "新版"), ("", "code", "old", "new"))),
        groups=[group for group in groups if group[1]],
    )


def _workbook(version: Version, shown: list[Change], lang: Language) -> bytes:
    pick = lang.pick
    heads = pick(
        (
            ("類", "結果", "舊代碼", "新代碼", "差異", "舊版內容", "新版內容"),
            ("kind", "status", "old code", "new code", "differs", "old text", "new text"),
        )
    )
    rows = [
        (
            pick(_KINDS[change.part.kind]),
            pick(_STATUS[change.status]),
            _called(change.old, lang) if change.old else "",
            _called(change.new, lang) if change.new else "",
            _why(change, lang),
            change.old.text if change.old else "",
            change.new.text if change.new else "",
        )
        for change in shown
    ]
    tints = {pick(_STATUS[status]): colour for status, colour in _TINTS.items()}
    sheet = Sheet(pick(("版本差異", "difference")), heads, (14, 8, 12, 12, 18, 60, 60), rows, tints)
    return workbook(_title(version), (sheet,))
