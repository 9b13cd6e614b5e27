"""The pictures of many occupations: their map, their overlap, a competency's neighbourhood."""

import math
import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph import resources
from kps_graph.errors import ModelError
from kps_graph.exports import competency_star, occupation_map, overlap_matrix
from kps_graph.exports.labels import label_zooms
from kps_graph.exports.scene import Circle, Node, Text
from kps_graph.exports.text import width
from kps_graph.model import Element, Standard, Unit
from kps_graph.networks import nearest, usage_of
from tests.support.pictures import colliding, outside, parsed, run, spilling, words_in
from tests.support.standards import corpus_standards, example

EXAMPLES = sorted(resources.folder("examples").glob("*-*v*.*"))
USAGE = usage_of({path.stem: example(path) for path in EXAMPLES})
CHOSEN = [o.id for o in USAGE.occupations]
SHARED = max(USAGE.competencies, key=lambda c: (len(USAGE.by(c.id)), c.id)).id
NASTY = "<script>alert(1)</script>\"'&"
HOSTILE = usage_of({
    f"{n}{NASTY}": Standard("x", NASTY, knowledge=(Element("K1", NASTY), Element("K2", f"{n}")),
                            tasks=(Unit("T1", NASTY, knowledge=("K1",)),))
    for n in range(3)})
PICTURES = {"map": occupation_map, "overlap": overlap_matrix, "neighbourhood": competency_star}


def picture(name, writer, usage, lang="zh-Hant"):
    """One of the pictures of ``usage``."""
    argument = {"map": (), "overlap": ([o.id for o in usage.occupations],), "neighbourhood": (
        max(usage.competencies, key=lambda c: (len(usage.by(c.id)), c.id)).id,)}[name]
    return getattr(PICTURES[name], writer)(usage, *argument, lang)


@pytest.mark.parametrize("name", PICTURES)
class TestEveryPicture:
    def test_is_well_formed_in_both_languages(self, name):
        for lang in ("zh-Hant", "en"):
            assert parsed(picture(name, "svg", USAGE, lang)).get("lang") == lang

    def test_is_the_same_every_time(self, name):
        assert picture(name, "html", USAGE) == picture(name, "html", USAGE)

    def test_treats_markup_in_texts_as_text(self, name):
        root = parsed(picture(name, "svg", HOSTILE))
        assert not [e for e in root.iter() if e.tag.endswith("script")]
        assert picture(name, "html", HOSTILE).count("<script") == 1

    def test_asks_for_nothing_outside(self, name):
        page = re.sub(r' data-\w+="[^"]*"', "", picture(name, "html", USAGE))
        assert not re.search(r"(src|href)=|@import|url\(", page)
        assert set(re.findall(r"https?://[\w./]+", page)) <= {"http://www.w3.org/2000/svg"}

    def test_keeps_its_parts_inside(self, name):
        assert not outside(picture(name, "layout", USAGE))

    def test_opens_in_a_browser(self, name, tmp_path):
        count = run(picture(name, "html", USAGE), "pin(nodes[0]); return nodes.length;", tmp_path)
        assert count > 1


class TestLabels:
    def test_the_most_important_is_always_shown(self):
        assert label_zooms([(0, 0), (1, 1)], [50, 50], 10)[0] == 1

    def test_a_label_in_the_way_waits_until_there_is_room(self):
        assert label_zooms([(0, 0), (20, 0)], [60, 60], 10) == [1, 3]

    def test_labels_on_different_lines_need_no_room_beside_each_other(self):
        assert label_zooms([(0, 0), (1, 12)], [60, 60], 10) == [1, 1]

    def test_two_at_one_place_are_never_shown_together(self):
        assert label_zooms([(0, 0), (0, 0)], [60, 60], 10)[1] == math.inf

    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(10, 90)),
                    max_size=12), st.floats(1, 40))
    def test_no_two_labels_ever_overlap(self, labels, zoom):
        points = [(x, y) for x, y, _ in labels]
        widths = [w for _, _, w in labels]
        zooms = label_zooms(points, widths, 14)
        shown = [n for n, least in enumerate(zooms) if least <= zoom]
        for a, b in combinations(shown, 2):
            beside = abs(points[a][0] - points[b][0]) * zoom >= (widths[a] + widths[b]) / 2 - 1e-6
            above = abs(points[a][1] - points[b][1]) * zoom >= 14 - 1e-6
            assert beside or above


class TestTheMap:
    def dots(self, scene):
        return {n.id: n.shapes[0] for n in scene.nodes if isinstance(n.shapes[0], Circle)}

    def test_every_occupation_that_uses_anything_is_a_dot(self):
        assert set(self.dots(occupation_map.layout(USAGE))) == set(CHOSEN)

    def test_a_dot_tells_its_nearest_and_what_they_share(self):
        node = next(n for n in occupation_map.layout(USAGE).nodes if n.id == CHOSEN[0])
        close = nearest(USAGE, CHOSEN[0], 1)[0]
        told = next(line for line in node.detail if line.startswith("≈"))
        assert close.occupation.name in told
        assert f"{close.similarity:.2f}" in told
        assert close.reasons[0].competency.name in told

    def test_communities_stand_in_the_legend(self):
        names = [f.label for f in occupation_map.layout(USAGE).fixed if isinstance(f, Node)]
        assert names

    def test_an_empty_map_can_be_drawn(self):
        parsed(occupation_map.svg(usage_of({})))

    def test_zooming_in_a_browser_brings_out_more_labels(self, tmp_path, corpus_dir):
        page = occupation_map.html(usage_of(corpus_standards(corpus_dir)))
        before, after = run(page, """
            const shown = () => labels.filter(([t]) => t.getAttribute("display") !== "none").length;
            const before = shown();
            middle(4);
            return [before, shown()];""", tmp_path)
        assert after > before

    def test_the_labels_of_eight_hundred_do_not_overlap(self, corpus_dir):
        scene = occupation_map.layout(usage_of(corpus_standards(corpus_dir)))
        boxes = [(t.x - width(t.lines[0], t.size) / 2, t.y, width(t.lines[0], t.size))
                 for n in scene.nodes for t in n.shapes if isinstance(t, Text) and t.zoom == 1]
        assert len(boxes) > 40
        for (ax, ay, aw), (bx, by, bw) in combinations(boxes, 2):
            assert ax + aw <= bx or bx + bw <= ax or abs(ay - by) >= 12

    def test_dots_of_eight_hundred_lie_apart(self, corpus_dir):
        scene = occupation_map.layout(usage_of(corpus_standards(corpus_dir)))
        dots = list(self.dots(scene).values())
        near = [1 for a, b in combinations(dots, 2) if math.dist((a.x, a.y), (b.x, b.y)) < 3]
        assert len(near) < len(dots) / 20


class TestTheOverlapMatrix:
    scene = overlap_matrix.layout(USAGE, CHOSEN)

    def test_each_pair_has_a_cell_and_its_mirror(self):
        cells = [n for n in self.scene.nodes if n.id.endswith(("-a", "-b"))]
        assert len(cells) == len(CHOSEN) * (len(CHOSEN) - 1)

    def test_a_cell_counts_what_two_share_and_names_it(self):
        usage = usage_of({k: Standard(k, k, knowledge=tuple(Element(None, t) for t in texts))
                          for k, texts in (("甲", "一二三"), ("乙", "二三四"))})
        node = next(n for n in overlap_matrix.layout(usage, ["甲", "乙"]).nodes
                    if n.id.endswith("-a"))
        assert node.shapes[1].lines == ("2",)
        assert [line[:3] for line in node.detail[1:]] in (["· 二", "· 三"], ["· 三", "· 二"])

    def test_nothing_overlaps(self):
        assert not colliding(self.scene.nodes)
        assert not spilling(self.scene)

    def test_like_stands_next_to_like(self):
        usage = usage_of({k: Standard(k, k, knowledge=tuple(Element(None, t) for t in texts))
                          for k, texts in (("a1", "一二三"), ("b1", "四五六"), ("a2", "一二七"),
                                           ("b2", "四五八"))})
        rows = [n.label for n in overlap_matrix.layout(usage, ["a1", "b1", "a2", "b2"]).nodes
                if re.fullmatch(r"row-\d+", n.id)]
        assert {frozenset(rows[:2]), frozenset(rows[2:])} == {
            frozenset(("a1", "a2")), frozenset(("b1", "b2"))}

    def test_many_occupations_are_rows_that_tell_their_nearest(self):
        usage = usage_of({f"a{n}": Standard(f"a{n}", f"職業{n}", knowledge=tuple(
            Element(None, f"知識{k}") for k in (n // 2, n // 2 + 100, n + 200)))
            for n in range(80)})
        scene = overlap_matrix.layout(usage, [o.id for o in usage.occupations])
        rows = [n for n in scene.nodes if n.id.startswith("row-")]
        assert len(rows) == 80
        assert all("共同職能 2" in row.detail[1] for row in rows)
        assert not colliding(rows)
        assert not colliding([n for n in scene.nodes if n.id.startswith("column-")])
        assert not outside(scene)

    def test_one_occupation_makes_no_matrix(self):
        with pytest.raises(ModelError):
            overlap_matrix.layout(USAGE, CHOSEN[:1])


class TestTheNeighbourhoodOfACompetency:
    def test_every_user_is_there(self):
        ids = {n.id for n in competency_star.layout(USAGE, SHARED).nodes}
        assert set(USAGE.by(SHARED)) <= ids

    def test_a_companion_lights_up_who_needs_both(self):
        scene = competency_star.layout(USAGE, SHARED)
        for node in scene.nodes:
            if node.id in {c.id for c in USAGE.competencies}:
                assert {t for t in node.touches if t in CHOSEN} == (
                    set(USAGE.by(node.id)) & set(USAGE.by(SHARED)))

    def test_categories_are_named_where_names_are_given(self):
        drawn = words_in(competency_star.svg(USAGE, SHARED, categories={"ZZZ": "示例"}))
        assert "ZZZ 示例" in drawn

    def test_the_most_used_competency_of_the_corpus_is_readable(self, corpus_dir):
        usage = usage_of(corpus_standards(corpus_dir))
        most = max(usage.competencies, key=lambda c: len(usage.by(c.id)))
        scene = competency_star.layout(usage, most.id)
        assert not colliding(scene.nodes)
        assert not spilling(scene)

    def test_an_unknown_one_is_said_to_be_unknown(self):
        with pytest.raises(ModelError):
            competency_star.layout(USAGE, "nothing")
