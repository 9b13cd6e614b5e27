"""How often the rules fire and are right: the page says what the corpus and the judgements say."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import precision

PAGE = Path(__file__).parent.parent / "docs" / "precision.md"


def test_no_judgement_holds_a_text():
    assert precision.judgements()
    for rule, text in precision.judgements():
        assert rule in precision.LANGUAGE
        assert len(text) == 16
        assert int(text, 16)


@pytest.fixture(scope="module")
def found(corpus_dir):
    return precision.findings()


def test_the_page_is_what_the_benchmark_prints(found):
    assert PAGE.read_text("utf-8") == precision.page(found)


def test_no_rule_that_reads_language_is_wrong_more_than_once_in_ten(found):
    for row in precision.rows(found):
        assert row.wrong * 10 <= row.right + row.wrong, row.rule


def test_every_text_of_every_sample_has_been_read(found):
    assert {row.rule: row.unread for row in precision.rows(found) if row.unread} == {}
