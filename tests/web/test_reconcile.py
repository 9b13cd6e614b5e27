"""The Reconciliation API 0.2, asked as OpenRefine asks."""

import json
import random
import time

import jsonschema
import pytest
from starlette.testclient import TestClient

import kps_graph
from kps_graph.folding import fold
from kps_graph.search.resolving import Resolver
from kps_graph.web.app import application
from kps_graph.web.served import Settings
from tests.support.stores import built

SEED = "https://w3id.org/kps-graph/id/KPS1420-001v2"


def reconciled(web, *queries):
    """The candidates of each query, sent as OpenRefine sends a batch: a form by POST."""
    batch = {f"q{n}": query for n, query in enumerate(queries)}
    answer = web.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    return [found[key]["result"] for key in batch]


def test_the_manifest_says_what_the_service_offers(web):
    manifest = web.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == "https://w3id.org/kps-graph/id/"
    assert manifest["schemaSpace"].startswith("https://")
    assert {t["id"] for t in manifest["defaultTypes"]} == {
        *"KSA",
        "standard",
        "category",
        "occupation",
        "industry",
    }
    assert "{{id}}" in manifest["view"]["url"]
    assert "{{id}}" in manifest["preview"]["url"]
    assert manifest["preview"]["width"] > 0 < manifest["preview"]["height"]
    assert set(manifest["suggest"]) == {"entity", "type", "property"}


#: What the specification of version 0.2 demands of a manifest, section 4.
_TEXT = {"type": "string"}
_SERVICE = {
    "properties": {
        "service_url": _TEXT,
        "service_path": _TEXT,
        "flyout_service_url": _TEXT,
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    }
}
_WITH_ID = {"required": ["url"], "properties": {"url": {"pattern": r"\{\{id\}\}"}}}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": _TEXT, "contains": {"enum": ["0.2"]}},
        **dict.fromkeys(("name", "identifierSpace", "schemaSpace", "serviceVersion"), _TEXT),
        "view": _WITH_ID,
        "preview": {
            "allOf": [_WITH_ID],
            "required": ["url", "width", "height"],
            "properties": {key: {"type": "integer"} for key in ("width", "height")},
        },
        "defaultTypes": {
            "type": "array",
            "uniqueItems": True,
            "items": {"required": ["id", "name"], "properties": {"id": _TEXT, "name": _TEXT}},
        },
        "suggest": {
            "type": "object",
            "properties": dict.fromkeys(("entity", "type", "property"), _SERVICE),
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": {
                    "properties": dict.fromkeys(("service_url", "service_path"), _TEXT)
                },
                "property_settings": {"type": "array", "items": {"required": ["type", "label"]}},
            },
        },
    },
}


def test_the_manifest_is_what_the_specification_demands(web):
    jsonschema.validate(web.get("/reconcile").json(), MANIFEST)


def test_who_reads_the_manifest_waits_no_more_for_names_to_be_gathered(example_store, monkeypatch):
    gathered = []

    class Noted(Resolver):
        def __init__(self, *given):
            gathered.append(1)
            super().__init__(*given)

    monkeypatch.setattr("kps_graph.search.resolving.Resolver", Noted)
    with TestClient(application(Settings(example_store))) as client:
        client.get("/reconcile")
        assert gathered
        gathered.clear()
        assert reconciled(client, {"query": "貿易經理"})[0]
        assert not gathered


def test_every_address_of_the_manifest_answers(web):
    manifest = web.get("/reconcile").json()
    for service in manifest["suggest"].values():
        url = service["service_url"] + service["service_path"]
        found = web.get(url, params={"prefix": "風", "limit": 1}).json()["result"]
        for entry in found:
            path = service["flyout_service_path"].replace("${id}", entry["id"])
            shown = web.get(service["flyout_service_url"] + path).json()
            assert shown["id"] == entry["id"]
            assert entry["name"] in shown["html"]
    for pattern in (manifest["preview"]["url"], manifest["view"]["url"]):
        assert web.get(pattern.replace("{{id}}", SEED)).status_code in (200, 303)
    propose = manifest["extend"]["propose_properties"]
    answer = web.get(propose["service_url"] + propose["service_path"], params={"type": "K"})
    assert {"id": "uses", "name": "職能基準數"} in answer.json()["properties"]


def test_a_public_address_stands_in_the_manifest(example_store):
    settings = Settings(example_store, public_url="https://kg.example/kps")
    with TestClient(application(settings)) as client:
        manifest = client.get("/reconcile").json()
    assert manifest["suggest"]["entity"]["service_url"] == "https://kg.example/kps/reconcile"


def test_the_manifest_may_be_read_by_any_page(web):
    answer = web.get("/reconcile", headers={"Origin": "http://127.0.0.1:3333"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("貿易經理", "standard", "貿易經理"),
        ("kps1420-001V2", "standard", "貿易經理"),
        ("ＫＰＳ１４２０－００１ｖ２", "standard", "貿易經理"),
        ("KPS", "category", None),
        ("5210", "industry", None),
    ],
)
def test_a_name_or_code_is_matched_in_any_spelling(web, query, kind, name):
    (found,) = reconciled(web, {"query": query, "type": kind})
    assert found[0]["match"]
    assert found[0]["score"] == 100
    assert found[0]["type"][0]["id"] == kind
    assert name in (None, found[0]["name"])


def test_what_is_only_alike_is_no_match(web):
    (found,) = reconciled(web, {"query": "國際貿易的經理人", "type": "standard"})
    assert found
    assert not any(candidate["match"] for candidate in found)


def test_what_is_like_nothing_has_no_candidates(web):
    assert reconciled(web, {"query": "zzzzqqqq", "type": "standard"}) == [[]]


def test_a_property_chooses_among_namesakes(web):
    with_code = {"query": "貿易經理", "properties": [{"pid": "code", "v": "KPS1420-001v2"}]}
    other = {"query": "貿易經理", "properties": [{"pid": "code", "v": "ABC0000-001v1"}]}
    right, wrong = reconciled(web, with_code, other)
    assert right[0]["match"]
    assert right[0]["score"] > wrong[0]["score"]
    assert not wrong[0]["match"]


def test_properties_alone_find_a_thing(web):
    wanted = {"type": "standard", "properties": [{"pid": "code", "v": "KPS1420-001v2"}]}
    (found,) = reconciled(web, wanted)
    assert [c["id"] for c in found] == [SEED]
    assert found[0]["match"]


def test_no_more_candidates_come_than_are_wanted(web):
    (found,) = reconciled(web, {"query": "管理", "limit": 3})
    assert len(found) == 3


def test_the_types_of_a_column_are_guessed_as_openrefine_does(web):
    """It asks for the first ten cells without a type, and counts the types of the answers."""
    answers = reconciled(web, *({"query": q, "limit": 3} for q in ("貿易經理", "KPS1420-001v2")))
    assert {a[0]["type"][0]["id"] for a in answers} == {"standard"}


def test_a_column_is_extended_by_values(web):
    asked = {
        "ids": [SEED],
        "properties": [{"id": "level"}, {"id": "skills", "settings": {"limit": 2}}],
    }
    answer = web.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert [m["id"] for m in answer["meta"]] == ["level", "skills"]
    assert answer["meta"][1]["type"]["id"] == "S"
    row = answer["rows"][SEED]
    assert row["level"] == [{"int": 5}]
    assert len(row["skills"]) == 2
    assert all(set(cell) == {"id", "name"} for cell in row["skills"])


def test_what_is_suggested_begins_as_it_was_typed(web):
    found = web.get("/reconcile/suggest/entity", params={"prefix": "貿易經"}).json()["result"]
    assert found[0]["name"] == "貿易經理"
    rest = web.get("/reconcile/suggest/entity", params={"prefix": "貿易經", "cursor": 1})
    assert rest.json()["result"] == found[1:]


@pytest.mark.parametrize("what", ["type", "property"])
def test_types_and_properties_are_suggested_in_both_languages(web, what):
    for prefix in {"type": ("知識", "knowl"), "property": ("代碼", "cod")}[what]:
        assert web.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()["result"]


def test_a_preview_is_a_page_that_runs_nothing(web):
    answer = web.get("/reconcile/preview", params={"id": SEED})
    assert "貿易經理" in answer.text
    assert "script" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_view_leads_to_the_page_of_the_thing(web):
    answer = web.get("/reconcile/view", params={"id": SEED})
    assert answer.status_code == 303
    assert answer.headers["location"] == "http://testserver/id/KPS1420-001v2"


@pytest.mark.parametrize(
    "form",
    [
        {"queries": "["},
        {"queries": "[]"},
        {"queries": '{"q0": {"query": "x"}}', "callback": "alert(1)//"},
        {"extend": "{}"},
        {"extend": '{"ids": ["x"], "properties": [{"id": "no-such"}]}'},
    ],
)
def test_a_malformed_request_is_refused_with_the_reason(web, form):
    answer = web.post("/reconcile", data=form)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


NAMED = {"query": "貿易經理"}


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "   ",
        {},
        {"query": ""},
        {"query": None},
        {"query": " ", "limit": 3},
        {"query": "。"},
    ],
)
def test_a_query_for_an_empty_cell_has_an_empty_result(web, odd):
    assert reconciled(web, NAMED, odd, NAMED)[1] == []


@pytest.mark.parametrize(
    "odd",
    [
        5,
        None,
        [],
        {"query": []},
        {"query": True},
        {"query": "x", "type": "no-such"},
        {"query": "x", "type": 7},
        {"query": "x", "type": {"id": []}},
        {"query": "x", "properties": 4},
        {"query": "x", "properties": [{"v": 1}]},
    ],
)
def test_a_query_that_cannot_be_answered_hurts_no_other_and_says_why(web, odd):
    batch = {"a": NAMED, "b": odd, "c": NAMED}
    found = web.post("/reconcile", data={"queries": json.dumps(batch)}).json()
    assert found["a"]["result"] == found["c"]["result"] == reconciled(web, NAMED)[0]
    assert found["b"]["result"] == []
    assert found["b"]["error"]


@pytest.mark.parametrize("limit", ["many", None, -1, 0, "3", 1e400, float("nan"), 10**30, [], {}])
def test_an_odd_limit_of_a_query_hurts_nothing(web, limit):
    found = reconciled(web, {**NAMED, "limit": limit}, NAMED)
    assert found[0][0] == found[1][0]


def test_no_candidate_has_a_property_that_there_is_not(web):
    known = reconciled(web, NAMED)[0][0]
    odd = reconciled(web, {**NAMED, "properties": [{"pid": "no-such", "v": 1}]})[0][0]
    assert odd["id"] == known["id"]
    assert not odd["match"]
    assert odd["score"] < known["score"]


def test_a_cell_may_be_a_number(web):
    assert reconciled(web, {"query": 2421}) == [reconciled(web, "2421")[0]]


def test_an_answer_is_given_to_a_function_of_the_page_that_asks(web):
    asked = {"queries": json.dumps({"q0": NAMED})}
    plain = web.get("/reconcile", params=asked)
    answer = web.get("/reconcile", params={**asked, "callback": "jQuery1.done_2"})
    assert answer.headers["content-type"].startswith("application/javascript")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text == f"/**/jQuery1.done_2({plain.text});"
    for address in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/properties"):
        answer = web.get(address, params={"callback": "f"})
        assert answer.text.startswith("/**/f({")


def test_an_unknown_id_is_not_found(web):
    for address in ("preview", "view", "flyout/entity"):
        assert web.get(f"/reconcile/{address}", params={"id": "urn:x"}).status_code == 404


def _written_otherwise(name, rng):
    """A name as somebody else may write it: one of the ways that people do."""
    ways = [
        lambda t: t.replace("臺", "台").replace("紀錄", "記錄").replace("與", "及"),
        lambda t: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),
        lambda t: f" {t[: len(t) // 2]} {t[len(t) // 2 :]}",
        lambda t: t.replace("(", "（").replace(")", "）") + "。",
        lambda t: t.removesuffix("能力").removesuffix("知識").replace("相關", ""),
        lambda t: t + ("相關知識" if rng.random() < 0.5 else "能力"),
    ]
    if len(name) > 6:
        cut = rng.randrange(1, len(name) - 1)
        ways.append(lambda t: t[:cut] + t[cut + 1 :])
    rng.shuffle(ways)
    return next((w for way in ways if (w := way(name)) != name and fold(w)), name)


def test_names_of_the_corpus_are_matched_as_others_write_them(tmp_path, corpus_dir, oracle):
    built(tmp_path / "kps.store", corpus_dir)
    with TestClient(application(Settings(tmp_path / "kps.store"))) as client:
        assert client.get("/reconcile").status_code == 200
        with kps_graph.open(tmp_path / "kps.store") as graph:
            things = _things(graph)
        rng = random.Random(16)
        chosen = rng.sample(things, 200)
        queries = [
            {"query": _written_otherwise(name, rng), "type": kind} for _, name, kind in chosen
        ]
        answers = reconciled(client, *queries)
        right = [
            bool(found) and found[0]["id"] == iri
            for (iri, _, _), found in zip(chosen, answers, strict=True)
        ]
        wrong = [
            (q["query"], name, found[0]["name"] if found else "")
            for q, (_, name, _), ok, found in zip(queries, chosen, right, answers, strict=True)
            if not ok
        ]
        assert sum(right) / len(right) >= 0.95, wrong
        batch = [{"query": _written_otherwise(n, rng), "type": k} for _, n, k in things[:1000]]
        begun = time.process_time()
        reconciled(client, *batch)
        assert time.process_time() - begun < 2


def _things(graph):
    """(IRI, name, type) of competencies that several standards use, and of standards."""
    found = []
    for kind in ("K", "S", "A", "standard"):
        named = graph.texts.named().things.values()
        found += [(t.iri, t.name, t.kind) for t in named if t.kind == kind and t.uses]
    return found


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_batch_may_be_sent_as_json(web, wrapped):
    batch = {"q0": {"query": "貿易經理"}}
    answer = web.post("/reconcile", json={"queries": batch} if wrapped else batch)
    assert answer.json() == web.post("/reconcile", data={"queries": json.dumps(batch)}).json()
    assert answer.json()["q0"]["result"][0]["id"] == SEED
    assert web.post("/reconcile", json=["q0"]).status_code == 400


def test_what_is_sent_has_a_bound(web):
    assert web.post("/reconcile", data={"queries": "x" * (5 << 20)}).status_code == 413


def test_half_a_character_finds_nothing_and_hurts_no_other_query(web):
    (half, whole) = reconciled(web, {"query": "\ud800"}, NAMED)
    assert half == []
    assert whole
