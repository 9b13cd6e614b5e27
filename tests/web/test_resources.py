"""Every IRI under the base answers, in the form that is wanted."""

import json
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from rdflib import Graph, URIRef
from starlette.responses import Response
from starlette.testclient import TestClient

import kps_graph
from kps_graph.standards.trace import alike
from kps_graph.terms import PREFIXES
from kps_graph.web.app import application
from kps_graph.web.resources import _Asked
from kps_graph.web.served import Settings
from tests.support.stores import built, document, write

SEED = "/id/KPS1420-001v2"
ROOT = "https://w3id.org/kps-graph"
FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
THINGS = (
    SEED,
    f"{SEED}/T1",
    f"{SEED}/K1",
    "/ontology",
    "/scheme/category",
    "/scheme/category/KPS",
    "/scheme/level/4",
    "/graph/concepts",
    "/query/shared",
)


@pytest.mark.parametrize("path", THINGS)
@pytest.mark.parametrize("accept", FORMS)
def test_a_thing_is_given_as_data(web, path, accept):
    answer = web.get(path, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(accept)
    graph = Graph().parse(data=answer.text, format=FORMS[accept])
    assert path.startswith("/graph") or (URIRef(ROOT + path), None, None) in graph


@pytest.mark.parametrize("path", THINGS)
def test_a_thing_is_given_as_json(web, path):
    answer = web.get(path, headers={"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)


@pytest.mark.parametrize("path", [p for p in THINGS if p.count("/") < 3 or "scheme" in p])
@pytest.mark.parametrize("lang", ["zh-Hant", "en"])
def test_a_thing_has_a_page_for_a_browser(web, path, lang):
    answer = web.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": lang})
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text
    assert "default-src 'none'" in answer.text or answer.headers["content-security-policy"]


def test_every_competency_and_class_of_the_store_answers(web, example_store):
    with kps_graph.open(example_store) as graph:
        iris = [t.iri for t in graph.texts.named().things.values() if t.uses]
    assert len(iris) > 50
    for iri in iris:
        path = iri.removeprefix(ROOT)
        assert web.get(path, headers={"Accept": "text/turtle"}).status_code == 200, iri


def test_the_page_of_the_ontology_has_every_term(web):
    text = web.get("/ontology", headers={"Accept": "text/html"}).text
    for name in ("Standard", "requiresSkill", "representative"):
        assert f'id="{name}"' in text


def test_a_term_leads_to_its_place_in_the_ontology(web):
    answer = web.get("/ontology/Standard")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/ontology#Standard")


def test_no_term_that_the_ontology_lacks_has_a_place_in_it(web):
    assert web.get("/ontology/Standrad").status_code == 404


def test_a_code_in_another_spelling_leads_to_its_iri(web):
    answer = web.get("/id/kps1420-001V2", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(SEED)


def test_forms_have_addresses_of_their_own_and_one_canonical(web):
    answer = web.get(SEED, headers={"Accept": "text/turtle"})
    assert f'<http://testserver{SEED}>; rel="canonical"' in answer.headers["link"]
    assert "Accept" in answer.headers["vary"]
    for link in answer.headers["link"].split(", ")[1:]:
        address, _, rest = link.partition(">")
        found = web.get(urlsplit(address[1:]).path)
        assert found.status_code == 200
        assert found.headers["content-type"].split(";")[0] in rest


def test_what_is_known_already_is_not_sent_again(web):
    first = web.get(SEED, headers={"Accept": "text/turtle"})
    again = {"Accept": "text/turtle", "If-None-Match": first.headers["etag"]}
    second = web.get(SEED, headers=again)
    assert (second.status_code, second.content) == (304, b"")
    other = web.get(SEED, headers={**again, "Accept": "application/n-triples"})
    assert other.status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/turtle"])
def test_what_is_known_already_is_not_even_made_again(web, monkeypatch, accept):
    first = web.get(SEED, headers={"Accept": accept})
    made = []
    for maker in ("_page", "_data"):
        monkeypatch.setattr(_Asked, maker, lambda _, *what: made.append(what) or Response("anew"))
    again = {"Accept": accept, "If-None-Match": f'"other", {first.headers["etag"]}'}
    second = web.get(SEED, headers=again)
    assert (second.status_code, second.headers["etag"]) == (304, first.headers["etag"])
    assert made == []
    assert web.get(SEED, headers={"Accept": accept, "If-None-Match": '"other"'}).text == "anew"
    assert len(made) == 1


def test_each_form_language_and_address_of_a_thing_has_a_tag_of_its_own(web):
    page = {"Accept": "text/html", "Accept-Language": "en"}
    asked = [
        (SEED, page),
        (SEED, {**page, "Accept-Language": "zh-Hant"}),
        (f"{SEED}?light=K1", page),
        (f"{SEED}/K1", {"Accept": "text/turtle"}),
        *((SEED, {"Accept": form}) for form in (*FORMS, "application/json")),
    ]
    tags = [web.get(path, headers=headers).headers["etag"] for path, headers in asked]
    assert len(set(tags)) == len(asked)


def test_the_tag_is_another_as_soon_as_another_generation_is_current(tmp_path):
    write(tmp_path, one=document())
    store = tmp_path / "kps.store"
    built(store, tmp_path)
    with kps_graph.open(store) as graph:
        path = f"/id/{next(iter(graph.identities()))}.ttl"
    with TestClient(application(Settings(store))) as client:
        first = client.get(path)
        known = {"If-None-Match": first.headers["etag"]}
        assert client.get(path, headers=known).status_code == 304
        write(tmp_path, one=document(), broken="{}")
        built(store, tmp_path)
        second = client.get(path, headers=known)
        assert (second.status_code, second.content) == (200, first.content)
        assert second.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/id/NOT-THERE", "text/turtle", 404),
        ("/id/concept/K-0000000000000000", "text/turtle", 404),
        ("/scheme/no-such", "text/turtle", 404),
        (SEED, "image/png", 406),
    ],
)
def test_what_is_not_there_says_so(web, path, accept, status):
    answer = web.get(path, headers={"Accept": accept})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_reads_pages_gets_a_page_that_nothing_is_there(web):
    answer = web.get("/id/NOT-THERE", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_old_versions_stay_at_their_iris(web, example_store):
    with kps_graph.open(example_store) as graph:
        for identity in graph.identities():
            assert web.get(f"/id/{identity}.nt").status_code == 200


def test_crawlers_find_every_page_by_the_sitemap(example_store):
    settings = Settings(example_store, public_url="https://kg.example")
    with TestClient(application(settings)) as client:
        assert "Sitemap: https://kg.example/sitemap.xml" in client.get("/robots.txt").text
        tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    found = [e.text for e in tree.iter() if e.tag.endswith("loc")]
    assert f"https://kg.example{SEED}" in found
    assert len(found) == len(set(found))


def test_a_graph_of_the_store_describes_the_data(web):
    said = Graph().parse(data=web.get("/graph/provenance.ttl").text, format="turtle")
    assert any(str(o) == f"{PREFIXES['void']}Dataset" for o in said.objects())


def test_health_counts_standards_and_not_what_could_not_be_read(tmp_path):
    write(tmp_path, one=document(), broken="{}")
    built(tmp_path / "kps.store", tmp_path)
    with TestClient(application(Settings(tmp_path / "kps.store"))) as client:
        assert client.get("/health").json() == {"status": "ok", "standards": 1}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("K01", "K1"),
        ("k1", "K1"),
        ("Ｋ１", "K1"),
        ("T01.01", "T1.1"),
        ("p1.1.01", "P1.1.1"),
        ("K01.ttl", "K1.ttl"),
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_a_part_in_another_spelling_leads_to_its_iri(web, asked, meant, accept):
    answer = web.get(f"{SEED}/{asked}", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"{SEED}/{meant}")
    assert web.get(f"{SEED}/{meant}", headers={"Accept": accept}, follow_redirects=True).is_success


def test_a_spelling_of_standard_and_part_leads_there_at_once(web):
    answer = web.get("/id/kps1420-001V2/k01", headers={"Accept": "application/json"})
    assert answer.headers["location"].endswith(f"{SEED}/K1")


def test_a_part_that_there_is_not_is_answered_with_what_could_be_meant(web):
    answer = web.get(f"{SEED}/K999", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert "K" in answer.json()["hint"]


def test_several_parts_that_could_be_meant_are_all_named():
    assert alike("k1", ["K1", "K01", "S1", "K1/items/1"]) == ["K1", "K01"]
    assert alike("K1/ITEMS/1", ["K1", "K01", "S1", "K1/items/1"]) == ["K1/items/1"]
