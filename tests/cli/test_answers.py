"""Answers for other programs: one documented shape in JSON, one value in each cell of a table."""

import csv
import io
import json
from codecs import BOM_UTF8

import jsonschema
import pytest

from kps_graph import resources
from kps_graph.queries import library

TRADE, LOGISTICS = "KPS1420-001v2", "國際物流專員"
(SCHEMA,) = (p for p in resources.files("ontology", "*.json") if p.stem == "answers.schema")
ANSWERS = json.loads(SCHEMA.read_text("utf-8"))
#: Each asking command, and which definition of the schema its answers are of.
ASKED = {
    ("shared",): "shared",
    ("shared", "--by", "category"): "shared",
    ("pairs", "--min", "1"): "pair",
    ("nearest", TRADE): "neighbour",
    ("compare", TRADE, LOGISTICS): "standing",
    ("gap", TRADE, LOGISTICS): "need",
    ("path", TRADE, LOGISTICS): "step",
    ("reuse",): "reuse",
    ("communities",): "community",
    ("communities", "--of", "competency"): "community",
    ("bridges",): "bridge",
    ("search", "法規"): "hit",
}


def valid(data, name):
    jsonschema.validate(data, ANSWERS)
    one = {"$schema": ANSWERS["$schema"], "$defs": ANSWERS["$defs"], "$ref": f"#/$defs/{name}"}
    for answer in data["answers"]:
        jsonschema.validate(answer, one)
    return data["answers"]


@pytest.mark.parametrize(("command", "name"), ASKED.items(), ids=lambda v: str(v[0]))
def test_json_of_a_command_is_as_its_schema_says(kps, example_store, command, name):
    done = kps(*command, "--store", example_store, "--format", "json")
    data = json.loads(done.out)
    assert valid(data, name) or name == "bridge"
    assert data["standards"] == data["of"] > 1


#: What each parameter of the library without a default is given.
GIVEN = {
    "standard": TRADE, "a": TRADE, "b": LOGISTICS, "label": "外語表達與溝通能力", "word": "法規",
    "category": "K", "unit": "T1.1", "code": "K1",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(library.library()))
def test_json_of_a_query_is_as_the_schema_says(kps, example_store, name):
    taken = [p.name for p in library.get(name).parameters if p.default is None]
    given = [word for n in taken for word in ("--param", f"{n}={GIVEN[n]}")]
    done = kps("query", name, *given, "--store", example_store, "--format", "json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    for row in valid(data, "row"):
        assert list(row) == [c.name for c in library.get(name).columns]
    one = {"a": 2, "standard": 1}.get(taken[0] if taken else "", data["of"])
    assert data["standards"] == (data["of"] if library.get(name).sliced else one)


def test_json_of_sparql_is_that_of_sparql(kps, example_store):
    text = "SELECT ?s { ?s a kps:Standard } LIMIT 1"
    for style in ("json", "sparql-json"):
        data = json.loads(kps("query", text, "--store", example_store, "--format", style).out)
        assert data["head"] == {"vars": ["s"]}
    data = kps("query", "levels", "--store", example_store, "--format", "sparql-json").out
    assert json.loads(data)["head"]["vars"] == ["level", "standards", "units"]


def test_a_long_table_has_a_row_for_each_pair_and_one_value_in_each_cell(kps, example_store):
    store = ("--store", example_store)
    answers = json.loads(kps("shared", *store, "--format", "json").out)["answers"]
    rows = list(csv.DictReader(io.StringIO(kps("shared", *store, "--long", "-f", "csv").out)))
    pairs = [(a["iri"], o["code"], o["label"]) for a in answers for o in a["occupations"]]
    assert [
        (r["iri"], r["occupations_code"] or None, r["occupations_label"]) for r in rows
    ] == pairs


def test_a_file_for_excel_begins_with_a_byte_order_mark(example_store, capfdbinary):
    from kps_graph.cli import main

    with pytest.raises(SystemExit):
        main(["shared", "--store", str(example_store), "-f", "csv", "--excel"])
    assert capfdbinary.readouterr().out.startswith(BOM_UTF8 + b"type,")
