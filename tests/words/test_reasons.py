"""What libraries say of a file is said in the reader's language."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
import zlib

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from kps_graph.words import (
    Language,
    in_words,
    parser_reason,
    sparql_reason,
    system_reason,
    turtle_reason,
)

XML = '<?xml version="1.0"?><w:a xmlns:w="urn:w"><w:b w:c="1">字</w:b><w:d/></w:a>'
TOML = 'base = "draft"\nshapes = ["a.ttl", "b.ttl"]\n[severity]\nR01 = "info"\n'
TURTLE = '@prefix a: <urn:a:> .\na:b a a:c ; a:d "text"@en , ( 1 2 ) , [ a:e 3 ] .\n'
SPARQL = "SELECT ?x (COUNT(?y) AS ?n) { ?x <urn:p> ?y . FILTER(?y > 3) } GROUP BY ?x LIMIT 3"


def package():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", XML * 20)
        made.writestr("word/styles.xml", XML * 30)
    return out.getvalue()


def xml(data):
    etree.fromstring(data.encode("utf-8", "replace"))


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            opened.read(name)


def said(read, data, reason):
    """What is said in Chinese of ``data``; "" if nothing is wrong with it."""
    try:
        read(data)
    except (SyntaxError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        text = error.msg if isinstance(error, etree.XMLSyntaxError) else str(error)
        return in_words(reason(text), Language.CHINESE)
    except (NotImplementedError, RuntimeError, KeyError, OverflowError) as error:
        return in_words(reason(str(error)), Language.CHINESE)
    return ""


def turtle(data):
    try:
        Graph().parse(data=data, format="turtle")
    except BadSyntax as error:
        raise ValueError(error.message) from error


#: What a language calls by a name of its own.
TERMS = re.compile(r"IRI|Notation3|Turtle|SELECT|GROUP BY|LIMIT|OFFSET")


def english(text):
    """The English words in a text, without the terms and what stands in quotation marks."""
    return re.findall(r"[A-Za-z]{3,}", TERMS.sub("", re.sub(r'"[^"]*"|「[^」]*」', "", text)))


@given(st.data())
@pytest.mark.parametrize(("read", "text"), [(xml, XML), (tomllib.loads, TOML)], ids=["xml", "toml"])
def test_what_is_said_of_a_damaged_text_holds_no_english(read, text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    what = data.draw(
        st.sampled_from(["", "<", ">", "&", "&x;", '"', "'", "=", "[", "]", "\x01", "]]>"])
    )
    cut = data.draw(st.integers(0, 6))
    told = said(read, text[:at] + what + text[at + cut :], parser_reason)
    assert english(told) == [], told


@given(st.data())
def test_what_is_said_of_a_damaged_package_holds_no_english(data):
    whole = package()
    at = data.draw(st.integers(0, len(whole) - 1))
    made = (
        whole[:at] + data.draw(st.binary(max_size=6)) + whole[at + data.draw(st.integers(0, 40)) :]
    )
    told = said(unpacked, made, parser_reason)
    assert english(told.replace("word/", "")) in ([], ["document", "xml"], ["styles", "xml"]), told


@given(st.integers(0, len(TURTLE) - 1), st.sampled_from(["", "<", '"', ".", ";", "[", "\\", "é:"]))
def test_what_is_said_of_damaged_turtle_holds_no_english(at, what):
    told = said(turtle, TURTLE[:at] + what + TURTLE[at + 1 :], turtle_reason)
    assert english(re.sub("前置詞.*沒有", "", told)) == [], told  # which is the author's own


@given(st.integers(0, len(SPARQL) - 1), st.sampled_from(["", "<", '"', "}", ")", "?"]))
def test_of_a_query_only_the_words_of_sparql_stay(at, what):
    query = SPARQL[:at] + what + SPARQL[at + 1 :]
    try:
        pyoxigraph.Store().query(query)
    except SyntaxError as error:
        told = in_words(sparql_reason(str(error).partition(": ")[2]), Language.CHINESE)
        assert told.startswith(("此處應為", "IRI", "SELECT", "LIMIT", "GROUP BY", "前置詞")), told


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("Expecting value", "Expecting value", None),
        ("File is not a zip file", "its list of parts is damaged, or its end is missing", None),
        ("Bad CRC-32 for file 'a.xml'", "one of its parts is damaged", None),
        ("\"There is no item named 'xl/a.xml' in the archive\"", "its part xl/a.xml is missing", "缺少其中的 xl/a.xml"),
        (
            "Opening and ending tag mismatch: p line 1 and w:r, line 3, column 50",
            "its tags do not match, line 3, column 50",
            "標籤沒有成對（第 3 行第 50 字）",
        ),
        ("Unclosed array (at end of document)", "a bracket or quotation mark is not closed, at the end", None),
        ("something quite new", "something quite new", "內容的格式不正確"),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_both_languages(text, english, chinese):
    reason = parser_reason(text)
    assert in_words(reason, Language.ENGLISH) == english
    told = str(in_words(reason, Language.CHINESE))
    assert told == chinese if chinese else not told.isascii()


def test_the_words_of_another_engine_are_quoted():
    assert sparql_reason("Virtuoso 37000 Error") == "Virtuoso 37000 Error"
    assert len(str(sparql_reason("x" * 500))) < 200


def test_the_reason_of_the_system_is_taken_out_of_what_a_library_says():
    told = system_reason(
        "IO error: No space left on device: While appending to file: /x/000012.log"
    )
    assert in_words(told, Language.ENGLISH) == "No space left on device"
    assert "空間不足" in in_words(told, Language.CHINESE)
