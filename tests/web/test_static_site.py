"""The static site: every file that a page names is there, and a page needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from urllib.parse import unquote, urlsplit

import pytest

import kps_graph
from kps_graph.cli import main
from kps_graph.saving import refused_by_windows
from kps_graph.web.views.static import write
from tests.support.project import ROOT
from tests.support.stores import built
from tests.web.pages import Page

RULES = ("R07", "E02", "C06")


#: A site is written page by page, which takes longer than all that an everyday run tries of it.
pytestmark = pytest.mark.sweep


@pytest.fixture(scope="module")
def site(example_store, tmp_path_factory):
    """The folder of the site of the example store."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.raises(SystemExit) as ended:
        main(["site", "--store", str(example_store), "-o", str(folder)])
    assert not ended.value.code
    return folder


@pytest.fixture(scope="module")
def pages(site):
    """Every page by its file; of the hundred rules, which are alike, the first few."""
    found = {p for p in site.rglob("*.html") if p.parent.name != "rules"}
    found |= {site / lang / "rules" / f"{rule}.html" for lang in ("", "en") for rule in RULES}
    return {p: Page(p.read_text("utf-8")) for p in sorted(found)}


def test_every_link_leads_to_a_file_of_the_site_and_to_an_anchor_there(pages):
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not goal.is_file() or (
                parts.fragment and goal in pages and unquote(parts.fragment) not in pages[goal].ids
            ):
                broken.append((path.name, link))
    assert broken == []


def test_every_file_that_a_page_loads_is_there(pages):
    for path, page in pages.items():
        loaded = [a["src"] for a in page.all("script") if "src" in a]
        loaded += [a["href"] for a in page.all("link") if a["rel"] in ("stylesheet", "icon")]
        assert loaded
        assert all((path.parent / name).resolve().is_file() for name in loaded), path


def test_there_is_a_page_of_each_standard_and_of_what_several_share(site):
    assert (site / "id/KPS1420-001v2.html").is_file()
    assert (site / "en/id/KPS1420-001v2.html").is_file()
    assert (site / "id/concept/S-b51a6d98f625ecc8.html").is_file()


def test_long_lists_go_on_in_files_of_their_own(example_store, tmp_path, monkeypatch):
    monkeypatch.setattr("kps_graph.web.views.competencies.PAGE", 2)
    monkeypatch.setattr("kps_graph.web.views.static.LISTED", 3)
    with kps_graph.open(example_store) as graph:
        write(graph, tmp_path)
        standards = len(graph.identities())
    first, second = (Page((tmp_path / f"search{n}.html").read_text("utf-8")) for n in ("", "-2"))
    assert "search-2.html" in first.links
    assert "search.html" in second.links
    listed = {link for page in (first, second) for link in page.links if link.startswith("id/")}
    assert len(listed) == standards
    parts = sorted(tmp_path.glob("id/concept/*-2.html"))
    assert parts
    for part in parts:
        whole = part.with_name(part.name.replace("-2.html", ".html"))
        assert f"../../id/concept/{part.name}" in Page(whole.read_text("utf-8")).links
        assert (tmp_path / "en/id/concept" / part.name).is_file()


def test_many_findings_go_on_in_files_of_their_own(example_store, tmp_path, monkeypatch):
    monkeypatch.setattr("kps_graph.web.views.standards.MOST", 10)
    monkeypatch.setattr("kps_graph.exports.site.standard.MOST", 10)
    with kps_graph.open(example_store) as graph:
        write(graph, tmp_path)
    first = tmp_path / "id/KPS1420-001v2.html"
    parts = [first, *sorted((tmp_path / "id/KPS1420-001v2").glob("findings-*.html"))]
    shown = [set(re.findall(r'id="(f\d+)"', p.read_text("utf-8"))) for p in parts]
    assert len(parts) > 1
    assert not set.intersection(*shown)
    assert set.union(*shown) == {f"f{n}" for n in range(1, sum(map(len, shown)) + 1)}
    for part in parts:
        led = {(part.parent / link).resolve() for link in Page(part.read_text("utf-8")).links}
        assert led >= {p.resolve() for p in parts}
        assert (tmp_path / "en" / part.relative_to(tmp_path)).is_file()


def test_a_page_is_at_most_150_kb(pages):
    sizes = {path.name: path.stat().st_size for path in pages}
    assert {name: size for name, size in sizes.items() if size > 150_000} == {}


def test_pages_ask_no_server(pages):
    for path, page in pages.items():
        assert not [f for f in page.all("form") if f.get("method") == "post"], path
        assert not [link for link in page.links if link.startswith(("/", "http"))], path


def test_the_texts_of_the_search_lead_to_pages(site):
    script = (site / "assets/texts.js").read_text("utf-8")
    texts = json.loads(script.partition("kpsTexts = ")[2].rstrip(";\n"))
    assert len(texts) > 300
    assert all((site / entry[3].partition("#")[0]).is_file() for entry in texts)


@pytest.mark.parametrize("code", ["../../../out", "CON.v2", "a:b?*<x>|", "x./..", "AB%2FC"])
def test_no_code_of_a_document_leads_out_of_the_folder_or_to_a_name_that_windows_has_not(
    code, tmp_path
):
    data = json.loads((ROOT / "tests/cases/KPS1420-001v2.json").read_text("utf-8"))
    data["code"] = code
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    store = tmp_path / "kps.store"
    built(store, tmp_path / "a.json")
    folder = tmp_path / "deep" / "er" / "site"
    with pytest.raises(SystemExit) as ended:
        main(["site", "--store", str(store), "-o", str(folder)])
    assert not ended.value.code
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["er"]
    assert [p.name for p in folder.parent.iterdir()] == ["site"]
    assert not [p for p in folder.rglob("*") if refused_by_windows(p.name)]
    home = folder / "search.html"
    (link,) = {x for x in Page(home.read_text("utf-8")).links if x.startswith("id/")}
    page = home.parent / unquote(link)
    downloads = [x for x in Page(page.read_text("utf-8")).links if "download/" in x]
    assert downloads
    assert all((page.parent / unquote(x)).resolve().is_file() for x in downloads)
    script = (folder / "assets/texts.js").read_text("utf-8")
    texts = json.loads(script.partition("kpsTexts = ")[2].rstrip(";\n"))
    assert {unquote(entry[3].partition("#")[0]) for entry in texts} == {unquote(link)}


@pytest.mark.browser
def test_the_search_works_from_a_file_system(site):
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page, wrong = browser.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((site / "search.html").as_uri() + "?q=抱怨")
        assert page.locator("#hits li").count() > 0
        page.goto((site / "search.html").as_uri() + "?occupation=1420")
        assert page.locator("#hits li").count() > 0
        assert re.search("^職業別 1420 [\u4e00-\u9fff、]+經理", page.inner_text("#said-found"))
        page.fill("#q", "外語")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/id/**")
        assert page.locator("h1").count() == 1
        browser.close()
    assert wrong == []
