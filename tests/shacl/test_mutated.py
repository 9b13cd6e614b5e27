"""Whatever is wrong with a standard, the compiled rules find what pySHACL finds."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kps_graph import shacl
from kps_graph.pipeline.memory import load
from kps_graph.pipeline.sources import find
from kps_graph.store import memory, nquads_of
from tests.shacl.test_engine import facts, merged

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

#: Texts and numbers that rules object to, or that are at the edge of it.
TEXTS = [
    '"績效管理"@zh-hant',
    '"協助驗收"@zh-hant',
    '"瞭解客戶"@zh-hant',
    '"外語能力"@zh-hant',
    '"照明安全知識"@zh-hant',
    '"产品 and 服務"@zh-hant',
    '""@zh-hant',
    '"\\uE000"@zh-hant',
    '"第3頁，總共3頁"@zh-hant',
    '"依主管指示完成\\n工作"@zh-hant',
    '"T9.9.9"',
    '"K01"',
    '"34"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"最新版本"',
    '"2001-01-01"',
]
QUAD = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) (<[^>]*>) \.")


@pytest.fixture(scope="module")
def lines(examples):
    """The quads of a small standard, and of the vocabulary that the rules look at."""
    store = load(find([examples / "ZZZ2431-904v1.yaml"]), ontology=True).store
    quads = sorted(nquads_of(store).decode().strip().split("\n"))
    own = [q for q in quads if "/id/ZZZ2431-904v1" in q]
    assert own
    needed = [
        q
        for q in quads
        if q not in set(own) and ("/scheme/attitude" in q or "subClassOf" in q or "/id/" in q)
    ]
    return own, needed


@st.composite
def mutations(draw):
    """How to spoil a standard: what to drop, what to say otherwise, what to say besides."""
    place = st.floats(0, 1, exclude_max=True)
    return (
        draw(st.lists(place, max_size=12)),
        draw(st.lists(st.tuples(place, st.sampled_from(TEXTS)), max_size=8)),
        draw(st.lists(st.tuples(place, place), max_size=6)),
    )


def mutated(own, how):
    """The quads with some dropped, some with another value, some said of another node."""
    dropped, said, moved = how
    quads = list(own)
    for place, text in said:
        at = int(place * len(quads))
        found = QUAD.fullmatch(quads[at])
        if found and found[3].startswith('"'):
            quads[at] = f"{found[1]} {found[2]} {text} {found[4]} ."
    for place, other in moved:
        found = QUAD.fullmatch(quads[int(place * len(quads))])
        node = QUAD.fullmatch(quads[int(other * len(quads))])
        if found and node:
            quads.append(f"{node[1]} {found[2]} {found[3]} {found[4]} .")
    gone = {int(place * len(quads)) for place in dropped}
    return [q for n, q in enumerate(quads) if n not in gone]


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.oracle
@given(how=mutations())
def test_a_spoiled_standard_gives_the_results_that_pyshacl_gives(lines, how):
    own, needed = lines
    store = memory()
    store.load("\n".join([*mutated(own, how), *needed, ""]).encode())
    shapes = shacl.load_shapes(today=datetime.date(2026, 11, 24))
    assert facts(shacl.check_store(shapes, store.select)) == facts(
        shacl.check(shapes, merged(store))
    )
