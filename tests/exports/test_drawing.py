"""The picture of a standard: complete, readable, safe, and the same every time."""

import re
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings

from kps_graph import resources
from kps_graph.exports.pictures.captions import WORDS
from kps_graph.exports.pictures.columns import place
from kps_graph.exports.pictures.drawing import html, svg
from kps_graph.exports.pictures.scene import Text
from kps_graph.exports.pictures.sheets import continued, cut
from kps_graph.exports.pictures.standard_layout import layout
from kps_graph.exports.pictures.theme import DARK, LIGHT
from kps_graph.exports.pictures.touching import Tree, touching
from kps_graph.exports.wrapping import fit, width, wrap
from kps_graph.model import Attitude, Element, Indicator, Item, Output, Standard, Unit
from kps_graph.standards.outline import outline
from tests.support.generate import standards
from tests.support.pictures import (
    colliding,
    opened,
    outside,
    parsed,
    printed,
    run,
    spilling,
    words_in,
)
from tests.support.standards import corpus_standards, example

EXAMPLES = sorted(resources.folder("examples").glob("*-*v*.*"))
SEED = next(p for p in EXAMPLES if p.name.startswith("KPS1420"))
few = settings(max_examples=settings.default.max_examples // 4, deadline=None)

NASTY = "<script>alert(1)</script>\"'&]]>--><img src=x onerror=alert(2)>"
HOSTILE = Standard(
    NASTY,
    NASTY,
    NASTY,
    NASTY,
    NASTY,
    NASTY,
    tasks=(
        Unit(
            NASTY,
            NASTY,
            NASTY,
            (NASTY,),
            (NASTY,),
            units=(
                Unit(
                    f"T{NASTY}",
                    NASTY,
                    outputs=(Output(NASTY, NASTY),),
                    indicators=(Indicator(NASTY, NASTY, level=NASTY),),
                ),
            ),
        ),
    ),
    knowledge=(Element(NASTY, NASTY, (Item(NASTY),)),),
    attitudes=(Attitude(NASTY, NASTY, NASTY),),
)
THREE_LAYERS = Standard(
    "Z",
    "三層",
    tasks=(
        Unit(
            "T1",
            "一",
            units=(
                Unit(
                    "T1.1",
                    "二",
                    knowledge=("K1",),
                    units=(
                        Unit(
                            "T1.1.1",
                            "三",
                            indicators=(Indicator("P1.1.1.1", "做", skills=("S1",)),),
                        ),
                    ),
                ),
            ),
        ),
    ),
    knowledge=(Element("K1", "知"),),
    skills=(Element("S1", "能"), Element("S2", "沒人用")),
)


def codes(standard):
    """Every code that stands in ``standard``."""
    for unit in standard.units():
        yield from (x.code for x in (unit, *unit.outputs, *unit.indicators))
    yield from (x.code for x in (*standard.knowledge, *standard.skills, *standard.attitudes))


def squeezed(text):
    return re.sub(r"\s", "", text)


class TestText:
    def test_a_chinese_character_is_as_wide_as_it_is_high(self):
        assert width("職能", 10) == 20

    def test_latin_is_narrower(self):
        assert width("il", 10) < width("mw", 10) < width("職能", 10)

    @pytest.mark.parametrize(
        ("text", "limit", "expected"),
        [
            ("職能基準", 20, ("職能", "基準")),
            ("職能，基準", 20, ("職", "能，", "基準")),
            ("甲（乙丙）", 20, ("甲", "（乙", "丙）")),
            ("use of INCOTERMS", 80, ("use of", "INCOTERMS")),
            ("ABCDEFGH", 25, ("ABC", "DEF", "GH")),
            ("甲乙丙丁戊", 40, ("甲乙丙", "丁戊")),
            ("", 40, ("",)),
        ],
        ids=[
            "between characters",
            "not before a comma",
            "not after a bracket",
            "between words",
            "inside what is too long",
            "no lone last character",
            "nothing",
        ],
    )
    def test_lines_break_where_they_may(self, text, limit, expected):
        assert wrap(text, limit, 10) == expected

    def test_nothing_is_lost_by_breaking(self):
        text = "依據國際商業條款(International Commercial Terms, INCOTERMS)，簽訂合約。"
        assert squeezed("".join(wrap(text, 90, 10))) == squeezed(text)

    def test_what_must_fit_one_line_is_cut_visibly(self):
        assert fit("國際貿易經理人員", 50, 10) == "國際貿易…"


class TestPlacing:
    def test_blocks_stand_where_they_want_if_there_is_room(self):
        assert place([10, 10], [0, 50], 0, 5) == [0, 50]

    def test_blocks_that_want_the_same_place_share_it_fairly(self):
        assert place([10, 10], [100, 100], 0, 0) == [95, 105]

    def test_nothing_stands_above_the_top(self):
        assert place([10, 10], [-100, -100], 20, 5) == [20, 35]


class TestWhatLightsUp:
    touches = touching(Tree(outline(THREE_LAYERS)))

    def test_an_indicator_lights_its_units_and_what_they_all_need(self):
        assert set(self.touches["P1.1.1.1"]) == {"T1.1.1", "T1.1", "T1", "S1", "K1"}

    def test_knowledge_lights_the_units_below_that_inherit_it(self):
        assert set(self.touches["K1"]) == {"T1.1", "T1", "T1.1.1", "P1.1.1.1"}

    def test_what_nobody_needs_lights_nothing(self):
        assert self.touches["S2"] == ()

    def test_it_is_mutual_between_units_and_what_they_need(self):
        touches = touching(Tree(outline(example(SEED))))
        for node in [n for n in touches if n[0] in "KS"]:
            assert all(node in touches[other] for other in touches[node] if other[0] in "TP")


class TestTheLayout:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
    @pytest.mark.parametrize("indicators", ["text", "code"])
    def test_every_text_lies_inside_its_box(self, path, indicators):
        assert not spilling(layout(example(path), "zh-Hant", indicators))

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
    @pytest.mark.parametrize("indicators", ["text", "code"])
    def test_no_box_overlaps_another(self, path, indicators):
        scene = layout(example(path), "en", indicators)
        assert not colliding(scene.nodes)
        assert not outside(scene)

    @few
    @given(standards())
    def test_so_it_is_for_any_standard(self, standard):
        scene = layout(standard)
        assert not spilling(scene)
        assert not colliding(scene.nodes)
        assert not outside(scene)

    def test_hostile_texts_stay_inside_their_boxes_too(self):
        assert not spilling(layout(HOSTILE))

    def test_a_line_starts_where_the_document_attaches_what_is_needed(self):
        sources = {link.source for link in layout(THREE_LAYERS).links if link.targets != ("K1",)}
        assert {"P1.1.1.1", "T1.1"} <= sources
        assert "T1.1.1" not in sources

    def test_what_a_task_needs_hangs_on_a_bracket_around_its_activities(self):
        scene = layout(example(SEED))
        brackets = [link for link in scene.links if link.curve.style == "bracket"]
        assert [b.source for b in brackets] == ["T1", "T2", "T3", "T4", "T5"]

    def test_one_line_leads_from_a_unit_to_all_that_the_same_units_need(self):
        lines = [link for link in layout(example(SEED)).links if link.curve.style == "link"]
        assert len(lines) == 5
        assert set(lines[0].targets) == {
            *(f"K{n}" for n in range(1, 10)),
            *(f"S{n}" for n in range(1, 6)),
        }

    def test_what_is_needed_and_not_defined_is_shown_as_such(self):
        standard = Standard("Z", "z", tasks=(Unit("T1", "t", knowledge=("K7",)),))
        drawn = svg(standard)
        assert "K7" in drawn
        assert WORDS["undefined"][0] in drawn

    def test_what_no_unit_needs_is_shown_as_such(self):
        assert WORDS["unused"][0] in svg(THREE_LAYERS)

    def test_a_level_that_is_none_is_shown_as_it_stands(self):
        drawn = parsed(svg(Standard("Z", "z", level="34")))
        assert [t.text for t in drawn.iter() if t.get("class") == "level-text"] == ["34"]

    def test_a_standard_without_tasks_says_so(self):
        assert WORDS["no-tasks"][0] in svg(Standard("Z", "z"))


class TestTheMarkup:
    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
    @pytest.mark.parametrize("indicators", ["text", "code"])
    def test_every_code_and_every_text_can_be_read(self, path, indicators):
        standard = example(path)
        drawn = words_in(svg(standard, "zh-Hant", indicators))
        lines = drawn.splitlines()
        assert not [c for c in codes(standard) if c and c not in lines]
        names = [u.name for u in standard.units()]
        names += [e.name for e in (*standard.knowledge, *standard.skills, *standard.attitudes)]
        names += [i.text for e in (*standard.knowledge, *standard.skills) for i in e.items]
        if indicators == "text":
            names += [p.text for u in standard.units() for p in u.indicators]
        seen = squeezed(drawn)
        assert not [n for n in names if squeezed(n) not in seen]

    def test_the_same_standard_gives_the_same_bytes(self):
        standard = example(SEED)
        assert svg(standard) == svg(standard)
        assert html(standard, "en") == html(standard, "en")

    @few
    @given(standards())
    def test_it_is_always_well_formed(self, standard):
        parsed(svg(standard))

    def test_characters_that_xml_cannot_hold_do_no_harm(self):
        parsed(svg(Standard("Z\x00", "\x1b\ud800\ufffe", description="\x0c")))

    def test_markup_in_texts_is_text(self):
        root = parsed(svg(HOSTILE))
        assert not [e for e in root.iter() if e.tag.endswith(("script", "img"))]
        assert "<script>alert(1)</script>" in "".join(root.itertext())

    def test_the_page_has_no_script_but_its_own(self):
        assert html(HOSTILE).count("<script") == 1

    def test_neither_asks_for_anything_outside(self):
        for text in (svg(example(SEED)), html(example(SEED))):
            assert not re.search(r'(src|href)=(?!"#)|@import|url\(|fetch\(', text)
            assert set(re.findall(r"https?://[\w./]+", text)) <= {"http://www.w3.org/2000/svg"}

    def test_the_pages_policy_allows_its_own_script_and_style_alone(self):
        page = html(example(SEED))
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy

    def test_the_documents_texts_are_marked_as_chinese_in_an_english_picture(self):
        root = parsed(svg(example(SEED), "en"))
        assert root.get("lang") == "en"
        named = next(t for t in root.iter() if t.text == "貿易經理" and t.tag.endswith("text"))
        assert named.get("lang") == "zh-Hant"

    def test_colours_stand_on_the_elements_and_dark_ones_in_the_style(self):
        drawn = svg(example(SEED))
        assert f'fill="{LIGHT["knowledge"]["fill"]}"' in drawn
        assert f"fill:{DARK['knowledge']['fill']}" in drawn


class TestInABrowser:
    @pytest.mark.browser
    def test_no_text_is_wider_than_its_box(self, tmp_path):
        over = run(
            html(example(SEED)),
            """
            return nodes.flatMap((node) => {
              const frame = node.querySelector("rect").getBBox();
              return [...node.querySelectorAll("text")].filter((text) => {
                const box = text.getBBox();
                return box.x < frame.x - 1 || box.x + box.width > frame.x + frame.width + 1
                  || box.y < frame.y - 2 || box.y + box.height > frame.y + frame.height + 2;
              }).map((text) => text.textContent);
            });""",
            tmp_path,
        )
        assert over == []

    @pytest.mark.browser
    def test_the_headings_stay_in_view_when_it_is_scrolled(self, tmp_path):
        top, heading, said = run(
            html(example(SEED)),
            """
            main.scrollTop = 900;
            freeze();
            const text = svg.querySelector("#heads text");
            return [main.getBoundingClientRect().top, text.getBoundingClientRect().top,
                    text.textContent];""",
            tmp_path,
        )
        assert top <= heading < top + 40
        assert said.startswith("工作任務")

    @pytest.mark.browser
    def test_it_stays_at_its_top_when_the_window_changes(self, tmp_path):
        found = run(
            html(example(SEED)),
            """
            for (const wide of ["600px", "1400px"]) {
              main.style.width = wide;
              sheet.fit();
            }
            return main.scrollTop;""",
            tmp_path,
        )
        assert found == 0

    @pytest.mark.browser
    def test_pointing_at_knowledge_lights_what_needs_it(self, tmp_path):
        lit = run(
            html(example(SEED)),
            """
            byId.get("K12").dispatchEvent(new MouseEvent("mouseenter"));
            return nodes.filter((n) => n.classList.contains("lit")).map((n) => n.dataset.id);
            """,
            tmp_path,
        )
        assert {"K12", "T2", "T2.1", "P2.1.1"} <= set(lit)
        assert not {"T1", "K1"} & set(lit)

    @pytest.mark.browser
    def test_a_click_pins_and_escape_lets_go(self, tmp_path):
        states = run(
            html(example(SEED)),
            """
            const lit = () => nodes.filter((n) => n.classList.contains("lit")).length > 0;
            const node = byId.get("K12"), found = [];
            node.dispatchEvent(new MouseEvent("click"));
            node.dispatchEvent(new MouseEvent("mouseleave"));
            found.push(lit());
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
            found.push(lit());
            return found;""",
            tmp_path,
        )
        assert states == [True, False]

    @pytest.mark.browser
    def test_the_keyboard_moves_from_one_thing_to_the_next(self, tmp_path):
        names = run(
            html(example(SEED)),
            """
            byId.get("T1").focus();
            const press = (key) => document.activeElement.dispatchEvent(
              new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            press("ArrowDown");
            const below = document.activeElement.dataset.id;
            press("ArrowRight");
            press("Enter");
            return [below, document.activeElement.dataset.id[0],
                    document.activeElement.getAttribute("aria-pressed")];""",
            tmp_path,
        )
        assert names[0] == "T2"
        assert names[2] == "true"

    @pytest.mark.browser
    def test_the_search_finds_texts_and_codes(self, tmp_path):
        found = run(
            html(example(SEED)),
            """
            return ["個人資料保護法", "P1.3.3"].map((word) => {
              search.value = word; look();
              return matches.map((n) => n.dataset.id);
            });""",
            tmp_path,
        )
        assert found == [["K1", "K12"], ["P1.3.3"]]

    @pytest.mark.browser
    def test_hostile_texts_do_not_run(self, tmp_path):
        page = html(HOSTILE).replace("alert(", "document.body.append('HACKED' + ")
        assert "HACKED1" not in opened(page, tmp_path)
        assert "HACKED2" not in opened(page, tmp_path)

    @pytest.mark.browser
    def test_the_page_works_under_its_own_policy(self, tmp_path):
        dom = opened(html(example(SEED)), tmp_path)
        assert 'aria-pressed="false"' in dom


def test_every_standard_of_the_corpus_can_be_drawn(corpus_dir):
    for identity, standard in corpus_standards(corpus_dir).items():
        scene = layout(standard)
        assert not spilling(scene), identity
        assert not outside(scene), identity


class TestPrint:
    """A standard is printed on sheets of A4, which cut through no text and repeat the heads."""

    @pytest.mark.parametrize("name", EXAMPLES, ids=lambda p: p.stem)
    def test_the_sheets_follow_each_other_and_cut_no_text(self, name):
        scene = layout(example(name))
        sheets = cut(scene)
        assert sheets[0].top == 0
        assert sheets[-1].bottom == scene.height
        assert all(a.bottom == b.top for a, b in pairwise(sheets))
        shapes = [*scene.ground, *(s for n in scene.nodes for s in n.shapes)]
        for text in (s for s in shapes if isinstance(s, Text)):
            for line in range(len(text.lines)):
                base = text.y + line * text.size * text.leading
                assert not any(base - 0.8 * text.size < s.bottom < base for s in sheets)

    @pytest.mark.parametrize("name", EXAMPLES, ids=lambda p: p.stem)
    @pytest.mark.parametrize("cutting", range(1, 40))
    def test_the_code_of_a_box_that_goes_on_stands_over_none_of_its_text(self, name, cutting):
        scene = layout(example(name))
        top = scene.height * cutting / 40
        for code in continued(scene, top):
            (box,) = (
                n
                for n in scene.nodes
                for t in n.shapes
                if isinstance(t, Text)
                and t.style == "task-code"
                and code.lines == (f"{t.lines[0]} …",)
            )
            bases = (
                t.y + line * t.size * t.leading
                for t in box.shapes
                if isinstance(t, Text)
                for line in range(len(t.lines))
            )
            assert not any(top < base < top + 20 for base in bases)

    @pytest.mark.browser
    def test_each_page_is_a4_and_has_the_heads(self, tmp_path):
        standard = example(SEED)
        document = pypdfium2.PdfDocument(printed(html(standard), tmp_path))
        assert len(document) == len(cut(layout(standard))) > 1
        for page in document:
            assert sorted(map(round, page.get_size())) == [595, 842]
            said = page.get_textpage().get_text_bounded()
            assert "工作任務 5" in said
            assert "知識 K 28" in said
