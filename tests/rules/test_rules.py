"""The catalogue of rules, and the page made of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kps_graph.errors import UnknownRule
from kps_graph.extract.notices import RULES
from kps_graph.rules import catalogue as rules
from tests.support.project import ROOT


def test_the_catalogue_holds_the_25_rules_and_what_extraction_notices():
    numbers = [r.number for r in rules.rules()]
    assert numbers[:25] == [f"R{n:02d}" for n in range(1, 26)]
    assert numbers[25:] == sorted(RULES)


def test_every_rule_of_a_good_standard_has_a_basis_examples_a_remedy_and_shapes():
    """Rule 25 has none: it is asked of the matcher."""
    for rule in rules.rules()[:25]:
        assert set(rule.title) == set(rule.basis) == {"zh-Hant", "en"}, rule.number
        assert rule.breach, rule.number
        assert rule.fix, rule.number
        assert set(rule.remedy) == {"zh-Hant", "en"}, rule.number
        assert rule.shapes or rule.number == "R25", rule.number


def test_every_rule_of_extraction_has_a_short_title_a_remedy_and_examples():
    for rule in rules.rules()[25:]:
        assert len(rule.title["zh-Hant"]) <= 16, rule.number
        assert set(rule.title) == set(rule.remedy) == {"zh-Hant", "en"}, rule.number
        assert rule.breach, rule.number
        assert rule.fix, rule.number


@pytest.mark.parametrize("written", ["R07", "r07", "R7", " r7 "])
def test_a_rule_is_found_however_its_number_is_written(written):
    assert rules.get(written).number == "R07"


def test_an_unknown_rule_is_an_error_with_a_suggestion():
    with pytest.raises(UnknownRule) as error:
        rules.get("R99")
    assert "R19" in str(error.value)


def test_the_page_is_up_to_date():
    page = ROOT / "docs" / "rules.md"
    assert page.read_text("utf-8") == rules.page()


#: Runs a command, and prints how often each file was opened by Python or parsed by Oxigraph.
COUNTING = """
import json, sys
from collections import Counter
from kps_graph.store.embedded import EmbeddedStore
opened, loaded, load_files = Counter(), Counter(), EmbeddedStore.load_files
def counted(store, files):
    files = list(files)
    loaded.update(str(path) for path, graph in files)
    load_files(store, files)
EmbeddedStore.load_files = counted
sys.addaudithook(lambda event, args: opened.update([str(args[0])] if event == "open" else []))
from kps_graph.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(json.dumps([opened, loaded]), file=sys.stderr)
"""


def test_however_many_documents_are_checked_shapes_and_profiles_are_read_once(examples):
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, "validate", examples, "--fail-on", "warning"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("R2") > 1
    for reads in json.loads(done.stderr.splitlines()[-1]):
        shapes = {Path(path).name: n for path, n in reads.items() if "/shapes/" in path}
        assert "rules.ttl" in shapes
        assert set(shapes.values()) == {1}, shapes
