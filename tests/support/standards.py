"""Standards for tests: from data in a known shape, and the whole third-party corpus."""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from kps_graph.document import Record
from kps_graph.extract import extract
from kps_graph.terms import identity_of


def standard_of(data, source="test.json"):
    """The Standard in a mapping of the interchange shape (or of the third party's)."""
    return extract(Record(source, data)).standard


def corpus_dir():
    """Where the corpus is; skips the test where there is none."""
    folder = os.environ.get("KPS_CORPUS_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("KPS_CORPUS_DIR does not name a folder of standards")
    return Path(folder)


@cache
def corpus_standards(folder):
    """The corpus as standards by identity; a second document with one code is kept as ``~2``."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        standard = standard_of(json.loads(path.read_text(encoding="utf-8")), path.name)
        name = identity = identity_of(standard.code, path.name)
        count = 1
        while identity in found:
            count += 1
            identity = f"{name}~{count}"
        found[identity] = standard
    return found
