"""Versions and changes of a store: what came out when, and how the new graph comes of the old."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

import kps_graph as kps
from kps_graph.errors import BadParameter, SourceError
from kps_graph.exports.events import atom, json_lines, patch_of
from kps_graph.graph.history import decisions_in
from kps_graph.rdf.patch import replayed
from kps_graph.store.digest import digest
from kps_graph.terms import standard_iri
from kps_graph.words import Language
from tests.support.stores import built, document, write

OLD, NEW = "ZZZ1111-001v2", "ZZZ1111-001v4"


def row(label, code, name, date, status="歷史版本", replaced_by=None):
    return {
        "version": label,
        "code": code,
        "name": name,
        "status": status,
        "updateNote": "略",
        "date": date,
        **({"replacedBy": replaced_by} if replaced_by else {}),
    }


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    v1, v2 = (
        row("V1", "ZZZ1111-001", "貿易專員", "2015/12/31"),
        row("V2", OLD, "貿易經理", "2018/12/21"),
    )
    v4 = row("V4", NEW, "國際貿易主管", "2024/05/02", "最新版本")
    write(
        folder,
        old=document(OLD, "貿易經理", ("風險管理", "統計"), versions=[v2, v1]),
        new=document(NEW, "國際貿易主管", ("風險管理", "法規", "統計學"), versions=[v4, v2, v1]),
        other=document("ZZZ2222-002v1", "丙員"),
    )
    built(folder / "kps.store", folder)
    with kps.open(folder / "kps.store") as opened:
        yield opened


def test_a_series_is_followed_through_codes_and_names(graph):
    for asked in (OLD, "國際貿易主管"):
        found = graph.versions(asked).rows().to_dicts()
        assert [(r["code"], r["name"], r["date"], r["held"]) for r in found] == [
            ("ZZZ1111-001", "貿易專員", "2015-12-31", False),
            (OLD, "貿易經理", "2018-12-21", True),
            (NEW, "國際貿易主管", "2024-05-02", True),
        ]


def test_any_version_can_be_asked_for_and_keeps_its_iri(graph):
    for code, name in ((OLD, "貿易經理"), (NEW, "國際貿易主管")):
        assert graph.standard(code).name == name
        assert graph.query(f"ASK {{ <{standard_iri(code)}> a kps:Standard }}") is True


def test_changes_are_those_of_the_years_asked_for(graph):
    assert [e.version.code for e in graph.changes(since="2018", until="2018-12")] == [OLD]
    (event,) = graph.changes(since="2024")
    assert (event.before.code, event.version.code) == (OLD, NEW)
    counts = event.difference.counts()
    assert counts["new"] > 0
    assert counts["kept"] > 0
    # what has no date came out at no time that could be asked for, and is there without one
    assert "丙員" in {e.version.name for e in graph.changes()}
    with pytest.raises(BadParameter):
        graph.changes(since="last year")


def test_replaying_an_event_on_the_old_graph_gives_the_new_one(graph):
    (line,) = json_lines(graph.changes(since="2024")).splitlines()
    patch = patch_of(line)
    old, new = (graph.store.dump(standard_iri(code)) for code in (OLD, NEW))
    assert digest(replayed(patch, old)) == digest(new)
    assert digest(old) != digest(new)
    # it says what differs and not the whole graph
    assert len(patch.added) < len(new.splitlines())
    with pytest.raises(ValueError, match="lacks"):
        replayed(patch, new.replace(b"<" + standard_iri(NEW).encode(), b"<x:"))


def test_json_lines_hold_what_became_of_every_part(graph):
    first, *_, last = map(json.loads, json_lines(graph.changes("貿易經理")).splitlines())
    assert (first["replaces"], first["patch"]) == (None, None)
    assert last["replaces"]["code"] == OLD
    assert {c["status"] for c in last["changes"]} >= {"new", "reworded"}
    assert sum(last["counts"].values()) == last["counts"]["kept"] + len(last["changes"])


@pytest.mark.parametrize("lang", list(Language))
def test_a_feed_has_an_entry_for_each_event(graph, lang):
    feed = ET.fromstring(atom(graph.changes("貿易經理"), graph.base, lang))
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = feed.findall("a:entry", space)
    assert [e.find("a:updated", space).text[:4] for e in entries] == ["2024", "2018", "2015"]
    assert entries[0].find("a:id", space).text == standard_iri(NEW)
    for required in ("id", "title", "updated"):
        assert feed.find(f"a:{required}", space).text


def test_decisions_come_from_a_table(graph, tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text(f"old,new,decision\n{NEW},ZZZ2222-002v1,same\n", "utf-8")
    assert len(graph.versions("丙員", decisions=decisions_in(path))) == 4
    path.write_text(f"old,new,decision\n{NEW},ZZZ2222-002v1,perhaps\n", "utf-8")
    with pytest.raises(SourceError):
        decisions_in(path)
