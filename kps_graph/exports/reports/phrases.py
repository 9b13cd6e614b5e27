"""The words of reports, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from kps_graph.document import Span
from kps_graph.words import Language

__all__ = ["NUMBERS", "place", "words"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "violation": ("違反", "violation"),
        "warning": ("警告", "warning"),
        "info": ("提示", "info"),
        "error": ("錯誤", "error"),
        "page": ("頁", "page"),
        "sheet": ("工作表", "sheet"),
        "table": ("表", "table"),
        "row": ("列", "row"),
        "column": ("欄", "column"),
        "line": ("行", "line"),
        "pointer": ("JSON 路徑", "JSON pointer"),
        "file": ("檔案", "file"),
        "files": ("檔案一覽", "Files"),
        "standard": ("職能基準代碼", "standard"),
        "name": ("職能基準名稱", "name"),
        "severity": ("嚴重性", "severity"),
        "rule": ("規則", "rule"),
        "code": ("代碼", "code"),
        "message": ("說明", "message"),
        "value": ("內容", "value"),
        "remedy": ("處理", "what to do"),
        "title": ("規則內容", "rule text"),
        "basis": ("依據", "basis"),
        "count": ("件數", "count"),
        "by-rule": ("依規則統計", "By rule"),
        "findings": ("檢核結果", "Findings"),
        "outcome": ("結果", "outcome"),
        "checked": ("已檢核", "checked"),
        "unreadable": ("無法讀取", "unreadable"),
        "duplicate": ("重複", "duplicate"),
        "whole": ("整份文件", "the document as a whole"),
        "clean": ("沒有發現問題", "no findings"),
        "breach-fix": ("「{breach}」→「{fix}」", "“{breach}” → “{fix}”"),
        "summary": (
            "{n} 份職能基準：違反 {violation}，警告 {warning}，提示 {info}",
            "{n} standards: {violation} violation, {warning} warning, {info} info",
        ),
        "summary-failed": ("；無法讀取 {n} 份檔案", "; {n} files could not be read"),
        "report": ("職能基準檢核報告", "Check of competency standards"),
        "filter": ("篩選", "Filter"),
        "all-rules": ("全部規則", "all rules"),
        "search": ("搜尋", "Search"),
        "print": ("列印", "Print"),
        "shown": ("顯示", "shown"),
        "documents": ("文件", "Documents"),
        "truncated": ("……（內容過長，僅列開頭）", "… (too long; only the beginning is shown)"),
        "advice": ("規則", "Rule"),
        "example": ("範例", "Example"),
    }
)

#: The numbers of a place, from the widest to the narrowest.
NUMBERS: Final = ("page", "table", "row", "column", "line")


def place(span: Span, lang: Language, numbers: Sequence[str] = NUMBERS) -> str:
    """``span`` for people, without its source; "" for the file as a whole."""
    own = words(lang)
    if "!" in span.pointer and not span.pointer.startswith("/"):
        sheet, _, cell = span.pointer.rpartition("!")
        return f"{own['sheet']} {sheet} {cell}"
    known = [f"{own[n]} {v}" for n in numbers if (v := getattr(span, n)) is not None]
    return " ".join([*known, span.pointer] if span.pointer else known)


@cache
def words(lang: Language) -> Mapping[str, str]:
    """Every word in ``lang``, Chinese unless that is English."""
    return MappingProxyType({key: Language.of(lang).pick(pair) for key, pair in _WORDS.items()})
