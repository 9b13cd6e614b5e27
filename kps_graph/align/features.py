"""The evidence in numbers: what two names share, in what they differ, and how that looks here.

Every number is symmetric in the two names. Many pairs are measured at once, in numpy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from kps_graph.align import rules
from kps_graph.align.canonicalise import Canonical
from kps_graph.align.lexicon import Lexicon
from kps_graph.folding import fold

__all__ = ["FEATURES", "Forms", "codepoints", "measure", "prepare"]

#: What :func:`measure` measures, in the order of its columns.
FEATURES: Final = (
    "less",  # share of what only the one name has, for the name with less of it: 0 where one
    # contains the other; as spelled or as worded, where they are closer
    "more",  # the same for the name with more of it
    "begins",  # of the two names, how many begin with what the other has too: a name begins with
    # what it is about, and ends with what is done to it; attitudes are about nothing, and may end
    # with it as well
    "cut",  # 1 if the shorter is the longer, broken off inside a word
    "aside",  # 1 if only one has a remark in brackets
)

Matrix = np.ndarray[Any, np.dtype[Any]]
_LIGHT: Final = 0.35
_LONG_ENOUGH_TO_BREAK: Final = 6
_RARELY_LAST: Final = 0.1
_AN_ENDING: Final = 5
_A_WORD: Final = 2
#: Nothing ends in these, and no word has one inside: what follows is missing, or new.
_LEFT_OPEN: Final = "的之與及和"
_SEPARATOR: Final = "\n"
_LIGHT_WORD: Final = re.compile(
    "|".join(map(re.escape, sorted(map(fold, rules.LIGHT_WORDS), key=lambda w: (-len(w), w))))
)


@dataclass(frozen=True, slots=True)
class Forms:
    """Names made ready for measuring; rows of the arrays are names."""

    forms: tuple[Canonical, ...]
    exact: Any  # sparse: names × characters, weighted
    plain: Any
    reworded: Matrix  # whether ``plain`` differs from ``exact``

    def __len__(self) -> int:
        return len(self.forms)


def prepare(forms: Sequence[Canonical], lexicon: Lexicon) -> Forms:
    """``forms`` weighted by ``lexicon``."""
    texts = [f.text for f in forms]
    return Forms(
        tuple(forms),
        weigh(texts, lexicon),
        weigh([f.plain for f in forms], lexicon),
        np.array([f.plain != f.text for f in forms], dtype=bool),
    )


def weigh(texts: Sequence[str], lexicon: Lexicon) -> Any:
    """Texts × characters, each by how telling it is; those of light words count a fraction."""
    codes, owners = codepoints(texts)
    distinct, back = np.unique(codes, return_inverse=True)
    idf = np.array([lexicon.weight(chr(c)) for c in distinct])
    values = idf[back] * _lightness(texts) if len(codes) else np.zeros(0)
    shape = (len(texts), 0x110000)
    return sparse.coo_array((values, (owners, codes)), shape=shape).tocsr()


def codepoints(texts: Sequence[str]) -> tuple[Matrix, Matrix]:
    """All characters of ``texts`` one after the other, and whose each is."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.int32)
    return codes, np.repeat(np.arange(len(texts)), [len(t) for t in texts])


def _lightness(texts: Sequence[str]) -> Matrix:
    """1 for every character, a fraction for those of a light word that is not the whole text."""
    joined = _SEPARATOR + _SEPARATOR.join(texts) + _SEPARATOR
    light = np.ones(len(joined))
    for word in _LIGHT_WORD.finditer(joined):
        start, end = word.span()
        if joined[start - 1] != _SEPARATOR or joined[end] != _SEPARATOR:
            light[start:end] = _LIGHT
    inside = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32) != ord(_SEPARATOR)
    found: Matrix = light[inside]
    return found


def measure(a: Forms, rows: Matrix, b: Forms, columns: Matrix, lexicon: Lexicon) -> Matrix:
    """The features of the pairs ``(a[rows[n]], b[columns[n]])``, one row per pair."""
    if not len(rows):
        return np.zeros((0, len(FEATURES)))
    less, more = _shares(a.exact[rows], b.exact[columns])
    worded = np.flatnonzero(a.reworded[rows] | b.reworded[columns])
    plain = _shares(a.plain[rows[worded]], b.plain[columns[worded]])
    less[worded] = np.minimum(less[worded], plain[0])
    more[worded] = np.minimum(more[worded], plain[1])
    looked_at = _looks(lexicon)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    seen = np.array([looked_at(a.forms[i], b.forms[j]) for i, j in pairs], dtype=float)
    return np.column_stack([less, more, seen])


def _shares(x: Any, y: Any) -> tuple[Matrix, Matrix]:
    """The shares of what only one has, the smaller and the larger."""
    shared = _sums(x.minimum(y))
    only = _sums(x) - shared, _sums(y) - shared
    less, more = np.minimum(*only), np.maximum(*only)
    return less / (less + shared + 1), more / (more + shared + 1)


def _sums(x: Any) -> Matrix:
    return np.asarray(x.sum(axis=1)).ravel()


def _looks(lexicon: Lexicon) -> Callable[[Canonical, Canonical], tuple[int, bool, bool]]:
    """Looks at two names: begins, cut, aside."""
    tails, ends, grams = lexicon.tails, lexicon.ends, lexicon.grams

    def broken_off(short: str, long: str) -> bool:
        if not (len(long) > len(short) >= _LONG_ENOUGH_TO_BREAK and long.startswith(short)):
            return False
        last, anywhere = ends.get(short[-1], (0, 0))
        added = long[len(short) :]
        # 提案書 | 內容: what follows begins a word; 防災原 | 則可 does not
        begins = added[0] in _LEFT_OPEN or (
            len(added) > 1
            and short[-1] not in _LEFT_OPEN
            and grams.get(added[:2], 0) > grams.get(short[-1] + added[0], 0)
        )
        whole = tails.get(short[-_A_WORD:], 0) >= _AN_ENDING  # 措施 is a word, 安全防 ends in none
        return last < _RARELY_LAST * anywhere and not begins and not whole

    def of(a: Canonical, b: Canonical) -> tuple[int, bool, bool]:
        x, y = a.text, b.text
        begins = (x[:_A_WORD] in y) + (y[:_A_WORD] in x)
        if a.kind == b.kind == "A":
            begins = max(begins, (x[-_A_WORD:] in y) + (y[-_A_WORD:] in x))
        short, long = sorted((a.folded, b.folded), key=len)
        return begins, broken_off(short, long), bool(a.aside) != bool(b.aside)

    return of
