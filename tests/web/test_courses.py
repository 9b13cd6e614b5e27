"""The page to drop the table of a course on: what it says, what is taken along, what is refused."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from starlette.testclient import TestClient

from kps_graph.web.app import application
from kps_graph.web.served import Settings
from tests.web.pages import Page

CHINESE = {"accept": "text/html", "accept-language": "zh-TW"}
COURSE = "course.xlsx"
#: A course of one module that names no standard.
UNNAMED = "單元名稱,行為指標(P),知識(K),時數,評量方式\n服務,P1.1.1,K1,3,測驗\n".encode()


@pytest.fixture(scope="module")
def post(web, examples):
    """Sends a table, as the form does."""

    def send(table, path="/course", lang="zh-TW", **fields):
        name, data = table if isinstance(table, tuple) else (table, (examples / table).read_bytes())
        headers = CHINESE | {"accept-language": lang}
        return web.post(path, files=[("draft", (name, data))], data=fields, headers=headers)

    return send


@pytest.fixture(scope="module")
def faulty(post):
    """The report about the example with faults."""
    return Page(post("course-with-faults.xlsx").text)


def cells(page_html):
    """The rows of the matrices: code and state of each part."""
    return re.findall(
        r'<th scope="row"><span class="code">([PKS][\d.]+)</span></th>.*?<td>(.*?)<td', page_html
    )


def test_the_report_counts_what_is_taught_and_has_gaps_first(post):
    answer = post("course-with-faults.xlsx", task=["T1", "T2", "T3", "T4", "T5"])
    states = ["缺" in state for code, state in cells(answer.text) if code.startswith("P")]
    assert answer.status_code == 200
    assert len(states) == 76
    assert states.count(True) > 0
    assert states == sorted(states, reverse=True)


def test_a_table_that_says_which_tasks_it_is_for_is_held_against_these(faulty, post):
    ticked = [a["value"] for a in faulty.all("input", name="task") if "checked" in a]
    assert ticked == ["T1", "T2"]
    stated = "課程範圍：T1~T2\n".encode() + UNNAMED
    page = Page(post(("c.csv", stated), standard="KPS1420-001v2").text)
    assert [a["value"] for a in page.all("input", name="task") if "checked" in a] == ["T1", "T2"]


def test_each_finding_stands_at_its_cell(faulty):
    targets = {link[1:] for link in faulty.links if re.fullmatch(r"#f\d+-\d+", link)}
    assert len(targets) >= 10
    assert targets <= set(faulty.ids)
    assert len(faulty.all("td", **{"data-find": "bad"})) > 0


def test_sheets_without_content_are_left_out_and_counted(faulty):
    assert re.search("另有 [0-9]+ 個工作表沒有讀到課程內容", faulty.text)


def test_the_tasks_of_the_standard_can_be_chosen(post):
    answer = post(COURSE, task=["T1"])
    page = Page(answer.text)
    ticked = [a["value"] for a in page.all("input", name="task") if "checked" in a]
    assert ticked == ["T1"]
    assert {code[:2] for code, _ in cells(answer.text) if code.startswith("P")} == {"P1"}


@pytest.mark.parametrize("lang", ["zh-TW", "en"])
@pytest.mark.parametrize(
    ("what", "member"),
    [
        ("copy", "xl/comments"),
        ("matrix", "xl/workbook.xml"),
        ("odt", "content.xml"),
        ("docx", "word/document.xml"),
        ("xlsx", "xl/workbook.xml"),
        ("findings", "xl/workbook.xml"),
    ],
)
def test_it_is_taken_along_as_a_file(post, what, member, lang):
    answer = post("course-with-faults.xlsx", "/course/file", lang, what=what)
    assert answer.status_code == 200
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(member in name for name in names)


def test_the_texts_for_the_platform_are_one_file(post):
    answer = post(COURSE, "/course/file", what="fields")
    assert "fields.txt" in answer.headers["content-disposition"]
    assert "### " in answer.text


class TestStandard:
    def test_a_table_that_names_none_asks_for_one_and_keeps_what_was_typed(self, post):
        answer = post(("c.csv", UNNAMED), tasks="T1")
        page = Page(answer.text)
        assert answer.status_code == 422
        assert "選擇職能基準" in page.text
        assert page.all("input", id="tasks", value="T1")

    def test_it_is_chosen_by_code_or_name(self, post):
        for standard in ("KPS1420-001v2", "貿易經理"):
            answer = post(("c.csv", UNNAMED), standard=standard)
            assert "檢核結果：c.csv" in Page(answer.text).text

    def test_an_unknown_one_is_refused_with_what_may_be_meant(self, post):
        answer = post(("c.csv", UNNAMED), standard="KPS1420-009")
        assert answer.status_code == 422
        assert "KPS1420-001" in Page(answer.text).text

    def test_it_can_be_sent_as_a_document_and_needs_no_store(self, tmp_path, examples):
        draft = examples / "KPS1420-001v2.md"
        sent = [("draft", ("c.csv", UNNAMED)), ("basis", (draft.name, draft.read_bytes()))]
        client = TestClient(application(Settings(tmp_path / "none.store")))
        page = Page(client.post("/course", files=sent, headers=CHINESE).text)
        assert "貿易經理" in page.text
        assert page.all("input", **{"name": "basis", "data-name": draft.name})

    def test_an_unknown_task_is_refused(self, post):
        assert post(COURSE, tasks="T9").status_code == 422


class TestRefused:
    def test_a_file_that_is_no_course_says_what_is_expected(self, post):
        answer = post(("notes.csv", "一,二\n三,四\n".encode()))
        page = Page(answer.text)
        assert answer.status_code == 422
        assert page.all("div", id="refused")
        assert "單元名稱" in page.text

    def test_nothing_sent_is_refused(self, web):
        answer = web.post("/course", files=[("draft", ("", b""))], headers=CHINESE)
        assert answer.status_code == 413

    def test_a_download_that_there_is_not_is_refused(self, post):
        assert post(COURSE, "/course/file", what="pdf").status_code == 400


def test_the_example_needs_no_file_and_no_store(tmp_path):
    client = TestClient(application(Settings(tmp_path / "none.store")))
    asked = {"example": (None, "yes")}
    page = Page(client.post("/course", files=asked, headers=CHINESE).text)
    assert "course-with-faults.xlsx" in page.text
    assert not page.all("input", type="file", name="draft", required=None)
    saved = client.post("/course/file", files=asked | {"what": (None, "odt")}, headers=CHINESE)
    assert saved.content.startswith(b"PK")


def test_nothing_is_kept(post, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    post(COURSE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("propose", ["", "yes"])
def test_a_workbook_to_plan_in_is_taken_along(web, post, propose):
    query = f"standard=KPS1420-001v2&tasks=T1&propose={propose}"
    answer = web.get(f"/course/template?{query}", headers=CHINESE)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) >= 4
    # what is proposed is a course that the check reads
    if propose:
        again = post(("plan.xlsx", answer.content), task=["T1"])
        assert "檢核結果：plan.xlsx" in Page(again.text).text


def test_texts_of_a_table_become_no_element(post):
    table = UNNAMED.replace("服務".encode(), b"<script>x</script><img src=x onerror=y>")
    page = Page(post(('"><script>.csv', table), standard="KPS1420-001v2").text)
    assert all("src" in a for a in page.all("script"))
    assert not page.all("img")


def test_a_course_of_many_modules_and_parts_is_a_page_of_bounded_size(post):
    rows = "".join(f"單元{n},T{n % 5 + 1},,2,測驗\n" for n in range(120))
    table = f"單元名稱,行為指標(P),知識(K),時數,評量方式\n{rows}".encode()
    answer = post(("large.csv", table), standard="KPS1420-001v2")
    assert answer.status_code == 200
    assert len(answer.content) <= 150_000
