"""Small documents in the markdown form, for tests of one trap each."""

from __future__ import annotations

from kps_graph.extract import Extraction, extract
from kps_graph.readers.markdown import read_markdown

OLD = (
    "工作任務\t工作活動\t工作產出\t行為指標\t職能級別\t"
    "職能內涵 (K=knowledge 知識)\t職能內涵 (S=skills 技能)"
)
NEW = OLD.replace("工作任務\t工作活動", "主要職責\t工作任務")


def document(*rows: str, head: str = OLD, before: str = "", after: str = "") -> str:
    """A document with these body rows, cells separated by ``|``; an empty row breaks the page."""
    lines = [
        "職能基準代碼\t\tZZZ1234-001v1",
        "職能基準名稱\t\t職業\t測試人員",
        "基準級別\t\t3",
        before,
        "",
        head,
    ]
    for row in rows:
        lines += ["", head] if row == "" else [row.replace("|", "\t")]
    return "\n".join([*lines, "", after, ""])


def read(*rows: str, **parts: str) -> Extraction:
    """What is extracted from such a document."""
    return extract(read_markdown(document(*rows, **parts), "case.md"))


def rules(extraction: Extraction) -> list[str]:
    """The numbers of the findings, in order, the missing sections aside."""
    return [f.rule for f in extraction.findings if f.rule != "E05"]
