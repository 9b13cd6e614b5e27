"""The tables of courses that people make, read by what their columns mean."""

import io

import openpyxl
import pytest

from kps_graph.courses.documents import course_document
from kps_graph.courses.read import read_course
from kps_graph.errors import SourceError, TooLarge


def read(data, name):
    return read_course(course_document(data, name))


def listed(data, name):
    """Each module with the codes that it names and the rows of these."""
    return {
        module.name: {each.code: each.span.row for each in module.references}
        for module in read(data, name).modules
    }


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
        found = listed(text.encode(), "a.csv")
        assert {name: list(codes) for name, codes in found.items()} == {"甲": ["K1", "S1"]}
        assert all(code in text.splitlines()[row - 1] for code, row in found["甲"].items())

    @pytest.mark.parametrize("encoding", ["big5", "cp950", "utf-8-sig", "utf-16"])
    def test_it_is_read_as_excel_saves_it(self, encoding):
        data = "課程,代碼\n國際客戶服務,K1 S1\n".encode(encoding)
        assert listed(data, "a.csv") == {"國際客戶服務": {"K1": 2, "S1": 2}}

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
        assert listed(data, "a.xlsx") == {"甲": {"K1": 4, "S1": 4}, "乙": {"A01": 5}}

    @pytest.mark.parametrize(
        "heads",
        [
            ["單元", "代碼", "內容", "涵蓋", "尚缺的 K、S", "課程"],
            ["代碼", "內容", "所在單元", "課程"],
        ],
    )
    def test_what_says_which_courses_teach_what_is_no_list_of_courses(self, heads):
        with pytest.raises(SourceError, match="is expected"):
            listed(workbook([heads, ["K1"] * len(heads)]), "a.xlsx")

    def test_a_table_of_answers_behind_the_list_adds_nothing_to_it(self):
        data = workbook(
            [["課程", "代碼"], ["甲", "K1"]],
            [["代碼", "內容", "所在單元", "課程"], ["S1", "外語", "T1.1", ""]],
        )
        assert listed(data, "a.xlsx") == {"甲": {"K1": 2}}

    def test_a_workbook_is_read_at_a_bound_however_far_its_cells_stand_apart(self):
        book = openpyxl.Workbook()
        for row in range(1, 100_000, 4):
            book.active.cell(row, 16_384, "x")
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(TooLarge, match="table cells"):
            listed(out.getvalue(), "a.xlsx")

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "a column of course units"),
            ("甲,K1\n".encode(), "a column of course units"),
            (b"course,codes\n", "no course"),
            (b"course,codes\n,K1\n", "no course"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "CSV, TSV"),
            (b"%PDF-1.7", "CSV, TSV"),
            ("課程,代碼".encode("utf-16-le"), "CSV, TSV"),
            (b"\xff\xff", "Big5"),
            (workbook([["課程", "代碼"]])[:900], "damaged"),
            (workbook([["甲"]]), "a column of course units"),
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
            listed(data, "a.csv")


def test_a_module_that_is_named_like_a_heading_is_no_heading():
    table = "單元名稱,行為指標(P),時數,評量方式\n單元1,P1.1.1,2,測驗\n單元2,P1.1.2,3,測驗\n"
    course = read_course(course_document(table.encode(), "course.csv"))
    assert [module.name for module in course.modules] == ["單元1", "單元2"]


class TestTheNameOfTheCourse:
    def test_it_may_stand_in_a_column_beside_its_units(self):
        course = read(
            "課程名稱,單元名稱,知識(K)\n國貿實務,甲,K1\n國貿實務,乙,K2\n".encode(), "a.csv"
        )
        assert course.title == "國貿實務"
        assert [m.name for m in course.modules] == ["甲", "乙"]

    def test_where_a_column_names_several_courses_they_group_the_units(self):
        course = read("課程名稱,單元名稱,知識(K)\n國貿,甲,K1\n報關,乙,K2\n".encode(), "a.csv")
        assert (course.title, [m.text("group") for m in course.modules]) == ("", ["國貿", "報關"])


class TestDataThatIsAList:
    @pytest.mark.parametrize("name", ["a.yaml", "a.json"])
    def test_a_list_of_modules_alone_is_a_course(self, name):
        text = '- {"name": "甲", "hours": 3, "knowledge": ["K1"]}\n- {"name": "乙", "knowledge": "K2"}\n'
        text = "[" + text.replace("\n- ", ",\n")[2:] + "]" if name == "a.json" else text
        found = {
            m.name: [(r.code, r.span.line) for r in m.references]
            for m in read(text.encode(), name).modules
        }
        assert found == {"甲": [("K1", 1)], "乙": [("K2", 2)]}

    def test_a_list_of_something_else_is_refused_with_what_to_write(self):
        with pytest.raises(SourceError, match="modules"):
            read(b"- K1\n- K2\n", "a.yaml")
