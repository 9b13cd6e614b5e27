"""Answers in English read as English, but for the standards' own texts."""

from __future__ import annotations

import re

import pytest

import kps_graph
from kps_graph.exports.headings import headings_of, status
from kps_graph.queries import library
from kps_graph.words import Language
from tests.support.command import typed

CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("name", sorted(library.library()))
def test_title_meaning_and_headings_of_a_query_have_no_chinese_but_quoted_terms(name):
    query = library.get(name)
    said = [query.title["en"], query.row["en"], *headings_of(query, Language.ENGLISH).values()]
    assert not CHINESE.search(" ".join(said))


@pytest.mark.parametrize(
    ("asked", "english", "chinese"),
    [
        ("query categories", "Professional sales", "專業銷售"),
        ("query level-by-category", "Professional sales", "專業銷售"),
        ("query findings-by-category", "Professional sales", "專業銷售"),
        (
            "query classification -p standard=KPS1420-001v2",
            "Retail and wholesale trade managers",
            "批發及零售場所經理人員",
        ),
        (
            "query classification -p standard=KPS1420-001v2",
            "Customs brokerage",
            "報關業",
        ),
        ("query overview", "behavioural indicators", "行為指標"),
        ("query standards", "latest version", "最新版本"),
        ("versions KPS1420-001v2", "historic version", "歷史版本"),
    ],
)
def test_classes_and_statuses_are_called_by_their_english_names(
    example_store, asked, english, chinese
):
    there, here = (
        typed(f"kps-graph {asked} --lang {lang}", example_store.parent).out for lang in ("en", "zh")
    )
    assert english in there
    assert chinese not in there
    assert chinese in here
    assert english not in here


def test_a_language_that_is_asked_for_is_given_whatever_the_command_speaks(example_store):
    line = "kps-graph query categories -p language=zh --lang en"
    assert "專業銷售" in typed(line, example_store.parent).out


def test_a_slice_is_named_by_an_english_name_too(example_store):
    with kps_graph.open(example_store) as graph:
        kept = graph.within('category="Professional sales"')
        assert [r["code"] for r in kept.rows("standards")] == ["KPS1420-001v2"]


def test_a_status_that_documents_do_not_use_stays_as_it_is():
    assert status("草稿", Language.ENGLISH) == "草稿"
