"""What occupations share, asked of a store: by command, in Python, over what says the same."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import Counter

import networkx as nx
import pytest

import kps_graph
from kps_graph.errors import ModelError, ResourceError
from kps_graph.sharing import ReuseLevel, as_data, overlaps
from kps_graph.sharing import projected as stored
from kps_graph.store import USAGE, current
from tests.support.stores import built, document, write

TRADE, LOGISTICS, CUSTOMS = "KPS1420-001v2", "ZZZ4323-901v2", "ZZZ3331-905v1"
COMMANDS = {
    "shared": (),
    "pairs": ("--min", "5"),
    "nearest": (TRADE,),
    "compare": (TRADE, LOGISTICS),
    "gap": (TRADE, LOGISTICS),
    "path": (TRADE, LOGISTICS),
    "reuse": (),
    "communities": (),
    "bridges": (),
}


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def named(found):
    return {x.competency.name: x for x in found}


class TestShared:
    def test_what_says_the_same_in_other_words_is_shared(self, graph):
        identical = named(graph.shared(include="identical"))
        same = named(graph.shared())
        assert "貿易法規" not in identical
        assert same["貿易法規"].forms == ("貿易相關法規",)

    def test_no_fewer_occupations_than_asked_share_it(self, graph):
        found = graph.shared(4)
        assert found
        assert all(len(s.occupations) >= 4 for s in found)

    def test_it_agrees_with_the_query(self, graph):
        for include in ("identical", "same", "related"):
            rows = graph.rows("shared", min_occupations=2, include=include)
            found = graph.shared(2, include=include)
            assert {(r["iri"], r["occupations"]) for r in rows} == {
                (s.competency.id, len(s.occupations)) for s in found
            }, include

    def test_within_a_level_only_occupations_of_that_level_count(self, graph):
        found = graph.shared(2, by="level")
        assert found
        for row in found:
            assert {o.level for o in row.occupations} == {row.group}
        rows = graph.rows("by-level", min_occupations=2)
        assert {(r["level"], r["iri"], r["inside"], r["outside"]) for r in rows} == {
            (s.group, s.competency.id, len(s.occupations), s.elsewhere) for s in found
        }

    def test_an_occupation_without_a_level_is_of_no_level_and_counts_among_the_others(
        self, tmp_path
    ):
        stated = ("ZZZ1111-001v1", "甲員", 3), ("ZZZ1112-001v1", "乙員", 3), ("ZZZ1113-001v1", "丙員", None)  # fmt: skip
        write(tmp_path, **{c: document(c, n, level=level) for c, n, level in stated})
        built(tmp_path / "kps.store", tmp_path)
        with kps_graph.open(tmp_path / "kps.store") as graph:
            rows = graph.rows("by-level", min_occupations=1, kind="K")
            (found,) = graph.shared(1, by="level", kind="K")
        assert [(r["level"], r["inside"], r["outside"]) for r in rows] == [(3, 2, 1)]
        assert (found.group, len(found.occupations), found.elsewhere) == (3, 2, 1)

    def test_within_a_category_only_its_occupations_count(self, graph):
        found = graph.shared(2, by="category")
        assert found
        assert all(s.group in o.categories for s in found for o in s.occupations)

    def test_the_query_of_each_category_finds_the_same(self, graph):
        found = graph.shared(2, by="category")
        assert found
        for category in {s.group for s in found}:
            rows = graph.rows("by-category", category=category, min_occupations=2)
            assert {(r["iri"], r["inside"], r["outside"]) for r in rows} == {
                (s.competency.id, len(s.occupations), s.elsewhere)
                for s in found
                if s.group == category
            }, category


class TestPairs:
    def test_every_pair_that_shares_enough_is_there_as_counted_one_by_one(self, graph):
        usage = graph.usage()
        names = [o.id for o in usage.occupations]
        for include in ("identical", "same", "related"):
            usage = graph.usage(include)
            expected = {
                (a, b): n
                for i, a in enumerate(names)
                for b in names[i + 1 :]
                if (n := len(usage.reach(a).keys() & usage.reach(b).keys())) >= 5
            }
            found = {tuple(sorted((a, b))): n for a, b, n, _ in graph.pairs(5, include=include)}
            assert found == {tuple(sorted(pair)): n for pair, n in expected.items()}

    def test_of_one_kind_only_that_kind_counts(self, graph):
        attitudes = graph.usage(kind="A")
        assert {(a, b, n) for a, b, n, _ in graph.pairs(1, kind="A")} == {
            (a, b, n) for a, b, n, _ in overlaps(attitudes.pairs())
        }

    def test_they_are_as_alike_as_nearest_says(self, graph):
        alike = {frozenset((a, b)): w for a, b, _, w in graph.pairs(1)}
        for near in graph.nearest(TRADE):
            pair = frozenset((TRADE, near.occupation.id))
            assert alike[pair] == pytest.approx(near.similarity, abs=1e-5)


EMPTY = {
    ("shared", "--min", "100"): "used by 5",
    ("pairs", "--min", "99"): "at most they share 12",
    ("gap", TRADE, TRADE): "two different",
    ("path", TRADE, TRADE): "two different",
    ("reuse", "--level", "transversal"): "without --level",
    ("query", "shared", "--param", "min_occupations=100"): "nothing was found",
}


@pytest.mark.parametrize("asked", EMPTY, ids=lambda a: a[0])
def test_an_empty_answer_is_a_sentence_that_says_what_to_try(kps, example_store, asked):
    done = kps(*asked, "--store", example_store, "--lang", "en")
    assert done.code == 0
    assert len(done.out.strip().splitlines()) == 1
    assert EMPTY[asked] in done.out


def test_what_a_query_gives_is_headed_in_the_language_of_the_reader(kps, example_store):
    shown = kps("query", "shared", "--store", example_store, "--lang", "zh").out
    assert "最常用的寫法" in shown
    assert "competency" not in shown


def test_a_usage_shows_itself_in_a_line(graph):
    assert len(repr(graph.usage())) < 80


class TestNearest:
    def test_reasons_come_with_how_rare_they_are_the_rarest_first(self, graph):
        (first, *_) = graph.nearest("國際物流專員")
        assert first.occupation.id == CUSTOMS
        users = [r.used_by for r in first.reasons]
        assert users == sorted(users)
        assert [r.rarity for r in first.reasons] == sorted(
            (r.rarity for r in first.reasons), reverse=True
        )

    def test_the_query_counts_the_same_shared_competencies(self, graph):
        for include in ("identical", "same", "related"):
            rows = graph.rows("nearest", standard=TRADE, include=include)
            assert {r["code"]: r["shared"] for r in rows} == {
                n.occupation.id: len(n.reasons) for n in graph.nearest(TRADE, 99, include=include)
            }, include

    def test_a_wider_meaning_of_the_same_finds_no_less(self, graph):
        shared = [
            sum(len(n.reasons) for n in graph.nearest(LOGISTICS, include=include))
            for include in ("identical", "same", "related")
        ]
        assert shared == sorted(shared)
        assert shared[0] < shared[2]

    def test_similarity_is_between_nothing_and_all(self, graph):
        for include in ("identical", "same", "related"):
            assert all(0 < n.similarity <= 1 for n in graph.nearest(LOGISTICS, include=include))


class TestCompare:
    def test_codes_and_levels_stand_beside_what_is_shared(self, graph):
        found = named(graph.compare(TRADE, "國際物流專員").shared)
        uses = found["外語表達與溝通能力"].uses
        assert (uses[TRADE].codes, uses[TRADE].level) == (("S13",), 5)
        assert (uses[LOGISTICS].codes, uses[LOGISTICS].level) == (("S01",), 4)

    def test_a_sub_item_here_and_a_whole_element_there_are_shared(self, graph):
        found = named(graph.compare(TRADE, LOGISTICS).shared)
        assert found["國際貿易相關法規"].uses[TRADE].codes == ("K12•3",)

    def test_three_are_compared_at_once(self, graph):
        found = graph.compare(TRADE, LOGISTICS, CUSTOMS)
        assert "職業安全衛生法規" in named(found.shared)
        assert "商業發票與裝箱單" in named(found.some)
        assert set(found.only) == {TRADE, LOGISTICS, CUSTOMS}

    def test_every_competency_of_each_stands_in_one_place(self, graph):
        found = graph.compare(TRADE, LOGISTICS)
        for identity in (TRADE, LOGISTICS):
            assert {s.competency.id for s in (*found.shared, *found.only[identity])} == set(
                graph.usage().of(identity)
            )

    def test_an_occupation_is_not_compared_with_itself(self, graph):
        with pytest.raises(ModelError, match="two different"):
            graph.compare(TRADE, TRADE)


class TestGapAndPath:
    def test_what_most_tasks_need_comes_first_and_they_are_named(self, graph):
        found = graph.gap(TRADE, LOGISTICS)
        counts = [len(n.tasks) for n in found.missing]
        assert counts == sorted(counts, reverse=True)
        first = found.missing[0]
        assert first.part == len(first.tasks) / 4
        assert {u.split(".")[0] for u in first.units} == set(first.tasks)

    def test_it_agrees_with_the_query(self, graph):
        rows = graph.rows("gap", a=TRADE, b=LOGISTICS)
        assert {(r["iri"], r["tasks"], r["units"]) for r in rows} == {
            (n.competency.id, len(n.tasks), len(n.units))
            for n in graph.gap(TRADE, LOGISTICS).missing
        }

    def test_what_is_related_need_not_be_acquired(self, graph):
        same, related = (graph.gap(LOGISTICS, CUSTOMS, include=i) for i in ("same", "related"))
        assert {n.competency.id for n in related.missing} < {n.competency.id for n in same.missing}

    def test_a_path_says_what_each_step_needs_and_what_it_costs(self, graph):
        steps = graph.path("客戶服務主管", LOGISTICS)
        direct = graph.gap("客戶服務主管", LOGISTICS)
        assert (steps[0].start.name, steps[-1].goal.id) == ("客戶服務主管", LOGISTICS)
        assert [c.missing for c in steps.route.costs] == [len(s.missing) for s in steps]
        assert steps.route.total <= steps.route.direct.total
        assert steps.route.direct.missing == len(direct.missing)
        assert "客戶服務主管" in steps.explain()


class TestTheWholeStore:
    def test_every_competency_has_a_reuse_level(self, graph):
        found = graph.reuse()
        assert set(found) == {c.id for c in graph.usage().competencies}
        assert all(
            (r.used_by == 1) == (r.level is ReuseLevel.OCCUPATION_SPECIFIC) for r in found.values()
        )

    def test_the_query_counts_the_same_users_of_each_competency(self, graph):
        counted = Counter(
            (graph.usage().competency(c).kind, r.used_by) for c, r in graph.reuse().items()
        )
        assert {
            (r["type"], r["occupations"]): r["competencies"] for r in graph.rows("reuse")
        } == counted

    @pytest.mark.parametrize("of", ["occupation", "competency"])
    def test_communities_are_named_by_their_members(self, graph, of):
        usage = graph.usage()
        names = {x.id: x.name for x in (*usage.occupations, *usage.competencies)}
        found = graph.communities(of)
        assert len(found) > 1
        for group in found:
            assert names[group.members[0]] in group.name
            assert group.telling

    def test_bridges_have_users_in_several_communities(self, graph):
        assert all(len(b.users) > 1 for b in graph.bridges())

    def test_networks_are_networkx_graphs(self, graph):
        uses, near = graph.network(), graph.network("occupations", 3)
        assert nx.is_bipartite(uses)
        assert min(d["shared"] for *_, d in near.edges(data=True)) >= 3
        assert near.nodes[TRADE]["label"] == "貿易經理"

    def test_rows_go_to_a_data_frame(self, graph):
        pytest.importorskip("pandas", reason="the extra data is not installed")
        frame = graph.nearest(TRADE).to_frame()
        assert list(frame.columns) == [
            *("code", "name", "similarity", "shared", "reasons", "reasons_used_by")
        ]


class TestNames:
    @pytest.mark.parametrize("given", ["ZZZ4323-901v2", "ZZZ4323-901", "國際物流專員"])
    def test_an_occupation_is_named_by_code_series_or_name(self, graph, given):
        assert graph.identity(given) == LOGISTICS

    def test_a_name_that_two_have_is_refused_with_both_codes(self, tmp_path):
        write(tmp_path, a=document("ZZZ1111-001v2", "甲員"), b=document("ZZZ2222-001v1", "甲員"))
        built(tmp_path / "store", tmp_path / "a.json", tmp_path / "b.json")
        with (
            kps_graph.open(tmp_path / "store") as opened,
            pytest.raises(ResourceError, match="several standards") as caught,
        ):
            opened.identity("甲員")
        assert all(code in str(caught.value) for code in ("ZZZ1111-001v2", "ZZZ2222-001v1"))

    @pytest.mark.parametrize("given", ["貿易法規", "貿易相關法規", "K:貿易法規"])
    def test_a_competency_is_named_by_any_of_its_forms(self, graph, given):
        assert graph.competency(given).name == "貿易法規"

    def test_an_unknown_competency_is_met_with_what_may_have_been_meant(self, graph):
        with pytest.raises(ResourceError, match="did you mean"):
            graph.competency("外語溝通")


class TestReplacedVersions:
    @pytest.fixture
    def store(self, tmp_path):
        old = {
            "version": "V1",
            "code": "ZZZ1111-001v1",
            "name": "甲員",
            "status": "歷史版本",
            "replacedBy": "ZZZ1111-001v2",
        }
        write(
            tmp_path,
            a=document("ZZZ1111-001v1", "甲員", versions=[old]),
            b=document("ZZZ1111-001v2", "甲員"),
            c=document("ZZZ2222-001v1", "乙員"),
        )
        built(tmp_path / "store", *(tmp_path / f"{n}.json" for n in "abc"))
        return tmp_path / "store"

    def test_a_replaced_version_counts_for_nothing(self, store):
        with kps_graph.open(store) as opened:
            found = opened.nearest("ZZZ2222-001v1")
        assert [n.occupation.id for n in found] == ["ZZZ1111-001v2"]

    def test_it_can_still_be_asked_about(self, store):
        with kps_graph.open(store) as opened:
            assert opened.nearest("ZZZ1111-001v1")
            assert opened.compare("ZZZ1111-001v1", "ZZZ1111-001v2").shared


class TestTheKeptProjection:
    def test_the_first_question_keeps_it_and_the_next_reads_it(self, example_store, tmp_path):
        store = tmp_path / "store"
        shutil.copytree(example_store, store)
        beside = current(store).beside
        (beside.folder / USAGE.name).unlink(missing_ok=True)
        with kps_graph.open(store) as opened:
            first = opened.usage()
            assert (
                beside.read(USAGE) == stored.project(opened.store, opened.manifest.base).to_lines()
            )
        with kps_graph.open(store) as opened:
            assert opened.usage() == first

    def test_a_build_that_compares_names_keeps_it_for_the_first_question(self, tmp_path):
        write(tmp_path, a=document("ZZZ1111-001v2", "甲員"))
        built(tmp_path / "store", tmp_path / "a.json")
        beside = current(tmp_path / "store").beside
        with kps_graph.open(tmp_path / "store") as opened:
            assert (
                beside.read(USAGE) == stored.project(opened.store, opened.manifest.base).to_lines()
            )

    @pytest.mark.parametrize(
        "damage",
        [lambda content: b"", lambda content: content[:-9], lambda content: content[9:]],
        ids=["emptied", "cut off", "without its head"],
    )
    def test_a_damaged_one_is_read_anew(self, example_store, tmp_path, damage):
        store = tmp_path / "store"
        shutil.copytree(example_store, store)
        with kps_graph.open(store) as opened:
            shared = list(opened.shared(4))
        path = current(store).path / USAGE.name
        whole = path.read_bytes()
        path.write_bytes(damage(whole))
        with kps_graph.open(store) as opened:
            assert list(opened.shared(4)) == shared
        assert path.read_bytes() == whole

    def test_a_build_leaves_nothing_stale(self, tmp_path):
        write(tmp_path, a=document("ZZZ1111-001v2", "甲員"))
        built(tmp_path / "store", tmp_path / "a.json")
        with kps_graph.open(tmp_path / "store") as opened:
            assert not opened.shared()
        write(tmp_path, b=document("ZZZ2222-001v1", "乙員"))
        built(tmp_path / "store", tmp_path / "a.json", tmp_path / "b.json")
        with kps_graph.open(tmp_path / "store") as opened:
            assert "風險管理" in named(opened.shared())


@pytest.mark.parametrize("command", COMMANDS)
class TestEveryCommand:
    def ask(self, kps, store, command, *more):
        result = kps(command, *COMMANDS[command], "--store", store, *more)
        assert result.code == 0, result.err
        return result.out

    def test_python_answers_the_same(self, kps, example_store, graph, command):
        given = {"shared": (2,), "pairs": (5,)}.get(command, COMMANDS[command])
        answer = getattr(graph, command)(*given)
        said = json.loads(self.ask(kps, example_store, command, "-f", "json"))
        data = json.loads(json.dumps(as_data(answer, graph.usage())))
        assert said == {"slice": "", "standards": 6, "of": 6, "answers": data}

    def test_formats_hold_the_same_rows(self, kps, example_store, command):
        rows = list(csv.DictReader(io.StringIO(self.ask(kps, example_store, command, "-f", "csv"))))
        tsv = self.ask(kps, example_store, command, "-f", "tsv").splitlines()
        lines = self.ask(kps, example_store, command, "-f", "markdown").splitlines()
        assert rows
        assert len(rows) == len(tsv) - 1 == len(lines) - 2

    def test_a_table_has_headings_in_the_language_asked_for(self, kps, example_store, command):
        heading = {
            "nearest": ("名稱", "name"),
            "communities": ("名稱", "name"),
            "pairs": ("另一代碼", "other"),
            "path": ("需要，任務多者先", "needs, most tasks first"),
        }.get(command, ("職能", "competency"))
        for lang, word in zip(("zh", "en"), heading, strict=True):
            assert word in self.ask(kps, example_store, command, "--lang", lang)

    def test_a_table_says_how_many_rows_it_leaves_out(self, kps, example_store, command):
        result = kps(command, *COMMANDS[command], "--store", example_store, "--lang", "en")
        asked = self.ask(kps, example_store, command, "-f", "csv")
        count = len(list(csv.reader(io.StringIO(asked)))) - 1
        assert (f"{count - 30} more rows" in result.err) == (count > 30)

    def test_each_meaning_of_the_same_is_answered(self, kps, example_store, command):
        for include in ("identical", "same", "related"):
            assert self.ask(kps, example_store, command, "--include", include)

    def test_an_unknown_meaning_of_the_same_is_refused(self, kps, example_store, command):
        result = kps(command, *COMMANDS[command], "--store", example_store, "--include", "like")
        assert (result.code, result.out) == (2, "")
        assert "'like' is not one of" in result.err


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("nearest", "國際物流"), "did you mean 國際物流專員"),
        (("nearest", ""), "the store holds no standard ''"),
        (("export", "occupations", "-o", "x.ods"), "a network is written as .graphml, .gexf, .csv"),
        (("gap", TRADE, "ZZZ4323-902v1"), "ZZZ4323-901v2"),
        (("path", "市場分析師", TRADE), "did you mean"),
        (("compare", TRADE), "at least two"),
        (("shared", "--in", "levle=5"), "did you mean level=?"),
        (("shared", "--in", "level=6"), "each criterion alone has: level=6: 0"),
        (("draw", "map", TRADE, "-o", "x.svg"), "name none"),
        (("draw", "overlap", TRADE, "-o", "x.svg"), "at least two different"),
        (("draw", "competency", "-o", "x.svg"), "name one competency"),
        (("draw", "competency", "外語溝通", "-o", "x.svg"), "did you mean"),
        (("draw", TRADE, LOGISTICS, "-o", "x.svg"), "overlap, map or competency"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, tuple) else "",
)
def test_a_slip_is_met_with_what_may_have_been_meant(
    kps, example_store, tmp_path, monkeypatch, given, message
):
    monkeypatch.chdir(tmp_path)
    result = kps(*given, "--store", example_store)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["svg", "html"])
@pytest.mark.parametrize(
    "what",
    [("map",), ("overlap",), ("overlap", TRADE, LOGISTICS), ("competency", "個人資料保護法規")],
    ids=" ".join,
)
def test_draw_writes_what_occupations_share(kps, example_store, tmp_path, what, ending):
    out = tmp_path / f"x.{ending}"
    assert kps("draw", *what, "-o", out, "--store", example_store).code == 0
    text = out.read_text("utf-8")
    assert "貿易經理" in text
    assert "國際物流專員" in text


def test_trace_lists_where_the_same_is_said_in_other_words(kps, example_store):
    shown = kps("trace", "S13", "--standard", TRADE, "--store", example_store).out
    assert "跨境電商行銷人員 S02（外語表達與溝通技巧）" in shown
    exact = kps(
        "trace", "S13", "--standard", TRADE, "--store", example_store, "--include", "identical"
    ).out
    assert "國際物流專員 S01" in exact
    assert "跨境電商行銷人員" not in exact
