"""The evidence in numbers: what two names share, in what they differ, and how that looks here.

Every number is symmetric in the two names. Many pairs are measured at once, in numpy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse

from kps_graph.align import rules
from kps_graph.align.canonical import Canonical
from kps_graph.align.lexicon import LONGEST_TAIL, Lexicon
from kps_graph.folding import fold

__all__ = ["FEATURES", "Forms", "codepoints", "measure", "prepare"]

#: What :func:`measure` measures, in the order of its columns.
FEATURES: Final = (
    "less",  # share of what only the one name has, for the name with less of it: 0 where one
    # contains the other; as spelled or as worded, where they are closer
    "more",  # the same for the name with more of it
    "near",  # as "more", with near-synonyms taken as equal
    "tail",  # log of the share of names that end as both do: 管理 ends many, 盤點 few
    "contrast",  # log of the other frames in which the words in which they differ alternate
    "cut",  # 1 if the shorter is the longer, broken off inside a word
    "aside",  # 1 if only one has a remark in brackets
    "parts",  # 1 if one lists more parts: 蒐集 and 蒐集與分析
    "ends",  # share of the shorter that stands alike at the beginning and at the end
)

Matrix = np.ndarray[Any, np.dtype[Any]]
_LIGHT: Final = 0.35
_WIDTH: Final = 48
_LONG_ENOUGH_TO_BREAK: Final = 6
_RARELY_LAST: Final = 0.1
_AN_ENDING: Final = 5
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
    near: Any
    plain: Any
    reworded: Matrix  # whether ``plain`` differs from ``exact``
    left: Matrix  # codepoints, padded on the right
    right: Matrix  # codepoints, reversed
    lengths: Matrix

    def __len__(self) -> int:
        return len(self.forms)


def prepare(forms: Sequence[Canonical], lexicon: Lexicon) -> Forms:
    """``forms`` weighted by ``lexicon``."""
    texts = [f.text for f in forms]
    codes, owners = codepoints(texts)
    lengths = np.bincount(owners, minlength=len(texts)) if len(texts) else np.zeros(0, int)
    starts = np.cumsum(lengths) - lengths
    place = np.arange(len(codes)) - starts[owners]
    left = np.zeros((len(texts), _WIDTH), dtype=np.int32)
    right = np.zeros_like(left)
    near_end = lengths[owners] - 1 - place
    left[owners[place < _WIDTH], place[place < _WIDTH]] = codes[place < _WIDTH]
    right[owners[near_end < _WIDTH], near_end[near_end < _WIDTH]] = codes[near_end < _WIDTH]
    return Forms(
        tuple(forms),
        weigh(texts, lexicon),
        weigh([f.near for f in forms], lexicon),
        weigh([f.plain for f in forms], lexicon),
        np.array([f.plain != f.text for f in forms], dtype=bool),
        left,
        right,
        lengths,
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
    _, near = _shares(a.near[rows], b.near[columns])
    lengths = a.lengths[rows], b.lengths[columns]
    shorter = np.maximum(np.minimum(*lengths), 1)
    head = np.minimum(_alike(a.left[rows], b.left[columns]), shorter)
    tail = np.minimum(_alike(a.right[rows], b.right[columns]), shorter)
    rest = np.minimum(tail, shorter - head)
    known = _knowledge(lexicon)
    pairs = zip(
        rows.tolist(), columns.tolist(), head.tolist(), tail.tolist(), rest.tolist(), strict=True
    )
    looked_up = np.array([known(a.forms[i], b.forms[j], h, t, r) for i, j, h, t, r in pairs])
    ends = (head + rest) / shorter
    return np.column_stack([less, more, near, looked_up, ends])


def _shares(x: Any, y: Any) -> tuple[Matrix, Matrix]:
    """The shares of what only one has, the smaller and the larger."""
    shared = _sums(x.minimum(y))
    only = _sums(x) - shared, _sums(y) - shared
    less, more = np.minimum(*only), np.maximum(*only)
    return less / (less + shared + 1), more / (more + shared + 1)


def _sums(x: Any) -> Matrix:
    return np.asarray(x.sum(axis=1)).ravel()


def _alike(x: Matrix, y: Matrix) -> Matrix:
    """How many characters two padded rows begin with in common."""
    same: Matrix = np.logical_and.accumulate((x == y) & (x != 0), axis=1).sum(axis=1)
    return same


def _knowledge(lexicon: Lexicon) -> Callable[..., tuple[float, ...]]:
    """Measures one by one: tail, contrast, cut, aside, parts."""
    tails, contrasts, ends = lexicon.tails, lexicon.contrasts, lexicon.ends
    grams = lexicon.grams
    log = math.log1p
    share: dict[str, float] = {}

    def of(
        a: Canonical, b: Canonical, head: int, tail: int, rest: int
    ) -> tuple[float, ...]:
        x, y = a.text, b.text
        ending = x[len(x) - min(tail, LONGEST_TAIL) :] if tail else ""
        if ending not in share:
            share[ending] = lexicon.tail(ending) if ending else 0.0
        gap = x[head : len(x) - rest], y[head : len(y) - rest]
        contrast = log(max(contrasts.get("|".join(sorted(gap)), 0) - 1, 0)) if all(gap) else 0.0
        short, long = (
            (a.folded, b.folded) if len(a.folded) <= len(b.folded) else (b.folded, a.folded)
        )
        cut = 0.0
        if len(long) > len(short) >= _LONG_ENOUGH_TO_BREAK and long.startswith(short):
            last, anywhere = ends.get(short[-1], (0, 0))
            added = long[len(short) :]
            # 提案書 | 內容: what follows begins a word; 防災原 | 則可 does not
            begins = added[0] in _LEFT_OPEN or (
                len(added) > 1 and short[-1] not in _LEFT_OPEN
                and grams.get(added[:2], 0) > grams.get(short[-1] + added[0], 0))
            whole = tails.get(short[-2:], 0) >= _AN_ENDING  # 措施 is a word, 安全防 ends in none
            cut = float(last < _RARELY_LAST * anywhere and not begins and not whole)
        aside, parts = bool(a.aside) != bool(b.aside), len(a.parts) != len(b.parts)
        return share[ending], contrast, cut, float(aside), float(parts)

    return of
