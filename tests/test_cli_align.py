"""``kps-graph align``: judging pairs, explaining, exporting links, curating them."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from kps_graph.align import parse_decisions
from kps_graph.cli.align import align
from kps_graph.errors import Undecodable
from kps_graph.pipeline import build, find


@pytest.fixture(scope="module")
def store(tmp_path_factory, examples):
    path = tmp_path_factory.mktemp("align") / "kps.store"
    build(find([examples]), path, check=False)
    return str(path)


def run(*args, **more):
    return CliRunner().invoke(align, args, catch_exceptions=False, **more)


def test_judge_prints_every_pair_with_label_score_and_method(store, examples):
    rows = list(csv.DictReader(
        run("judge", str(examples / "pairs.tsv"), "--store", store).stdout.splitlines(),
        delimiter="\t", quoting=csv.QUOTE_NONE))
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


@pytest.mark.parametrize(("text", "line"), [("a\tb\n", 1), ("kind\ta\tb\nX\t甲\t乙\n", 2),
                                            ("kind\ta\tb\nK\t甲\n", 2)])
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


def test_a_decision_made_in_review_is_kept_and_wins(store, tmp_path):
    path = tmp_path / "decisions.sssom.tsv"
    run("review", "--decisions", str(path), "--store", store, "--reviewer", "reviewer", input="dq")
    (decision,) = parse_decisions(path.read_text("utf-8"))
    assert (str(decision.label), decision.reviewer) == ("different", "reviewer")
    links = run("export", "--label", "all", "--store", store, "--decisions", str(path)).stdout
    assert not any(decision.a in line and decision.b in line for line in links.splitlines())
