"""The codes in a cell of a course table: single ones, lists, ranges, whole units, and texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Piece", "expand", "pieces", "standards_in"]

_NUMBER: Final = r"\d{1,3}(?:\s?\.\s?\d{1,3})*"
_TO: Final = r"\s*(?:[~～〜∼—–―−－-]|至|到|\bto\b)\s*"
_NOT_IN_A_WORD: Final = r"(?<![A-Za-z0-9.])"
_PIECE: Final = re.compile(
    _NOT_IN_A_WORD
    + rf"(?P<kind>[TOPKSA])\s?[.\-]?\s?(?P<first>{_NUMBER})"
    + rf"(?:{_TO}(?:(?P<to>[TOPKSA])\s?[.\-]?\s?)?(?P<last>{_NUMBER}))?(?![0-9A-Za-z])\.?",
    re.IGNORECASE,
)
#: Numbers alone, in a column whose heading says what they are numbers of.
_BARE: Final = re.compile(rf"(?<![\w.])(?P<first>{_NUMBER})(?:{_TO}(?P<last>{_NUMBER}))?(?![\w.])")
#: Numbers behind a code, that go on with it.
_MORE: Final = re.compile(rf"(?:\s*[、,，/／]\s*{_NUMBER}(?:{_TO}{_NUMBER})?)+\s*[、,，。.]?\s*")
#: How the lines of a list begin: a bullet, or a number that is no code.
_LISTED: Final = re.compile(r"^(?:[•‧·●○◎■▪*-]|[(]?\d{1,2}[.、)](?!\d))\s*")
#: What codes are, said before them.
_LABEL: Final = re.compile("^(?:對應)?(?:知識|技能|態度|行為指標|指標|工作任務|任務|職能|代碼)$")
_BETWEEN: Final = re.compile(r"[\s,，、;；/／．。與和及&＆+|]*(?:等)?[\s,，、;；/／]*")

_STANDARD: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{3}\d{4}-\d{3}(?:V\d+)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text of a cell.

    Attributes:
        codes: the first and, of a range, the last code; empty for a text without one.
        text: what stands there; behind a single code, the name that follows it.
    """

    codes: tuple[str, ...]
    text: str


def pieces(text: str, kind: str = "") -> Iterator[Piece]:
    """The codes in ``text`` in their order, and the texts that have none.

    Args:
        text: of a cell.
        kind: the letter that the heading of the column gives; numbers alone are of that kind.
    """
    plain = unicodedata.normalize("NFKC", text)
    for line in plain.split("\n"):
        yield from _line(line.strip(), kind)


def _line(line: str, kind: str) -> Iterator[Piece]:
    found = list(_PIECE.finditer(line))
    if not found:
        bare = _bare(line, kind) if kind else []
        if bare:
            yield from bare
        else:
            said = _LISTED.sub("", line).strip()
            if said.strip(" -,、.()"):
                yield Piece((), said)
        return
    before = _LABEL.sub("", _BETWEEN.sub("", line[: found[0].start()]))
    if before.strip("()[]【】〔〕〈〉《》「」:：-•·*"):
        yield Piece((), line[: found[0].start()].strip(" ,、:"))
    for match, following in zip(found, [*found[1:], None], strict=True):
        rest = line[match.end() : following.start() if following else len(line)]
        kind = match["kind"].upper()
        codes = [f"{kind}{_numbers(match['first'])}"]
        if match["last"] is not None:
            codes.append(f"{(match['to'] or kind).upper()}{_numbers(match['last'])}")
        if _MORE.fullmatch(rest):
            yield Piece(tuple(codes), match[0] if len(codes) > 1 else "")
            yield from _more(rest, codes[0])
            continue
        name = re.sub(r"^[\s:：.、,)）\]】-]+|[\s,、;；/(（\[【]+$", "", rest)
        name = "" if name in ("等", "與", "和", "及", "and", "&", "+") else name
        yield Piece(tuple(codes), match[0] if len(codes) > 1 else name)


def _more(text: str, before: str) -> Iterator[Piece]:
    """Numbers that go on with the code ``before``: K01、02 is K01 and K02, P1.1.1、2 has P1.1.2."""
    stem = f"{before[0]}{before[1:].rpartition('.')[0]}{'.' if '.' in before else ''}"
    for match in _BARE.finditer(text):
        ends = [n for n in (match["first"], match["last"]) if n]
        yield Piece(
            tuple(f"{before[0] if '.' in n else stem}{_numbers(n)}" for n in ends),
            match[0] if len(ends) > 1 else "",
        )


def _bare(line: str, kind: str) -> list[Piece]:
    """``line`` as numbers of ``kind``, if it has nothing else."""
    found = list(_BARE.finditer(line))
    if not found or _BETWEEN.sub("", _BARE.sub("", line)).strip("()"):
        return []
    return [
        Piece(
            (
                f"{kind}{_numbers(m['first'])}",
                *([f"{kind}{_numbers(m['last'])}"] if m["last"] else ()),
            ),
            m[0] if m["last"] else "",
        )
        for m in found
    ]


def _numbers(text: str) -> str:
    return "".join(text.split())


def expand(first: str, last: str) -> Sequence[str] | None:
    """The codes of a range, both ends included; None if it runs from one kind or unit to another.

    ``P2.3.1`` to ``P5`` is P2.3.1 to P2.3.5, as people write it. What lies between counts up at
    the last number.
    """
    if first[0] != last[0]:
        return None
    begin, end = (code[1:].split(".") for code in (first, last))
    if len(end) < len(begin):
        end = [*begin[: len(begin) - len(end)], *end]
    if begin[:-1] != end[:-1] and [int(n) for n in begin[:-1]] != [int(n) for n in end[:-1]]:
        return None
    low, high = int(begin[-1]), int(end[-1])
    if high < low or high - low > 200:
        return None
    stem = f"{first[0]}{'.'.join(begin[:-1])}{'.' if begin[:-1] else ''}"
    return [f"{stem}{number}" for number in range(low, high + 1)]


def standards_in(text: str) -> list[str]:
    """The codes of standards in ``text``, each once, as they are issued: ``KPS1420-001v2``."""
    found = _STANDARD.findall(unicodedata.normalize("NFKC", text).upper())
    return list(dict.fromkeys(f"{code[:7]}{code[7:].lower()}" for code in found))
