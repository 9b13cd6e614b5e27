"""The explorer in a real browser: flows of the three users, axe on every page, no request elsewhere."""

from __future__ import annotations

import re
import shutil
import threading
import time
from urllib.parse import urlsplit

import pytest
import uvicorn

from kps_graph.web.app import application
from kps_graph.web.served import Settings
from tests.web.pages import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(example_store):
    """The address of a server of the example store, on a free port."""
    config = uvicorn.Config(application(Settings(example_store)), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium():
    """The browser of the system."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address):
    """A page that notes what it was refused, and what it asked of other hosts."""
    context = chromium.new_context(
        base_url=address,
        locale="zh-TW",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
    )
    opened = context.new_page()
    opened.wrong = []
    opened.on("console", lambda m: m.type == "error" and opened.wrong.append(m.text))
    opened.on("pageerror", lambda e: opened.wrong.append(str(e)))
    own = urlsplit(address).netloc
    opened.on(
        "request",
        lambda r: urlsplit(r.url).netloc not in (own, "") and opened.wrong.append(r.url),
    )
    yield opened
    assert opened.wrong == []
    context.close()


def complete(page):
    """Asks the editor for what may follow, again while it is still reading what was typed."""
    from playwright.sync_api import TimeoutError

    for _ in range(10):
        page.keyboard.press("Control+Space")
        try:
            page.wait_for_selector(".CodeMirror-hint >> nth=0", timeout=3_000)
        except TimeoutError:
            continue
        return
    raise AssertionError("the editor completes nothing")


class TestFlows:
    def test_a_designer_finds_a_competency_by_two_characters_and_walks_to_its_tasks(self, page):
        page.goto("/")
        page.fill("#q", "外語")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/concept/**")
        page.locator("tr.more summary").first.click()
        link = page.locator("tr.more details[open] li > a").first
        code = link.locator(".code").inner_text()
        link.click()
        page.wait_for_url(f"**/id/*#{code}")
        assert page.locator(f"[id='{code}']").is_visible()

    def test_a_key_that_an_input_method_composes_with_is_its_own(self, page):
        page.goto("/")
        page.fill("#q", "外語")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.eval_on_selector(
            "#q",
            "f => f.dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))",
        )
        assert urlsplit(page.url).path == "/"

    @pytest.mark.parametrize("width", [360, 1440])
    def test_the_sign_of_a_kind_leaves_the_text_beside_it_free_in_english(self, page, width):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/search?q=客戶&lang=en")
        page.fill("#q", "客戶")
        page.wait_for_selector("[role=option]")
        overlapping = page.evaluate("""() => [...document.querySelectorAll('.hits .kind, .suggest .kind')]
            .filter(sign => {
                const s = sign.getBoundingClientRect();
                const box = sign.closest('li').querySelector('h3 a, span[lang]').getBoundingClientRect();
                return s.right > box.left && s.bottom > box.top + 1;
            }).map(sign => sign.textContent)""")
        assert page.locator(".hits .kind").count() > 5
        assert overlapping == []

    def test_an_author_drops_a_draft_and_goes_to_a_finding_in_its_cell(self, page, examples):
        page.goto("/check")
        page.set_input_files("#file", [str(examples / "KPS1420-001v2.md")])
        page.wait_for_selector("h1#report")
        assert page.evaluate("document.activeElement.id") == "report"
        second = page.locator("ol.findings a").nth(1)
        goal = second.get_attribute("href")
        second.click()
        assert page.locator(goal).evaluate("e => e.closest('td').dataset.find") in ("warn", "info")

    def test_the_example_is_tried_and_its_report_saved(self, page):
        page.goto("/check?lang=en")
        page.get_by_role("button", name="Try an example").click()
        page.wait_for_selector("h1#report")
        assert page.locator("ol.findings a").count() > 5
        with page.expect_download() as saved:
            page.click("button[value=xlsx]")
        assert saved.value.suggested_filename == "KPS1420-001v2-findings.xlsx"

    def test_what_a_report_is_saved_as_needs_no_second_choice_of_the_file(self, page, examples):
        page.goto("/check")
        page.set_input_files("#file", [str(examples / "KPS1420-001v2.md")])
        page.wait_for_selector("h1#report")
        assert page.locator(".again-field").is_hidden()
        with page.expect_download() as saved:
            page.click("button[value=xlsx]")
        assert saved.value.suggested_filename == "KPS1420-001v2-findings.xlsx"

    def test_a_designer_drops_a_course_and_takes_the_official_report_along(self, page, examples):
        from playwright.sync_api import expect

        page.goto("/id/KPS1420-001v2")
        page.click("text=設計課程")
        assert page.input_value("#standard") == "KPS1420-001v2"
        page.set_input_files("#file", [str(examples / "course-with-faults.xlsx")])
        page.wait_for_selector("h1#report")
        assert page.evaluate("document.activeElement.id") == "report"
        assert page.locator(".gap-row").count() >= 1  # of T1 and T2, which the table is for
        finding = page.locator("ol.findings a").first
        goal = finding.get_attribute("href")
        finding.click()
        assert page.locator(goal).evaluate("e => e.closest('td').dataset.find") in ("bad", "warn")
        before = page.locator(".matrix tbody tr").count()
        for task in ("T2", "T3", "T4", "T5"):
            page.uncheck(f"[name=task][value={task}]")
        page.click("button[data-here]")
        expect(page.locator(".matrix tbody tr")).not_to_have_count(before, timeout=30_000)
        assert page.locator(".again-field").is_hidden()
        with page.expect_download() as saved:
            page.click("button[value=odt]")
        assert saved.value.suggested_filename == "course-with-faults-report.odt"

    def test_a_file_that_is_refused_is_followed_by_another_without_loading_the_page(
        self, page, examples
    ):
        page.goto("/course")
        page.set_input_files("#file", [str(examples / "pairs.tsv")])
        page.wait_for_selector("#refused")
        page.wrong.clear()  # the browser says that the answer was 422
        page.set_input_files("#file", [str(examples / "course.xlsx")])
        page.wait_for_selector("h1#report")

    def test_a_reader_lights_a_competency_and_its_twin(self, page):
        page.goto("/id/KPS1420-001v2")
        page.locator("#K10 a.code").click()
        assert page.locator("#K24.same").count() == 1
        assert page.locator("th.lit").count() == 4
        page.keyboard.press("Escape")
        assert page.locator("th.lit").count() == 0

    def test_a_researcher_asks_a_query_and_takes_the_sparql_along(self, page):
        page.goto("/queries/gap")
        page.fill("[name=a]", "KPS1420-001v2")
        page.fill("[name=b]", "ZZZ1499-903v1")
        page.click("button.main")
        page.wait_for_selector("#h-rows")
        page.click("details > summary:has-text('SPARQL')")
        page.click("text=在編輯器開啟")
        page.wait_for_url("**/editor?**")
        page.wait_for_selector("#h-rows")
        assert "SELECT" in page.input_value("#query")

    def test_the_editor_completes_a_prefix_and_runs_what_is_typed(self, page):
        page.goto("/editor")
        page.click(".CodeMirror")
        page.keyboard.type("PREFIX skos")
        complete(page)
        assert "http://www.w3.org/2004/02/skos/core#" in page.inner_text(".CodeMirror-hints")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+a")
        page.keyboard.type("SELECT ?s WHERE { ?s a kps:S")
        complete(page)
        page.click(".CodeMirror-hint >> text=/Standard$/")
        page.wait_for_selector(".CodeMirror-hints", state="detached")
        page.keyboard.type(" }")
        page.wait_for_function(
            "document.querySelector('.CodeMirror').CodeMirror.getValue().trimEnd().endsWith('}')"
        )
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#h-rows")
        assert page.locator("table.data tbody tr").count() > 0

    def test_tab_leaves_the_editor(self, page):
        page.goto("/editor")
        page.click(".CodeMirror")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "查詢"

    def test_dark_is_kept_from_page_to_page(self, page):
        page.goto("/")
        page.click("#theme")
        page.goto("/rules")
        assert page.get_attribute("html", "data-theme") == "dark"


class TestByAccessibilityTree:
    """The flows as a screen reader walks them: by roles and names alone, from the keyboard."""

    def test_two_characters_a_competency_a_task(self, page):
        page.goto("/")
        box = page.get_by_role("combobox", name="搜尋職業、任務、指標、知識、技能或代碼")
        box.press_sequentially("外語")
        listed = page.get_by_role("listbox", name="建議")
        options = listed.get_by_role("option")
        options.first.wait_for()
        assert "項建議" in page.get_by_role("status").inner_text()
        box.press("ArrowDown")
        chosen = options.first.inner_text().splitlines()
        assert listed.get_by_role("option", selected=True).count() == 1
        box.press("Enter")
        page.wait_for_url("**/id/concept/**")
        heading = page.get_by_role("heading", level=1).inner_text()
        assert any(heading in part for part in chosen)
        tree = page.get_by_role("main").aria_snapshot()
        assert "columnheader" in tree
        page.locator("tr.more summary").first.press("Enter")
        link = page.get_by_role("main").locator("details[open]").get_by_role("link").first
        code = link.inner_text().split()[0]
        link.press("Enter")
        page.wait_for_url(f"**#{code}")
        assert page.get_by_role("rowheader", name=code).first.is_visible()

    def test_a_draft_its_second_finding_its_cell(self, page, examples):
        page.goto("/check")
        page.set_input_files("#file", [str(examples / "KPS1420-001v2.md")])
        heading = page.get_by_role("heading", level=1, name="檢核結果")
        heading.wait_for()
        assert heading.evaluate("e => e === document.activeElement")
        second = page.get_by_role("main").get_by_role("list").get_by_role("link").nth(1)
        assert re.search("警告|提示|違反", second.inner_text())
        second.press("Enter")
        cell = page.get_by_role("cell").filter(has=page.locator(":target"))
        assert cell.count() == 1
        assert re.search("警告|提示|違反", cell.aria_snapshot())

    def test_a_standard_a_lit_competency_its_twin(self, page):
        page.goto("/id/KPS1420-001v2?light=K10")
        assert page.get_by_role("table", name="工作任務、行為指標與職能內涵").is_visible()
        chip = page.locator("#K10")
        said = chip.aria_snapshot()
        assert 'link "K10"' in said
        assert "用於 T2.1–T2.4" in said
        assert chip.get_attribute("data-same") == "K24"
        twin = page.locator("#K24").get_by_role("link", name="K24", exact=True)
        twin.focus()
        assert "K24" in page.locator(".tray").inner_text()


def test_everything_works_without_a_script(chromium, address, examples):
    context = chromium.new_context(base_url=address, java_script_enabled=False, locale="zh-TW")
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "抱怨")
    page.click("form.ask button")
    page.locator("ol.hits h3 a").first.click()
    page.goto("/check")
    page.set_input_files("#file", [str(examples / "KPS1420-001v2.md")])
    page.click(".check-form button.main")
    assert page.locator("ol.findings li").count() > 10
    assert page.locator("form.again input[type=file]").first.is_visible()
    page.goto("/course")
    page.set_input_files("#file", [str(examples / "course.xlsx")])
    page.click(".check-form button.main")
    assert page.locator(".matrix tbody tr").count() > 10
    page.set_input_files("form.again input[type=file]", [str(examples / "course.xlsx")])
    page.click("button[data-here]")
    assert page.locator(".matrix tbody tr").count() > 10
    context.close()


@pytest.mark.parametrize(
    ("locale", "scheme", "width"),
    [
        ("zh-TW", "light", 1440),
        ("zh-TW", "dark", 360),
        ("en-US", "light", 360),
        ("en-US", "dark", 1440),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    chromium, address, examples, locale, scheme, width
):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(
        base_url=address,
        locale=locale,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    page, axe, found = context.new_page(), Axe(), []

    def look(name):
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append((name, "too wide"))
        answer = axe.run(page).response
        assert len(answer["passes"]) > 10, name
        found.extend((name, v["id"], v["nodes"][0]["html"][:200]) for v in answer["violations"])

    for path in (*PAGES, "/id/KPS1420-009v9"):
        page.goto(path)
        look(path)
    page.goto("/check")
    page.set_input_files("#file", [str(examples / "KPS1420-001v2.md")])
    page.wait_for_selector("h1#report")
    look("report")
    page.goto("/course")
    page.set_input_files("#file", [str(examples / "course-with-faults.xlsx")])
    page.wait_for_selector("h1#report")
    look("report of a course")
    context.close()
    assert found == []
