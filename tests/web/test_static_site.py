"""The static site: every file that a page names is there, and a page needs nothing else."""

from __future__ import annotations

import json
import re
import shutil
from bisect import bisect_right
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kps_graph
from kps_graph.cli import main
from kps_graph.exports.site import static
from kps_graph.printable import printable
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
    monkeypatch.setattr("kps_graph.web.views.static.MOST", 10)
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
    entries = entries_of(site)
    assert len(entries) > 300
    assert all((site / entry[3].partition("#")[0]).is_file() for entry in entries.values())


def entries_of(site):
    """By number, what the scripts of a site hold for its search."""
    scripts = [p.read_text("utf-8") for p in (site / "assets/texts").iterdir()]
    held = (json.loads(s.partition("kpsTexts(")[2].rstrip(";\n)")) for s in scripts)
    return {number: entry for entries in held for number, *entry in entries}


@given(st.text(min_size=1, max_size=4), st.lists(st.text(max_size=8), max_size=8))
def test_the_script_of_two_characters_has_every_text_with_them(word, others):
    listed = [("T", f"{a}{word}{b}", "", "id/A.html", ()) for a in others for b in others]
    texts = static.texts([("W", "甲", "A", "id/A.html", ()), *listed])
    folded = static._fold(printable(word))
    for key in static._keys(folded):
        number = bisect_right(texts.first, utf16(key), key=utf16) - 1
        held = json.loads(texts.scripts[number].partition("kpsTexts(")[2].rstrip(";\n)"))
        having = {n for n, e in enumerate(listed, 1) if key in static._fold(printable(e[1]))}
        assert having <= {n for n, *_ in held}


def utf16(text):
    """A text in the order in which JavaScript has it."""
    return text.encode("utf-16-be", "surrogatepass")


def test_the_scripts_that_a_search_loads_are_small(monkeypatch):
    monkeypatch.setattr(static, "MOST", 40)
    monkeypatch.setattr(static, "SHOWN", 20)
    monkeypatch.setattr(static, "SCRIPT", 3000)
    listed = [("K", f"管理{chr(0x4E00 + n)}的知識", "甲", "id/A.html", ()) for n in range(500)]
    texts = static.texts(listed)
    assert max(len(script.encode()) for script in texts.scripts) < 6000
    assert set(texts.cut) == {"的", "的知", "知", "知識", "理", "管", "管理", "識"}
    assert texts.counts["K"] == 500


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
    entries = entries_of(folder).values()
    assert {unquote(entry[3].partition("#")[0]) for entry in entries} == {unquote(link)}


@pytest.fixture(scope="module")
def browser():
    """A Chromium."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])


@pytest.mark.browser
def test_the_search_works_from_a_file_system(site, browser):
    page, wrong = browser.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((site / "search.html").as_uri() + "?q=抱怨")
    page.wait_for_selector("#said-found:not(:empty)")
    assert page.locator("#hits li").count() > 0
    page.goto((site / "search.html").as_uri() + "?occupation=1420")
    page.wait_for_selector("#said-found:not(:empty)")
    assert page.locator("#hits li").count() > 0
    assert re.search("^職業別 1420 [\u4e00-\u9fff、]+經理", page.inner_text("#said-found"))
    page.fill("#q", "外語")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/**")
    assert page.locator("h1").count() == 1
    assert wrong == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [1, 3000, 64_000])
def test_a_search_shows_what_one_through_all_texts_would(
    example_store, tmp_path, monkeypatch, browser, size
):
    monkeypatch.setattr(static, "SCRIPT", size)
    with kps_graph.open(example_store) as graph:
        write(graph, tmp_path)
    entries, page = entries_of(tmp_path), browser.new_page()
    for typed in (
        "抱怨",
        "法",
        "管理",
        "外語能力",
        "客戶 抱怨",
        "KPS1420-001",
        "ｃｎｃ",
        "無此詞句",
    ):
        page.goto((tmp_path / "search.html").as_uri() + f"?q={typed}")
        page.wait_for_selector("#said-found:not(:empty)")
        assert page.locator("#hits h3").all_inner_texts() == searched(entries, typed), typed
        loaded = page.locator("script[src*='assets/texts']").count()
        assert loaded <= len(typed.split())


@pytest.mark.browser
def test_a_search_for_common_words_alone_says_that_it_lists_some(
    example_store, tmp_path, monkeypatch, browser
):
    monkeypatch.setattr(static, "MOST", 3)
    with kps_graph.open(example_store) as graph:
        write(graph, tmp_path)
    page, said = browser.new_page(), {}
    for typed in ("管理 能力", "管理 抱怨程"):
        page.goto((tmp_path / "search.html").as_uri() + f"?q={typed}")
        page.wait_for_selector("#said-found:not(:empty)")
        said[typed] = "只列出一部分" in page.inner_text("#said-found")
    assert said == {"管理 能力": True, "管理 抱怨程": False}


def searched(entries, typed):
    """The texts that a search through all of a site's shows, the best first."""
    words, found = [static._fold(word) for word in typed.split()], []
    for number, (kind, text, where, *_) in entries.items():
        folded, place = static._fold(text), static._fold(where)
        if all(w in folded or w in place for w in words) and (
            kind == "W" or any(w in folded for w in words)
        ):
            rank = 0 if folded == words[0] else 1 if folded.startswith(words[0]) else 2
            found.append((rank, len(folded), number, text))
    return [text for *_, text in sorted(found)[:500]]
