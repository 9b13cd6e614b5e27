"""Every link of a store, one standard at a time, and clusters that are stars."""

from __future__ import annotations

import gc
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kps_graph.align import (
    Label,
    Lexicon,
    Matching,
    Name,
    Pair,
    cluster,
    judge,
    learn,
    match,
)
from kps_graph.align.canonicalise import canonical
from kps_graph.align.features import measure, prepare

#: The largest spread a cluster may have: every member is the same as its representative with a
#: probability of at least one half, so its score is at least this.
LARGEST_SPREAD = 0.5

#: From 資料庫管理 to 人力資源管理 by small steps, each of which looks harmless.
CHAIN = (
    "資料庫管理", "資料庫管理概念", "資料庫與資料管理", "資料管理", "資料資源管理", "資源管理",
    "資訊資源管理", "資源管理知識", "人力與資源管理", "人力資源管理知識", "人力資源管理",
)  # fmt: skip
OTHERS = (
    ("S", "溝通協調能力"), ("S", "溝通與協調能力"), ("S", "協調溝通"), ("S", "溝通協調"),
    ("S", "風險管理能力"), ("K", "風險管理"), ("K", "風險管理概念"), ("K", "風險管理概論"),
    ("K", "專案管理"), ("K", "庫存管理知識"), ("K", "客戶關係管理"), ("K", "顧客關係管理"),
    ("S", "報告撰寫能力"), ("S", "撰寫報告"), ("A", "親和力"), ("A", "親和關係"),
)  # fmt: skip
NAMES = tuple(
    Name(kind, text, f"std{n % 5}")
    for n, (kind, text) in enumerate((*(("K", t) for t in CHAIN), *OTHERS))
)
LEXICON = learn(NAMES)

pieces = st.sampled_from(
    ("資料", "庫", "人力", "資源", "管理", "概念", "分析", "與", "專案", "法規")
)
texts = st.lists(pieces, min_size=1, max_size=5).map("".join)
name_lists = st.lists(
    st.builds(Name, st.sampled_from("KSA"), texts, st.sampled_from(("a", "b", "c"))), max_size=25
)


def ends(found: Matching, label: Label) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((k.a.end, k.b.end)) for k in found.links if k.label is label}


def clusters_of(names, lexicon=LEXICON):
    found = match(names, lexicon)
    return cluster(found.forms, found.links, found.apart)


def holding(clusters, text):
    return next(c for c in clusters if any(text == t for t, _ in c.labels))


def test_spellings_that_fold_alike_are_one_form():
    found = match([Name("K", "臺灣海關", "a"), Name("K", "台灣 海關", "b")], LEXICON)
    assert [f.uses for f in found.forms] == [2]


def test_names_of_several_kinds_are_never_the_same():
    found = match([Name("K", "風險管理", "a"), Name("S", "風險管理", "b")], LEXICON)
    assert [(k.label, k.method) for k in found.links] == [(Label.RELATED, "across")]


def test_a_name_without_a_letter_is_no_form():
    assert match([Name("K", "、。", "a"), Name("K", "", "a")], LEXICON).forms == ()


def test_nothing_matches_nothing():
    found = match([], Lexicon())
    assert (found.forms, found.links) == ((), ())


def test_a_link_is_judged_as_the_pair_by_itself():
    found = match(NAMES, LEXICON)
    lexical = [k for k in found.links if k.method in {"lexical", "reordered"}]
    assert lexical
    for link in lexical:
        alone = judge([Pair(link.a.kind, link.a.text, link.b.text)], LEXICON)[0]
        assert (alone.label, alone.score) == (link.label, link.score)


def test_the_order_of_names_makes_no_difference():
    shuffled = list(NAMES)
    random.Random(1).shuffle(shuffled)
    assert match(shuffled, LEXICON) == match(NAMES, LEXICON)


def test_one_more_standard_finds_the_links_that_all_at_once_find():
    last = [n for n in NAMES if n.standard == "std4"]
    others = [n for n in NAMES if n.standard != "std4"]
    grown = match(others, LEXICON).extended(last)
    whole = match(NAMES, LEXICON)
    joined = {frozenset(f.end for f in c.forms)
              for c in cluster(grown.forms, grown.links) if len(c.forms) > 1}  # fmt: skip
    assert {f.end for f in grown.forms} == {f.end for f in whole.forms}
    assert joined == {frozenset(f.end for f in c.forms)
                      for c in cluster(whole.forms, whole.links) if len(c.forms) > 1}  # fmt: skip


def test_a_standard_that_is_there_already_adds_nothing():
    whole = match(NAMES, LEXICON)
    assert whole.extended(NAMES[:5]) == whole


def test_the_preferred_label_is_the_most_used_form_and_the_others_are_counted():
    names = [Name("S", "溝通協調能力", s) for s in "abc"] + [
        Name("S", "溝通與協調能力", "d"),
        Name("S", "協調溝通", "e"),
        Name("S", "溝通協調 能力", "f"),
    ]  # fmt: skip
    found = holding(clusters_of(names), "協調溝通")
    assert found.label == "溝通協調能力"
    assert dict(found.labels) == {
        "溝通協調能力": 3, "溝通協調 能力": 1, "溝通與協調能力": 1, "協調溝通": 1,
    }  # fmt: skip


def test_no_chain_pulls_two_subjects_together():
    found = clusters_of(NAMES)
    assert holding(found, "資料庫管理") is not holding(found, "人力資源管理")


def test_no_chain_does_so_even_if_every_step_is_called_the_same():
    whole = match([Name("K", t, f"std{n}") for n, t in enumerate(CHAIN)], LEXICON)
    by_text = {f.text: f for f in whole.forms}
    step = next(k for k in whole.links if k.label is Label.SAME)
    chain = [type(step)(by_text[a], by_text[b], Label.SAME, 0.9, "lexical", 0.9, "closeMatch")
             for a, b in pairwise(CHAIN)]  # fmt: skip
    found = cluster(whole.forms, chain)
    assert holding(found, "資料庫管理") is not holding(found, "人力資源管理")
    assert max(len(c.forms) for c in found) <= 3


def test_every_member_is_the_same_as_its_representative():
    for found in clusters_of(NAMES):
        for member in found.members:
            assert member.link.label is Label.SAME
            assert {member.link.a, member.link.b} == {found.representative, member.form}


def test_no_cluster_spreads_farther_than_allowed():
    assert min(c.spread for c in clusters_of(NAMES)) >= LARGEST_SPREAD


@settings(max_examples=40, deadline=None)
@given(name_lists)
def test_every_form_is_in_exactly_one_cluster_and_none_spreads_too_far(names):
    lexicon = learn(names)
    found = match(names, lexicon)
    clusters = cluster(found.forms, found.links, found.apart)
    assert sorted(f.end for c in clusters for f in c.forms) == sorted(f.end for f in found.forms)
    assert all(c.spread >= LARGEST_SPREAD for c in clusters)
    assert all(f.kind == c.kind for c in clusters for f in c.forms)
    same = ends(found, Label.SAME)
    for found_cluster in clusters:
        centre = found_cluster.representative.end
        assert all(frozenset((centre, m.form.end)) in same for m in found_cluster.members)


@settings(max_examples=40, deadline=None)
@given(name_lists)
def test_no_pair_is_linked_twice(names):
    found = match(names, learn(names))
    pairs = [frozenset((k.a.end, k.b.end)) for k in found.links]
    assert len(pairs) == len(set(pairs))


def test_it_makes_no_difference_how_many_pairs_are_measured_at_once():
    forms = prepare([canonical(name.kind, name.text) for name in NAMES], LEXICON)
    a, b = np.triu_indices(len(forms), 1)
    whole = measure(forms, a, forms, b, LEXICON)
    for at_once in (1, 3, 100):
        parts = [
            measure(forms, a[n : n + at_once], forms, b[n : n + at_once], LEXICON)
            for n in range(0, len(a), at_once)
        ]
        assert np.array_equal(np.concatenate(parts), whole)


def test_garbage_is_looked_for_again_after_matching_even_if_it_fails():
    assert gc.isenabled()
    with pytest.raises(AttributeError):
        match([None], LEXICON)
    assert gc.isenabled()
