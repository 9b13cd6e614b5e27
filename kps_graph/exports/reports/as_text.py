"""Text for the terminal: by file and cell, then counted by rule."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from kps_graph.exports.reports.checked import Checked
from kps_graph.exports.reports.phrases import words
from kps_graph.printable import one_line, printable
from kps_graph.report import Finding, Severity

__all__ = ["listed", "write"]

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "blue": "34"}
_COLOURS: Final = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
#: Never at the end of a line.
_OPENING: Final = frozenset("（「『【《〈“‘([{")
#: Never at the beginning of a line.
_CLOSING: Final = frozenset("，。、；：？！）」』】〉》”’,.;:?!)]}")


def write(checked: Checked) -> bytes:
    """The findings of each file at their cells; a blank line; rules by count; the sum."""
    lines: list[str] = []
    for path, found in checked.by_source().items():
        if found:
            lines.append(_styled(checked, "bold", one_line(path)))
            lines += listed(checked, found)
    if lines:
        lines.append("")
        wide = max(len(str(n)) for _, _, n in checked.by_rule())
        for severity, rule, count in checked.by_rule():
            mark = _mark(checked, severity, rule)
            lines += _fold(
                checked,
                f"{count:>{wide}}  {mark} {printable(checked.title(rule))}",
                "",
                " " * (wide + 2),
            )
    lines += _fold(checked, checked.summary(), "", "  ")
    for said in checked.said:
        lines += _fold(checked, printable(said), "", "  ")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def listed(checked: Checked, findings: Iterable[Finding]) -> Iterator[str]:
    """The lines for the findings of one file, at their cells."""
    own = words(checked.lang)
    for place, here in groupby(findings, key=checked.place):
        yield from _fold(
            checked, _styled(checked, "dim", printable(place) or own["whole"]), "  ", "  "
        )
        for finding in here:
            yield from _finding(checked, finding)


def _finding(checked: Checked, finding: Finding) -> Iterator[str]:
    message = printable(checked.message(finding))
    code = f" {printable(finding.code)}" if finding.code else ""
    mark = _mark(checked, finding.severity, finding.rule)
    yield from _fold(checked, f"{mark}{code}: {message}", "    ", "      ")
    if finding.value and printable(finding.value) not in message:
        yield from _fold(checked, f"「{printable(finding.value)}」", "        ", "        ")


def _mark(checked: Checked, severity: Severity, rule: str) -> str:
    word = words(checked.lang)[str(severity)]
    return _styled(checked, _COLOURS[severity], f"{word} {printable(rule)}")


def _styled(checked: Checked, style: str, text: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if checked.colour else text


def _fold(checked: Checked, text: str, first: str, rest: str) -> list[str]:
    """``text`` in lines that fit the terminal, one line where there is none."""
    text = " ".join(text.splitlines())
    if checked.width is None:
        return [first + text]
    room = max(20, checked.width)
    lines, line, used = [], first, len(first)
    for piece, wide in _pieces(text):
        if used + wide > room and line.strip():
            lines.append(line.rstrip())
            line, used = rest, len(rest)
            if piece == " ":
                continue
        line, used = line + piece, used + wide
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """What may not be broken, with its width in columns: characters, short words, colours."""
    piece, wide, position = "", 0, 0
    while position < len(text):
        char = text[position]
        if char == "\x1b":  # a colour takes no room
            end = text.index("m", position) + 1
            piece += text[position:end]
            position = end
            continue
        position += 1
        broad = unicodedata.east_asian_width(char) in "WF"
        columns = 0 if unicodedata.combining(char) else 2 if broad else 1
        before = piece[-1:]
        apart = (
            broad
            or " " in (char, before)
            or (before != "" and unicodedata.east_asian_width(before) in "WF")
        )
        if (apart and piece and char not in _CLOSING and before not in _OPENING) or wide >= 24:
            yield piece, wide
            piece, wide = "", 0
        piece, wide = piece + char, wide + columns
    if piece:
        yield piece, wide
