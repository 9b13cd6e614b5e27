"""What a list of courses teaches of a standard."""

import io

import openpyxl
import pytest

from kps_graph.errors import SourceError, TooLarge
from kps_graph.model import Attitude, Element, Indicator, Standard, Unit
from kps_graph.standards.courses import Course, Status, coverage, read_courses

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


def covered(*courses):
    """What courses, given as name and codes, teach of the standard."""
    return coverage(
        STANDARD,
        [
            Course(name, dict.fromkeys(codes.split(), n))
            for n, (name, codes) in enumerate(courses, 2)
        ],
    )


def states(found):
    return {c.code or c.unit: c.status for c in found.indicators}


class TestIndicators:
    def test_one_that_a_course_names_is_taught(self):
        found = covered(("甲", "P1.1.1"), ("乙", "P1.1.1"))
        (one, *_) = found.indicators
        assert (one.status, one.courses) == (Status.TAUGHT, ("甲", "乙"))

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
        assert [t.code for t in found.elements if t.courses] == ["K1", "S1", "S2"]

    def test_a_unit_without_indicators_is_a_row_of_its_own(self):
        assert [c.unit for c in covered().indicators if not c.code] == ["T1.2"]

    def test_without_courses_everything_is_open(self):
        assert set(states(covered()).values()) == {Status.OPEN}


class TestCompetencies:
    def test_each_tells_who_teaches_it_and_where_it_is_needed(self):
        found = {t.code: (t.units, t.courses) for t in covered(("甲", "K1 A01")).elements}
        assert found["K1"] == (("T1.1", "T1.2"), ("甲",))
        assert found["A01"] == ((), ("甲",))
        assert found["S3"] == (("T2",), ())

    def test_a_code_in_any_case_and_padding_is_known(self):
        assert not covered(("甲", "k01 s1 a1 p1.1.1 Ｋ１")).unknown

    def test_a_code_that_is_not_in_the_standard_is_reported_with_its_place(self):
        (wrong,) = covered(("甲", "K1"), ("乙", "S33")).unknown
        assert (wrong.line, wrong.code) == (3, "S33")
        assert "S3" in str(wrong.hint)


def workbook(*sheets):
    """An Excel file of sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestTheTable:
    @pytest.mark.parametrize(
        "text",
        [
            "course,codes\n甲,K1 S1\n",
            '\ufeff課程,代碼\r\n甲,"K1, S1"\r\n',
            "課程名稱\t時數\t職能代碼\n甲\t3\tK1、S1\n",
            "代碼,課程\nK1,甲\n\nS1,甲\n",
            "課程名稱,知識,技能\n甲,K1,S1\n",
            "course,codes\n甲,K1\n,S1\n",
        ],
        ids=[
            "plain",
            "from a spreadsheet",
            "more columns",
            "a row for each code",
            "a column for each kind",
            "below a merged cell",
        ],
    )
    def test_it_is_read_as_people_write_it(self, text):
        (course,) = read_courses(text.encode(), "a.csv")
        assert (course.name, list(course.codes)) == ("甲", ["K1", "S1"])
        assert all(code in text.splitlines()[line - 1] for code, line in course.codes.items())

    @pytest.mark.parametrize("encoding", ["big5", "cp950", "utf-8-sig", "utf-16"])
    def test_it_is_read_as_excel_saves_it(self, encoding):
        data = "課程,代碼\n國際客戶服務,K1 S1\n".encode(encoding)
        (course,) = read_courses(data, "a.csv")
        assert (course.name, course.codes) == ("國際客戶服務", {"K1": 2, "S1": 2})

    def test_a_workbook_may_have_a_title_and_several_sheets(self):
        data = workbook(
            [["說明"]],
            [
                ["115 年度課程表"],
                [None, "課程", "代碼"],
                [],
                [None, "甲", "K1\nS1"],
                [3, "乙", "A01"],
            ],
        )
        assert read_courses(data, "a.xlsx") == (
            Course("甲", {"K1": 4, "S1": 4}),
            Course("乙", {"A01": 5}),
        )

    @pytest.mark.parametrize(
        "heads",
        [
            ["單元", "代碼", "內容", "涵蓋", "尚缺的 K、S", "課程"],
            ["代碼", "內容", "所在單元", "課程"],
        ],
    )
    def test_what_says_which_courses_teach_what_is_no_list_of_courses(self, heads):
        with pytest.raises(SourceError, match="is expected"):
            read_courses(workbook([heads, ["K1"] * len(heads)]), "a.xlsx")

    def test_a_table_of_answers_behind_the_list_adds_nothing_to_it(self):
        data = workbook(
            [["課程", "代碼"], ["甲", "K1"]],
            [["代碼", "內容", "所在單元", "課程"], ["S1", "外語", "T1.1", ""]],
        )
        assert read_courses(data, "a.xlsx") == (Course("甲", {"K1": 2}),)

    def test_a_workbook_is_read_at_a_bound_however_far_its_cells_stand_apart(self):
        book = openpyxl.Workbook()
        for row in range(1, 100_000, 4):
            book.active.cell(row, 16_384, "x")
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(TooLarge, match="table cells"):
            read_courses(out.getvalue(), "a.xlsx")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "columns course and codes"),
            ("甲,K1\n".encode(), "columns course and codes"),
            (b"course,codes\n", "no course"),
            (b"course,codes\n,K1\n", "no name"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "CSV, TSV or .xlsx"),
            (b"%PDF-1.7", "CSV, TSV"),
            ("課程,代碼".encode("utf-16-le"), "CSV, TSV or .xlsx"),
            (b"\xff\xff", "Big5"),
            (workbook([["課程", "代碼"]])[:900], "damaged"),
            (workbook([["甲"]]), "columns course"),
        ],
        ids=[
            "empty",
            "no heading",
            "no row",
            "no name",
            "old Excel",
            "a PDF",
            "no mark",
            "no text",
            "half a workbook",
            "another workbook",
        ],
    )
    def test_what_is_no_list_of_courses_is_refused(self, data, said):
        with pytest.raises(SourceError, match=said):
            read_courses(data, "a.csv")


class TestTheCommand:
    def test_it_sums_up_and_lists_what_is_missing(self, kps, example_store, examples):
        done = kps(
            "courses", examples / "courses.csv", "--in", "貿易經理", "--store", example_store
        )
        assert done.code == 0
        assert "3 courses; 76 indicators" in done.out

    def test_only_what_is_open_on_request(self, kps, example_store, examples):
        done = kps(
            "courses",
            examples / "courses.csv",
            "--in",
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
        done = kps("courses", tmp_path / "a.csv", "--in", "貿易經理", "--store", example_store)
        assert done.code == 1
        assert "a.csv:3: K99 of 'y'" in done.err
