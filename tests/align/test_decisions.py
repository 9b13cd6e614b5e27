"""What people decided always wins, is kept as SSSOM, and says when it no longer fits."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.align import (
    Decision,
    Label,
    Name,
    cluster,
    learn,
    match,
    parse_decisions,
    resolve,
    write_decisions,
)
from kps_graph.errors import SourceError

NAMES = tuple(
    Name(kind, text, standard)
    for kind, text, standard in (
        ("K", "風險管理", "a"), ("K", "風險管理", "b"), ("K", "風險管理概念", "c"),
        ("K", "危機應變原則", "a"), ("K", "風險控管知識", "d"), ("S", "報告撰寫能力", "a"),
        ("S", "撰寫報告", "b"),
    )
)  # fmt: skip
LEXICON = learn(NAMES)
KNOWN = [(n.kind, n.text) for n in NAMES]
PLACE = "https://w3id.org/kps-graph/id/KPS1420-001v2/K7"


def linked(decisions=()):
    return match(NAMES, LEXICON, decisions)


def find(found, a, b):
    return next((k for k in found.links if {k.a.text, k.b.text} == {a, b}), None)


def together(found, a, b):
    clusters = cluster(found.forms, found.links, found.apart)
    return any({a, b} <= {f.text for f in c.forms} for c in clusters)


def test_a_person_can_say_that_two_names_are_the_same():
    decision = Decision("K", "風險管理", "K", "危機應變原則", Label.SAME, "林")
    found = linked([decision])
    link = find(found, "風險管理", "危機應變原則")
    assert (link.label, link.method, link.relation) == (Label.SAME, "curated", "exactMatch")
    assert together(found, "風險管理", "危機應變原則")


def test_a_person_can_hold_two_names_apart():
    assert together(linked(), "風險管理", "風險管理概念")
    found = linked([Decision("K", "風險管理概念", "K", "風險管理", Label.DIFFERENT)])
    assert find(found, "風險管理", "風險管理概念") is None
    assert not together(found, "風險管理", "風險管理概念")


def test_what_is_held_apart_does_not_meet_at_a_third_name():
    decisions = [
        Decision("K", "風險管理", "K", "危機應變原則", Label.SAME),
        Decision("K", "風險管理", "K", "風險控管知識", Label.SAME),
        Decision("K", "危機應變原則", "K", "風險控管知識", Label.DIFFERENT),
    ]
    assert not together(linked(decisions), "危機應變原則", "風險控管知識")


def test_a_person_can_say_related_and_which_way():
    decision = Decision("K", "風險管理概念", "K", "風險管理", Label.RELATED,
                        predicate="skos:broadMatch")  # fmt: skip
    link = find(linked([decision]), "風險管理", "風險管理概念")
    assert (link.label, link.relation) == (Label.RELATED, "broadMatch")


def test_a_decision_outlives_a_new_standard():
    decision = Decision("S", "報告撰寫能力", "S", "撰寫報告", Label.DIFFERENT)
    before = match([n for n in NAMES if n.standard != "b"], LEXICON, [decision])
    grown = before.extended([n for n in NAMES if n.standard == "b"])
    assert not together(grown, "報告撰寫能力", "撰寫報告")


def test_spelling_does_not_hide_a_decision():
    decision = Decision("K", "風險 管理", "K", "「危機應變原則」", Label.SAME)
    assert together(linked([decision]), "風險管理", "危機應變原則")


def test_a_decision_about_a_text_that_is_gone_is_stale():
    decisions, findings = resolve([Decision("K", "風險管理", "K", "已刪除", Label.SAME)], KNOWN)
    assert decisions == ()
    assert [f.rule for f in findings] == ["M01"]


def test_a_decision_follows_its_element_to_a_new_wording():
    old = Decision("K", "危機處置原則", "K", "風險管理", Label.SAME, place_a=PLACE)
    decisions, findings = resolve([old], KNOWN, {PLACE: ("K", "危機應變原則")})
    assert [d.a for d in decisions] == ["危機應變原則"]
    assert [f.rule for f in findings] == ["M03"]


def test_of_two_decisions_about_a_pair_the_later_counts_and_the_clash_is_told():
    one = Decision("K", "風險管理", "K", "風險管理概念", Label.SAME, date="2026-01-01")
    two = Decision("K", "風險管理概念", "K", "風險管理", Label.DIFFERENT, date="2026-02-01")
    decisions, findings = resolve([two, one], KNOWN)
    assert [d.label for d in decisions] == [Label.DIFFERENT]
    assert [f.rule for f in findings] == ["M02"]


def test_decisions_that_contradict_each_other_by_a_third_are_told():
    decisions = [
        Decision("K", "風險管理", "K", "危機應變原則", Label.SAME),
        Decision("K", "風險管理", "K", "風險控管知識", Label.SAME),
        Decision("K", "危機應變原則", "K", "風險控管知識", Label.DIFFERENT),
    ]
    assert [f.rule for f in resolve(decisions, KNOWN)[1]] == ["M02"]


cells = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)


@given(
    st.builds(
        Decision, st.sampled_from("KSA"), cells, st.sampled_from("KSA"), cells,
        st.sampled_from(Label), cells, st.sampled_from((0.5, 0.9, 1.0)), st.just("2026-11-24"),
        cells, st.sampled_from(("", PLACE)), st.sampled_from(("", PLACE)),
    )
)  # fmt: skip
def test_a_decision_survives_its_file(decision):
    assert parse_decisions(write_decisions([decision])) == (decision,)


def test_a_heading_with_items_survives_its_file():
    decision = Decision("K", "相關法規\n民法\n公司法", "K", "民法", Label.RELATED)
    assert parse_decisions(write_decisions([decision])) == (decision,)


def test_the_file_is_sorted_so_that_git_shows_small_differences():
    one = Decision("K", "甲", "K", "乙", Label.SAME)
    two = Decision("S", "丙", "S", "丁", Label.RELATED)
    assert write_decisions([one, two]) == write_decisions([two, one])


def test_a_refused_pair_is_written_as_not():
    row = write_decisions([Decision("K", "甲", "K", "乙", Label.DIFFERENT)]).splitlines()[-1]
    assert "\tskos:exactMatch\tNot\t" in row


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("comment", "comment\tother"),
        lambda t: t + "\n\n",
    ],
    ids=["byte order mark", "CRLF", "a column more", "empty lines"],
)
def test_a_file_may_come_from_a_spreadsheet(change):
    decision = Decision("K", "甲", "K", '乙"丙', Label.SAME, "林", 0.9, "2026-11-24", "同義")
    assert parse_decisions(change(write_decisions([decision]))) == (decision,)


def test_an_empty_file_holds_no_decisions():
    assert parse_decisions("") == ()
    assert parse_decisions(write_decisions([])) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("kps:Knowledge", "kps:Standard"), "subject_category"),
        (("skos:exactMatch", "owl:sameAs"), "predicate"),
        (("\t1\t", "\tsure\t"), "no number"),
        (("\t1\t", "\t90\t"), "not from 0 to 1"),
        (("\t1\t", "\tnan\t"), "not from 0 to 1"),
        (("subject_label", "label"), "columns subject_label"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(change, says):
    text = write_decisions([Decision("K", "甲", "K", "乙", Label.SAME)]).replace(*change)
    text = text.replace("concept:K", "concept:X")
    with pytest.raises(SourceError, match=says) as refused:
        parse_decisions(text, "decisions.sssom.tsv")
    assert refused.value.line


@pytest.mark.parametrize(
    "damage",
    [
        lambda row: row[: row.index("\tNot")],
        lambda row: row[: row.index("\t乙")],
        lambda row: row + "\t",
        lambda row: row.replace("甲", '"甲'),
    ],
    ids=[
        "cut before its no",
        "cut before its text",
        "a cell too many",
        "a quote that does not end",
    ],
)
def test_a_row_that_is_cut_off_is_refused_and_no_yes(damage):
    text = write_decisions([Decision("K", "甲", "K", "乙", Label.DIFFERENT)])
    *above, row = text.splitlines()
    with pytest.raises(SourceError, match="cells") as refused:
        parse_decisions("\n".join((*above, damage(row))), "decisions.sssom.tsv")
    assert refused.value.line == len(above) + 1


def test_blank_cells_at_the_end_may_be_left_out():
    decision = Decision("K", "甲", "K", "乙", Label.DIFFERENT)
    assert parse_decisions(write_decisions([decision]).rstrip("\t\n")) == (decision,)


@pytest.mark.skipif(not importlib.util.find_spec("sssom"), reason="sssom-py is not installed")
def test_the_file_is_valid_for_sssom_py(tmp_path):
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    file = tmp_path / "decisions.sssom.tsv"
    decisions = [
        Decision("K", "甲", "K", "乙", Label.SAME, "林", 0.9, "2026-11-24", "同義", PLACE),
        Decision("K", "甲", "S", "丙", Label.DIFFERENT),
    ]
    file.write_text(write_decisions(decisions), encoding="utf-8")
    mappings = parse_sssom_table(str(file))
    reports = validate(mappings)
    assert not [r for report in reports.values() for r in report.results]


MAPPINGS = Path(__file__).parent / "cases" / "mappings"


@pytest.mark.parametrize("file", sorted(MAPPINGS.glob("*.sssom.tsv")), ids=lambda f: f.name)
def test_a_no_is_a_no_in_whatever_spelling(file):
    (decision,) = parse_decisions(file.read_text("utf-8"), file.name)
    assert decision.label is Label.DIFFERENT


@given(
    st.sampled_from(["Not", "sssom:NegatedPredicate", "https://w3id.org/sssom/NegatedPredicate"]),
    st.sampled_from([str, str.lower, str.upper, str.title, str.swapcase]),
    st.sampled_from(["{}", " {}", "{} ", "<{}>"]),
    st.sampled_from(["skos:exactMatch", "skos:closeMatch", "skos:relatedMatch"]),
)
def test_case_blanks_and_brackets_make_no_yes_of_a_no(word, case, around, predicate):
    text = write_decisions([Decision("K", "甲", "K", "乙", Label.DIFFERENT)])
    text = text.replace("exactMatch\tNot", f"exactMatch\t{around.format(case(word))}")
    (decision,) = parse_decisions(text.replace("skos:exactMatch", predicate))
    assert decision.label is Label.DIFFERENT


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(
        lambda t: t.strip() and "not" not in t.lower() and '"' not in t
    )
    | st.sampled_from(["No", "Never", "n0t", "Not!", "notNot", "true", "NegatedPredicate"])
)
def test_a_modifier_that_says_neither_is_refused_with_its_line(word):
    text = write_decisions([Decision("K", "甲", "K", "乙", Label.DIFFERENT)])
    with pytest.raises(SourceError, match="predicate_modifier") as refused:
        parse_decisions(text.replace("\tNot\t", f"\t{word}\t"), "decisions.sssom.tsv")
    assert refused.value.line == text.count("\n")


@pytest.mark.skipif(not importlib.util.find_spec("sssom"), reason="sssom-py is not installed")
@pytest.mark.parametrize("label", list(Label))
def test_a_decision_survives_a_round_through_sssom_py(tmp_path, label):
    from sssom.parsers import parse_sssom_table
    from sssom.writers import write_table

    decision = Decision("K", "甲", "K", "乙", label, "林", 0.9, "2026-11-24", "同義", PLACE)
    file = tmp_path / "decisions.sssom.tsv"
    file.write_text(write_decisions([decision]), encoding="utf-8")
    with (tmp_path / "again.sssom.tsv").open("w", encoding="utf-8") as again:
        write_table(parse_sssom_table(str(file)), again)
    assert parse_decisions((tmp_path / "again.sssom.tsv").read_text("utf-8")) == (decision,)
