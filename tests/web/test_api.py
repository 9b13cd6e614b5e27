"""The library as an API: every question and query by address, as JSON or CSV."""

import csv
import io
import json
import re

import jsonschema
import pytest
import schemathesis
from starlette.testclient import TestClient

import kps_graph
from kps_graph import resources
from kps_graph.queries.library import library, parse
from kps_graph.web.api import asked
from kps_graph.web.app import application
from kps_graph.web.served import Settings

SEED = "KPS1420-001v2"
(SCHEMA,) = (p for p in resources.files("ontology", "*.json") if p.stem == "answers.schema")
ANSWERS = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def paths(web):
    return web.get("/openapi.json").json()["paths"]


def test_every_query_of_the_library_has_an_address(web):
    assert {f"/api/queries/{name}" for name in library()} < set(paths(web))


def test_a_query_that_is_new_in_the_library_appears_by_itself(example_store, monkeypatch):
    text = (
        "# title: 新查詢 | A new query\n# row: 一列 | a row\n"
        "# param: least integer = 1 -- 至少 | at least\n# column: n -- 數 | number\n"
        "SELECT ?n WHERE { BIND(?least + 1 AS ?n) }"
    )
    new = parse(text, "brand-new", "browse")
    monkeypatch.setattr(asked.library, "library", lambda: {"brand-new": new})
    with TestClient(application(Settings(example_store))) as client:
        operation = client.get("/openapi.json").json()["paths"]["/api/queries/brand-new"]["get"]
        assert "A new query" in operation["summary"]
        found = client.get("/api/queries/brand-new", params={"least": 4})
    assert found.json()["answers"] == [{"n": 5}]


@pytest.mark.parametrize(
    ("address", "params"),
    [
        ("search", {"q": "貿易"}),
        ("suggest", {"q": "貿"}),
        ("resolve", {"q": "貿易經理"}),
        ("standards", {}),
        ("shared", {}),
        ("pairs", {"min": 1}),
        ("nearest", {"standard": SEED}),
        ("compare", {"standard": [SEED, "ZZZ1499-903v1"]}),
        ("gap", {"from": SEED, "to": "ZZZ1499-903v1"}),
        ("path", {"from": SEED, "to": "ZZZ1499-903v1"}),
        ("reuse", {}),
        ("communities", {"of": "competency"}),
        ("bridges", {}),
        ("versions", {}),
        ("changes", {"since": "2020"}),
        ("findings", {"severity": "warning"}),
        ("queries", {}),
        ("queries/unit", {"standard": SEED, "unit": "T1.1"}),
        ("neighbourhood", {"competency": "外語表達與溝通能力"}),
    ],
)
def test_an_answer_is_objects_or_a_table(web, address, params):
    answer = web.get(f"/api/{address}", params=params)
    assert answer.status_code == 200, answer.text
    assert ANSWERS.validate(answer.json()) is None
    rows = answer.json()["answers"]
    assert answer.headers["x-total-count"] == str(len(rows)) or len(rows) == 100
    table = web.get(f"/api/{address}", params=params, headers={"Accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    read = list(csv.DictReader(io.StringIO(table.text)))
    assert bool(read) == bool(rows)
    assert int(table.headers["x-total-count"]) >= len(read)


OTHER = "國際物流專員"
#: What a command prints, and where the same is asked by address.
SAME = {
    ("shared",): ("shared", {}),
    ("shared", "--by", "category", "--min", "3"): ("shared", {"by": "category", "min": 3}),
    ("shared", "--by", "level", "--kind", "K"): ("shared", {"by": "level", "kind": "K"}),
    ("shared", "--in", "category=K"): ("shared", {"in": "category=K"}),
    ("pairs", "--min", "1", "--include", "related"): ("pairs", {"min": 1, "include": "related"}),
    ("nearest", SEED): ("nearest", {"standard": SEED}),
    ("nearest", OTHER, "--top", "2"): ("nearest", {"standard": OTHER, "top": 2}),
    ("compare", SEED, OTHER): ("compare", {"standard": [SEED, OTHER]}),
    ("gap", SEED, OTHER): ("gap", {"from": SEED, "to": OTHER}),
    ("path", SEED, OTHER): ("path", {"from": SEED, "to": OTHER}),
    ("reuse", "--level", "transversal"): ("reuse", {"level": "transversal"}),
    ("reuse", "--include", "identical"): ("reuse", {"include": "identical"}),
    ("communities",): ("communities", {}),
    ("communities", "--of", "competency"): ("communities", {"of": "competency"}),
    ("bridges",): ("bridges", {}),
    ("search", "法規", "--limit", "0"): ("search", {"q": "法規"}),
    ("search", "客訴", "--similar", "--limit", "0"): ("search", {"q": "客訴", "similar": "true"}),
    ("versions",): ("versions", {}),
    ("versions", "--in", "level=5"): ("versions", {"in": "level=5"}),
    ("changes", "--since", "2020"): ("changes", {"since": "2020"}),
    ("query", "standards"): ("standards", {}),
    ("query", "levels"): ("queries/levels", {}),
    ("query", "shared", "--in", "level=4-5"): ("queries/shared", {"in": "level=4-5"}),
    ("query", "task-tree", "--param", f"standard={SEED}"): (
        "queries/task-tree",
        {"standard": SEED},
    ),
    ("trace", "K1", "--standard", SEED): ("trace", {"standard": SEED, "code": "K1"}),
    ("findings",): ("findings", {}),
    ("findings", "--severity", "violation"): ("findings", {"severity": "violation"}),
    ("findings", "--in", "level=5"): ("findings", {"in": "level=5"}),
}  # fmt: skip


@pytest.mark.parametrize(("command", "asked"), SAME.items(), ids=lambda v: str(v[0]))
def test_an_address_gives_what_the_command_prints(kps, web, example_store, command, asked):
    printed = kps(*command, "--store", example_store, "--format", "json")
    assert printed.code == 0, printed.err
    address, params = asked
    more = {} if address == "trace" else {"limit": 10_000}
    answer = web.get(f"/api/{address}", params={**params, **more})
    assert answer.json() == json.loads(printed.out)


def test_the_description_refers_to_the_shapes_of_answers(web):
    described = web.get("/openapi.json").json()
    listed = described["components"]["schemas"]
    content = described["paths"]["/api/nearest"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    assert schema["$ref"] == "#/components/schemas/Answers"
    assert schema["properties"]["answers"]["items"]["$ref"] == "#/components/schemas/neighbour"
    assert {"Answers", "neighbour", "occupation", "competency", "row"} <= set(listed)


def test_the_description_has_the_shape_of_every_answer(web):
    """None is any object: what an address answers is of the very schema that is said of it."""
    described = web.get("/openapi.json").json()
    asked = {
        "/api/trace": {"standard": SEED, "code": "K1"},
        "/api/diff": {"old": SEED, "new": "ZZZ1499-903v1"},
        "/api/findings": {},
        f"/api/standards/{SEED}": {},
    }
    for address, params in asked.items():
        path = address.replace(SEED, "{standard}")
        content = described["paths"][path]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"] | {"components": described["components"]}
        answer = web.get(address, params=params)
        assert answer.status_code == 200
        jsonschema.Draft202012Validator(schema).validate(answer.json())
        assert not jsonschema.Draft202012Validator(schema).is_valid({"code": "K1"})
        table = web.get(address, params={**params, "format": "csv"})
        assert table.status_code == (200 if "text/csv" in content else 406)


@pytest.mark.parametrize("name", ["shared", "attitudes"])
def test_the_columns_of_a_query_that_are_lists_are_arrays(web, name):
    described = web.get("/openapi.json").json()
    content = described["paths"][f"/api/queries/{name}"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"] | {"components": described["components"]}
    answer = web.get(f"/api/queries/{name}").json()
    jsonschema.Draft202012Validator(schema).validate(answer)
    ANSWERS.validate(answer)
    for row in answer["answers"]:
        assert len(row["used_by"]) == len(row["used_by_codes"]) == row["occupations"]
        joined = row | {"used_by": "|".join(row["used_by"])}
        assert not jsonschema.Draft202012Validator(schema).is_valid(answer | {"answers": [joined]})


@pytest.mark.parametrize(
    ("wrong", "place"),
    [("  ?s a kps:Standart", (5, 8)), ("  ?s ) kps:Standard .", (5, 11))],
)
def test_an_address_names_the_file_of_a_query_that_is_at_fault(
    example_store, tmp_path, monkeypatch, wrong, place
):
    head = "# title: 題 | title\n# row: 列 | row\n# column: s -- 基準 | standard\n"
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "faulty.rq").write_text(f"{head}SELECT ?s {{\n{wrong}\n}}", "utf-8")
    monkeypatch.setenv("KPS_QUERIES", str(folder))
    with TestClient(application(Settings(example_store))) as client:
        told = client.get("/api/queries/faulty")
    assert told.status_code == 400
    assert told.json()["source"] == "mine/faulty.rq"
    assert (told.json()["line"], told.json()["column"]) == place


def test_every_shape_that_the_description_refers_to_is_there(web):
    described = web.get("/openapi.json").json()
    named = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described))
    assert set(named) == set(described["components"]["schemas"])


def test_a_standard_comes_in_the_interchange_shape(web):
    found = web.get(f"/api/standards/{SEED}").json()
    assert found["code"] == SEED
    assert len(found["tasks"]) == 5
    assert web.get(f"/api/standards/{SEED}", params={"format": "csv"}).status_code == 406


def test_a_trace_is_a_tree_and_a_table(web):
    params = {"standard": SEED, "code": "k1"}
    (answer,) = web.get("/api/trace", params=params).json()["answers"]
    assert answer["code"].upper().startswith("K")
    assert "under" in web.get("/api/trace", params={**params, "format": "csv"}).text


def test_pages_follow_each_other_by_links(web):
    everything = web.get("/api/reuse", params={"limit": 10_000}).json()["answers"]
    found, address = [], "/api/reuse?limit=50"
    while address:
        answer = web.get(address)
        found += answer.json()["answers"]
        assert answer.headers["x-total-count"] == str(len(everything))
        address = answer.links.get("next", {}).get("url")
    assert len(everything) > 50
    assert found == everything


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nearest", 400),
        ("nearest?standard=NOT-THERE", 404),
        ("nearest?standard=KPS1420-001v2&top=0", 400),
        ("nearest?standard=KPS1420-001v2&top=ten", 400),
        ("nearest?standard=a&standard=b", 400),
        ("nearest?standard=KPS1420-001v2&kind=X", 400),
        ("nearest?standard=KPS1420-001v2&topp=3", 400),
        ("compare?standard=KPS1420-001v2", 400),
        ("standards/NOT-THERE", 404),
        ("changes?since=lately", 400),
        ("findings?severity=bad", 400),
        ("queries/not-there", 404),
        ("queries/task-tree", 400),
        ("shared?in=category=QQQ", 404),
        ("shared?in=nothing=1", 400),
    ],
)
def test_what_cannot_be_answered_says_why(web, address, status):
    answer = web.get(f"/api/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_question_is_asked_of_a_slice(web, example_store):
    with kps_graph.open(example_store) as graph:
        part = f"code={SEED}"
        expected = [r["code"] for r in graph.within(part).rows("standards")]
    assert expected == [SEED]
    found = web.get("/api/standards", params={"in": part}).json()["answers"]
    assert [row["code"] for row in found] == expected


def test_an_unknown_name_is_answered_with_what_could_be_meant(web):
    answer = web.get("/api/nearest", params={"standard": "貿易經里", "lang": "en"})
    assert "貿易經理" in answer.json()["hint"]


def test_no_client_finds_what_the_description_does_not_say(example_store, oracle):
    """Schemathesis asks every address what its schema allows, and what it does not."""
    with TestClient(application(Settings(example_store))) as client:
        schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
        for operation in schema.get_all_operations():
            _fuzz(operation.ok())


def _fuzz(operation):
    from hypothesis import HealthCheck, given, settings
    from schemathesis import GenerationMode

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        def asks(case):
            case.call_and_validate()

        asks()
