"""The pictures of many occupations: their map, their overlap, a competency's neighbourhood."""

import math
import re
import statistics
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph import resources
from kps_graph.errors import ModelError
from kps_graph.exports.pictures import competency_star, occupation_map, overlap_matrix
from kps_graph.exports.pictures.labels import Place, label_zooms
from kps_graph.exports.pictures.render import LARGEST, svg
from kps_graph.exports.pictures.scene import Box, Circle, Node, Text
from kps_graph.exports.wrapping import width
from kps_graph.model import Element, Standard, Unit
from kps_graph.sharing import communities, nearest
from tests.support.pictures import (
    colliding,
    outside,
    pages,
    parsed,
    printed,
    run,
    spilling,
    words_in,
)
from tests.support.standards import corpus_standards, example
from tests.support.usage import usage_of

EXAMPLES = sorted(resources.folder("examples").glob("*-*v*.*"))
USAGE = usage_of({path.stem: example(path) for path in EXAMPLES})
CHOSEN = [o.id for o in USAGE.occupations]
SHARED = max(USAGE.competencies, key=lambda c: (len(USAGE.by(c.id)), c.id)).id
NASTY = "<script>alert(1)</script>\"'&"
HOSTILE = usage_of(
    {
        f"{n}{NASTY}": Standard(
            "x",
            NASTY,
            knowledge=(Element("K1", NASTY), Element("K2", f"{n}")),
            tasks=(Unit("T1", NASTY, knowledge=("K1",)),),
        )
        for n in range(3)
    }
)
PICTURES = {"map": occupation_map, "overlap": overlap_matrix, "neighbourhood": competency_star}


def picture(name, writer, usage, lang="zh-Hant"):
    """One of the pictures of ``usage``."""
    argument = {
        "map": (),
        "overlap": ([o.id for o in usage.occupations],),
        "neighbourhood": (max(usage.competencies, key=lambda c: (len(usage.by(c.id)), c.id)).id,),
    }[name]
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
        assert not re.search(r'(src|href)=(?!"#)|@import|url\(', page)
        assert set(re.findall(r"https?://[\w./]+", page)) <= {"http://www.w3.org/2000/svg"}

    def test_keeps_its_parts_inside(self, name):
        assert not outside(picture(name, "layout", USAGE))

    @pytest.mark.browser
    def test_opens_no_wider_than_the_window(self, name, tmp_path):
        wide, window = run(
            picture(name, "html", USAGE),
            """
            return [svg.getBoundingClientRect().width, main.clientWidth];""",
            tmp_path,
        )
        assert 0 < wide <= window + 1

    @pytest.mark.browser
    def test_grows_by_key_and_button_and_fits_again(self, name, tmp_path):
        first, grown, back = run(
            picture(name, "html", USAGE),
            """
            const scale = () => view.scale, first = scale();
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "+" }));
            document.getElementById("zoom-in").click();
            const grown = scale();
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "0" }));
            return [first, grown, scale()];""",
            tmp_path,
        )
        assert grown > 1.9 * first
        assert back == first

    @pytest.mark.browser
    def test_is_dark_where_the_reader_prefers_that(self, name, tmp_path):
        page = picture(name, "html", USAGE)
        ask = "return getComputedStyle(svg.querySelector('.paper')).fill;"
        assert run(page, ask, tmp_path) == "rgb(255, 255, 255)"
        assert run(page, ask, tmp_path, "--blink-settings=preferredColorScheme=0") == (
            "rgb(18, 23, 29)"
        )

    def test_has_no_chinese_word_of_its_own_in_english(self, name):
        root = parsed(picture(name, "svg", USAGE, "en"))
        own = [t for t in root.iter() if t.tag.endswith("text") and t.get("lang") is None]
        assert own
        assert not [t.text for t in own if re.search("[職業群共用使列]", "".join(t.itertext()))]

    @pytest.mark.browser
    def test_prints_on_one_page(self, name, tmp_path):
        assert pages(printed(picture(name, "html", USAGE), tmp_path)) == 1

    @pytest.mark.browser
    def test_opens_in_a_browser(self, name, tmp_path):
        count = run(picture(name, "html", USAGE), "pin(nodes[0]); return nodes.length;", tmp_path)
        assert count > 1


def below(x, y, wide, high=10):
    """The one place of a label that hangs below its point."""
    return [Place(x, y, (-wide / 2, 0, wide / 2, high))]


class TestLabels:
    def test_the_most_important_is_always_shown(self):
        assert label_zooms([below(0, 0, 50), below(1, 1, 50)], [])[0] == (0, 1)

    def test_a_label_in_the_way_waits_until_there_is_room(self):
        assert [z for _, z in label_zooms([below(0, 0, 60), below(20, 0, 60)], [])] == [1, 3]

    def test_labels_on_different_lines_need_no_room_beside_each_other(self):
        assert [z for _, z in label_zooms([below(0, 0, 60), below(1, 12, 60)], [])] == [1, 1]

    def test_two_at_one_place_are_never_shown_together(self):
        assert label_zooms([below(0, 0, 9), below(0, 0, 9)], [])[1][1] == math.inf

    def test_a_label_stands_where_it_covers_no_dot(self):
        above = Place(0, 0, (-30, -14, 30, -4))
        assert label_zooms([[*below(0, 0, 60), above]], [(0, 0, 2), (5, 6, 2)]) == [(1, 1)]

    def test_a_label_does_not_mind_its_own_dot(self):
        assert label_zooms([below(0, 0, 60)], [(0, 0, 3)]) == [(0, 1)]

    @given(
        st.lists(
            st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(10, 90)), max_size=12
        ),
        st.floats(1, 40),
    )
    def test_no_label_ever_covers_another_or_a_dot(self, labels, zoom):
        dots = [(x, y, 3) for x, y, _ in labels]
        found = label_zooms(
            [
                [Place(x, y, (-w / 2, -18, w / 2, -4)), Place(x, y, (5, -7, 5 + w, 7))]
                for x, y, w in labels
            ],
            dots,
        )
        shown = []
        for (x, y, w), (place, least) in zip(labels, found, strict=True):
            frame = (5, -7, 5 + w, 7) if place else (-w / 2, -18, w / 2, -4)
            if least <= zoom:
                shown.append(
                    (
                        x,
                        y,
                        Box(
                            zoom * x + frame[0] + 1e-6,
                            zoom * y + frame[1] + 1e-6,
                            frame[2] - frame[0] - 2e-6,
                            frame[3] - frame[1] - 2e-6,
                        ),
                    )
                )
        assert not [1 for (*_, a), (*_, b) in combinations(shown, 2) if a.meets(b)]
        for x, y, r in dots:
            dot = Box(zoom * x - r, zoom * y - r, 2 * r, 2 * r)
            assert not [1 for ax, ay, a in shown if (ax, ay) != (x, y) and a.meets(dot)]


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

    @pytest.mark.browser
    def test_the_name_of_a_community_lights_up_its_members(self, tmp_path):
        lit = run(
            occupation_map.html(USAGE),
            """
            byId.get("-name-1").dispatchEvent(new MouseEvent("mouseenter"));
            return nodes.filter((n) => n.classList.contains("lit")).map((n) => n.dataset.id);
            """,
            tmp_path,
        )
        assert set(communities(USAGE)[0].members) <= set(lit)

    @pytest.mark.browser
    def test_on_an_upright_screen_it_fills_the_height(self, tmp_path):
        size, place = run(
            picture("map", "html", USAGE),
            """
            return [svg.getScreenCTM().a, svg.getBoundingClientRect().height / tall];""",
            tmp_path,
            "--window-size=500,900",
        )
        assert size == pytest.approx(place)

    def test_an_empty_map_can_be_drawn(self):
        parsed(occupation_map.svg(usage_of({})))

    @pytest.mark.browser
    def test_zooming_in_a_browser_brings_out_more_labels(self, tmp_path, corpus_dir):
        page = occupation_map.html(usage_of(corpus_standards(corpus_dir)))
        before, after = run(
            page,
            """
            const shown = () => labels.filter(([t]) => t.getAttribute("display") !== "none").length;
            const before = shown();
            middle(4);
            return [before, shown()];""",
            tmp_path,
        )
        assert after > before

    def test_the_labels_of_eight_hundred_do_not_overlap(self, corpus_dir):
        scene = occupation_map.layout(usage_of(corpus_standards(corpus_dir)))
        shown = [
            t
            for part in (*scene.nodes, *scene.ground)
            for t in (part.shapes if isinstance(part, Node) else (part,))
            if isinstance(t, Text) and t.zoom == 1
        ]
        assert len(shown) > 40
        boxes = [
            Box(t.x - wide / 2, t.y - t.size, wide, t.size)
            for t in shown
            for wide in [width(t.lines[0], t.size)]
        ]
        assert not [1 for a, b in combinations(boxes, 2) if a.meets(b)]
        for dot in self.dots(scene).values():
            middle = Box(dot.x - 1, dot.y - 1, 2, 2)
            assert not [b for b in boxes if b.meets(middle)]

    def test_no_community_lies_far_outside(self, corpus_dir):
        scene = occupation_map.layout(usage_of(corpus_standards(corpus_dir)))
        xs, ys = zip(*((d.x, d.y) for d in self.dots(scene).values()), strict=True)
        middle = statistics.median(xs), statistics.median(ys)
        far = sorted(math.dist(middle, place) for place in zip(xs, ys, strict=True))
        assert far[-1] < 2.2 * far[len(far) * 9 // 10]

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
        usage = usage_of(
            {
                k: Standard(k, k, knowledge=tuple(Element(None, t) for t in texts))
                for k, texts in (("甲", "一二三"), ("乙", "二三四"))
            }
        )
        node = next(
            n for n in overlap_matrix.layout(usage, ["甲", "乙"]).nodes if n.id.endswith("-a")
        )
        assert node.shapes[1].lines == ("2",)
        assert [line[:3] for line in node.detail[1:]] in (["· 二", "· 三"], ["· 三", "· 二"])

    @pytest.mark.browser
    def test_names_stay_in_view_when_it_is_scrolled(self, tmp_path):
        usage = usage_of(
            {
                f"a{n}": Standard(
                    f"a{n}",
                    f"職業{n}",
                    knowledge=tuple(Element(None, f"知識{k}") for k in (n // 2, n // 2 + 100)),
                )
                for n in range(80)
            }
        )
        page = overlap_matrix.html(usage, [o.id for o in usage.occupations])
        for probe in ("row-40", "column-40"):
            (left, top), (x, y, right, bottom) = run(
                page,
                f"""
                sheet.zoom(1.5 / view.scale);
                main.scrollTo(600, 700);
                freeze();
                const frame = main.getBoundingClientRect();
                const box = byId.get("{probe}").querySelector("text").getBoundingClientRect();
                return [[frame.left, frame.top], [box.left, box.top, box.right, box.bottom]];
                """,
                tmp_path,
            )
            assert right > x >= left - 1 if probe == "row-40" else bottom > y >= top - 1

    @pytest.mark.browser
    def test_names_too_small_to_read_are_left_out_until_it_is_near(self, tmp_path):
        usage = usage_of(
            {
                f"a{n}": Standard(f"a{n}", f"職業{n}", knowledge=(Element(None, f"知識{n // 2}"),))
                for n in range(300)
            }
        )
        far, near = run(
            overlap_matrix.html(usage, [o.id for o in usage.occupations]),
            """
            const shown = () => getComputedStyle(svg.querySelector("#sides text")).visibility;
            const first = shown();
            sheet.zoom(1 / view.scale);
            return [first, shown()];""",
            tmp_path,
        )
        assert (far, near) == ("hidden", "visible")

    def test_nothing_overlaps(self):
        assert not colliding(self.scene.nodes)
        assert not spilling(self.scene)

    def test_like_stands_next_to_like(self):
        usage = usage_of(
            {
                k: Standard(k, k, knowledge=tuple(Element(None, t) for t in texts))
                for k, texts in (
                    ("a1", "一二三"),
                    ("b1", "四五六"),
                    ("a2", "一二七"),
                    ("b2", "四五八"),
                )
            }
        )
        rows = [
            n.label
            for n in overlap_matrix.layout(usage, ["a1", "b1", "a2", "b2"]).nodes
            if re.fullmatch(r"row-\d+", n.id)
        ]
        assert {frozenset(rows[:2]), frozenset(rows[2:])} == {
            frozenset(("a1", "a2")),
            frozenset(("b1", "b2")),
        }

    def test_many_occupations_are_rows_that_tell_their_nearest(self):
        usage = usage_of(
            {
                f"a{n}": Standard(
                    f"a{n}",
                    f"職業{n}",
                    knowledge=tuple(
                        Element(None, f"知識{k}") for k in (n // 2, n // 2 + 100, n + 200)
                    ),
                )
                for n in range(80)
            }
        )
        scene = overlap_matrix.layout(usage, [o.id for o in usage.occupations])
        wide, high = map(
            float, re.search(r'width="([\d.]+)" height="([\d.]+)"', svg(scene)).groups()
        )
        assert max(wide, high) <= LARGEST
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
                    set(USAGE.by(node.id)) & set(USAGE.by(SHARED))
                )

    def test_categories_are_named_where_names_are_given(self):
        drawn = words_in(competency_star.svg(USAGE, SHARED, categories={"ZZZ": "示例"}))
        assert "ZZZ 示例" in drawn

    def test_the_most_used_competency_of_the_corpus_is_readable(self, corpus_dir):
        usage = usage_of(corpus_standards(corpus_dir))
        most = max(usage.competencies, key=lambda c: len(usage.by(c.id)))
        scene = competency_star.layout(usage, most.id)
        assert not colliding(scene.nodes)
        assert not spilling(scene)

    def test_lines_of_one_side_run_in_one_trunk(self):
        paths = [link.curve.path for link in competency_star.layout(USAGE, SHARED).links]
        assert len(paths) > 2
        assert len({re.match(r"M([\d.]+) [\d.]+V", p)[1] for p in paths}) == 2

    @pytest.mark.browser
    def test_the_competency_stays_in_view_when_it_is_scrolled(self, tmp_path):
        usage = usage_of(
            {
                f"a{n}": Standard(f"a{n}", f"職業{n:03}", knowledge=(Element(None, "知識"),))
                for n in range(300)
            }
        )
        page = competency_star.html(usage, usage.competencies[0].id)
        top, scrolled, centre = run(
            page,
            """
            main.scrollTop = 600;
            freeze();
            return [main.getBoundingClientRect().top, main.scrollTop,
                    byId.get("-self").getBoundingClientRect().top];""",
            tmp_path,
        )
        assert scrolled > 100
        assert top <= centre < top + 40

    def test_an_unknown_one_is_said_to_be_unknown(self):
        with pytest.raises(ModelError):
            competency_star.layout(USAGE, "nothing")
