"""Finds every link among the names of a store: near-linear, and one standard at a time.

Names that are equal once normalised are one *form*. Forms with one canonical text are linked to
the most used of them. Only these are compared with others: each with its nearest by a sparse
product, judged as :mod:`kps_graph.align.judging` judges any pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kps_graph.align.candidates import Grams, nearest
from kps_graph.align.canonicalise import Canonical, canonical
from kps_graph.align.decisions import Decision
from kps_graph.align.features import Forms, Matrix, measure, prepare
from kps_graph.align.judging import IN_BRACKETS, Label, labels, probabilities, relation
from kps_graph.align.layers import RULES, refused, rule
from kps_graph.align.lexicon import Lexicon, Name, has_words, key_of
from kps_graph.align.uncollected import uncollected

__all__ = ["Form", "Link", "Matching", "match", "read_forms"]

Key = tuple[str, str]

#: How many pairs are measured at once: what the cache of a processor holds.
_BLOCK = 1 << 13


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is used: all spellings that are equal once normalised.

    Attributes:
        kind: K, S or A.
        key: what its spellings have in common.
        text: its most used spelling.
        uses: in how many standards it stands.
        spellings: every spelling and how often it is used, the most used first.
    """

    kind: str
    key: str
    text: str
    uses: int
    spellings: tuple[tuple[str, int], ...] = field(compare=False)

    @property
    def end(self) -> Key:
        """What identifies it: its kind and key."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Link:
    """Two forms that are the same or related, and why; the fields are as in a Judgement."""

    a: Form
    b: Form
    label: Label
    score: float
    method: str
    certainty: float
    relation: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Forms of one kind that were matched together, kept to match later ones against."""

    kind: str
    heads: tuple[Form, ...]  # one form, the most used, per canonical text
    ready: Forms
    vectors: Any
    transposed: Any
    by_text: Mapping[str, int]
    by_bag: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Matching:
    """All forms and links of a store.

    Attributes:
        forms: every form, the most used first.
        links: same and related, each pair once.
        apart: pairs that a person decided to be different.
        lexicon: the weights that everything was judged with.
    """

    forms: tuple[Form, ...]
    links: tuple[Link, ...]
    apart: frozenset[tuple[Key, Key]]
    lexicon: Lexicon = field(repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    segments: tuple[Segment, ...] = field(default=(), repr=False, compare=False)
    grams: Grams | None = field(default=None, repr=False, compare=False)

    def extended(self, names: Iterable[Name]) -> Matching:
        """This matching with ``names``, say those of one more standard.

        The weights stay; forms that are known already stay as they are. Learn and match anew from
        time to time, when many standards were added.
        """
        known = {f.end for f in self.forms}
        new = [f for f in read_forms(names) if f.end not in known]
        grams = self.grams or Grams(self.lexicon)
        links, segments = _grow(new, self.segments, self.lexicon, grams)
        forms = (*self.forms, *new)
        links, apart = _decide((*self.links, *links), forms, self.decisions)
        return Matching(
            forms, links, apart, self.lexicon, self.decisions, (*self.segments, *segments), grams
        )


@uncollected()
def match(names: Iterable[Name], lexicon: Lexicon, decisions: Sequence[Decision] = ()) -> Matching:
    """Every link among ``names``.

    Args:
        names: all K, S and A of a store.
        lexicon: what they, or the names of a larger store, taught.
        decisions: what people decided, as :func:`kps_graph.align.decisions.resolve` gives it.
    """
    forms = read_forms(names)
    grams = Grams(lexicon)
    links, segments = _grow(forms, (), lexicon, grams)
    links, apart = _decide(links, forms, decisions)
    return Matching(tuple(forms), links, apart, lexicon, tuple(decisions), segments, grams)


def read_forms(names: Iterable[Name]) -> list[Form]:
    """The forms of ``names``, the most used first; a name without a letter is none."""
    spellings: dict[Key, Counter[str]] = defaultdict(Counter)
    standards: dict[Key, set[str]] = defaultdict(set)
    keys: dict[str, str] = {}
    for name in names:
        key = keys.get(name.text)
        if key is None:
            key = keys[name.text] = key_of(name.text) if has_words(name.text) else ""
        if key:
            spellings[name.kind, key][name.text] += 1
            standards[name.kind, key].add(name.standard)
    found = []
    for (kind, key), counts in spellings.items():
        ranked = tuple(sorted(counts.items(), key=lambda s: (-s[1], s[0])))
        found.append(Form(kind, key, ranked[0][0], len(standards[kind, key]), ranked))
    return sorted(found, key=lambda f: (-f.uses, f.kind, f.key))


def _grow(
    forms: Sequence[Form], segments: Sequence[Segment], lexicon: Lexicon, grams: Grams
) -> tuple[tuple[Link, ...], tuple[Segment, ...]]:
    """The links of new ``forms`` among themselves and to ``segments``; the new segments."""
    links: list[Link] = []
    fresh = []
    for kind in sorted({f.kind for f in forms}):
        older = [s for s in segments if s.kind == kind]
        segment, found = _segment(kind, [f for f in forms if f.kind == kind], older, lexicon, grams)
        links += found
        for other in (*older, segment):
            links += _between(segment, other, lexicon)
        fresh.append(segment)
    links += _across_kinds(fresh, segments)
    return tuple(links), tuple(fresh)


def _segment(
    kind: str, forms: Sequence[Form], older: Sequence[Segment], lexicon: Lexicon, grams: Grams
) -> tuple[Segment, list[Link]]:
    """A segment of ``forms``, and the links of forms to the most used of their canonical text."""
    links = []
    heads: list[Form] = []
    canonicals: list[Canonical] = []
    by_text: dict[str, int] = {}
    for form in forms:
        canon = canonical(kind, form.text)
        head: tuple[Form, Canonical] | None = None
        for segment in older:
            if (at := segment.by_text.get(canon.text)) is not None:
                head = segment.heads[at], segment.ready.forms[at]
        if head is None and (at := by_text.get(canon.text)) is not None:
            head = heads[at], canonicals[at]
        if head is None:
            by_text[canon.text] = len(heads)
            heads.append(form)
            canonicals.append(canon)
        elif rule(kind, head[1], canon):
            worth = RULES["canonical"]
            links.append(Link(head[0], form, Label.SAME, worth, "canonical", worth, "closeMatch"))
        else:  # the same but for what stands in brackets
            links.append(
                Link(head[0], form, Label.RELATED, 0.5, "brackets", IN_BRACKETS, "relatedMatch")
            )
    bags: dict[str, list[int]] = defaultdict(list)
    for n, canon in enumerate(canonicals):
        bags[canon.bag].append(n)
    vectors = grams.vectors([c.text for c in canonicals])
    segment = Segment(
        kind,
        tuple(heads),
        prepare(canonicals, lexicon),
        vectors,
        vectors.T.tocsr(),
        by_text,
        {b: tuple(rows) for b, rows in bags.items()},
    )
    return segment, links


def _between(a: Segment, b: Segment, lexicon: Lexicon) -> list[Link]:
    """The links between the heads of two segments of one kind, or within one."""
    rows, columns = nearest(a.vectors, b.transposed)
    width = max(len(b.heads), 1)
    if a is b:
        rows, columns = np.minimum(rows, columns), np.maximum(rows, columns)
        distinct = np.unique((rows * width + columns)[rows != columns])
        rows, columns = distinct // width, distinct % width
    links = []
    by_rule: set[tuple[int, int]] = set()
    for bag, here in a.by_bag.items():
        for i, j in ((i, j) for i in here for j in b.by_bag.get(bag, ()) if a is not b or i < j):
            by_rule.add((i, j))
            one, two = a.ready.forms[i], b.ready.forms[j]
            ends = a.heads[i], b.heads[j]
            if how := rule(a.kind, one, two):
                worth = RULES[how]
                links.append(Link(*ends, Label.SAME, worth, how, worth, "closeMatch"))
            else:
                how = refused(one, two)
                links.append(Link(*ends, Label.RELATED, 0.5, how, IN_BRACKETS, "relatedMatch"))
    blocks = range(0, max(len(rows), 1), _BLOCK)
    features = [
        measure(a.ready, rows[n : n + _BLOCK], b.ready, columns[n : n + _BLOCK], lexicon)
        for n in blocks
    ]
    chances = probabilities(np.concatenate(features))
    return links + _judged(a, rows, b, columns, chances, by_rule)


def _judged(
    a: Segment,
    rows: Matrix,
    b: Segment,
    columns: Matrix,
    chances: Matrix,
    by_rule: set[tuple[int, int]],
) -> list[Link]:
    """The links among judged candidates."""
    verdicts = labels(chances)
    links = []
    for i, j, label, (same, related, _) in zip(
        rows.tolist(), columns.tolist(), verdicts, chances.tolist(), strict=True
    ):
        if label is not Label.DIFFERENT and (i, j) not in by_rule:
            certainty = same if label is Label.SAME else related
            links.append(
                Link(
                    a.heads[i],
                    b.heads[j],
                    label,
                    round(same + related / 2, 4),
                    "lexical",
                    round(certainty, 4),
                    relation(label, a.ready.forms[i], b.ready.forms[j]),
                )
            )
    return links


def _across_kinds(fresh: Sequence[Segment], older: Sequence[Segment]) -> list[Link]:
    """K and S of one canonical text are related: knowing it, and being able to do it."""
    links = []
    for a in fresh:
        for b in (*fresh, *older):
            if {a.kind, b.kind} == {"K", "S"} and (b not in fresh or a.kind == "K"):
                for text in sorted(a.by_text.keys() & b.by_text.keys()):
                    ends = a.heads[a.by_text[text]], b.heads[b.by_text[text]]
                    links.append(
                        Link(
                            *ends, Label.RELATED, 0.5, "across", RULES["canonical"], "relatedMatch"
                        )
                    )
    return links


def _decide(
    links: Sequence[Link], forms: Sequence[Form], decisions: Sequence[Decision]
) -> tuple[tuple[Link, ...], frozenset[tuple[Key, Key]]]:
    """``links`` as ``decisions`` want them, and the pairs they hold apart."""
    by_end = {f.end: f for f in forms} if decisions else {}
    decided = {d.ends: d for d in decisions if all(e in by_end for e in d.ends)}
    if not decided:
        return tuple(links), frozenset()
    kept = [n for n in links if _ends(n) not in decided]
    apart = set()
    for ends, decision in decided.items():
        if decision.label is Label.DIFFERENT:
            apart.add(ends)
            continue
        same = decision.label is Label.SAME
        a, b = (decision.kind_a, key_of(decision.a)), (decision.kind_b, key_of(decision.b))
        predicate = decision.predicate.removeprefix("skos:")
        kept.append(
            Link(
                by_end[a],
                by_end[b],
                decision.label,
                1.0 if same else 0.5,
                "curated",
                decision.confidence,
                predicate or ("exactMatch" if same else "relatedMatch"),
            )
        )
    return tuple(kept), frozenset(apart)


def _ends(link: Link) -> tuple[Key, Key]:
    one, two = sorted((link.a.end, link.b.end))
    return one, two
