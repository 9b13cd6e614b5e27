"""A person reads errors in Chinese; every sentence that an author can meet is in the catalogue."""

from pathlib import Path

import pytest

import kps_graph
from kps_graph.errors import Undecodable
from kps_graph.messages import CATALOGUE, in_chinese
from tests.support.sentences import sentences

PACKAGE = Path(kps_graph.__file__).parent
#: What only people who program with kps-graph, or extend its queries and shapes, can meet.
FOR_PROGRAMMERS = (
    "queries.py",
    "parameters.py",
    "resources.py",
    "terms.py",
    "rdf/",
    "networks/",
    "align/judging.py",
    "align/lexicon.py",
    "align/decisions.py",
    "shacl/paths.py",
    "shacl/reference.py",
    "sparql.py",
)

SAID = {
    text: where
    for text, where in sentences(PACKAGE).items()
    if not where.startswith(FOR_PROGRAMMERS) and text.replace("{}", "").strip(" :<>.")
}


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_that_an_author_can_meet_is_in_the_catalogue(sentence):
    assert sentence in CATALOGUE, f"said in {SAID[sentence]}"


@pytest.mark.parametrize("sentence", CATALOGUE)
def test_a_translation_has_the_values_of_its_sentence(sentence):
    count = sentence.count("{}")
    said = CATALOGUE[sentence].format(*(f"<{n}>" for n in range(count)))
    assert all(f"<{n}>" in said for n in range(count))


def test_place_values_and_hint_are_kept():
    error = Undecodable(
        "neither UTF-8 nor Big5 text: byte 0xff cannot be read",
        source="a.md",
        line=3,
        column=7,
        hint="save the file as UTF-8",
    )
    assert in_chinese(str(error)) == (
        "a.md:3:7：文字既不是 UTF-8 也不是 Big5：無法解讀位元組 0xff\n  → 請將檔案另存為 UTF-8"
    )


def test_what_a_file_is_is_said_in_chinese_too():
    assert in_chinese("photo.docx: a PNG image, which cannot be read") == (
        "photo.docx：PNG 影像，無法讀取"
    )


def test_an_unknown_sentence_stays_as_it_is():
    assert in_chinese("pySHACL failed: maximum recursion") == "pySHACL failed: maximum recursion"


def test_the_command_line_speaks_the_language_that_is_asked_for(kps, tmp_path):
    empty = tmp_path / "a.md"
    empty.touch()
    assert "錯誤: a.md：檔案是空的" in kps("parse", empty, "--lang", "zh").err
    assert "error: a.md: the file is empty" in kps("parse", empty).err
