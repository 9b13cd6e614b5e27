"""A sentence is data until it is shown, and is then put into the language of its reader."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.errors import KpsError, ResourceError, Undecodable
from kps_graph.words import Bilingual, Language, Lines, Sentence, closest, did_you_mean, say

CHINESE, ENGLISH = Language.CHINESE, Language.ENGLISH
MISSING = Sentence("there is no query {name!r}", name="gpa")


def test_a_sentence_is_put_into_words_where_it_is_shown():
    assert MISSING.in_words(ENGLISH) == str(MISSING) == "there is no query 'gpa'"
    assert MISSING.in_words(CHINESE) == "沒有名為 'gpa' 的查詢"


def test_a_list_is_joined_in_the_language_it_is_shown_in():
    meant = did_you_mean(("gap", "path"))
    assert meant is not None
    assert meant.in_words(ENGLISH) == "did you mean gap, path?"
    assert meant.in_words(CHINESE) == "您是指 gap、path 嗎？"


def test_a_sentence_in_a_sentence_is_in_the_same_language():
    photo = Sentence("{kind}, which cannot be read", kind=Sentence("a PNG image"))
    assert photo.in_words(CHINESE) == "PNG 影像，無法讀取"


def test_a_sentence_that_the_catalogue_does_not_know_stays_as_it_is():
    assert say(CHINESE, "an error of somebody else: {x}") == "an error of somebody else: {x}"
    assert say(CHINESE, "") == ""


def test_an_error_says_its_place_and_its_hint_in_both_languages():
    error = Undecodable(
        "neither {encoding} nor Big5 text: byte {wrong} cannot be read",
        encoding="UTF-8",
        wrong="0xff",
        source="a.md",
        line=3,
        column=7,
        hint=Sentence("save the file as UTF-8"),
    )
    assert str(error) == (
        "a.md:3:7: neither UTF-8 nor Big5 text: byte 0xff cannot be read\n  → save the file as UTF-8"
    )
    assert error.in_words(CHINESE) == (
        "a.md:3:7：文字既不是 UTF-8 也不是 Big5：無法解讀位元組 0xff\n  → 請將檔案另存為 UTF-8"
    )


def test_an_error_keeps_its_template_and_values_between_processes():
    error = ResourceError(MISSING, source="store", hint=did_you_mean(("gap",)))
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is ResourceError
    assert copy.in_words(CHINESE) == error.in_words(CHINESE)
    assert copy.said == MISSING


def test_an_error_of_somebody_else_may_hold_braces():
    assert str(KpsError("{ of } nobody {x}")) == "{ of } nobody {x}"


texts = st.text(max_size=9)
sentences = st.recursive(
    st.builds(lambda t: Sentence("{a}: {b!r}", a=t, b=len(t)), texts)
    | st.builds(Sentence, texts.map(lambda t: t.replace("{", "").replace("}", ""))),
    lambda inner: st.builds(
        lambda one, many, t: Sentence(
            "{a} {b} {c} {d}", a=one, b=tuple(many), c=Bilingual(t, t), d=Lines(tuple(many), "; ")
        ),
        inner,
        st.lists(inner, max_size=3),
        texts,
    ),
    max_leaves=6,
)


@given(sentences)
def test_what_is_stored_of_a_sentence_is_the_whole_of_it(sentence):
    import json

    stored = json.loads(json.dumps(sentence.as_data(), ensure_ascii=False))
    assert Sentence.from_data(stored) == sentence


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", ENGLISH),
        ("en_US.UTF-8", ENGLISH),
        ("EN-gb", ENGLISH),
        ("zh", CHINESE),
        ("zh-Hant", CHINESE),
        ("zh_TW.UTF-8", CHINESE),
        ("C.UTF-8", CHINESE),
        ("fr_FR", CHINESE),
        ("", CHINESE),
    ],
)
def test_a_tag_or_locale_means_a_language(tag, language):
    assert Language.of(tag) is language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, CHINESE),
        ({"LANG": "en_US.UTF-8"}, ENGLISH),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, CHINESE),
        ({"LC_ALL": "en_GB", "LC_MESSAGES": "zh_TW"}, ENGLISH),
        ({"LC_ALL": "", "LANG": "en"}, ENGLISH),
        ({"KPS_LANG": "zh", "LC_ALL": "en_US"}, CHINESE),
        ({"KPS_LANG": "en", "LC_ALL": "zh_TW"}, ENGLISH),
    ],
)
def test_the_environment_says_which_language_is_preferred(environment, language):
    assert Language.preferred(environment) is language


@pytest.mark.parametrize(
    ("given_name", "names", "meant"),
    [
        ("gpa", ("gap", "path", "pairs"), "gap"),
        ("KPX", ("KPS", "MPM"), "KPS"),
        ("s133", ("S13", "K1"), "S13"),
        ("貿易經里", ("國際物流專員", "貿易經理"), "貿易經理"),
        ("外語表達與溝通", ("溝通協調", "外語表達與溝通能力"), "外語表達與溝通能力"),
        ("Standrad", ("Standard", "Skill"), "Standard"),
    ],
)
def test_what_was_meant_comes_first(given_name, names, meant):
    assert closest(given_name, names)[0] == meant


def test_nothing_is_proposed_where_nothing_is_alike():
    assert closest("xyz", ("gap", "貿易經理")) == ()
    assert did_you_mean(()) is None
