"""How often the rules fire and are right: the page says what the corpus and the judgements say."""

from __future__ import annotations

import pytest

from benchmarks import precision
from tests.support.project import ROOT

PAGE = ROOT / "docs" / "precision.md"


def test_no_judgement_holds_a_text():
    assert precision.judgements()
    for rule, text in precision.judgements():
        assert rule in precision.LANGUAGE
        assert len(text) == 16
        assert int(text, 16)


@pytest.fixture(scope="module")
def found(corpus_dir):
    return precision.checked()


@pytest.mark.oracle
def test_the_page_is_what_the_benchmark_prints(found):
    assert PAGE.read_text("utf-8") == precision.page(*found)


@pytest.mark.oracle
def test_no_rule_that_reads_language_is_wrong_more_than_once_in_ten(found):
    for row in precision.rows(*found):
        assert row.wrong * 10 <= row.right + row.wrong, row.rule


@pytest.mark.oracle
def test_every_text_of_every_sample_has_been_read(found):
    assert {row.rule: row.unread for row in precision.rows(*found) if row.unread} == {}


def test_a_rule_that_let_a_fault_pass_has_a_recall_below_one():
    row = precision.Row("R13", 10, 5, texts=10, right=9, wrong=1, passing=100, missed=6, passed=54)
    assert row.recall == "0.47"


def test_where_nothing_was_missed_the_least_that_is_likely_is_said():
    assert precision.Row("R23", 10, 5, 10, right=10, passing=100, passed=60).recall == "≥ 0.67"
    assert precision.Row("R18", 10, 5, 10, right=10, passing=22, passed=22).recall == "1.00"
    assert precision.Row("R12", 0, 0, 0, passing=100, passed=60).recall == ""
