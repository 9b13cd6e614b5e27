"""The explorer's pages: what they say, where they lead, and what is in none of them."""

from __future__ import annotations

import json
import re
from itertools import groupby, islice

import pytest
from starlette.testclient import TestClient

from kps_graph.graph.opened import open as open_graph
from kps_graph.readers import read
from kps_graph.terms import kps
from kps_graph.web.app import application
from kps_graph.web.served import Settings
from tests.support.checks import seed_odt
from tests.support.project import ROOT
from tests.support.stores import built, document, write
from tests.web.pages import NO_PAGES, PAGES, Page

CHINESE = {"accept": "text/html", "accept-language": "zh-TW"}


@pytest.fixture(scope="module")
def opened(web):
    """Opens a page as a person does."""

    def get(path, lang="zh-TW", status=200):
        answer = web.get(path, headers={"accept": "text/html", "accept-language": lang})
        assert answer.status_code == status, answer.text[:500]
        return Page(answer.text)

    return get


#: An everyday run opens every other page, by turns in Chinese and in English.
SOME = dict(zip(PAGES[::2], ("zh-TW", "en") * len(PAGES), strict=False))


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.sweep)])
def everywhere(web, request):
    """Every page in both languages, or some: the answer, and its elements."""
    everything = [(path, lang) for path in PAGES for lang in ("zh-TW", "en")]
    found = {}
    for path, lang in everything if request.param == "all" else SOME.items():
        answer = web.get(path, headers={"accept": "text/html", "accept-language": lang})
        found[path, lang] = answer, Page(answer.text)
    return found


def test_every_address_that_has_a_page_is_looked_at(web):
    looked_at = {path.partition("?")[0] for path in PAGES}
    routes = [r for r in web.app.routes if "GET" in r.methods and not NO_PAGES.match(r.path)]
    assert len(routes) > 20
    assert [r.path for r in routes if not any(map(r.path_regex.match, looked_at))] == []


def test_every_page_is_there_in_its_language(everywhere):
    assert {(k, a.status_code) for k, (a, _) in everywhere.items() if a.status_code != 200} == set()
    for (_, lang), (_, page) in everywhere.items():
        assert page.all("html") == [{"lang": "zh-Hant" if lang == "zh-TW" else "en"}]


def test_no_page_has_an_inline_style_or_script(everywhere):
    for answer, page in everywhere.values():
        assert not page.all("style")
        assert all("src" in a for a in page.all("script"))
        assert not [n for _, a in page.elements for n in a if n == "style" or n.startswith("on")]
        assert "'unsafe" not in answer.headers["content-security-policy"]


def test_anchors_are_unique_on_every_page(everywhere):
    for path, (_, page) in everywhere.items():
        ids = page.ids
        assert [i for i in set(ids) if ids.count(i) > 1] == [], path


def test_every_link_of_every_page_leads_somewhere(web, everywhere):
    links = {
        link.partition("#")[0]
        for _, page in everywhere.values()
        for link in page.links
        if link.startswith("/")
    }
    tried = {re.sub(r"lang=en|&$", "", link) for link in links if "/compare" not in link}
    # of the hundreds of links to one page with other parameters, the first few
    pages = groupby(sorted(tried), lambda link: (link.partition("?")[0], "in=" in link))
    few = 3 if len(everywhere) > len(PAGES) else 1
    tried = {link for _, links_to in pages for link in islice(links_to, few)}
    broken = [
        link
        for link in sorted(tried)
        if web.get(link, headers=CHINESE).status_code not in (200, 303)
    ]
    assert broken == []


def test_every_kind_of_page_is_two_clicks_from_the_first(opened):
    first = {link for link in opened("/").links if link.startswith("/")}
    second = {
        link.partition("?")[0]
        for page in first
        for link in opened(page).links
        if not link.startswith("#")
    }
    iris = "/id/concept", "/scheme/", "/query/"  # which data names
    kinds = {p.partition("?")[0] for p in PAGES if not p.startswith(iris)}
    assert sorted(kinds - second - {link.partition("?")[0] for link in first}) == []


def test_a_page_is_at_most_150_kb(everywhere):
    sizes = {p: len(a.content) for p, (a, _) in everywhere.items()}
    assert {p: size for p, size in sizes.items() if size > 150_000} == {}


def test_the_address_of_a_language_wins_over_the_header_and_is_carried(opened):
    page = opened("/id/KPS1420-001v2?lang=en", lang="zh-TW")
    assert page.all("html", lang="en")
    other = page.all("a", hreflang="zh-Hant")[0]["href"]
    inside = [link for link in page.links if link.startswith("/id/") and link != other]
    assert inside
    assert all("lang=en" in link for link in inside)


class TestStandard:
    def test_cells_are_merged_as_the_document_has_them(self, opened):
        page = opened("/id/KPS1420-001v2")
        (first,) = page.all("th", id="T1")
        (activity,) = page.all("th", id="T1.1")
        assert (first["rowspan"], activity.get("rowspan", "1")) == ("3", "1")
        assert page.all("td", class_="kc")[0]["rowspan"] == "3"

    def test_columns_are_as_wide_as_the_document_has_them(self, examples, tmp_path):
        (tmp_path / "seed.odt").write_bytes(seed_odt(examples))
        built(tmp_path / "kps.store", tmp_path / "seed.odt")
        content = read(seed_odt(examples), "seed.odt")
        stated = next(t.widths for t in content.tables if len(t.widths) == 7)
        with TestClient(application(Settings(tmp_path / "kps.store"))) as client:
            page = Page(client.get("/id/KPS1420-001v2", headers=CHINESE).text)
        shown = [float(c["width"].rstrip("%")) for c in page.all("col") if "width" in c]
        wide = [max(6.0, 100 * w / sum(stated)) for w in stated]  # none too narrow to read
        assert shown == pytest.approx([100 * w / sum(wide) for w in wide], abs=0.11)

    def test_columns_are_those_of_the_form_where_the_document_does_not_say(self, opened):
        columns = [c.get("class", "") for c in opened("/id/KPS1420-001v2").all("col")]
        assert [c for c in columns if c.startswith("c")] == [
            "c1",
            "c2",
            "c3",
            "c4",
            "c5",
            "c6",
            "c7",
        ]

    def test_a_third_layer_of_units_has_a_column_of_its_own(self, opened):
        page = opened("/id/ZZZ3331-905v1")
        assert len(page.all("col")) == 3 + 8
        assert page.all("th", id="T1.1.1")

    def test_every_part_is_an_anchor(self, opened, web):
        ids = set(opened("/id/KPS1420-001v2").ids)
        assert {"T1", "T1.2", "P1.2.3", "O1.3.1", "K10", "S13", "A01"} <= ids

    def test_a_competency_says_where_it_is_used_and_who_shares_it(self, opened):
        page = opened("/id/KPS1420-001v2")
        assert "，用於 T2.1–T2.4，僅此職業使用" in page.text
        (chip,) = page.all("li", id="K10")
        assert chip["data-units"] == "T2.1 T2.2 T2.3 T2.4"
        assert chip["data-same"] == "K24"

    def test_a_cell_names_the_codes_that_it_holds_and_none_between(self, opened):
        page = opened("/id/ZZZ4323-901v2")
        assert "知識 K K01–K02、K07、K12 適用 T1.1" in page.text
        assert "K01–K12" not in page.text

    def test_in_english_the_heads_of_the_table_and_the_state_of_the_version_are_english(
        self, opened
    ):
        page = opened("/id/ZZZ4323-901v2", lang="en")
        assert "Main duty" in page.text
        assert "Work task" in page.text
        assert "Latest version V2" in page.text
        assert "Name (occupation)" in page.text
        assert "used in T1.1, T2.3" in page.text

    def test_the_server_lights_what_the_address_says(self, opened):
        page = opened("/id/KPS1420-001v2?light=K10")
        (chip,) = page.all("li", id="K10")
        assert chip["class"].split() == ["chip", "on"]
        assert "lit" in page.all("th", id="T2.1")[0]["class"]
        assert "lit" not in page.all("th", id="T1.1")[0]["class"]

    def test_each_finding_stands_at_its_part(self, web):
        html = web.get("/id/KPS1420-001v2", headers=CHINESE).text
        (at,) = re.findall(r'<li id="P1\.2\.1">.*?</li>', html, re.S)
        assert "R23" in at
        assert "「产」" in at
        assert len([p for p in Page(html).all("p") if p.get("class", "").startswith("find ")]) >= 15

    def test_many_findings_come_in_parts_each_of_which_the_page_leads_to(self, web, monkeypatch):
        monkeypatch.setattr("kps_graph.web.views.standards.MOST", 10)
        monkeypatch.setattr("kps_graph.exports.site.standard.MOST", 10)

        def shown(part: int) -> set[str]:
            html = web.get(f"/id/KPS1420-001v2?findings={part}&v={part}", headers=CHINESE).text
            assert "第 11–" in html
            return set(re.findall(r'<p class="find \w+" id="(f\d+)"', html))

        assert shown(1) == {f"f{n}" for n in range(1, 11)}
        assert "f11" in shown(2)
        assert not shown(1) & shown(2)

    def test_a_citation_says_what_the_document_says_and_no_publisher(self, opened):
        page = opened("/id/KPS1420-001v2")
        assert "貿易經理職能基準（KPS1420-001v2，2018）。" in page.text
        assert "勞動部" not in page.text

    def test_findings_are_hidden_until_asked_for(self, opened):
        (hidden,) = opened("/id/KPS1420-001v2").all("input", id="show-find")
        (shown,) = opened("/id/KPS1420-001v2?findings=1").all("input", id="show-find")
        assert "checked" not in hidden
        assert "checked" in shown

    def test_a_part_and_a_series_lead_to_the_standard(self, web):
        part = web.get("/id/KPS1420-001v2/K10", headers=CHINESE)
        assert (part.status_code, part.headers["location"]) == (
            303,
            "/id/KPS1420-001v2?light=K10#K10",
        )
        series = web.get("/id/KPS1420-001", headers=CHINESE)
        assert series.headers["location"] == "/id/KPS1420-001v2"

    @pytest.mark.parametrize("ending", ["json", "yaml", "ttl", "csv", "xlsx", "graphml"])
    def test_it_is_downloaded_in_each_format(self, web, ending):
        answer = web.get(f"/download/KPS1420-001v2.{ending}")
        assert answer.status_code == 200
        assert len(answer.content) > 1000
        assert f"KPS1420-001v2.{ending}" in answer.headers["content-disposition"]

    def test_a_cell_of_a_csv_is_no_formula(self, web):
        rows = web.get("/download/KPS1420-001v2.csv").text.splitlines()
        assert rows[0].lstrip("\ufeff") == "kind,code,text,level,above,needs"
        assert not [r for r in rows[1:] if r.startswith(("=", "+", "-", "@"))]


class TestCompetency:
    PATH = "/id/concept/S-b51a6d98f625ecc8"

    def test_it_counts_occupations_activities_and_indicators(self, opened):
        text = opened(self.PATH).text
        assert "4 個職業需要這一項，用在 13 項工作活動、42 項行為指標。" in text
        assert "依據 6 個職業（一職業計一次）" in text

    def test_it_tells_each_wording_and_why_it_counts(self, opened):
        text = opened(self.PATH).text
        for wording in ("外語表達與溝通能力", "外語表達與溝通技巧", "外語表達及溝通能力"):
            assert wording in text
        assert "去除無意義成分後相同" in text

    def test_another_wording_leads_to_the_same_page(self, opened, example_store):
        with open_graph(example_store) as graph:
            ((other,),) = graph.store.texts(
                f"SELECT ?c {{ ?c <{kps.representative}> ?r FILTER(?c != ?r) }} ORDER BY ?c LIMIT 1"
            )
        concept = other.rsplit("/", 1)[-1]
        assert opened(f"/id/concept/{concept}").all("section", id="used")

    def test_what_is_related_says_which_occupation_uses_it(self, opened):
        text = opened("/id/concept/S-bcc8874dbc9c9e6f").text
        assert "1 職業：貿易經理" in text
        assert "1 職業：客戶服務主管" in text


class TestSearch:
    def test_words_are_marked_and_synonyms_are_said(self, opened):
        page = opened("/search?q=客戶抱怨")
        assert page.all("mark")
        assert "也找了近義詞：客訴" in page.text

    def test_a_filter_stands_in_the_address_and_can_be_removed(self, opened):
        page = opened("/search?q=客戶&kind=K&level=5")
        assert "/search?q=%E5%AE%A2%E6%88%B6&level=5" in page.links
        chosen = [a["value"] for a in page.all("input", name="kind") if "checked" in a]
        assert chosen == ["K"]

    def test_where_filters_hide_all_it_says_which(self, opened):
        text = opened("/search?q=客戶抱怨&kind=note").text
        assert re.search("移除「說明」會有 [0-9]+ 項", text)

    def test_a_class_that_results_are_narrowed_by_has_its_name_beside_its_code(self, opened):
        page = opened("/search?q=客戶")
        assert re.search("職業別.*14 [\u4e00-\u9fff、]*經理", page.text)
        assert re.search("行業別.*[0-9]{2} [\u4e00-\u9fff、]+業", page.text)

    def test_a_class_narrows_to_what_is_below_it(self, opened):
        assert "貿易經理" in opened("/search?occupation=14").text
        assert "貿易經理" not in opened("/search?occupation=24").text

    def test_a_rule_to_narrow_by_is_called_by_its_title(self, opened):
        assert "R20 分類代碼存在，名稱與代碼相符" in opened("/search?q=客戶").text

    def test_a_task_of_one_of_several_places_says_whose_it_is(self, opened):
        assert "2 處・貿易經理 T1" in opened("/search?q=抱怨").text

    def test_suggestions_say_kind_and_place(self, web):
        found = web.get("/suggest?q=抱怨", headers={"accept-language": "zh-TW"}).json()
        assert {"知識 K", "技能 S"} <= {s["kind"] for s in found}
        assert all(s["where"] and s["href"].startswith("/id/") for s in found)
        assert len(found) <= 8


class TestQuestions:
    def test_a_gap_counts_what_is_had_and_what_is_not(self, opened):
        text = opened("/gap?from=KPS1420-001v2&to=ZZZ1499-903v1").text
        assert re.search("[0-9]+ 已有.*[0-9]+ 要補", text)

    def test_a_difference_marks_words_with_ins_and_del(self, opened):
        page = opened("/diff?v=KPS1420-001v2&v=ZZZ1499-903v1")
        assert page.all("ins")
        assert page.all("del")

    def test_a_query_is_asked_with_its_fields(self, opened):
        page = opened("/queries/gap?a=KPS1420-001v2&b=ZZZ1499-903v1")
        assert page.all("input", name="a", value="KPS1420-001v2")
        assert re.search("[1-9][0-9]* 列", page.text)
        assert "SELECT" in page.text

    def test_classes_are_named_in_the_language_of_the_page(self, opened):
        assert re.search("KPS *[\u4e00-\u9fff]+", opened("/queries/categories").text)
        english = opened("/queries/categories", lang="en")
        assert re.search("KPS *[A-Z][a-z]+", english.text), english.text[500:3000]
        assert "language=en" in " ".join(english.links)

    def test_a_wrong_value_is_said_on_the_page_of_the_query(self, opened):
        page = opened("/queries/gap?a=KPS9999&b=ZZZ1499-903v1")
        assert page.all("div", class_="problem stack gap2")

    def test_the_editor_says_where_a_query_fails(self, opened):
        assert opened("/editor?query=SELECT+WHERE").all("div", class_="problem stack gap2")

    def test_an_example_stands_in_the_editor_and_is_not_asked(self, opened):
        page = opened("/editor?example=standards")
        assert "kps:Standard" in page.text
        assert not page.all("table")

    def test_an_unknown_example_is_said(self, opened):
        opened("/editor?example=standrads", status=404)

    def test_the_script_of_the_editor_is_on_its_page_alone_with_its_licence(self, web, everywhere):
        script = "/assets/yasqe.min.js"
        having = {
            path.partition("?")[0]
            for (path, _), (_, page) in everywhere.items()
            if page.all("script", src=script)
        }
        assert having == {"/editor"}
        assert "MIT" in web.get("/assets/yasqe.LICENSE.txt").text

    def test_scripts_of_a_page_are_at_most_300_kb_as_they_are_sent(self, web, opened):
        sent = 0
        for script in opened("/editor").all("script"):
            with web.stream("GET", script["src"]) as answer:
                sent += sum(len(part) for part in answer.iter_raw())
        assert sent < 300_000

    def test_an_attitude_that_is_lacking_is_needed_by_the_whole_occupation(self, opened):
        page = opened("/gap?from=KPS1420-001v2&to=ZZZ4323-901v2")
        assert "成本意識整個職業" in page.text
        assert not re.search(r"\b0 項", page.text)

    def test_the_choices_of_a_query_are_in_words(self, opened):
        page = opened("/queries/gap")
        assert "不限知識 K技能 S態度 A" in page.text
        assert {"any", "K", "S", "A"} <= {o["value"] for o in page.all("option")}

    def test_programs_are_told_of_every_address_that_they_can_ask(self, opened, web):
        page = opened("/api")
        described = web.get("/openapi.json").json()["paths"]
        assert [path for path in described if path not in page.text] == []


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    write(
        folder,
        old=document("ZZZ1111-001v1", knowledge=("倉儲管理",)),
        new=document("ZZZ1111-001v2"),
        other=document("ZZZ2222-001v1", "乙員"),
    )
    built(folder / "kps.store", folder)
    with TestClient(application(Settings(folder / "kps.store"))) as client:
        yield client


def test_every_column_of_the_versions_has_its_head_on_paper(web):
    page = web.get("/id/KPS1420-001v2", headers=CHINESE).text
    versions = page[page.index('<section id="versions"') :]
    rows = re.findall(r"<tr.*?</tr>", versions[: versions.index("</table>")], re.DOTALL)
    cells = [re.findall(r"<t[hd](?![^>]*noprint)[ >]", row) for row in rows]
    assert len(rows) > 1
    assert {len(row) for row in cells} == {5}
    assert ">版本</th>" in rows[0]


@pytest.mark.parametrize(
    "path",
    ["/compare?with=甲員&with=乙員", "/gap?from=甲員&to=乙員", "/queries/gap?a=甲員&b=乙員"],
)
def test_the_name_of_an_occupation_means_its_newest_version(two_versions, path):
    answer = two_versions.get(path, headers=CHINESE)
    assert answer.status_code == 200
    assert Page(answer.text).all("input", value="ZZZ1111-001v2")
    assert "不只一份" not in answer.text


@pytest.mark.parametrize(
    "path", ["/compare?with=甲&with=乙員", "/gap?from=乙員&to=甲", "/trace?in=甲&code=K1"]
)
def test_a_part_of_a_name_leads_on_to_what_it_may_mean(two_versions, path):
    refused = two_versions.get(path, headers=CHINESE)
    assert refused.status_code == 404
    (lead,) = [link for link in Page(refused.text).links if "ZZZ1111-001v2" in link]
    assert two_versions.get(lead, headers=CHINESE).status_code == 200
    assert Page(refused.text).links.count(lead) == 1


@pytest.mark.parametrize("path", ["/map?level=3-5", "/overlap?level=3-5&with=甲員"])
def test_the_keys_of_a_search_name_a_slice_of_the_map_too(web, path):
    answer = web.get(path, headers=CHINESE)
    assert answer.status_code == 303
    assert "in=level%3D3-5" in answer.headers["location"]


def test_the_keys_of_a_search_narrow_the_slice_of_an_address(web):
    answer = web.get("/map?in=category%3DKPS&level=3-5", headers=CHINESE)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/map?in=category%3DKPS+level%3D3-5",
    )


def test_a_key_that_no_slice_has_is_refused_and_not_passed_over(web):
    answer = web.get("/map?level=nine", headers=CHINESE)
    assert answer.status_code == 404


def test_knowledge_of_a_standard_without_tasks_is_shown(tmp_path):
    write(tmp_path, one=document(knowledge=("風險管理", "倉儲管理"), tasks=[]))
    built(tmp_path / "kps.store", tmp_path)
    with TestClient(application(Settings(tmp_path / "kps.store"))) as client:
        page = Page(client.get("/id/ZZZ1111-001v2", headers=CHINESE).text)
    assert {"K1", "K2", "S1"} <= set(page.ids)
    assert "倉儲管理" in page.text


class TestPictures:
    def test_a_trace_is_a_picture_that_leads_on(self, web):
        html = web.get("/trace?in=KPS1420-001v2&code=S13", headers=CHINESE).text
        picture = html[html.index('class="own picture') :]
        assert 'href="/trace?in=KPS1420-001v2&amp;code=P3.1.1"' in picture

    @pytest.mark.parametrize("path", ["/map", "/overlap", "/overlap?in=level%3D3-5"])
    def test_the_picture_of_a_page_is_a_file_that_leads_to_occupations(self, opened, web, path):
        (image,) = opened(path).all("img")
        picture = web.get(image["src"], headers=CHINESE)
        assert picture.headers["content-type"] == "image/svg+xml"
        assert image["alt"]
        if path == "/map":
            assert 'href="/id/KPS1420-001v2"' in picture.text

    def test_colours_of_pictures_are_light_or_dark_as_the_page_is(self, web):
        style = web.get("/assets/pictures.css").text
        assert ".picture svg .skill{fill:light-dark(" in style


class TestSlices:
    def test_what_a_search_is_narrowed_to_is_carried_to_the_questions(self, opened):
        page = opened("/search?q=客戶&kind=K&level=4-5&category=KPS")
        wanted = "?in=category%3DKPS+level%3D4-5"
        carried = {link.partition("?")[0] for link in page.links if link.endswith(wanted)}
        assert carried == {"/map", "/overlap", "/compare", "/queries"}

    def test_a_search_that_is_not_narrowed_has_no_slice_to_carry(self, opened):
        assert not [link for link in opened("/search?q=客戶").links if "in=" in link]

    def test_a_question_answers_for_the_slice_and_says_so(self, opened):
        page = opened("/overlap?in=level%3D3-4")
        assert "level=3-4" in page.text
        assert "KPS1420-001v2" not in " ".join(page.links)
        assert "KPS1420-001v2" in " ".join(opened("/overlap").links)

    def test_a_query_and_its_downloads_are_of_the_slice(self, opened, web):
        page = opened("/queries/standards?in=level%3D5-6")
        (csv,) = [link for link in page.links if "/csv" in link]
        rows = web.get(csv).text.splitlines()
        assert 1 < len(rows) < len(web.get("/queries/standards/csv").text.splitlines())

    def test_a_faulty_slice_is_refused_with_what_is_meant(self, opened):
        assert "level" in opened("/map?in=levl%3D4", status=404).text

    def test_results_are_sorted_by_what_their_standards_state(self, opened):
        def levels(address):
            return re.findall("級別 ([1-6])", opened(address).text)

        # the facet of levels stands before the results
        found = levels("/search?kind=standard&sort=level")[-5:]
        assert len(set(found)) > 1
        assert found == sorted(found)


class TestErrors:
    def test_an_unknown_code_names_what_is_near(self, opened):
        page = opened("/id/KPS1420-009v9", status=404)
        assert "KPS1420-001v2" in page.text

    def test_an_unknown_address_is_a_page_for_people_and_data_for_programs(self, web, opened):
        assert opened("/nothing/here", status=404).all("input", id="q")
        answer = web.get("/nothing/here", headers={"accept": "application/json"})
        assert answer.headers["content-type"] == "application/problem+json"

    def test_without_a_store_drafts_can_still_be_checked(self, tmp_path):
        client = TestClient(application(Settings(tmp_path / "none.store")))
        assert client.get("/check", headers=CHINESE).status_code == 200
        page = client.get("/search", headers=CHINESE)
        assert page.status_code == 503
        assert "kps-graph build" in page.text

    def test_a_store_of_one_standard_shows_that_standard(self, tmp_path):
        write(tmp_path, one=document())
        built(tmp_path / "kps.store", tmp_path)
        with TestClient(application(Settings(tmp_path / "kps.store"))) as client:
            assert "甲員" in client.get("/", headers=CHINESE).text
            assert client.get("/map", headers=CHINESE).status_code == 200
            assert client.get("/id/ZZZ1111-001v2", headers=CHINESE).status_code == 200


class TestCheck:
    DRAFT = "KPS1420-001v2.md"

    def post(self, web, examples, path="/check", names=(DRAFT,), **fields):
        files = [("draft", (n, (examples / n).read_bytes())) for n in names]
        return web.post(path, files=files, data=fields, headers=CHINESE)

    def test_the_report_stands_on_the_documents_own_table(self, web, examples):
        page = Page(self.post(web, examples).text)
        assert "檢核結果：KPS1420-001v2.md" in page.text
        assert len(page.all("li", class_="warn")) >= 8
        targets = [link[1:] for link in page.links if re.fullmatch(r"#f\d+-\d+", link)]
        assert targets
        assert set(targets) <= set(page.ids)

    def test_several_files_come_with_a_table_and_a_refused_one_says_why(self, web, examples):
        page = Page(self.post(web, examples, names=(self.DRAFT, "pairs.tsv")).text)
        assert "檢核結果：2 份文件" in page.text
        assert "這份文件不是職能基準" in page.text

    @pytest.mark.parametrize(("what", "ending"), [("xlsx", "xlsx"), ("review", "docx")])
    def test_the_report_is_saved_as_a_file(self, web, examples, what, ending):
        answer = self.post(web, examples, "/check/file", what=what)
        assert answer.content.startswith(b"PK")
        assert f".{ending}" in answer.headers["content-disposition"]

    def test_a_file_that_can_hold_no_comments_says_so(self, web, examples):
        answer = self.post(web, examples, "/check/file", what="copy")
        assert answer.status_code == 422
        assert Page(answer.text).all("div", id="refused")

    def test_an_example_is_checked_and_saved_without_a_file_of_ones_own(self, web):
        asked = {"example": (None, "yes")}
        page = Page(web.post("/check", files=asked, headers=CHINESE).text)
        assert len(page.all("li", class_="warn")) >= 8
        assert page.all("input", name="example")
        assert not page.all("input", type="file", name="draft", required=None)
        saved = web.post("/check/file", files=asked | {"what": (None, "xlsx")}, headers=CHINESE)
        assert saved.content.startswith(b"PK")

    def test_nothing_sent_is_refused(self, web):
        answer = web.post("/check", files=[("draft", ("", b""))], headers=CHINESE)
        assert answer.status_code == 413
        assert "請選擇檔案" in answer.text

    def test_no_rule_is_called_the_most_frequent_where_each_is_broken_once(self, web):
        data = (ROOT / "tests/cases/checking/template-text.docx").read_bytes()
        answer = web.post("/check", files=[("draft", ("a.docx", data))], headers=CHINESE)
        assert "有 3 個違反" in answer.text
        assert "最常見" not in answer.text

    def test_nothing_is_kept(self, web, examples, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        self.post(web, examples)
        assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    case = json.loads((ROOT / "tests/cases/robustness/injection.json").read_text("utf-8"))
    case["description"] += "長" * 100_000
    (folder / "case.json").write_text(json.dumps(case), encoding="utf-8")
    (folder / "other.json").write_text(
        json.dumps({**case, "code": "ZZZ3330-906v1"}), encoding="utf-8"
    )
    built(folder / "kps.store", folder)
    with TestClient(application(Settings(folder / "kps.store"))) as client:
        client.folder = folder
        yield client


class TestHostileTexts:
    @pytest.fixture(scope="class")
    def pages(self, hostile):
        """Every page that shows such texts."""
        found = {path: hostile.get(path, headers=CHINESE) for path in self.paths(hostile)}
        assert {p: a.status_code for p, a in found.items() if a.status_code >= 500} == {}
        return {path: answer.text for path, answer in found.items()}

    def paths(self, hostile):
        """Every page, asked about standards with such texts and with such texts in addresses."""
        one, other = "ZZZ3330-905v1", "ZZZ3330-906v1"
        about = [re.sub("KPS1420-001v2|ZZZ3331-905v1", one, path) for path in PAGES]
        about = [re.sub("ZZZ1499-903v1|ZZZ4323-901v2", other, path) for path in about]
        first = Page(hostile.get(f"/id/{one}", headers=CHINESE).text)
        return [
            *dict.fromkeys(path for path in about if "concept" not in path),
            *sorted({link for link in first.links if link.startswith("/id/concept/")})[:3],
            "/search?q=<script>",
            "/search?kind=<script>&updated=<script>&category=<script>&sort=<script>",
            f"/trace?in={one}&code=T1",
            "/editor?query=</textarea><script>x</script>",
            "/id/<script>alert(1)</script>",
            "/queries/<script>",
            "/rules/<script>",
            "/course?standard=<script>&tasks=<script>",
            "/compare?with=<script>&with=<script>",
            "/map?in=<script>",
        ]

    def test_no_text_becomes_an_element_of_any_page(self, pages):
        for path, text in pages.items():
            page = Page(text)
            assert all("src" in a for a in page.all("script")), path
            assert all(a["src"].startswith(("/map/", "/overlap/")) for a in page.all("img")), path
            assert not [n for _, a in page.elements for n in a if n.startswith("on")], path
            assert not [x for x in page.links if x.lower().startswith(("javascript", "data"))]

    def test_no_page_has_a_control_character_or_turns_its_direction(self, pages):
        for path, text in pages.items():
            assert not re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", text), path

    def test_a_long_text_is_cut_and_says_how_long_it_is(self, pages):
        text = pages["/id/ZZZ3330-905v1"]
        assert "長" * 3000 not in text
        assert re.search("全文 100,[0-9]{3} 字", text)

    def test_the_report_about_such_a_draft_shows_them_as_text(self, hostile):
        data = (hostile.folder / "case.json").read_bytes()
        name = '"><script>alert(1)</script>.json'
        answer = hostile.post("/check", files=[("draft", (name, data))], headers=CHINESE)
        page = Page(answer.text)
        assert all("src" in a for a in page.all("script"))
        assert not page.all("img")


@pytest.fixture(scope="module")
def none_yet(tmp_path_factory):
    place = tmp_path_factory.mktemp("none") / "kps.store"
    with TestClient(application(Settings(place)), follow_redirects=False) as client:
        yield client


class TestWithoutAStore:
    """What a person sees who has no store yet."""

    def test_the_first_page_takes_a_draft_and_says_how_to_build(self, none_yet):
        page = none_yet.get("/", headers={"accept-language": "zh-TW"})
        assert page.status_code == 200
        assert "把草稿拖到這裡" in page.text
        assert "kps-graph build" in page.text

    @pytest.mark.parametrize("path", ["/check", "/rules", "/rules/R07", "/glossary"])
    def test_what_needs_no_store_is_there(self, none_yet, path):
        assert none_yet.get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/search", "/map", "/id/KPS1420-001v2"])
    def test_what_needs_one_says_so(self, none_yet, path):
        page = none_yet.get(path, headers={"accept": "text/html", "accept-language": "zh-TW"})
        assert page.status_code == 503
        assert "kps-graph build" in page.text
