"""What a document prints as codes with a name: whether ``K1`` before ``2 統計`` is K1 or half of K12.

Both are codes, so the two halves alone do not tell. The rest of the document mostly does: which of
the two has a name elsewhere, how the column is padded, and which number is missing in the sequence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Final, TypeAlias

from kps_graph.document import Document
from kps_graph.extract.codes import Code, parse_code
from kps_graph.extract.surroundings import COUNTED

__all__ = ["PrintedCodes"]

_Place: TypeAlias = tuple[str, tuple[int, ...]]

#: A code and the beginning of its name.
_NAMED: Final = re.compile(
    r"(?P<code>[TOPKSA](?<![A-Za-z0-9].)\s?\d{1,3}(?:\.\d{1,3})*)(?![\d.]*\d)[\s.:、]*"
    r"(?![TOPKSA]\s?\d)(?P<name>[A-Za-z\u3400-\u9fff]{1,4})"
)
#: As much of a name as is compared.
_BEGINNING: Final = re.compile(r"[A-Za-z\u3400-\u9fff]{0,4}")
#: What the name of a code elsewhere says, and what stands beside it in its cell, count for more
#: than what the sequence of the document says.
_DEFINED: Final = 3
_BESIDE: Final = 2
#: Where there are no more of a kind, no number has three digits.
_HUNDRED: Final = 100


class PrintedCodes:
    """The codes of a document that stand before a name; looked for when first asked."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _names(self) -> dict[_Place, set[str]]:
        """The beginnings of the names of each code."""
        found: dict[_Place, set[str]] = {}
        for code, name in self._named():
            found.setdefault((code.kind, code.numbers), set()).add(name)
        return found

    @cached_property
    def _padded(self) -> dict[str, int]:
        """How many more numbers below ten are padded than not, by kind."""
        found: dict[str, int] = {}
        for code, _ in self._named():
            if code.numbers[0] < 10 and len(code.numbers) == 1:
                found[code.kind] = found.get(code.kind, 0) + (1 if code.padded else -1)
        return found

    def _named(self) -> Iterator[tuple[Code, str]]:
        for table in self._document.tables:
            for cell in table.cells:
                text = unicodedata.normalize("NFKC", cell.text)
                for match in _NAMED.finditer(text):
                    if (code := parse_code(match["code"])) is not None:
                        yield code, match["name"]

    def joined(
        self, stem: Code, whole: Code, name: str, before: Code | None, after: Code | None
    ) -> bool | None:
        """Whether ``stem`` and the digits after it are the ``whole`` code; None if nothing tells.

        Args:
            stem: the code that the first half is by itself.
            whole: the code that both halves are.
            name: what follows the digits.
            before: the code before ``stem`` in its cell.
            after: the next code behind ``name``.
        """
        single = len(whole.numbers) == 1
        if single and (stem.padded or self._is_too_high(whole)):
            return False
        if whole.text[len(stem.text)] == "0" or (
            single and stem.numbers[0] < 10 and self._padded.get(stem.kind, 0) > 0
        ):
            return True
        beginning = _BEGINNING.match(unicodedata.normalize("NFKC", name))
        for_whole = self._wanted(whole, beginning[0] if beginning else "", before, after)
        for_stem = self._wanted(stem, "", before, after) + (COUNTED.match(name) is not None)
        if for_whole == for_stem or max(for_whole, for_stem) <= 0:
            return None
        return for_whole > for_stem

    def _is_too_high(self, code: Code) -> bool:
        """Whether the number of a code has more digits than those of the document."""
        last = max((n[0] for kind, n in self._names if kind == code.kind), default=0)
        return code.numbers[0] >= _HUNDRED > last + 1

    def _wanted(self, code: Code, name: str, before: Code | None, after: Code | None) -> int:
        """How much speaks for it that ``code`` stands here, ``name`` behind it."""
        *unit, last = code.numbers
        one_down, one_up = (*unit, last - 1), (*unit, last + 1)
        names = self._names.get((code.kind, code.numbers))
        if names is None:
            score = int(last == 1 or (code.kind, one_down) in self._names)
            score += (code.kind, one_up) in self._names
        else:
            score = _DEFINED if name in names else -_DEFINED
        score += _BESIDE * (before is not None and before.numbers == one_down)
        return score + _BESIDE * (after is not None and after.numbers == one_up)
