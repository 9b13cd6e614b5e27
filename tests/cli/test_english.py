"""With --lang en, everything that is ours reads as English: of Chinese there are only the documents."""

import re

import pytest

from kps_graph.queries.library import library
from tests.support.stores import built, document, write

FULL_WIDTH = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PUNCTUATION = re.compile(r"[\u3000-\u303f\uff00-\uffef]")
KNOWLEDGE = ("Risk management", "Law", "Marketing", "Accounts", "English", "Statistics", "Safety")
FIRST, OTHER, OLD = "ABC1110-001v2", "ABC1113-001v2", "ABC1110-001v1"


def unit(number):
    return {
        "code": f"T1.{number}",
        "name": f"Do part {number}",
        "level": 3 + number % 2,
        "knowledge": ["K1", "K2"],
        "skills": ["S1"],
        "outputs": [{"code": f"O1.{number}.1", "name": "Plan"}],
        "indicators": [{"code": f"P1.{number}.1", "text": f"Finishes part {number}."}],
    }


def standard(code, name, knowledge, level=3, tasks=7):
    """A standard that holds no Chinese but the status of its versions, and what they state of it."""
    base = code[:-1]
    versions = [
        {"version": f"V{n}", "code": f"{base}{n}", "name": name, "status": status, "date": date}
        for n, status, date in ((2, "最新版本", "2022/01/02"), (1, "歷史版本", "2019/01/02"))
    ]
    return document(
        code,
        name,
        knowledge,
        level=level,
        description="Does the work.",
        tasks=[
            {"code": "T1", "name": "Plan", "activities": [unit(n) for n in range(1, tasks + 1)]}
        ],
        skills=[{"code": "S1", "name": "Speaking"}],
        attitudes=[{"code": "A1", "name": "Patience", "definition": "Waits for others."}],
        versions=versions,
        classification={
            "jobCategory": [{"code": "MPM", "name": "x"}],
            "occupation": [{"code": "3334", "name": "y"}],
            "industry": [{"code": "C", "name": "z"}],
        },
    )


@pytest.fixture(scope="module")
def english_store(tmp_path_factory):
    """Standards in English: seven, of which one is replaced."""
    folder = tmp_path_factory.mktemp("english")
    write(folder, old=standard(OLD, "Old worker", KNOWLEDGE[:2], tasks=2))
    for n in range(6):
        text = standard(f"ABC111{n}-001v2", f"Worker {n}", KNOWLEDGE[: 3 + n % 4], 3 + n % 2)
        write(folder, **{f"n{n}": text})
    built(folder / "kps.store", folder, check=True)
    return folder / "kps.store"


def needs(query):
    """Whether a query has a parameter that must be given."""
    return any(parameter.default is None for parameter in query.parameters)


ASKED = (
    ("nearest", FIRST),
    ("nearest", FIRST, "--reasons"),
    ("compare", FIRST, OTHER),
    ("gap", FIRST, OTHER),
    ("path", FIRST, OTHER),
    ("shared",),
    ("shared", "--all-versions"),
    ("shared", "--min", "99"),
    ("pairs",),
    ("communities",),
    ("bridges",),
    ("reuse",),
    ("search", "Risk"),
    ("search", "Risk", "--places"),
    ("search", "Rsik", "managment"),
    ("search", "zzzz"),
    ("versions", FIRST),
    ("changes",),
    ("findings",),
    ("sources",),
    ("queries",),
    ("trace", "K1", "--standard", FIRST),
    ("trace", "Risk management"),
    ("trace", "T1.1", "--standard", FIRST),
    ("diff", OLD, FIRST),
    ("store", "stats"),
    *(("query", name) for name, query in library().items() if not needs(query)),
)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_answers_in_english_hold_no_chinese_of_ours(kps, english_store, asked):
    store = ("--store", english_store) if asked[0] not in ("rules", "queries") else ()
    said = kps(*asked, *store, "--lang", "en")
    assert said.code in (0, 1), said.err
    shown = (said.out + said.err).replace("最新版本", "").replace("歷史版本", "")
    assert shown.strip()
    # a finding quotes the official name of a class
    wrong = PUNCTUATION if asked[0] == "findings" else FULL_WIDTH
    assert not wrong.findall(shown)


DRAWN = (("map",), ("overlap",), ("overlap", FIRST, OTHER), ("competency", "Law"), (FIRST,))


@pytest.mark.parametrize("ending", ["svg", "html"])
@pytest.mark.parametrize("drawn", DRAWN, ids=" ".join)
def test_pictures_in_english_hold_no_chinese_of_ours(kps, english_store, drawn, ending, tmp_path):
    file = tmp_path / f"picture.{ending}"
    assert not kps("draw", *drawn, "--store", english_store, "--lang", "en", "-o", file).code
    assert not FULL_WIDTH.findall(file.read_text("utf-8"))
