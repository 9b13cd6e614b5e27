"""``kps-graph align``: judging pairs, explaining, exporting links, curating them."""

from __future__ import annotations

import csv
import re
import shutil

import pytest
from click.testing import CliRunner

from kps_graph.align import Decision, Label, parse_decisions, write_decisions
from kps_graph.cli.align import align
from kps_graph.errors import Undecodable
from kps_graph.terms import skos
from tests.support.stores import built


@pytest.fixture
def store(example_store):
    return str(example_store)


def run(*args, **more):
    return CliRunner().invoke(align, args, catch_exceptions=False, **more)


def test_judge_prints_every_pair_with_label_score_and_method(store, examples):
    rows = list(
        csv.DictReader(
            run("judge", str(examples / "pairs.tsv"), "--store", store).stdout.splitlines(),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
    )
    given = (examples / "pairs.tsv").read_text("utf-8").strip().split("\n")[1:]
    assert len(rows) == len(given)
    assert {r["label"] for r in rows} == {"same", "related", "different"}
    assert all(0 <= float(r["score"]) <= 1 and r["method"] for r in rows)


def test_a_judgement_does_not_depend_on_the_other_pairs_of_the_file(store, examples, tmp_path):
    lines = (examples / "pairs.tsv").read_text("utf-8").strip().split("\n")
    one = tmp_path / "one.tsv"
    one.write_text("\n".join([lines[0], lines[-1]]), encoding="utf-8")
    whole = run("judge", str(examples / "pairs.tsv"), "--store", store).stdout.splitlines()
    assert run("judge", str(one), "--store", store).stdout.splitlines()[-1] == whole[-1]


@pytest.mark.parametrize(
    ("text", "line"), [("a\tb\n", 1), ("kind\ta\tb\nX\t甲\t乙\n", 2), ("kind\ta\tb\nK\t甲\n", 2)]
)
def test_a_broken_pairs_file_is_an_error_with_its_line(store, tmp_path, text, line):
    path = tmp_path / "pairs.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Undecodable) as error:
        run("judge", str(path), "--store", store)
    assert error.value.line == line


def test_explain_says_why(store):
    shown = run("explain", "溝通協調能力", "協調溝通", "--store", store, "--lang", "en").stdout
    assert shown.startswith("same")
    assert "another order" in shown


def test_exported_links_say_that_no_person_made_them(store):
    shown = run("export", "--store", store).stdout
    assert "semapv:LexicalMatching" in shown
    assert "ManualMappingCuration" not in shown


def test_exported_links_are_those_that_the_store_keeps(store):
    import kps_graph

    with kps_graph.open(store) as graph:
        held = [
            r
            for r in graph.query(f"SELECT ?a ?b WHERE {{ ?a <{skos.closeMatch}> ?b }}")
            if "/concept/" in str(r["a"])
        ]  # the ontology has some of its own
    shown = run("export", "--store", store).stdout.splitlines()
    rows = list(csv.DictReader((n for n in shown if n[0] != "#"), delimiter="\t"))
    assert rows
    assert {(r["subject_id"], r["object_id"]) for r in rows} == {
        tuple("concept:" + str(r[x]).rsplit("/", 1)[-1] for x in "ab") for r in held
    }


def test_a_decision_made_in_review_is_kept_and_wins(store, tmp_path):
    path = tmp_path / "decisions.sssom.tsv"
    run("review", "--decisions", str(path), "--store", store, "--reviewer", "reviewer", input="dq")
    (decision,) = parse_decisions(path.read_text("utf-8"))
    assert (str(decision.label), decision.reviewer) == ("different", "reviewer")
    mine = str(tmp_path / "mine.store")
    shutil.copytree(store, mine)
    run("apply", "--decisions", str(path), "--store", mine)
    links = csv.DictReader(
        (
            line
            for line in run("export", "--label", "all", "--store", mine).stdout.splitlines()
            if line[0] != "#"
        ),
        delimiter="\t",
    )
    ends = {frozenset((r["subject_label"], r["object_label"])) for r in links}
    assert ends
    assert frozenset((decision.a, decision.b)) not in ends
    assert "rejected" in run("stats", "--store", mine, "--lang", "en").stdout


def test_what_a_person_confirmed_is_exported_as_decided_by_hand(store, tmp_path):
    path, mine = tmp_path / "decisions.sssom.tsv", str(tmp_path / "mine.store")
    run("review", "--decisions", str(path), "--store", store, input="sq")
    shutil.copytree(store, mine)
    run("apply", "--decisions", str(path), "--store", mine)
    by_hand = [
        line
        for line in run("export", "--store", mine).stdout.splitlines()
        if "ManualMappingCuration" in line
    ]
    assert len(by_hand) == 1
    assert "skos:exactMatch" in by_hand[0]


def test_clusters_are_read_from_the_store_with_the_count_of_each_wording(store):
    lines = run("clusters", "--store", store).stdout.splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    counts = [[int(n) for n in re.findall(r"\((\d+)\)(?:、|$)", r["forms"])] for r in rows]
    assert rows
    assert all(
        len(c) > 1 and 0 < float(r["spread"]) <= 1 for r, c in zip(rows, counts, strict=True)
    )
    assert [sum(c) for c in counts] == sorted((sum(c) for c in counts), reverse=True)
    assert all(r["forms"].startswith(r["label"] + "(") for r in rows)


def test_a_store_that_was_not_aligned_says_so_and_has_no_clusters(tmp_path, examples):
    path = tmp_path / "kps.store"
    built(path, examples, align=False)
    done = run("clusters", "--store", str(path), "--lang", "en")
    assert done.stdout == "kind\tlabel\tspread\tforms\n"
    assert "was not aligned" in done.stderr


def test_links_of_the_matcher_are_not_taken_for_decisions_of_a_person(store, tmp_path):
    run("export", "--store", store, "-o", str(tmp_path / "links.tsv"))
    done = run(
        "import",
        str(tmp_path / "links.tsv"),
        "--decisions",
        str(tmp_path / "d.tsv"),
        "--store",
        store,
        "--lang",
        "en",
    )
    assert "0 added" in done.stdout
    assert "no person decided them" in done.stderr


def asked(shown):
    """The first text of each question that a review showed."""
    lines = shown.splitlines()
    return [lines[n + 1].split("  (")[0] for n, line in enumerate(lines) if line[:1] == "["]


def test_a_review_shows_where_the_two_stand(store, tmp_path):
    shown = run(
        "review",
        "--decisions",
        str(tmp_path / "d.tsv"),
        "--store",
        store,
        "--lang",
        "en",
        input="q",
    ).stdout
    assert "occupations)" in shown
    assert any(name in shown for name in ("跨境電商行銷人員", "客戶服務主管"))


def test_a_review_goes_on_where_it_was_left(store, tmp_path):
    path = str(tmp_path / "decisions.sssom.tsv")
    first = asked(run("review", "--decisions", path, "--store", store, input="s q").stdout)
    again = asked(run("review", "--decisions", path, "--store", store, input="q").stdout)
    assert len(first) == 3
    assert again == [first[1]]  # what was skipped is asked again, what was decided is not


def test_the_last_decision_of_a_review_can_be_undone(store, tmp_path):
    path = tmp_path / "decisions.sssom.tsv"
    run("review", "--decisions", str(path), "--store", store, input="sdur")
    labels = sorted(str(d.label) for d in parse_decisions(path.read_text("utf-8")))
    assert labels == ["related", "same"]


def test_an_undone_skip_brings_the_question_back(store, tmp_path):
    shown = asked(
        run("review", "--decisions", str(tmp_path / "d.tsv"), "--store", store, input=" uq").stdout
    )
    assert shown[0] == shown[2] != shown[1]


def test_when_all_is_decided_a_review_asks_nothing(store, tmp_path):
    path = str(tmp_path / "decisions.sssom.tsv")
    run("review", "--decisions", path, "--store", store, input="r" * 1000)
    done = run("review", "--decisions", path, "--store", store, "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout == "no link is left to decide on\n"


def written(path, *decisions):
    path.write_text(write_decisions(decisions), encoding="utf-8")
    return str(path)


def test_decisions_of_another_person_are_added(store, tmp_path):
    ours = written(tmp_path / "ours.tsv", Decision("K", "風險管理", "K", "危機應變", Label.SAME))
    theirs = written(
        tmp_path / "theirs.tsv",
        Decision("K", "風險管理", "K", "危機應變", Label.SAME, "林"),
        Decision("K", "統計", "K", "統計學", Label.SAME, "林"),
    )
    done = run("import", theirs, "--decisions", ours, "--store", store, "--lang", "en")
    assert done.exit_code == 0
    assert "1 added, 0 conflicts" in done.stdout
    assert len(parse_decisions((tmp_path / "ours.tsv").read_text("utf-8"))) == 2


def test_where_two_people_disagree_it_is_told_and_ones_own_decision_stays(store, tmp_path):
    ours = written(tmp_path / "ours.tsv", Decision("K", "風險管理", "K", "危機應變", Label.SAME))
    theirs = written(
        tmp_path / "theirs.tsv", Decision("K", "危機應變", "K", "風險管理", Label.DIFFERENT, "林")
    )
    done = run("import", theirs, "--decisions", ours, "--store", store, "--lang", "en")
    assert done.exit_code == 1
    assert "different by them, same by you" in done.stderr
    (kept,) = parse_decisions((tmp_path / "ours.tsv").read_text("utf-8"))
    assert kept.label is Label.SAME


def test_without_a_file_of_decisions_review_says_what_to_name(store):
    done = CliRunner().invoke(align, ["review", "--store", store])
    assert done.exit_code == 2
    assert "--decisions" in done.stderr


def test_stats_count_the_links_of_the_store(store):
    shown = run("stats", "--store", store, "--lang", "en").stdout
    assert "canonical" in shown
    assert "proposed" in shown
    assert "clusters of several" in shown


PAIR = "K\t風險管理\t風險管理概念"


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffkind\ta\tb\n{PAIR}\n",
        f"kind\ta\tb\r\n{PAIR}\r\n",
        "b\tnote\tkind\ta\n風險管理概念\tx\tK\t風險管理\n",
        f"kind\ta\tb\n\n{PAIR}\t多餘\n",
        'kind\ta\tb\nK\t"風險管理"\t"風險管理概念"\n',
    ],
    ids=["byte order mark", "CRLF", "other columns and order", "cells beyond", "quotes"],
)
def test_a_pairs_file_may_come_from_a_spreadsheet(store, tmp_path, text):
    path = tmp_path / "pairs.tsv"
    path.write_bytes(text.encode())
    head, row = run("judge", str(path), "--store", store).stdout.splitlines()
    assert head == "kind\ta\tb\tlabel\tscore\tmethod"
    assert row == f"{PAIR}\tsame\t0.980\tcanonical"


def test_an_empty_pairs_file_is_an_error(store, tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(Undecodable, match="the file is empty"):
        run("judge", str(path), "--store", store)


def test_a_header_without_pairs_gives_a_header(store, tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("kind\ta\tb\n", encoding="utf-8")
    assert run("judge", str(path), "--store", store).stdout == "kind\ta\tb\tlabel\tscore\tmethod\n"


def test_without_a_store_the_built_in_weights_judge(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pairs.tsv").write_text(f"kind\ta\tb\n{PAIR}\nS\t量子糾錯\t量子糾錯能力\n", "utf-8")
    done = run("judge", "pairs.tsv", "--lang", "en")
    assert [r.split("\t")[3] for r in done.stdout.splitlines()[1:]] == ["same", "same"]
    assert "built-in" in done.stderr
