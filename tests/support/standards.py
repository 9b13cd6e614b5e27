"""Standards for tests: from data in a known shape, and the whole third-party corpus."""

import json
from functools import cache

from kps_graph.document import Record
from kps_graph.extract import extract
from kps_graph.readers import read
from kps_graph.terms import identity_of


def standard_of(data, source="test.json"):
    """The Standard in a mapping of the interchange shape (or of the third party's)."""
    return extract(Record(source, data)).standard


@cache
def example(path):
    """The standard in an example file."""
    return extract(read(path.read_bytes(), path.name)).standard


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
