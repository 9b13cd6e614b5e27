"""How far the modules of a course cover a standard."""

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.coverage import Status, coverage
from kps_graph.courses.values import Course, Module, Reference
from kps_graph.document import Span
from kps_graph.model import Attitude, Element, Indicator, Standard, Unit

STANDARD = Standard(
    "ZZZ0000-001v1",
    "貿易專員",
    tasks=(
        Unit(
            "T1",
            "接單",
            knowledge=("K1",),
            units=(
                Unit(
                    "T1.1",
                    "報價",
                    skills=("S1",),
                    indicators=(
                        Indicator("P1.1.1", "算出價格"),
                        Indicator("P1.1.2", "說明", skills=("S2",)),
                    ),
                ),
                Unit("T1.2", "簽約"),
            ),
        ),
        Unit("T2", "出貨", skills=("S3",), indicators=(Indicator("P2.1", "裝箱"),)),
    ),
    knowledge=(Element("K1", "國貿條規"),),
    skills=(Element("S1", "外語"), Element("S2", "談判"), Element("S3", "包裝")),
    attitudes=(Attitude("A01", "謹慎細心"),),
)


def course(*modules):
    """A course of modules that are given as name and codes, in rows from the second on."""
    return Course(
        "a.csv",
        modules=tuple(
            Module(
                name,
                Span("a.csv", row=row),
                tuple(Reference(code, Span("a.csv", row=row)) for code in codes.split()),
            )
            for row, (name, codes) in enumerate(modules, 2)
        ),
        columns=frozenset(("codes",)),
    )


def covered(*modules):
    """What such modules teach of the standard."""
    return coverage(course(*modules), STANDARD)


def states(found):
    return {c.code or c.unit: c.status for c in found.indicators}


class TestIndicators:
    def test_one_that_a_course_names_is_taught(self):
        found = covered(("甲", "P1.1.1"), ("乙", "P1.1.1"))
        (one, *_) = found.indicators
        assert (one.status, one.modules) == (Status.TAUGHT, ("甲", "乙"))

    def test_one_whose_knowledge_and_skills_are_all_taught_is_prepared(self):
        found = states(covered(("甲", "K1"), ("乙", "S1")))
        assert found["P1.1.1"] == Status.PREPARED

    def test_what_is_attached_above_and_to_the_indicator_itself_is_needed_too(self):
        found = covered(("甲", "S1"))
        needs = {c.code: (c.needs, c.missing) for c in found.indicators}
        assert needs["P1.1.2"] == (("K1", "S1", "S2"), ("K1", "S2"))

    def test_some_of_it_is_partly_and_none_of_it_open(self):
        found = states(covered(("甲", "S1")))
        assert (found["P1.1.2"], found["P2.1"]) == (Status.PARTLY, Status.OPEN)

    def test_a_whole_unit_stands_for_all_in_it(self):
        found = covered(("甲", "T1"))
        assert states(found) == {
            "P1.1.1": Status.TAUGHT,
            "P1.1.2": Status.TAUGHT,
            "T1.2": Status.TAUGHT,
            "P2.1": Status.OPEN,
        }
        assert [t.code for t in found.elements if t.modules] == ["K1", "S1", "S2"]

    def test_a_unit_without_indicators_is_a_row_of_its_own(self):
        assert [c.unit for c in covered().indicators if not c.code] == ["T1.2"]

    def test_without_courses_everything_is_open(self):
        assert set(states(covered()).values()) == {Status.OPEN}


class TestCompetencies:
    def test_each_tells_who_teaches_it_and_where_it_is_needed(self):
        found = {t.code: (t.units, t.modules) for t in covered(("甲", "K1 A01")).elements}
        assert found["K1"] == (("T1.1", "T1.2"), ("甲",))
        assert found["A01"] == ((), ("甲",))
        assert found["S3"] == (("T2",), ())

    def test_a_code_in_any_case_and_padding_is_known(self):
        assert not covered(("甲", "k01 s1 a1 p1.1.1 Ｋ１")).unknown

    def test_a_code_that_is_not_in_the_standard_is_reported_with_its_place(self):
        (wrong,) = covered(("甲", "K1"), ("乙", "S33")).unknown
        assert (wrong.span.row, wrong.written) == (3, "S33")
        assert "S3" in str(wrong.hint)


class TestTheCheckOfACourse:
    @pytest.mark.parametrize("codes", ["T1", "T1.1 K1", "P1.1.2 S1", "K1 S1 S2", "P2.1 A01 S9"])
    def test_it_counts_as_taught_what_the_coverage_does(self, codes):
        listed = course(("甲", codes), ("乙", "S3"))
        found, check = coverage(listed, STANDARD), check_course(listed, STANDARD)
        taught = {c.part.code: c.modules for c in check.covered}
        assert taught == {c.code: c.modules for c in (*found.indicators, *found.elements) if c.code}

    def test_a_text_in_the_place_of_a_code_is_known_to_both(self):
        words = (
            Reference("", Span("a.csv", row=2), text="國貿條規、外語"),
            Reference("", Span("a.csv", row=3), text="釣魚"),
        )
        listed = Course("a.csv", modules=(Module("甲", Span("a.csv", row=2), words),))
        found, check = coverage(listed, STANDARD), check_course(listed, STANDARD)
        assert [c.code for c in found.elements if c.modules] == ["K1", "S1"]
        assert [c.part.code for c in check.covered if c.modules] == ["K1", "S1"]
        assert [(u.span.row, u.written) for u in found.unknown] == [(3, "釣魚")]


class TestTheCommand:
    def test_it_sums_up_and_lists_what_is_missing(self, kps, example_store, examples):
        done = kps(
            "courses", examples / "courses.csv", "--standard", "貿易經理", "--store", example_store
        )
        assert done.code == 0
        assert "3 courses; 76 indicators" in done.out

    def test_only_what_is_open_on_request(self, kps, example_store, examples):
        done = kps(
            "courses",
            examples / "courses.csv",
            "--standard",
            "貿易經理",
            "--store",
            example_store,
            "--open",
            "--format",
            "csv",
        )
        rows = done.out.splitlines()[1:]
        assert rows
        assert all(",partly," in row or ",open," in row for row in rows)

    def test_an_unknown_code_is_a_finding(self, kps, example_store, tmp_path):
        (tmp_path / "a.csv").write_text("course,codes\nx,K1\ny,K99\n")
        done = kps(
            "courses", tmp_path / "a.csv", "--standard", "貿易經理", "--store", example_store
        )
        assert done.code == 1
        assert "a.csv:3: K99 of 'y'" in done.err
