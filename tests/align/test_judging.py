"""A pair is judged by itself: symmetric, deterministic, and as people judge it."""

from __future__ import annotations

import csv
import json
import statistics
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.align import (
    Label,
    Lexicon,
    Name,
    Pair,
    explain,
    judge,
    learn,
    load_embedding,
)
from kps_graph.errors import ModelError, ResourceError
from kps_graph.resources import folder

OBJECTS = ("木質家具", "石質家具", "藤編", "玻璃", "鋼製家具")
STEPS = ("上漆工法", "補強工法", "拋光工法", "瑕疵辨識")
NAMES = tuple(
    Name("K", f"{thing}{step}", f"std-{thing}") for thing in OBJECTS for step in STEPS
) + tuple(
    Name(kind, text, f"std-{n % 7}")
    for n, (kind, text) in enumerate([
        ("K", "資料庫管理"), ("K", "人力資源管理"), ("K", "專案管理"), ("K", "風險管理概念"),
        ("K", "個人資料保護法"), ("K", "國際貿易相關法規"), ("S", "資料蒐集與分析能力"),
        ("S", "市場資料蒐集與分析能力"), ("S", "溝通協調能力"), ("S", "報告撰寫能力"),
        ("A", "親和力"), ("A", "持續學習"),
    ])
)  # fmt: skip
CHARACTERS = "".join(sorted({c for n in NAMES for c in n.text}))
name_texts = st.text(alphabet=CHARACTERS, min_size=1, max_size=14)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return learn(NAMES)


def one(kind: str, a: str, b: str, lexicon: Lexicon):
    return judge([Pair(kind, a, b)], lexicon)[0]


def test_equal_texts_are_the_same_for_certain(lexicon):
    found = one("S", "溝通協調能力", "溝通協調能力", lexicon)
    assert (found.label, found.score, found.method) == (Label.SAME, 1.0, "identical")
    assert found.relation == "exactMatch"


def test_texts_that_are_equal_once_folded_are_an_exact_match(lexicon):
    assert one("K", "臺灣 海關（制度）", "台灣海關制度", lexicon).method == "identical"


def test_an_empty_suffix_is_a_close_match(lexicon):
    found = one("K", "風險管理概念", "風險管理", lexicon)
    assert (found.label, found.method, found.relation) == (Label.SAME, "canonical", "closeMatch")


def test_another_order_of_parts_is_the_same(lexicon):
    assert one("S", "協調溝通", "溝通協調能力", lexicon).method == "reordered"


def test_a_general_name_is_broader_than_one_with_a_named_object(lexicon):
    found = one("S", "市場資料蒐集與分析能力", "資料蒐集與分析能力", lexicon)
    assert (found.label, found.relation) == (Label.RELATED, "broadMatch")


def test_a_shared_frame_with_a_sibling_object_is_different(lexicon):
    assert one("K", "藤編補強工法", "玻璃補強工法", lexicon).label is Label.DIFFERENT


def test_another_act_on_one_object_is_related_and_one_act_on_another_object_is_not(lexicon):
    acts = judge(
        [Pair("S", "帆船桅杆清潔", "帆船桅杆加固"), Pair("S", "帆船桅杆清潔", "馬車車輪清潔")],
        lexicon,
    )
    assert [j.label for j in acts] == [Label.RELATED, Label.DIFFERENT]


def test_attitudes_share_a_word_at_either_end(lexicon):
    found = judge([Pair("A", "耐心傾聽", "專注傾聽"), Pair("S", "桅杆清潔", "車輪清潔")], lexicon)
    assert [j.label for j in found] == [Label.RELATED, Label.DIFFERENT]


def test_a_shared_generic_head_is_different(lexicon):
    assert one("K", "資料庫管理", "人力資源管理", lexicon).label is Label.DIFFERENT


def test_a_name_broken_off_inside_a_word_is_the_same_and_one_that_ends_in_a_word_is_not():
    taught = learn((
        *NAMES,
        *(Name("K", f"{x}防護措施", "s") for x in ("海上", "高空", "隧道", "礦場", "溫室", "冷凍")),
        *(Name("K", f"{x}護具穿戴", "s") for x in ("海上", "高空", "隧道", "礦場")),
    ))  # fmt: skip
    assert one("K", "潛水作業護", "潛水作業護具", taught).label is not Label.DIFFERENT
    broken = one("K", "船塢作業人員防護措施與護", "船塢作業人員防護措施與護具穿戴", taught)
    whole = one("K", "船塢作業人員防護措施", "船塢作業人員防護措施與護具穿戴", taught)
    assert (broken.label, whole.label) == (Label.SAME, Label.RELATED)


def test_a_name_that_goes_on_with_a_new_word_is_not_broken_off():
    taught = learn((
        *NAMES,
        *(Name("K", f"{x}內容撰寫", "s") for x in ("海報", "手冊", "展板", "講稿")),
    ))  # fmt: skip
    assert one("K", "航運展覽提案書", "航運展覽提案書內容撰寫", taught).label is Label.RELATED


def test_a_short_name_of_knowledge_turned_round_is_related(lexicon):
    found = one("K", "設計軟體", "軟體設計", lexicon)
    assert (found.label, found.method) == (Label.RELATED, "reordered")


def test_a_word_that_a_synonym_hides_still_counts_as_shared(lexicon):
    """儀器設備 is spelled 儀器, so that 儀器設備保養 no longer has the 設備 of the other."""
    assert one("S", "儀器設備保養能力", "設備保養能力", lexicon).label is Label.RELATED


def test_two_remarks_in_brackets_that_disagree_are_not_the_same(lexicon):
    found = one("S", "軟體操作（如：試算表軟體）", "軟體操作（如：排版與美編）", lexicon)
    assert found.label is not Label.SAME


@given(st.sampled_from("KSA"), name_texts, name_texts)
def test_a_judgement_is_the_same_both_ways(kind, a, b):
    lexicon = learn(NAMES)
    there, back = judge([Pair(kind, a, b), Pair(kind, b, a)], lexicon)
    assert (there.label, there.score, there.method) == (back.label, back.score, back.method)


@given(name_texts)
def test_every_text_is_the_same_as_itself_with_other_spacing(text):
    found = one("K", text, "　".join(text), learn(NAMES))
    assert (found.label, found.score) == (Label.SAME, 1.0)


def test_the_company_of_other_pairs_makes_no_difference(lexicon):
    pairs = [Pair("K", a.text, b.text) for a in NAMES[:12] for b in NAMES[:12]]
    assert judge(pairs, lexicon) == [judge([p], lexicon)[0] for p in pairs]


def test_without_a_lexicon_the_rules_still_hold():
    found = one("K", "風險管理概念", "風險管理", Lexicon())
    assert found.label is Label.SAME
    assert one("K", "資料庫管理", "人力資源管理", Lexicon()).label is not Label.SAME


def test_no_pairs_make_no_judgements(lexicon):
    assert judge([], lexicon) == []


@pytest.mark.parametrize("pair", [Pair("X", "一", "二"), Pair("K", "", "二"), Pair("K", "一", " ")])
def test_a_pair_that_cannot_be_judged_is_refused(pair, lexicon):
    with pytest.raises(ModelError, match="expected kind K, S or A"):
        judge([pair], lexicon)


def test_a_lexicon_survives_json(lexicon):
    assert Lexicon.from_json(lexicon.to_json()) == lexicon


def test_the_order_of_names_teaches_nothing():
    assert learn(reversed(NAMES)).to_json() == learn(NAMES).to_json()


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"version": 99})])
def test_what_is_no_lexicon_is_refused(text):
    with pytest.raises(ModelError):
        Lexicon.from_json(text)


def test_an_explanation_names_what_differs_in_both_languages(lexicon):
    found = explain(Pair("K", "木質家具上漆工法", "石質家具上漆工法概念"), lexicon)
    differing = next(e for e in found.evidence if e.name == "differing")
    assert differing.value == "木/石"
    assert "相異" in differing.message("zh")
    assert "differing" in differing.message("en")


def test_the_strongest_evidence_comes_first(lexicon):
    weighed = [e for e in explain(Pair("K", "資料庫管理", "專案管理"), lexicon).evidence
               if any(e.speaks_for)]  # fmt: skip
    strengths = [max(map(abs, e.speaks_for)) for e in weighed]
    assert strengths == sorted(strengths, reverse=True)


class FakeEmbedding:
    """Vectors by a table, as a model would give them."""

    def __init__(self, **vectors: tuple[float, float]) -> None:
        self.vectors = vectors

    def encode(self, texts):
        return np.array([self.vectors.get(t, (0.0, 1.0)) for t in texts])


def test_an_embedding_moves_only_what_the_model_is_unsure_of(lexicon):
    pairs = [Pair("K", a.text, b.text) for a in NAMES for b in NAMES]
    plain = judge(pairs, lexicon)
    near = judge(pairs, lexicon, FakeEmbedding())
    assert any(j.method == "embedding" for j in near)
    for before, after in zip(plain, near, strict=True):
        if after.method == "embedding":
            assert before.certainty < 0.6
            assert after.score >= before.score
        else:
            assert after == before


def test_an_embedding_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(ResourceError, match="no embedding model"):
        load_embedding(tmp_path / "none")


def f1(label: str, truth: list[str], found: list[str]) -> tuple[float, float]:
    """Precision and F1 of a label."""
    hits = sum(t == f == label for t, f in zip(truth, found, strict=True))
    precision, recall = hits / max(found.count(label), 1), hits / max(truth.count(label), 1)
    return precision, 2 * precision * recall / max(precision + recall, 1e-9)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def test_our_own_pairs_are_judged_as_intended(lexicon):
    pairs = rows(folder("examples") / "pairs.tsv")
    found = judge([Pair(r["kind"], r["a"], r["b"]) for r in pairs], lexicon)
    precision, score = f1("same", [r["label"] for r in pairs], [str(j.label) for j in found])
    assert precision >= 0.93
    assert score >= 0.90


@pytest.fixture(scope="module")
def corpus_lexicon(corpus_dir) -> Lexicon:
    sections = {"K": "knowledge", "S": "skills", "A": "attitudes"}
    names = []
    for file in sorted(corpus_dir.glob("*.json")):
        standard = json.loads(file.read_text(encoding="utf-8"))
        for kind, section in sections.items():
            for element in standard.get(f"competency_{section}") or []:
                names.append(Name(kind, element["name"] or "", file.name))
    return learn(names)


def test_the_reference_pairs_are_judged_as_people_judged_them(corpus_lexicon, gold_dir):
    pairs = rows(gold_dir / "dev.tsv")
    found = judge([Pair(r["kind"], r["a"], r["b"]) for r in pairs], corpus_lexicon)
    truth, labels = [r["label"] for r in pairs], [str(j.label) for j in found]
    precision, same = f1("same", truth, labels)
    assert precision >= 0.96
    assert same >= 0.92
    assert statistics.fmean(f1(x, truth, labels)[1] for x in Label) >= 0.88
