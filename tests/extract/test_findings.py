"""What readers and extraction notice has a rule with messages in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import kps_graph
from kps_graph.extract.notices import RULES


def test_every_rule_that_the_code_names_is_in_the_catalogue():
    package = Path(kps_graph.__file__).parent
    named = {
        number
        for folder in ("readers", "extract")
        for path in (package / folder).rglob("*.py")
        for number in re.findall(r'"(E\d{2})"', path.read_text("utf-8"))
    }
    assert named
    assert named <= set(RULES)


def test_every_rule_has_a_message_in_both_languages():
    assert all(text.strip() for rule in RULES.values() for text in rule.message)
