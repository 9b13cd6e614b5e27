"""A store knows its alignment: queries answer over what says the same, and decisions stay."""

from __future__ import annotations

import json
import signal

import pytest

from kps_graph import open as open_store
from kps_graph.align import Decision, Label, write_decisions
from kps_graph.aligned.materialise import apply
from kps_graph.aligned.names import names_in, related, representatives
from kps_graph.errors import SourceError
from kps_graph.store import current
from kps_graph.terms import concept_iri, graph_iri, kps, skos
from tests.support.stores import built, content, document, manifest, opened, write

#: 風險管理 and 風險管理概念 say the same, 風險管理實務 is related to both.
ONE = document("ZZZ1111-001v1", "甲員", ("風險管理", "統計學"))
TWO = document("ZZZ2222-002v1", "乙員", ("風險管理概念", "個人資料保護法"))
THREE = document("ZZZ3333-003v1", "丙員", ("風險管理", "公司風險管理制度"))
RISK, NOTION, SYSTEM = (
    concept_iri("K", t) for t in ("風險管理", "風險管理概念", "公司風險管理制度")
)
APART = [Decision("K", "風險管理概念", "K", "風險管理", Label.DIFFERENT, "林")]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "documents"
    made.mkdir()
    write(made, a=ONE, b=TWO, c=THREE)
    return made


@pytest.fixture
def store(tmp_path, folder):
    path = tmp_path / "kps.store"
    built(path, folder)
    return path


def decided(folder, decisions):
    path = folder.parent / "decisions.sssom.tsv"
    path.write_text(write_decisions(decisions), encoding="utf-8")
    return path


def match_of(store, a, b):
    """The match of two competencies, whichever comes first: what it says of itself."""
    rows = opened(store).select(
        f"SELECT ?method ?score ?status ?relation {{ ?m a <{kps.Match}> ; "
        f"<{kps.matchMethod}> ?method ; <{kps.matchScore}> ?score ; <{kps.matchStatus}> ?status . "
        f"{{ ?m <{kps.matchSubject}> <{a}> ; <{kps.matchObject}> <{b}> }} UNION "
        f"{{ ?m <{kps.matchSubject}> <{b}> ; <{kps.matchObject}> <{a}> }} "
        f"OPTIONAL {{ GRAPH <{graph_iri('matches')}> {{ <{a}> ?one <{b}> }} }} "
        f"OPTIONAL {{ GRAPH <{graph_iri('matches')}> {{ <{b}> ?other <{a}> }} }} "
        f'BIND(STRAFTER(STR(COALESCE(?one, ?other)), "#") AS ?relation) }}'
    )
    return rows.to_dicts()


# -- what stands in the store ----------------------------------------------------------------


def test_every_competency_has_a_representative_and_the_most_used_is_its_own(store):
    found = representatives(opened(store))
    concepts = {r["c"] for r in opened(store).select(f"SELECT ?c {{ ?c a <{kps.Competency}> }}")}
    assert found.keys() == concepts
    assert (found[RISK], found[NOTION]) == (RISK, RISK)
    assert all(found[r] == r for r in found.values())


def test_a_link_says_how_it_was_found_and_how_sure_it_is(store):
    (found,) = match_of(store, RISK, NOTION)
    assert (found["method"], found["status"], found["relation"]) == (
        "canonical",
        "proposed",
        "closeMatch",
    )
    assert float(found["score"]) == 0.98


def test_related_competencies_are_known_both_ways(store):
    found = related(opened(store))
    assert SYSTEM in found[RISK]
    assert RISK in found[SYSTEM]


def test_what_says_the_same_counts_as_one_in_queries(store):
    with open_store(store) as graph:

        def occupations(**options):
            rows = graph.rows("shared", kind="K", min_occupations=3, **options)
            return {r["competency"]: r["occupations"] for r in rows}

        assert occupations() == {"風險管理": 3}
        assert occupations(include="identical") == {}


def test_there_is_no_blank_node(store):
    assert not [quad for quad in content(store) if "_:" in quad]


def test_an_element_with_items_is_compared_as_heading_and_items(store, folder):
    laws = {"code": "K1", "name": "相關法規", "items": ["民法", "公司法"]}
    data = json.loads(document("ZZZ4444-004v1", "丁員"))
    write(folder, d=json.dumps({**data, "knowledge": [laws]}))
    built(store, folder)
    texts = {
        n.text for n in names_in(opened(store)) if (n.standard, n.kind) == ("ZZZ4444-004v1", "K")
    }
    assert texts == {"相關法規\n民法\n公司法", "民法", "公司法"}
    iri = concept_iri("K", "相關法規\n民法\n公司法")
    assert representatives(opened(store))[iri] == iri


def test_without_matching_each_competency_stands_for_itself(store, folder):
    built(store, folder, align=False)
    found = representatives(opened(store))
    assert found
    assert all(c == r for c, r in found.items())
    with open_store(store) as graph:
        assert (
            graph.rows("shared", kind="K").to_dicts()
            == graph.rows("shared", kind="K", include="identical").to_dicts()
        )
    built(store, folder)
    assert representatives(opened(store))[NOTION] == RISK


def test_a_build_interrupted_while_it_aligns_keeps_what_it_read(store, folder):
    def interrupting(done, total, stage):
        if stage == "align":
            signal.raise_signal(signal.SIGINT)

    write(folder, d=document("ZZZ4444-004v1", "丁員"))
    assert built(store, folder, progress=interrupting).interrupted
    with open_store(store) as graph:
        assert "ZZZ4444-004v1" in graph.identities()
    assert representatives(opened(store))[NOTION] == NOTION
    assert not built(store, folder).interrupted
    assert representatives(opened(store))[NOTION] == RISK


# -- decisions -------------------------------------------------------------------------------


def test_a_rejected_pair_is_recorded_and_shares_no_cluster(store, folder):
    apply(store, decided(folder, APART))
    assert representatives(opened(store))[NOTION] == NOTION
    (found,) = match_of(store, RISK, NOTION)
    assert (found["status"], found["relation"]) == ("rejected", None)


def test_a_confirmed_pair_is_an_exact_match(store, folder):
    apply(store, decided(folder, [Decision("K", "統計學", "K", "風險管理", Label.SAME)]))
    (found,) = match_of(store, RISK, concept_iri("K", "統計學"))
    assert (found["method"], found["status"], found["relation"]) == (
        "curated",
        "confirmed",
        "exactMatch",
    )


@pytest.mark.parametrize("rebuild", [False, True])
def test_decisions_outlive_builds(store, folder, rebuild):
    apply(store, decided(folder, APART))
    write(folder, d=document("ZZZ4444-004v1", "丁員"))
    built(store, folder, rebuild=rebuild)
    assert representatives(opened(store))[NOTION] == NOTION


@pytest.mark.sweep
def test_decisions_outlive_their_file(store, folder):
    file = decided(folder, APART)
    apply(store, file)
    file.unlink()
    built(store, folder, rebuild=True)
    assert representatives(opened(store))[NOTION] == NOTION


def test_a_file_of_decisions_is_read_again_when_it_changes(store, folder):
    file = decided(folder, APART)
    built(store, folder, decisions=file)
    file.write_text(write_decisions([]), encoding="utf-8")
    built(store, folder)
    assert representatives(opened(store))[NOTION] == RISK


def test_a_stale_decision_is_a_finding_of_the_build(store, folder):
    gone = decided(folder, [Decision("K", "風險管理", "K", "不在此處", Label.SAME)])
    result = built(store, folder, decisions=gone)
    assert [f.rule for f in result.findings] == ["M01"]
    assert result.findings[0].span.line


def test_a_broken_file_of_decisions_stops_the_build_before_anything_is_read(store, folder):
    before = current(store).path
    broken = folder.parent / "broken.tsv"
    broken.write_text("not\tdecisions\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lack the columns"):
        built(store, folder, decisions=broken)
    assert current(store).path == before


def test_to_apply_again_changes_nothing(store):
    before = content(store)
    apply(store)
    assert content(store) == before


@pytest.mark.sweep
def test_the_same_texts_make_the_same_links_in_any_order(store, folder, tmp_path):
    other = tmp_path / "other.store"
    built(other, folder / "c.json")
    built(other, folder)
    assert content(other) == content(store)


def test_a_link_goes_with_the_text_that_made_it(store, folder):
    write(folder, b=None)
    built(store, folder, prune=True)
    assert NOTION not in representatives(opened(store))
    assert not [q for q in content(store) if NOTION in q]
    assert f"<{skos.closeMatch}>" not in "".join(content(store))


class TestAfterASmallChange:
    """Names are compared again when many standards have changed; till then what is known counts."""

    #: Of three standards, one is few.
    FEW = 0.4

    def uses(self, store, code):
        return {
            str(r["r"])
            for r in opened(store).select(
                f"SELECT ?r {{ ?s <{skos.notation}> '{code}' ; <{kps.usesRepresentative}> ?r }}"
            )
        }

    def test_what_is_known_is_found_at_once(self, folder, store):
        write(folder, c=document("ZZZ3333-003v1", "丙員", ("風險管理概念", "統計學")))
        made = built(store, folder, few=self.FEW)
        assert made.manifest.aligned.pending == 1
        assert self.uses(store, "ZZZ3333-003v1") >= {RISK, concept_iri("K", "統計學")}

    def test_what_is_worded_newly_stands_for_itself_till_names_are_compared(self, folder, store):
        write(folder, c=document("ZZZ3333-003v1", "丙員", ("風險管理知識", "統計學")))
        built(store, folder, few=self.FEW)
        new = concept_iri("K", "風險管理知識")
        assert representatives(opened(store))[new] == new
        apply(store)
        assert representatives(opened(store))[new] == RISK
        assert manifest(store).aligned.pending == 0

    def test_what_is_gone_is_gone_from_the_alignment(self, folder, store):
        write(folder, c=document("ZZZ3333-003v1", "丙員", ("統計學",)))
        built(store, folder, few=self.FEW)
        held = content(store)
        assert not any(
            SYSTEM in line
            for line in held
            if "/graph/matches>" in line or "/graph/alignment>" in line
        )

    def test_when_a_competency_is_gone_that_stands_for_others_all_are_compared(
        self, tmp_path, folder
    ):
        write(
            folder,
            a=document("ZZZ1111-001v1", "甲員", ("統計學",)),
            c=None,
            d=document("ZZZ4444-004v1", "丁員", ("風險管理概念",)),
            e=document("ZZZ5555-005v1", "戊員", ("風險管理概念", "風險管理知識")),
        )
        store = tmp_path / "other.store"
        built(store, folder, few=self.FEW)
        star = representatives(opened(store))[NOTION]
        assert star == NOTION
        write(
            folder,
            b=document("ZZZ2222-002v1", "乙員", ("統計學",)),
            d=document("ZZZ4444-004v1", "丁員", ("統計學",)),
        )
        write(folder, e=document("ZZZ5555-005v1", "戊員", ("風險管理知識",)))
        made = built(store, folder, few=1.0)
        assert made.manifest.aligned.pending == 0
        new = concept_iri("K", "風險管理知識")
        assert representatives(opened(store))[new] == new

    def test_new_decisions_are_applied_at_once(self, folder, store):
        write(folder, c=document("ZZZ3333-003v1", "丙員", ("統計學",)))
        made = built(store, folder, few=self.FEW, decisions=decided(folder, APART))
        assert made.manifest.aligned.pending == 0
        assert representatives(opened(store))[NOTION] == NOTION
