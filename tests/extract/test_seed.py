"""The real document: its exact content, every character of it."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from kps_graph.extract import extract
from kps_graph.extract.interchange import to_data
from kps_graph.readers import read
from tests.support.project import ROOT

NAME = "KPS1420-001v2.md"


@pytest.fixture(scope="module")
def text(examples):
    return (examples / NAME).read_text("utf-8")


@pytest.fixture(scope="module")
def seed(text):
    return extract(read(text.encode(), NAME))


def test_the_content_is_exactly_the_known_one(seed):
    known = ROOT / "tests" / "cases" / "KPS1420-001v2.json"
    assert to_data(seed.standard) == json.loads(known.read_text("utf-8"))


def test_the_content_is_what_people_found_in_it(seed, corpus_dir):
    file = corpus_dir.parent / "seed" / "KPS1420-001v2.truth.json"
    if not file.exists():
        pytest.skip("KPS_CORPUS_DIR names no corpus with the seed beside it")
    truth = json.loads(file.read_text("utf-8"))
    for remark in ("counts", "suggestedNormalisations", "knowledgeSkillAttachment"):
        del truth[remark]
    assert to_data(seed.standard) == truth


def test_it_has_as_much_of_everything_as_was_counted(seed):
    units = list(seed.standard.units())
    assert {
        "T": len(seed.standard.tasks),
        "Tx": len(units) - len(seed.standard.tasks),
        "O": sum(len(u.outputs) for u in units),
        "P": sum(len(u.indicators) for u in units),
        "K": len(seed.standard.knowledge),
        "S": len(seed.standard.skills),
        "A": len(seed.standard.attitudes),
        "K_items": sum(len(k.items) for k in seed.standard.knowledge),
        "S_items": sum(len(s.items) for s in seed.standard.skills),
    } == {
        "T": 5,
        "Tx": 17,
        "O": 14,
        "P": 76,
        "K": 28,
        "S": 27,
        "A": 5,
        "K_items": 20,
        "S_items": 11,
    }


def test_what_extraction_finds_odd_is_the_misplaced_and_the_misspelled_code(seed):
    assert [(f.rule, f.code, f.span.line) for f in seed.findings] == [
        ("E02", "P1.2.3", 23),
        ("E03", "P1.3.3", 23),
    ]


def test_every_character_of_the_body_tables_is_in_the_standard(text, seed):
    """Counted without the reader's help: markup off, headings off, character by character."""
    rows = [
        line
        for line in text.split("\n")
        if line.count("\t") >= 6 and not line.startswith(("工作任務", "<b>"))
    ]
    plain = re.sub(r"<[^>]*>", "", "".join(rows)).replace("•", "")
    printed = Counter("".join(plain.split()))
    kept: Counter[str] = Counter()

    def keep(*texts):
        for value in texts:
            kept.update("".join(str(value).split()))

    for unit in seed.standard.units():
        keep(unit.raw_code or unit.code, unit.name)
        if unit.level is not None:
            keep(unit.level)
        for leaf, said in [
            *((o, o.name) for o in unit.outputs),
            *((p, p.text) for p in unit.indicators),
        ]:
            keep(leaf.raw_code or leaf.code, said)
    for element in (*seed.standard.knowledge, *seed.standard.skills):
        keep(element.raw_code or element.code, element.name, *(i.text for i in element.items))
    assert printed == kept


def test_every_value_has_its_place(text, seed):
    lines = text.split("\n")
    for unit in seed.standard.units():
        for value, said in [
            (unit, unit.name),
            *((p, p.text[:6]) for p in unit.indicators),
            *((o, o.name) for o in unit.outputs),
        ]:
            cell = lines[value.span.line - 1].split("\t")[value.span.column - 1]
            assert said in re.sub(r"<[^>]*>", "", cell)
