"""What a document as a whole says of its codes, gathered before its cells are read one by one.

A cell alone often does not tell a code from a look-alike: whether K44 is one is plain where another
cell begins with it, ``K013D建模`` is K01 where the column is padded, and ``T1.13D模型`` is T1.1
where there are indicators P1.1.1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kps_graph.extract.body_rows import BodyRow
from kps_graph.extract.codes import Candidate, Code
from kps_graph.extract.parting import parted, partings
from kps_graph.extract.sequence import Style
from kps_graph.extract.surroundings import COUNTED
from kps_graph.extract.text import MARKS

__all__ = ["Codebook"]

#: A code of K or S where one may begin, and whatever stands behind it.
_ELEMENT: Final = re.compile(
    r"(?P<letter>[KSksＫＳｋｓ])(?<![A-Za-z0-9(（【\[「『].)(?:\s?[.．]?\s?|[-‐‑–－_](?=0))"
    r"(?P<number>[0０][0-9０-９]{1,4}|[1-9１-９][0-9０-９]{0,5}(?![0-9]))"
    r"(?P<gap>[\s.．：:、\-－]*)"
)
_UNIT: Final = re.compile(
    r"(?P<letter>[TOPＴＯＰ])(?<![A-Za-z0-9.].)\s?[.．]?\s?"
    r"(?P<numbers>[0-9]{1,2}(?:\s?[.．\-－]\s?[0-9]+)*)(?P<gap>\s*)"
)
_KINDS: Final = str.maketrans("ksＫＳｋｓＴＯＰ", "KSKSKSTOP")
#: How much of a name is compared.
_ENOUGH: Final = 4
#: How much of digits and name tells one text from another.
_DISTINCT: Final = 10
#: What ends a name that is compared.
_NO_NAME: Final = ("", *"、，,；;)）】」~～")
#: From so many elements on, numbers may have three digits.
_MANY: Final = 60
#: How far apart the numbers of a document may be.
_NEAR: Final = 6
_NEXT: Final = re.compile(r"[KSＫＳ]\s?\d|[\s、，,；;。（(：:]")
#: The code of another item behind one that is only referred to: K03 K04 甲.
_REFERENCE: Final = re.compile(
    r"[KSＫＳ](?:[0０][0-9０-９](?![0-9０-９])|[0-9０-９]+\s+[KSＫＳ][0-9０-９])"
)


def _beginning(after: str) -> str:
    """As much of the name behind a code as is compared; "" if there is none."""
    after = after.lstrip()
    ends = _NEXT.search(after, 1)
    name = after[: ends.start() if ends else _ENOUGH][:_ENOUGH]
    return "" if name[:1] in _NO_NAME else name


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A code that its name stands behind without a blank, so that digits may belong to either.

    Attributes:
        digits: all that stand behind the letter.
        after: what follows them.
        first: whether it begins a paragraph or line.
    """

    digits: str
    after: str
    first: bool


class Codebook:
    """The codes of a document that its cells leave no doubt about."""

    __slots__ = (
        "_doubtful",
        "_glued",
        "_lined",
        "_printed",
        "_read",
        "_seen",
        "depth",
        "depths",
        "highest",
        "names",
        "styles",
        "units",
    )

    def __init__(self, rows: Iterable[BodyRow]) -> None:
        #: The beginnings of the names of each number of a kind.
        self.names: dict[str, dict[int, set[str]]] = {"K": {}, "S": {}}
        self.highest = {"K": 0, "S": 0}
        self.styles = {kind: Style() for kind in "TOPKS"}
        self.units: Counter[tuple[int, ...]] = Counter()
        self.depths: dict[str, Counter[int]] = {"T": Counter(), "O": Counter(), "P": Counter()}
        self._seen: dict[str, dict[tuple[int, str], set[str]]] = {"K": {}, "S": {}}
        self._doubtful: dict[str, list[_Doubtful]] = {"K": [], "S": []}
        self._read: dict[str, int] = {}
        self._glued: dict[str, list[bool]] = {kind: [] for kind in "TOPKS"}
        self._printed: dict[str, list[str]] = {"K": [], "S": []}
        texts: list[tuple[str, bool, str]] = []
        for row in rows:
            for role, cell in row.cells.items():
                if cell.row != row.number or role in ("L", "A", "#"):
                    continue
                for paragraph in cell.paragraphs:
                    if role in "KS":
                        texts.append((paragraph.text, paragraph.soft, role))
                    else:
                        self._codes(paragraph.text)
        # where every line begins with a code, lines are items and no parts of them
        lines = [_ELEMENT.match(text) is not None for text, soft, _ in texts if soft]
        self._lined = 5 * sum(lines) > 4 * len(lines)
        for text, soft, role in texts:
            self._elements(text, soft and not self._lined, role)
        counted = (self.depths["O"] + self.depths["P"]).most_common(1)
        #: How many numbers the codes of O and P have as a rule; 0 if nothing tells.
        self.depth = counted[0][0] if counted else 0
        self._finish()

    def _elements(self, text: str, soft: bool, role: str) -> None:
        for match in _ELEMENT.finditer(text):
            kind = match["letter"].translate(_KINDS)
            begins = MARKS.fullmatch(text, 0, match.start()) is not None
            first = begins and not soft
            if kind != role and not first:
                continue
            digits = match["number"]
            if digits[0] in "0０":
                digits = digits[:2]
            stop = match.start("number") + len(digits)
            rest = len(match["number"]) > len(digits)
            after = text[stop if rest else match.end() :][:12]
            dotted = match["gap"] in (".", "．") and after[:1].isdigit()
            glued = rest or dotted or not match["gap"]
            if first:
                self._glued[kind].append(glued)
            if glued and after[:1].islower():
                continue  # K8s is none
            if (
                dotted
                or len(digits) > 3
                or (glued and digits[0] not in "0０" and COUNTED.match(after))
            ):
                # K13D is K1 or K13, K12.4G is K1 or K12
                self._doubtful[kind].append(_Doubtful(digits, text[stop : stop + 12], begins))
                continue
            name, number = _beginning(after), int(digits)
            if _REFERENCE.match(after) and after[0] == match["letter"]:
                name = ""
            if not number:
                continue
            if kind == role and (first or digits[0] in "0０"):
                self._printed[kind].append(digits)
            if name:
                before = text[max(0, match.start() - 3) : match.start()]
                self._seen[kind].setdefault((number, name), set()).add(before)
                if first:
                    self.names[kind].setdefault(number, set()).add(name)

    def _codes(self, text: str) -> None:
        for match in _UNIT.finditer(text):
            kind = match["letter"].translate(_KINDS)
            numbers = tuple(int(n) for n in re.split(r"\D+", match["numbers"]))
            for size in range(1, len(numbers)):
                self.units[numbers[:size]] += 1
            self.depths[kind][len(numbers)] += 1
            if MARKS.fullmatch(text, 0, match.start()) is not None:
                self._glued[kind].append(not match["gap"])

    def _finish(self) -> None:
        for kind, seen in self._seen.items():
            # the same name behind different texts: no word of a text that is merely repeated
            for (number, name), before in seen.items():
                if len(before) > 1:
                    self.names[kind].setdefault(number, set()).add(name)
            names = self.names[kind]
            if len(names) < _MANY:
                for number in [n for n in names if n > 99]:
                    del names[number]  # K236標準差
            highest = max(names, default=0)
            for number in sorted(n for n, _ in seen):
                if number - highest in range(1, _NEAR):
                    highest = number
            self.highest[kind] = highest
        everywhere = [g for glued in self._glued.values() for g in glued]
        for kind, printed in self._glued.items():
            digits = [d for d in self._printed.get(kind, ()) if d[0] in "0０" or len(d) == 1]
            padded = 2 * sum(d[0] in "0０" for d in digits) > len(digits) if digits else None
            glued = printed or everywhere
            self.styles[kind] = Style(
                padded, 2 * sum(glued) > len(glued), self.highest.get(kind, 0) > 95, self._lined
            )
        for kind, places in self._doubtful.items():
            self._part(kind, places)

    def _part(self, kind: str, places: Sequence[_Doubtful]) -> None:
        """Decides which digits of the codes of ``kind`` are those of their names."""
        names, ways = self.names[kind], dict[str, dict[int, int]]()
        texts: dict[str, dict[int, str]] = {}
        running = self.styles[kind].glued and 2 * sum(p.first for p in places) < len(places)
        for place in places:
            key = (place.digits + place.after)[:_DISTINCT]
            if key in ways or not (place.first or running):
                continue
            for size, number, against in partings(place.digits, place.after):
                if self.styles[kind].padded and size != 2:
                    continue
                ways.setdefault(key, {})[number] = against
                texts.setdefault(key, {})[number] = _beginning(place.digits[size:] + place.after)
        for key, number in parted(ways, names).items():
            name = texts[key][number]
            names.setdefault(number, set()).add(name)
            self.highest[kind] = max(self.highest[kind], number)

    def element(self, candidate: Candidate, after: str) -> int:
        """How much the document says for an element: its name, or that its number is wanted."""
        kind, number = candidate.code.kind, candidate.code.numbers[0]
        known = self.names.get(kind, {}).get(number)
        highest = self.highest.get(kind, 0)
        if not candidate.letter or candidate.typed:
            return 0 if known is None else -6  # a slip is no second mention
        if known is None and candidate.bare:
            return 0  # a reference to what is defined nowhere
        if known is None and candidate.doubtful and not self.styles[kind].padded:
            return 2 if 0 < number - self._read.get(kind, 0) < 4 else 0
        if known is None:
            if number <= highest + 1:
                return (3 if highest else 2) + (number == self._read.get(kind, 0) + 1)
            return 0 if number <= highest + 12 else -2
        if candidate.bare:
            return 2
        name = _beginning(after)
        if name in known:
            return 6 if len(name) > 1 else 4
        return -5 if candidate.doubtful else -3 if not candidate.first else -1

    def defined(self, candidate: Candidate) -> bool:
        """Whether the code of K or S stands elsewhere with a text."""
        code = candidate.code
        return code.numbers[0] in self.names.get(code.kind, {})

    def unit(self, numbers: tuple[int, ...]) -> bool:
        """Whether other codes say that there is a unit with these numbers."""
        return self.units[numbers] > 0

    def read(self, codes: Iterable[Code | None]) -> None:
        """Remembers what was read: new elements mostly go on from there."""
        for code in codes:
            if code is not None:
                self._read[code.kind] = max(self._read.get(code.kind, 0), code.numbers[0])
