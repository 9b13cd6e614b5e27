"""Tables as designers fill them in: what is no content, what is taken over, whose row it is."""

from __future__ import annotations

import pytest

from kps_graph.courses.check import check_course
from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.pipeline.reading import read_file
from kps_graph.pipeline.sources import SourceFile
from kps_graph.words import Language
from tests.support.project import ROOT


@pytest.fixture(scope="module")
def standard():
    return read_file(SourceFile.at(ROOT / "examples" / "KPS1420-001v2.md")).standard


def course(*rows):
    """The course of a table of comma separated lines."""
    return read_course(course_document("\n".join(rows).encode(), "a.csv"))


def found(findings, *rules):
    """The rule, row and offending text of the findings of ``rules``, in order."""
    return [(f.rule, f.span.row, f.value) for f in findings if f.rule in rules]


def codes(module):
    return [reference.code for reference in module.references]


def taught(check):
    """The parts of the standard that modules teach, with these."""
    return {each.part.code: each.modules for each in check.covered if each.modules}


class TestALevel:
    def test_that_is_a_range_is_held_against_the_indicators_and_understood(self, standard):
        said = course("單元名稱,單元級別,行為指標,時數", "甲,5-6,P2.1.1,3")
        assert found(check_course(said, standard).findings, "C02", "C09") == [("C09", 2, "5-6")]

    def test_that_is_none_is_not_understood_and_held_against_nothing(self, standard):
        said = course("單元名稱,單元級別,行為指標,時數", "甲,高階,P2.1.1,3")
        assert found(check_course(said, standard).findings, "C02", "C09") == [("C02", 2, "高階")]


class TestAColumnOfStandards:
    ROWS = (
        "單元名稱,職能基準代碼,行為指標,知識,時數,評量方式",
        "甲,KPS1420-001v2,P1.1.1,K02,3,測驗",
        "乙,BHR4910-008v4,P1.1.2,K01,3,測驗",
        ",,,K99,,",
        "丙,ＢＨＲ4910-008v4,,K03,3,測驗",
    )

    def test_its_codes_are_none_of_the_course(self):
        assert not found(course(*self.ROWS).findings, "C02", "C21")

    def test_rows_of_another_standard_teach_nothing_of_this_one(self, standard):
        check = check_course(course(*self.ROWS), standard)
        assert taught(check) == {"P1.1.1": ("甲",), "K2": ("甲",)}

    def test_how_many_rows_are_of_another_standard_is_said_with_the_first_cell(self, standard):
        (other,) = (
            f for f in check_course(course(*self.ROWS), standard).findings if f.rule == "C30"
        )
        assert (other.span.row, other.span.column) == (3, 2)
        assert (other.value, "3" in other.message(Language.ENGLISH).split("on: ")[1]) == (
            "BHR4910-008v4",
            True,
        )

    def test_they_have_no_faults_of_this_one(self, standard):
        findings = check_course(course(*self.ROWS), standard).findings
        assert not found(findings, "C01", "C19", "C22")

    def test_a_unit_may_teach_the_same_code_of_both(self, standard):
        both = course("單元名稱,職能基準,知識", "甲,BHR4910-008v4,K01", "甲,KPS1420-001v2,K01")
        of_this = set(taught(check_course(both, standard)))
        assert (codes(both.modules[0]), of_this) == (["K01", "K01"], {"K1"})

    def test_one_standard_in_all_rows_is_that_of_the_course(self):
        one = course("單元名稱,職能基準代碼,知識", "甲,KPS1420-001v2,K01", "乙,KPS1420-001v2,K02")
        assert one.standard == "KPS1420-001v2"

    def test_another_version_is_said_and_counted(self, standard):
        old = course("單元名稱,職能基準代碼,知識", "甲,KPS1420-001v1,K01", "乙,KPS1420-001v2,K02")
        check = check_course(old, standard)
        assert found(check.findings, "C19", "C30") == [("C19", 2, "KPS1420-001v1")]
        assert set(taught(check)) == {"K1", "K2"}

    def test_a_standard_may_be_named_in_words(self, standard):
        named = course(
            "單元名稱,職能基準名稱,知識", f"甲,{standard.name},K01", "乙,烘焙師傅職能基準,K02"
        )
        check = check_course(named, standard)
        assert found(check.findings, "C30") == [("C30", 3, "烘焙師傅職能基準")]
        assert set(taught(check)) == {"K1"}

    def test_two_in_one_cell_are_not_understood(self):
        two = course("單元名稱,職能基準代碼,知識", "甲,KPS1420-001v2、BHR4910-008v4,K01")
        assert found(two.findings, "C02") == [("C02", 2, "KPS1420-001v2、BHR4910-008v4")]

    def test_a_column_職能基準_may_list_what_is_taught_of_it(self):
        assert codes(course("單元名稱,職能基準,時數", "甲,K01、S02,3").modules[0]) == ["K01", "S02"]


class TestWhatIsStillToBeWritten:
    @pytest.mark.parametrize("text", ["待補", "（待補）", "TBD", "○○○", "請填寫", "[待填]"])
    def test_is_no_aim_no_hours_and_no_assessment(self, standard, text):
        draft = course("單元名稱,知識,教學目標,時數,評量方式", f"甲,K1,{text},{text},{text}")
        check = check_course(draft, standard)
        (module,) = draft.modules
        assert (module.text("goal"), module.hours, module.text("assessments")) == ("", None, "")
        assert [c.assessed for c in check.covered if c.modules] == [()]
        assert [f.span.column for f in check.findings if f.rule in ("C02", "C15", "C31")] == [
            3,
            4,
            5,
        ]

    @pytest.mark.parametrize("head", ["知識", "先修", "教材", "級別", "大綱", "授課教師"])
    def test_is_no_content_of_any_column_and_said_once(self, standard, head):
        draft = course(f"單元名稱,技能,{head}", "甲,S1,待補")
        findings = check_course(draft, standard).findings
        assert found(findings, "C02", "C17", "C31") == [("C31", 2, "待補")]
        assert codes(draft.modules[0]) == ["S1"]
        assert not any(field.text == "待補" for field in draft.modules[0].fields.values())

    def test_what_a_row_below_says_takes_its_place(self):
        draft = course("單元名稱,知識,教學目標,時數", "甲,K1,待補,待定", ",K2,能說明流程,3")
        assert (draft.modules[0].text("goal"), draft.modules[0].hours) == ("能說明流程", 3)

    def test_a_row_of_nothing_else_is_no_module(self):
        draft = course("單元名稱,知識,時數", "甲,K1,3", "○○○,待補,○○")
        assert [module.name for module in draft.modules] == ["甲"]
        assert found(draft.findings, "C31") == [("C31", 3, "○○○")]

    def test_a_unit_may_wait_for_its_name(self):
        draft = course("項次,單元名稱,知識,時數", "1,（名稱待定）,K1,3", "2,○○,待補,－")
        assert [module.name for module in draft.modules] == ["（名稱待定）"]
        assert [row for _, row, _ in found(draft.findings, "C31")] == [2, 3]

    def test_a_person_whose_name_is_masked_is_a_person(self):
        named = course("單元名稱,知識,授課教師", "甲,K1,王○○")
        assert (named.modules[0].text("teachers"), named.findings) == ("王○○", ())

    @pytest.mark.parametrize("text", ["無", "－", "不適用", "N/A"])
    def test_what_says_that_there_is_none_assesses_nothing(self, standard, text):
        stated = course("單元名稱,知識,評量方式,評量工具", f"甲,K1,{text},{text}")
        check = check_course(stated, standard)
        assert [c.assessed for c in check.covered if c.modules] == [()]
        assert not found(check.findings, "C02", "C13", "C31")


class TestWhatStandsAbove:
    @pytest.mark.parametrize("mark", ["同上", "〃", "（同上）", "同 上", "如上", "ditto", '""""'])
    def test_is_taken_over_in_each_column_and_shown_at_the_cell(self, mark):
        said = course("單元名稱,知識,時數,評量方式", "甲,K1,3,測驗", f"乙,{mark},{mark},{mark}")
        other = said.modules[1]
        assert (codes(other), other.hours, other.text("assessments")) == (["K1"], 3, "測驗")
        assert [(f.rule, f.span.row, f.span.column) for f in said.findings] == [
            ("C32", 3, column) for column in (2, 3, 4)
        ]

    def test_may_be_taken_over_itself(self):
        said = course("單元名稱,知識,時數", "甲,K1,3", "乙,同上,3", "丙,同上,3")
        assert [codes(module) for module in said.modules] == [["K1"]] * 3

    def test_may_be_the_name_of_the_unit(self):
        (module,) = course("單元名稱,知識,時數", "甲,K1,3", "同上,K2,3").modules
        assert (codes(module), module.hours) == (["K1", "K2"], 6)

    def test_is_nothing_where_the_unit_above_has_nothing(self):
        said = course("單元名稱,知識,評量方式", "甲,K1,測驗", "乙,K2,", "丙,K3,同上")
        assert said.modules[2].text("assessments") == ""
        assert found(said.findings, "C02", "C32") == [("C02", 4, "同上")]

    def test_is_not_what_stands_beside(self, standard):
        said = course("單元名稱,知識,評量方式", "甲,K1,測驗", "乙,同左,同左")
        assert (codes(said.modules[1]), said.modules[1].text("assessments")) == ([], "")
        assert found(said.findings, "C02", "C32") == [("C02", 3, "同左")] * 2


class TestTheFootOfATable:
    @pytest.mark.parametrize(
        "row",
        [
            "製表人：王小明,,審核：",
            "製表人：,王小明,審核：,林主任",
            "承辦人：王小明,單位主管：,日期：115年3月1日",
            "日期：115/3/1,,",
            "Prepared by: Wang,,Date: 2026-03-01",
        ],
    )
    def test_is_no_module(self, row):
        said = course("單元名稱,時數,知識", "甲,3,K1", row)
        assert [module.name for module in said.modules] == ["甲"]
        assert (codes(said.modules[0]), said.findings) == (["K1"], ())

    @pytest.mark.parametrize("row", ["審核,3,K2", "審核：文件審查,3,K2", "日期管理,3,K2"])
    def test_is_not_a_unit_of_such_a_name(self, row):
        said = course("單元名稱,時數,知識", "甲,3,K1", row)
        assert [codes(module) for module in said.modules] == [["K1"], ["K2"]]
