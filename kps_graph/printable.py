"""Texts of documents made fit to be shown: nothing in them that a terminal, XML or a spreadsheet obeys.

Here alone is said which characters those are. The command line passes all it shows through
:mod:`kps_graph.cli.terminal`; whoever writes a format calls the function for it.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

__all__ = [
    "CONTROL",
    "json_text",
    "markdown_text",
    "one_line",
    "printable",
    "spreadsheet_text",
    "xml_text",
]

#: Control characters other than tab and line ends, surrogates, non-characters, and the marks that
#: turn the direction of writing.
CONTROL: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_LINE: Final = re.compile("[\t\n\r]")
#: Characters that no XML 1.0 document can hold, even escaped.
_NO_XML: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What makes a spreadsheet take a text for a formula, also in full width; a plain number is none.
_FORMULA: Final = re.compile(
    r"[=+\-@\t\r\n＝＋－＠](?!(?<=[+\-])\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\Z)"
)
#: What Markdown takes for its own within a line, and what it does at the beginning of one.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~$]|&(?=[#\w]+;)")
_BEGINNING: Final = re.compile(r"\A(\s*)(?=[#+\-=])|\A(\s*\d+)(?=[.)])")


def printable(text: str) -> str:
    """``text`` as XML can hold it and a terminal shows it: control characters become U+FFFD."""
    return text if text.isprintable() else CONTROL.sub("\ufffd", text)


def one_line(text: str) -> str:
    """``text``, such as the name of a file, in one line: what has no shape is written as its code."""
    return CONTROL.sub(_code, _LINE.sub(_code, text))


def xml_text(text: str) -> str:
    """``text`` as XML 1.0 can hold it, with all that it can hold: the rest becomes U+FFFD."""
    return _NO_XML.sub("\ufffd", text)


def json_text(data: Any, indent: int | None = 2) -> str:
    """``data`` as JSON, Chinese as it is; what a terminal would obey is written as its escape."""
    return CONTROL.sub(_escape, json.dumps(data, ensure_ascii=False, indent=indent))


def spreadsheet_text(text: str) -> str:
    """``text`` as a spreadsheet may hold it: behind an apostrophe if it began like a formula."""
    text = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _FORMULA.match(text) else text


def markdown_text(text: str) -> str:
    """``text`` in one line of Markdown, where it means itself and is no markup, table or HTML."""
    marked = _MARKUP.sub(r"\\\g<0>", printable(text))
    return "<br>".join(_BEGINNING.sub(r"\1\2\\", line) for line in marked.splitlines())


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def _escape(match: re.Match[str]) -> str:
    half = "\ud800" <= match[0] <= "\udfff"  # of a pair: no JSON for everyone
    return "\ufffd" if half else f"\\u{ord(match[0]):04x}"
