"""What occupations share, asked of a small usage whose answers can be counted by hand."""

import math
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from statistics import mean
from unittest import mock

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph import sharing
from kps_graph.errors import BadParameter, ModelError
from kps_graph.exports.graphml import graphml
from kps_graph.exports.pictures.positions import positions
from kps_graph.model import Attitude, Element, Indicator, Item, Output, Standard, Unit
from kps_graph.rdf import triples
from kps_graph.sharing import (
    Competency,
    Occupation,
    Prices,
    ReuseLevel,
    Thresholds,
    Usage,
    Use,
    backbone,
    bridges,
    centrality,
    communities,
    compare,
    gap,
    nearest,
    neighbourhood,
    overlaps,
    partition,
    projection,
    reuse,
    route,
    standard_network,
    steps,
    usage_network,
)
from kps_graph.terms import DEFAULT_BASE, kps
from kps_graph.words import Language
from tests.support.generate import standards
from tests.support.standards import corpus_standards
from tests.support.usage import usage_of

TRADE = Standard(
    "ZZZ0000-001v1",
    "貿易專員",
    level=4,
    tasks=(
        Unit(
            "T1",
            "接單",
            level=4,
            knowledge=("K1",),
            units=(
                Unit(
                    "T1.1",
                    "報價",
                    skills=("S1",),
                    outputs=(Output("O1.1.1", "報價單"),),
                    indicators=(Indicator("P1.1.1", "算出價格", level=5, knowledge=("K9",)),),
                ),
                Unit("T1.2", "簽約", level="34"),
            ),
        ),
        Unit("T2", "出貨", skills=("S1",)),
    ),
    knowledge=(Element("K1", "國貿條規", (Item("FOB"), Item("CIF"))), Element(None, "匯率")),
    skills=(Element("S1", "外語能力"), Element("S1", "談判能力")),
    attitudes=(Attitude("A01", "謹慎細心"),),
)


def tasks_of(units):
    """The tasks that units of work belong to: T1 for T1.1."""
    return tuple(dict.fromkeys(u.split(".")[0] for u in units))


def usage(table, levels=None, units=None):
    """Occupations (with the letter of their sector) by the competencies that they use."""
    things = sorted({c for used in table.values() for c in used})
    return Usage(
        tuple(
            Occupation(name, f"職業{name}", categories=(f"{name[0]}XX",), units=4, tasks=2)
            for name in table
        ),
        tuple(Competency(c, f"職能{c}", "K" if c[0] == "k" else "S") for c in things),
        tuple(
            Use(name, c, (levels or {}).get((name, c)), found, tasks_of(found))
            for name, used in table.items()
            for c in used
            for found in ((units or {}).get((name, c), ()),)
        ),
    )


SMALL = usage(
    {
        "A1": ["k1", "k2", "s1"],
        "A2": ["k1", "k2", "s1"],
        "A3": ["k1", "s1"],
        "B1": ["k3", "s1"],
        "B2": ["k3", "s1", "s2"],
        "C1": ["s1", "s3"],
    }
)


def by_hand(uses, least):
    """How many things each pair of users shares, by looking at every pair."""
    used = {}
    for user, thing in uses:
        used.setdefault(user, set()).add(thing)
    shared = {pair: len(used[pair[0]] & used[pair[1]]) for pair in combinations(used, 2)}
    return {frozenset(pair): n for pair, n in shared.items() if n >= least}


def counted(pairs):
    return {frozenset((a, b)): shared for a, b, shared, _ in pairs}


#: Codes that are spelled as the second use of another, and units without one.
TANGLED = Standard(
    "ZZZ0000-001v1",
    "亂碼員",
    tasks=(Unit(None, "甲", units=(Unit(None, "乙", knowledge=("K1~2", "K1~3", "K9")),)),),
    knowledge=(Element("K1", "一"), Element("K1", "二"), Element("K1~2", "三")),
)


def move(usage, start, goal, **more):
    """The steps from one occupation to another."""
    return steps(usage, route(usage, start, goal, **more))


class TestTheNetworkOfAStandard:
    graph = standard_network(TRADE, "ZZZ0000-001v1")

    def related(self, relation):
        return sorted(
            (a.partition("/")[2], b.partition("/")[2])
            for a, b, r in self.graph.edges(data="relation")
            if r == relation
        )

    def test_nodes_are_named_as_their_iris_below_the_base(self):
        assert "ZZZ0000-001v1/T1.1" in self.graph
        assert "ZZZ0000-001v1/K1/items/2" in self.graph

    def test_a_node_says_what_it_is(self):
        assert self.graph.nodes["ZZZ0000-001v1/T1"] == {
            "kind": "task",
            "code": "T1",
            "label": "接單",
            "level": 4,
        }

    def test_k_and_s_stand_where_the_document_attaches_them(self):
        assert self.related("requiresKnowledge") == [("P1.1.1", "undefined/K9"), ("T1", "K1")]
        assert self.related("requiresSkill") == [("T1.1", "S1"), ("T2", "S1")]

    def test_units_outputs_and_indicators_hang_below_their_units(self):
        assert self.related("hasActivity") == [("T1", "T1.1"), ("T1", "T1.2")]
        assert self.related("hasOutput") == [("T1.1", "O1.1.1")]
        assert self.related("hasIndicator") == [("T1.1", "P1.1.1")]

    def test_what_is_referred_to_and_not_defined_is_a_node_without_a_label(self):
        node = self.graph.nodes["ZZZ0000-001v1/undefined/K9"]
        assert (node["kind"], node["code"], node["label"]) == ("knowledge", "K9", "")

    @pytest.mark.parametrize("standard", [TRADE, TANGLED], ids=["trade", "tangled"])
    def test_its_nodes_are_named_as_their_iris_are(self, standard):
        made = standard_network(standard, "ZZZ0000-001v1")
        stated = {
            subject[1:-1].removeprefix(DEFAULT_BASE)
            for subject, _, _ in triples(standard, "ZZZ0000-001v1")
        }
        defined = {name for name, data in made.nodes(data=True) if data["label"]}
        assert defined <= stated
        needed = {
            o[1:-1].removeprefix(DEFAULT_BASE)
            for _, p, o in triples(standard, "ZZZ0000-001v1")
            if p[1:-1] in (kps.requiresKnowledge, kps.requiresSkill)
        }
        assert {
            b for a, b, data in made.edges(data=True) if data["relation"].startswith("requires")
        } == needed

    def test_a_code_that_stands_twice_makes_two_nodes(self):
        labels = [self.graph.nodes[f"ZZZ0000-001v1/{n}"]["label"] for n in ("S1", "S1~2")]
        assert labels == ["外語能力", "談判能力"]

    def test_an_element_without_a_code_is_named_by_its_position(self):
        assert self.graph.nodes["ZZZ0000-001v1/knowledge/2"]["code"] is None

    @given(standards())
    def test_every_part_of_any_standard_is_a_node(self, standard):
        graph = standard_network(standard, "x")
        parts = 1 + len(standard.knowledge) + len(standard.skills) + len(standard.attitudes)
        parts += sum(len(e.items) for e in standard.knowledge + standard.skills)
        parts += sum(1 + len(u.outputs) + len(u.indicators) for u in standard.units())
        undefined = [n for n in graph if not graph.nodes[n]["label"]]
        assert len(graph) - len(undefined) == parts


class TestWhoUsesWhat:
    made = usage_of({"a": TRADE})

    def use(self, name):
        competency = next(c for c in self.made.competencies if c.name == name)
        return self.made.of("a")[competency.id]

    def test_units_inherit_what_their_task_needs(self):
        assert self.use("國貿條規").units == ("T1.1", "T1.2")

    def test_units_without_parts_count_as_units_of_work(self):
        assert self.made.occupation("a").units == 3
        assert self.use("外語能力").units == ("T1.1", "T2")

    def test_the_level_is_the_highest_known_one_of_the_units_that_need_it(self):
        assert self.use("外語能力").level == 4

    def test_equal_texts_meet_whatever_their_codes(self):
        other = Standard("x", "x", knowledge=(Element("K7", "匯率"),))
        both = usage_of({"a": TRADE, "b": other})
        shared = [c.name for c in both.competencies if len(both.by(c.id)) == 2]
        assert shared == ["匯率"]

    def test_the_same_competency_under_two_codes_is_used_once(self):
        twice = Standard(
            "x",
            "x",
            knowledge=(Element("K1", "會計"), Element("K2", "會計")),
            tasks=(Unit("T1", "t", knowledge=("K1",)), Unit("T2", "t", knowledge=("K2",))),
        )
        (use,) = usage_of({"x": twice}).uses
        assert use.units == ("T1", "T2")

    @pytest.mark.parametrize(
        "uses", [(Use("nobody", "k"),), (Use("a", "nothing"),), (Use("a", "k"), Use("a", "k"))]
    )
    def test_a_use_of_something_unlisted_or_stated_twice_cannot_exist(self, uses):
        with pytest.raises(ModelError):
            Usage((Occupation("a", "a"),), (Competency("k", "k", "K"),), uses)

    def test_a_kind_can_be_looked_at_alone(self):
        assert {c.kind for c in SMALL.only("S").competencies} == {"S"}

    def test_what_fewer_use_is_rarer(self):
        assert SMALL.rarity("k3") == pytest.approx(math.log(7 / 2))
        assert SMALL.rarity("k3") > SMALL.rarity("s1") > 0


class TestOverlaps:
    def test_every_pair_that_shares_something_is_there_once(self):
        found = {(a, b): shared for a, b, shared, _ in overlaps(SMALL.pairs())}
        assert found[("A1", "A2")] == 3
        assert found[("A1", "C1")] == 1
        assert len(found) == 15

    def test_pairs_that_share_too_little_are_left_out(self):
        found = {(a, b) for a, b, _, _ in overlaps(SMALL.pairs(), min_shared=2)}
        assert found == {("A1", "A2"), ("A1", "A3"), ("A2", "A3"), ("B1", "B2")}

    @pytest.mark.parametrize(
        ("weight", "expected"),
        [
            ("count", 2),
            ("jaccard", 2 / 3),
            (
                "rarity",
                (math.log(7 / 2) + math.log(7 / 6))
                / (math.log(7 / 2) + math.log(7 / 6) + math.log(7)),
            ),
        ],
    )
    def test_a_pair_weighs_what_the_measure_says(self, weight, expected):
        found = {(a, b): w for a, b, _, w in overlaps(SMALL.pairs(), weight=weight)}
        assert found[("B1", "B2")] == pytest.approx(expected, abs=1e-6)

    @given(
        st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("klmnopqrst"))),
        st.integers(1, 3),
    )
    def test_every_pair_is_found_that_shares_enough_and_no_other(self, pairs, least):
        assert counted(overlaps(pairs, least, "count")) == by_hand(pairs, least)

    @given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("klmnopqrst"))))
    def test_it_makes_no_difference_how_much_is_looked_at_at_once(self, pairs):
        whole = overlaps(pairs)
        with mock.patch("kps_graph.sharing.overlap.BLOCK", 3):
            assert overlaps(pairs) == whole

    def test_the_projection_is_the_same_as_a_graph(self):
        graph = projection(SMALL.pairs(), min_shared=2, labels={"A1": "甲"})
        assert graph.nodes["A1"]["label"] == "甲"
        assert graph.edges["B1", "B2"]["shared"] == 2
        assert "C1" in graph


class TestNearest:
    def test_rare_shared_competencies_count_for_more_than_common_ones(self):
        found = nearest(SMALL, "B2")
        assert found[0].occupation.id == "B1"
        assert found[0].similarity > found[1].similarity

    def test_the_reasons_come_rarest_first(self):
        reasons = nearest(SMALL, "A1", 1)[0].reasons
        assert [(r.competency.id, r.used_by) for r in reasons] == [("k2", 2), ("k1", 3), ("s1", 6)]

    def test_the_same_profile_is_as_near_as_can_be(self):
        assert nearest(SMALL, "A1", 1)[0].similarity == pytest.approx(1)

    def test_similarity_is_the_weight_of_the_projection(self):
        weights = {frozenset((a, b)): w for a, b, _, w in overlaps(SMALL.pairs())}
        for found in nearest(SMALL, "A3"):
            assert found.similarity == pytest.approx(
                weights[frozenset(("A3", found.occupation.id))], abs=1e-5
            )

    def test_an_unknown_standard_is_said_to_be_unknown(self):
        with pytest.raises(ModelError, match="nobody"):
            nearest(SMALL, "nobody")


class TestCompare:
    levels = usage(
        {"A1": ["k1", "k2"], "A2": ["k1", "k3"], "A3": ["k1", "k2"]},
        {("A1", "k1"): 3, ("A2", "k1"): 5, ("A3", "k1"): 4},
    )

    def test_two_share_some_and_have_the_rest_alone(self):
        found = compare(self.levels, ["A1", "A2"])
        assert [s.competency.id for s in found.shared] == ["k1"]
        assert {k: [s.competency.id for s in v] for k, v in found.only.items()} == {
            "A1": ["k2"],
            "A2": ["k3"],
        }

    def test_what_some_of_three_share_is_apart(self):
        assert [s.competency.id for s in compare(self.levels, ["A1", "A2", "A3"]).some] == ["k2"]

    def test_levels_that_differ_are_told(self):
        (differing,) = compare(self.levels, ["A1", "A2", "A3"]).differing
        assert (differing.competency.id, differing.spread) == ("k1", 2)

    def test_one_standard_cannot_be_compared(self):
        with pytest.raises(ModelError):
            compare(self.levels, ["A1", "A1"])


class TestGapAndPath:
    def test_what_most_tasks_of_the_goal_need_comes_first(self):
        found = gap(
            usage(
                {"A": ["k1"], "B": ["k1", "k2", "k3"]},
                units={("B", "k2"): ("T1.1", "T1.2", "T1.3"), ("B", "k3"): ("T1.1", "T2.1")},
            ),
            "A",
            "B",
        )
        assert [(n.competency.id, n.part) for n in found.missing] == [("k3", 1.0), ("k2", 0.5)]
        assert found.covered == 1

    def test_what_is_known_at_a_lower_level_is_to_be_raised(self):
        found = gap(usage({"A": ["k1"], "B": ["k1"]}, {("A", "k1"): 3, ("B", "k1"): 5}), "A", "B")
        assert [(n.present, n.level) for n in found.raised] == [(3, 5)]
        assert not found.missing

    LADDER = usage(
        {
            "A": ["k1", "k2"],
            "B": ["k2", "k3", "k4"],
            "C": ["k3", "k4", "k5", "k6"],
            "D": ["k1", "k7", "k8", "k9", "s1", "s2"],
        }
    )

    def test_a_detour_is_taken_that_costs_less_in_all(self):
        """A to C at once needs 4 of 4; through B 2 of 3 and 2 of 4: 4 against 4/3 + 1."""
        found = move(self.LADDER, "A", "C", prices=Prices(0, 0))
        assert [(g.start.id, g.goal.id) for g in found] == [("A", "B"), ("B", "C")]
        assert found.route.direct.total == 4
        assert found.route.total == pytest.approx(4 / 3 + 1)

    def test_the_direct_step_is_kept_where_a_detour_costs_more_than_it_saves(self):
        assert len(move(self.LADDER, "A", "C", prices=Prices(1, 0))) == 2
        assert len(move(self.LADDER, "A", "C", prices=Prices(2, 0))) == 1
        assert len(move(self.LADDER, "A", "C", prices=Prices(0, 0), most=1)) == 1
        assert len(move(self.LADDER, "A", "D", prices=Prices(0, 0))) == 1

    def test_a_level_lost_has_its_price(self):
        levels = {"A": 4, "B": 3, "C": 4}
        made = replace(
            self.LADDER,
            occupations=tuple(replace(o, level=levels.get(o.id)) for o in self.LADDER.occupations),
        )
        assert len(move(made, "A", "C", prices=Prices(0, 1))) == 2
        assert len(move(made, "A", "C", prices=Prices(0, 2))) == 1

    def test_only_occupations_of_the_category_stand_in_between(self):
        categories = {"B": ("KPS",)}
        made = replace(
            self.LADDER,
            occupations=tuple(
                replace(o, categories=categories.get(o.id, ())) for o in self.LADDER.occupations
            ),
        )
        for within, length in (("KPS", 2), ("K", 2), ("BMM", 1)):
            assert len(move(made, "A", "C", prices=Prices(0, 0), within=within)) == length

    def test_it_says_why(self):
        detour = move(self.LADDER, "A", "C", prices=Prices(0, 0)).explain(Language.ENGLISH)
        assert "in all 2.3, directly 4.0" in detour
        kept = move(self.LADDER, "A", "C").explain(Language.ENGLISH)
        assert "4 of 4 are new: 6.0" in kept
        assert "no way through the 1 occupations nearer to both is cheaper" in kept

    @pytest.mark.parametrize("wrong", [{"most": 0}, {"prices": Prices(-1, 0)}])
    def test_a_path_without_steps_and_a_price_below_nothing_are_refused(self, wrong):
        with pytest.raises(BadParameter):
            move(self.LADDER, "A", "C", **wrong)

    def test_there_is_no_step_from_a_standard_to_itself(self):
        assert move(self.LADDER, "A", "A") == ()

    @given(
        st.dictionaries(
            st.sampled_from("ABCDEF"),
            st.sets(st.sampled_from([f"k{n}" for n in range(8)]), min_size=1),
            min_size=2,
        ),
        st.sampled_from([0, 0.5, 2]),
        st.integers(1, 4),
    )
    def test_no_chain_through_what_is_nearer_to_both_ends_costs_less(self, table, price, most):
        made = usage({k: sorted(v) for k, v in table.items()})
        start, goal, *others = sorted(table)
        found = route(made, start, goal, prices=Prices(price, 0), most=most)
        between = [o for o in others if nearer(table, o, start, goal)]
        assert found.nearer == len(between)
        assert set(found.occupations[1:-1]) <= set(between)
        chains = (
            [start, *middle, goal]
            for n in range(min(most, len(between) + 1))
            for some in combinations(between, n)
            for middle in orders(some)
        )
        best = min(
            sum(len(table[b] - table[a]) ** 2 / len(table[b]) + price for a, b in pairwise(chain))
            for chain in chains
        )
        assert found.total == pytest.approx(best)


def moves_inside_a_category(usage, count):
    """Pairs of occupations of one category, from all categories in turn."""
    by = {}
    for o in usage.occupations:
        for category in o.categories:
            by.setdefault(category, []).append(o.id)
    listed = [pair for _, ids in sorted(by.items()) for pair in combinations(sorted(ids), 2)]
    return listed[:: max(1, len(listed) // count)][:count]


def nearer(table, one, start, goal):
    """Whether it is more like each end than these are like each other, what is rare weighed more."""

    def rare(shared):
        users = {c: sum(c in uses for uses in table.values()) for c in shared}
        return sum(math.log((len(table) + 1) / n) for n in users.values())

    def like(a, b):
        return rare(table[a] & table[b]) / rare(table[a] | table[b])

    apart = like(start, goal)
    return min(like(one, start), like(one, goal)) > apart + 1e-9


def orders(items):
    if not items:
        yield []
    for n, item in enumerate(items):
        for rest in orders(items[:n] + items[n + 1 :]):
            yield [item, *rest]


class TestReuse:
    @pytest.mark.parametrize(
        ("users", "expected"),
        [
            (["A1"], ReuseLevel.OCCUPATION_SPECIFIC),
            (["A1", "A2"], ReuseLevel.SECTOR_SPECIFIC),
            (["A1", "A2", "A3", "A4", "B1"], ReuseLevel.SECTOR_SPECIFIC),
            (["A1", "B1"], ReuseLevel.CROSS_SECTOR),
            (["A1", "B1", "C1"], ReuseLevel.TRANSVERSAL),
        ],
    )
    def test_the_level_follows_from_who_uses_it(self, users, expected):
        everyone = ["A1", "A2", "A3", "A4", "B1", "C1", "D1", "E1", "F1"]
        made = usage({name: ["k1"] if name in users else ["k2"] for name in everyone})
        assert reuse(made)["k1"].level == expected

    def test_the_thresholds_can_be_stated(self):
        made = usage({"A1": ["k1"], "A2": ["k1"], "B1": ["k1"]})
        assert reuse(made)["k1"].level == ReuseLevel.CROSS_SECTOR
        assert reuse(made, Thresholds(sector_specific=0.6))["k1"].level == (
            ReuseLevel.SECTOR_SPECIFIC
        )


CLIQUES = usage(
    {
        f"{c}{n}": [f"k{c}{m}" for m in range(4)] + ["s0"] + (["s1"] if n == 0 else [])
        for c in "ABC"
        for n in range(5)
    }
)


class TestCommunities:
    def test_what_shares_most_is_together(self):
        found = communities(CLIQUES)
        assert sorted({m[0] for m in g.members} for g in found) == [{"A"}, {"B"}, {"C"}]

    def test_competencies_form_communities_too(self):
        found = communities(CLIQUES, of="competency", nearest=3)
        assert any({f"kA{n}" for n in range(4)} <= set(g.members) for g in found)

    def test_a_community_is_named_after_its_members_and_told_by_what_they_use(self):
        first = communities(CLIQUES)[0]
        letter = first.members[0][0]
        assert first.name.startswith(f"職業{letter}")
        assert set(first.telling[:4]) == {f"k{letter}{n}" for n in range(4)}

    def test_the_same_seed_gives_the_same_communities(self):
        assert communities(CLIQUES, seed=7) == communities(CLIQUES, seed=7)

    def test_what_shares_nothing_is_in_no_community(self):
        made = usage({"A1": ["k1"], "A2": ["k1"], "B1": ["k2"]})
        assert [g.members for g in communities(made)] == [("A1", "A2")]

    def test_what_more_than_a_tenth_use_ties_nobody(self):
        apart = {f"{c}{n}": [f"k{c}", "all"] for c in "ABCDEF" for n in range(2)}
        found = communities(usage(apart))
        assert {frozenset(m[0] for m in g.members) for g in found} == {
            frozenset(c) for c in "ABCDEF"
        }

    def test_the_first_member_is_the_one_most_alike_to_all_others(self):
        made = usage({"A1": ["k1", "k2", "k3"], "A2": ["k1"], "A3": ["k2"], "A4": ["k3"]})
        assert [g.members[0] for g in communities(made)] == ["A1"]

    def test_nothing_at_all_has_no_communities(self):
        assert partition(overlaps([])) == []

    def test_the_backbone_keeps_the_strongest_pairs_of_each(self):
        links = backbone(overlaps(SMALL.pairs()), 1)
        assert ("B1", "B2") in {(a, b) for a, b, _, _ in links}
        assert len(links) < 15

    def test_a_bridge_joins_communities_and_what_everyone_uses_is_none(self):
        found = bridges(CLIQUES, communities(CLIQUES), most=0.5)
        assert [b.competency.id for b in found] == ["s1"]
        assert found[0].participation == pytest.approx(2 / 3)

    def test_centrality_is_pagerank(self):
        pairs = overlaps(SMALL.pairs())
        ranks = centrality(pairs)
        assert sum(ranks.values()) == pytest.approx(1)
        assert ranks["A1"] > ranks["C1"]

    def test_centrality_agrees_with_networkx(self):
        ranks = centrality(overlaps(SMALL.pairs()))
        expected = nx.pagerank(projection(SMALL.pairs()), tol=1e-12)
        assert ranks == pytest.approx(expected, abs=1e-8)


class TestNeighbourhood:
    def test_companions_are_needed_together_more_often_than_by_chance(self):
        found = neighbourhood(SMALL, "k1")
        assert [(c.competency.id, c.together) for c in found.companions] == [("k2", 2)]
        assert found.companions[0].lift == pytest.approx(2)

    def test_its_users_are_listed(self):
        assert [u.occupation.id for u in neighbourhood(SMALL, "k1").users] == ["A1", "A2", "A3"]


class TestPositions:
    links = backbone(overlaps(CLIQUES.pairs()))
    places = positions(links, communities(CLIQUES))

    def test_no_two_dots_lie_on_each_other(self):
        assert min(math.dist(a, b) for a, b in combinations(self.places.values(), 2)) > 0.5

    def test_members_of_a_community_are_nearer_than_others(self):
        apart = {
            (a, b): math.dist(self.places[a], self.places[b])
            for a, b in combinations(self.places, 2)
        }
        inside = mean(d for (a, b), d in apart.items() if a[0] == b[0])
        assert inside < mean(d for (a, b), d in apart.items() if a[0] != b[0]) / 2


class TestGraphML:
    def test_it_reads_back_with_types_and_chinese(self):
        graph = standard_network(TRADE, "x")
        back = nx.parse_graphml(graphml(graph).decode())
        assert back.nodes["x/K1"]["label"] == "國貿條規"
        assert back.edges["x/T1", "x/K1"]["relation"] == "requiresKnowledge"

    def test_what_is_none_is_left_out(self):
        back = nx.parse_graphml(graphml(standard_network(TRADE, "x")).decode())
        assert "level" not in back.nodes["x/T1.1"]

    def test_an_attribute_has_one_type_even_where_a_level_is_no_number(self):
        data = graphml(standard_network(TRADE, "x")).decode()
        assert data.count('attr.name="level"') == 1
        assert nx.parse_graphml(data).nodes["x/T1"]["level"] == "4"

    def test_levels_that_are_all_numbers_stay_numbers(self):
        graph = standard_network(Standard("x", "x", level=3), "x")
        assert nx.parse_graphml(graphml(graph).decode()).nodes["x"]["level"] == 3

    def test_the_same_graph_gives_the_same_bytes(self):
        assert graphml(usage_network(SMALL)) == graphml(usage_network(SMALL))

    def test_characters_that_xml_cannot_hold_are_replaced(self):
        graph = nx.Graph()
        graph.add_node("a", label="x\x00\x0b<b>\ud800")
        back = nx.parse_graphml(graphml(graph).decode())
        assert back.nodes["a"]["label"] == "x\ufffd\ufffd<b>\ufffd"

    def test_several_values_become_one_text(self):
        graph = nx.Graph()
        graph.add_node("a", units=("T1", "T2"))
        assert nx.parse_graphml(graphml(graph).decode()).nodes["a"]["units"] == "T1 T2"


class TestTheWholeCorpus:
    def test_the_pairs_of_eight_hundred_standards_are_those_counted_one_by_one(self, corpus_dir):
        pairs = list(usage_of(corpus_standards(corpus_dir)).pairs())
        assert counted(overlaps(pairs, 3, "count")) == by_hand(pairs, 3)

    @pytest.mark.oracle
    def test_of_a_hundred_moves_inside_a_category_none_leads_through_strangers(self, corpus_dir):
        """The direct way is kept unless a detour costs less, through what is nearer to both."""
        standards = corpus_standards(corpus_dir)
        made = usage_of(standards)
        table = {o.id: set(made.of(o.id)) for o in made.occupations}
        rare = {c.id: made.rarity(c.id) for c in made.competencies}

        def like(a, b):
            both, either = (
                sum(map(rare.get, of)) for of in (table[a] & table[b], table[a] | table[b])
            )
            return both / either if either else 0.0

        detours = 0
        for start, goal in moves_inside_a_category(made, 100):
            found = route(made, start, goal)
            names = found.occupations
            assert found.direct.missing == len(table[goal] - table[start])
            if len(names) > 2:
                detours += 1
                assert found.total < found.direct.total
                assert sum(c.missing**2 / c.size for c in found.costs) < found.direct.total
            for between in names[1:-1]:
                apart = like(start, goal)
                assert min(like(between, start), like(between, goal)) > apart
        assert detours <= 5  # 95 of 100, as docs/questions.md says

    def test_communities_are_neither_one_nor_dust(self, corpus_dir):
        made = usage_of(corpus_standards(corpus_dir)).only("K", "S")
        found = communities(made)
        assert 8 < len(found) < 80
        assert max(len(g.members) for g in found) < len(made.occupations) / 2

    def test_communities_follow_the_official_categories_better_without_the_common(self, corpus_dir):
        from sklearn.metrics import adjusted_mutual_info_score  # takes seconds to import

        made = usage_of(corpus_standards(corpus_dir))
        category = {o.id: o.categories[0] for o in made.occupations if o.categories}

        def agreement(groups):
            home = {m: n for n, group in enumerate(groups) for m in group if m in category}
            return adjusted_mutual_info_score([category[m] for m in home], list(home.values()))

        assert agreement(g.members for g in communities(made)) > agreement(
            partition(backbone(overlaps(made.pairs())))
        )


@given(st.lists(standards(), min_size=2, max_size=4), st.booleans())
def test_an_occupation_joins_a_usage_as_if_it_had_been_in_it(made, related):
    whole = usage_of({f"ZZZ000{n}-001v1": standard for n, standard in enumerate(made)})
    ordered = Usage(
        whole.occupations,
        tuple(sorted(whole.competencies, key=lambda c: c.id)),
        tuple(sorted(whole.uses, key=lambda u: (u.occupation, u.competency))),
    )
    some = [c.id for c in ordered.competencies][:2]
    if related and len(some) == 2:
        ordered = replace(ordered, related={some[0]: (some[1],), some[1]: (some[0],)})
    for joining in ordered.occupations:
        own = [u for u in ordered.uses if u.occupation == joining.id]
        rest = [u for u in ordered.uses if u.occupation != joining.id]
        left = {u.competency for u in rest}
        without = Usage(
            tuple(o for o in ordered.occupations if o != joining),
            tuple(c for c in ordered.competencies if c.id in left),
            tuple(rest),
            ordered.related,
        )
        used = [ordered.competency(u.competency) for u in own]
        joined = without.joined(joining, used, own)
        assert joined == ordered
        assert joined.rarities == ordered.rarities
        assert all(joined.by(c.id) == ordered.by(c.id) for c in ordered.competencies)
        assert all(
            joined.weight(o.id) == pytest.approx(ordered.weight(o.id)) for o in ordered.occupations
        )
        near, same = nearest(joined, joining.id), nearest(ordered, joining.id)
        assert [n.occupation for n in near] == [n.occupation for n in same]


def test_a_question_imports_no_other():
    code = "import sys, kps_graph.sharing as s; s.shared; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    imported = done.stdout.split()
    assert "kps_graph.sharing.shared_competencies" in imported
    assert "kps_graph.sharing.path" not in imported


def test_what_is_named_is_there():
    assert all(getattr(sharing, name) for name in sharing.__all__)
