"""Answers for other programs: one documented shape in JSON, one value in each cell of a table."""

import csv
import io
import json
import re
from codecs import BOM_UTF8

import click
import jsonschema
import pytest
import referencing

from kps_graph import resources
from kps_graph.cli import cli
from kps_graph.queries import library
from tests.support.project import ROOT

EXAMPLES = ROOT / "examples"
SEED, COURSE = EXAMPLES / "KPS1420-001v2.md", EXAMPLES / "course.xlsx"
TRADE, LOGISTICS = "KPS1420-001v2", "國際物流專員"
(SCHEMA,) = (p for p in resources.files("ontology", "*.json") if p.stem == "answers.schema")
ANSWERS = json.loads(SCHEMA.read_text("utf-8"))
WHOLE = jsonschema.Draft202012Validator(ANSWERS)
#: Each asking command, and which definition of the schema its answers are of.
ASKED = {
    ("shared",): "shared",
    ("shared", "--by", "category"): "shared",
    ("shared", "--by", "level"): "shared",
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
    ("versions",): "row",
    ("changes", "--since", "2024"): "row",
    ("trace", "KPS1420-001v2/K3"): "trace",
    ("trace", "法規"): "trace",
    ("trace", str(EXAMPLES / "ZZZ2431-902v1.yaml")): "trace",
    ("findings",): "finding",
    ("sources",): "source",
}


def valid(data, name):
    # of many answers, which are all made alike, some: each is tried against every definition
    some = data["answers"][:2] + data["answers"][-2:]
    WHOLE.validate({**data, "answers": some})
    one = {"$schema": ANSWERS["$schema"], "$defs": ANSWERS["$defs"], "$ref": f"#/$defs/{name}"}
    for answer in some:
        jsonschema.Draft202012Validator(one).validate(answer)
    return data["answers"]


@pytest.mark.parametrize(("command", "name"), ASKED.items(), ids=lambda v: str(v[0]))
def test_json_of_a_command_is_as_its_schema_says(kps, example_store, command, name):
    done = kps(*command, "--store", example_store, "--format", "json")
    data = json.loads(done.out)
    assert valid(data, name) or name == "bridge"
    assert data["standards"] == data["of"] > 1


#: Each other command that prints JSON, what it is given, and the definition that describes it.
PRINTED = [
    ("validate", [SEED], "report"),
    ("course check", [COURSE], "report"),
    ("review", [SEED], "checklist"),
    ("diff", [TRADE, LOGISTICS, "--all"], "difference"),
    ("rules", [], "rules"),
    ("rules", ["R08"], "rule"),
    ("queries", [], "queries"),
    ("courses", [EXAMPLES / "courses.csv", "--standard", TRADE], "coverage"),
    ("course prepares", [COURSE], "prepared"),
    ("course suggest", [TRADE], "proposals"),
    ("course watch", [COURSE], "table"),
]
#: Those whose JSON is in a shape that has a test of its own.
ELSEWHERE = {"parse", "query", "slices"}
(OTHER,) = (p for p in resources.files("ontology", "*.json") if p.stem == "documents.schema")
OTHERS = json.loads(OTHER.read_text("utf-8"))
KNOWN = referencing.Registry().with_resources(
    (one["$id"], referencing.Resource.from_contents(one)) for one in (ANSWERS, OTHERS)
)


def is_a(name, data):
    """Whether data are as the definition says, and so the whole schema."""
    for one in ({"$ref": f"{OTHERS['$id']}#/$defs/{name}"}, OTHERS):
        jsonschema.Draft202012Validator(one, registry=KNOWN).validate(data)


@pytest.mark.parametrize(
    ("command", "given", "name"), PRINTED, ids=lambda v: v if isinstance(v, str) else ""
)
def test_json_of_any_other_command_is_as_its_schema_says(kps, example_store, command, given, name):
    store = (
        [] if command in ("validate", "review", "rules", "queries") else ["--store", example_store]
    )
    done = kps(*command.split(), *given, *store, "--format", "json")
    data = json.loads(done.out)
    assert data
    is_a(name, data)


def test_events_and_the_size_of_a_store_are_as_their_schema_says(kps, example_store):
    lines = kps("changes", "--store", example_store, "--format", "jsonl").out.splitlines()
    assert lines
    for line in lines:
        is_a("event", json.loads(line))
    is_a("stats", json.loads(kps("store", "stats", "--store", example_store).out))


def commands_with_json(command, context, path=()):
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            yield from commands_with_json(inner, context, (*path, name))
    elif any("json" in getattr(p.type, "choices", ()) for p in command.params):
        yield " ".join(path)


def test_every_command_that_prints_json_has_a_schema():
    described = {command[0] for command in ASKED} | {command for command, _, _ in PRINTED}
    assert set(commands_with_json(cli, click.Context(cli))) == described | ELSEWHERE


def test_the_order_of_learning_is_an_answer_of_one_standard(kps, example_store):
    asked = ("trace", f"{TRADE}/P1.1.1", "--back", "--store", example_store, "--format", "json")
    data = json.loads(kps(*asked).out)
    *needed, last = valid(data, "learning")
    assert (data["standards"], last["code"]) == (1, "P1.1.1")
    assert last["easier"] == [step["code"] for step in needed]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("trace KPS1420-001v2/P1.1.1 --back", "the same whatever the slice"),
        ("export store -o -", "the same whatever the slice"),
        ("export KPS1420-001v2 -o -", "the same whatever the slice"),
        ("draw KPS1420-001v2 -o -", "the same whatever the slice"),
        ("findings KPS1420-001v2", "not both"),
        ("versions KPS1420-001v2", "not both"),
        ("changes KPS1420-001v2", "not both"),
        ("diff KPS1420-001v2 國際物流專員", "diff has no --in: it is about"),
        ("store stats", "store stats has no --in: it is about"),
        ("align clusters", "align clusters has no --in: it is about"),
        ("query task-tree -p standard=KPS1420-001v2", "looks at no slice"),
    ],
)
def test_a_slice_that_means_nothing_is_not_left_out_quietly(kps, example_store, asked, said):
    done = kps(*asked.split(), "--store", example_store, "--in", "level=5")
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_words_that_no_other_standard_has_are_answers_too(kps, example_store):
    asked = ("trace", EXAMPLES / "ZZZ2431-902v1.yaml", "--store", example_store, "--format", "json")
    answers = json.loads(kps(*asked).out)["answers"]
    nowhere = {a["asked"] for a in answers if "nowhere" in a}
    assert nowhere
    assert {a["standard"] for a in answers if "standard" in a and a["asked"] in nowhere} <= {
        "ZZZ2431-902v1"
    }


def test_sources_are_asked_of_a_slice(kps, example_store):
    asked = ("sources", "--store", example_store, "--format", "json", "--in", "code=KPS*")
    data = json.loads(kps(*asked).out)
    assert [a["code"] for a in data["answers"]] == ["KPS1420-001v2"]
    assert (data["slice"], data["standards"]) == ("code=KPS*", 1)


#: What each parameter of the library without a default is given.
GIVEN = {
    "standard": TRADE, "a": TRADE, "b": LOGISTICS, "label": "外語表達與溝通能力", "word": "法規",
    "category": "K", "unit": "T1.1", "code": "K1",
}  # fmt: skip


def given_to(name):
    return {**GIVEN, "code": "P1.1.1"} if name == "needs" else GIVEN


@pytest.mark.parametrize("name", sorted(library.library()))
def test_json_of_a_query_is_as_the_schema_says(kps, example_store, name):
    taken = [p.name for p in library.get(name).parameters if p.default is None]
    given = [word for n in taken for word in ("--param", f"{n}={given_to(name)[n]}")]
    done = kps("query", name, *given, "--store", example_store, "--format", "json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    for row in valid(data, "row"):
        assert list(row) == [c.name for c in library.get(name).columns]
    named = sum(n in ("a", "b", "standard") for n in taken) or data["of"]
    assert data["standards"] == (data["of"] if library.get(name).sliced else named)


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


COMMANDS = {
    "shared": ["shared"],
    "by": ["shared", "--by", "category"],
    "nearest": ["nearest", "貿易經理"],
    "reasons": ["nearest", "貿易經理", "--reasons"],
    "compare": ["compare", "貿易經理", "國際物流專員"],
    "gap": ["gap", "貿易經理", "國際物流專員"],
    "path": ["path", "貿易經理", "國際物流專員"],
    "reuse": ["reuse"],
    "communities": ["communities"],
    "bridges": ["bridges"],
    "query": ["query", "shared"],
}


@pytest.mark.parametrize("asked", COMMANDS)
def test_a_file_has_one_value_in_each_cell_where_a_table_has_words(kps, example_store, asked):
    store = ("--store", example_store)
    written = kps(*COMMANDS[asked], *store, "-f", "csv").out
    for row in csv.DictReader(io.StringIO(written)):
        for column, cell in row.items():
            if column in ("code", "name", "competency", "alt_labels", "iri"):
                continue
            assert "…" not in cell, column
            assert not re.search(r" L\d$| \[\d+\]|^\w:\d", cell), (column, cell)


def test_the_other_words_of_a_competency_stand_beside_its_name(kps, example_store):
    store = ("--store", example_store, "-f")
    answers = json.loads(kps("shared", *store, "json").out)["answers"]
    rows = list(csv.DictReader(io.StringIO(kps("shared", *store, "csv").out)))
    assert any(a["altLabels"] for a in answers)
    assert [(r["competency"], r["alt_labels"]) for r in rows] == [
        (a["label"], "|".join(a["altLabels"])) for a in answers
    ]
    assert [(r["used_by_codes"].split("|"), r["used_by"].split("|")) for r in rows] == [
        ([o["code"] or o["id"] for o in a["occupations"]], [o["label"] for o in a["occupations"]])
        for a in answers
    ]


def test_a_comparison_has_codes_and_levels_apart(kps, example_store):
    asked = ("compare", "KPS1420-001v2", "ZZZ4323-901v2", "--store", example_store, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(kps(*asked).out)))
    both = [r for r in rows if r["standing"] == "all"]
    assert both
    for row in both:
        assert re.fullmatch(r"[KSA\d•|]+", row["KPS1420-001v2"]), row
        assert row["KPS1420-001v2_level"] in ("", *"123456")


@pytest.mark.parametrize(
    ("command", "head"),
    [
        (["shared"], b"type,"),
        (["search", "法規"], b"kind,"),
        (["versions"], b"series,"),
        (["changes"], b"date,"),
        (["query", "standards"], b"code,"),
    ],
    ids=lambda v: v[0] if isinstance(v, list) else "",
)
def test_a_file_for_excel_begins_with_a_byte_order_mark(example_store, capfdbinary, command, head):
    from kps_graph.cli import main

    with pytest.raises(SystemExit):
        main([*command, "--store", str(example_store), "-f", "csv", "--excel"])
    assert capfdbinary.readouterr().out.startswith(BOM_UTF8 + head)


def test_the_answer_to_a_query_for_excel_holds_no_formula(kps, example_store):
    asked = ("query", 'SELECT ("=1+1" AS ?x) (2 AS ?n) {}', "--store", example_store, "-f", "csv")
    assert kps(*asked).out.split() == ["x,n", "=1+1,2"]
    assert kps(*asked, "--excel").out.split() == ["\ufeffx,n", "'=1+1,2"]


def test_levels_and_years_are_numbers(kps, example_store):
    def asked(*command):
        done = kps(*command, "--store", example_store, "--format", "json")
        return json.loads(done.out)["answers"]

    assert {type(a["group"]) for a in asked("shared", "--by", "level")} == {int}
    assert {type(a["year"]) for a in asked("query", "changes-per-year")} == {int}


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("events.jsonl", '{"'),
        ("events.atom", "<?xml"),
        ("events.csv", "date,"),
        ("events.json", "{\n"),
    ],
)
def test_changes_are_written_to_the_file_that_is_named(kps, example_store, tmp_path, name, begin):
    file = tmp_path / name
    done = kps("changes", "--since", "2015", "--store", example_store, "-o", file)
    assert (done.code, done.out) == (0, "")
    assert file.read_text("utf-8").startswith(begin)


def test_changes_refuse_a_file_whose_format_nothing_tells(kps, example_store, tmp_path):
    done = kps("changes", "--store", example_store, "-o", tmp_path / "events")
    assert done.code == 2
    assert "--format" in done.err


def test_the_heads_of_a_query_read_as_english(kps, example_store):
    shown = kps("query", "shared", "--store", example_store, "--lang", "en").out
    assert "used by" in shown
    assert "used_by" not in shown


@pytest.mark.parametrize(
    ("command", "column"),
    [(("versions",), "series"), (("changes", "--since", "2015"), "series")],
)
def test_versions_and_changes_are_asked_of_a_slice(kps, example_store, command, column):
    asked = (*command, "--store", example_store, "--format", "json")
    some = json.loads(kps(*asked, "--in", "level=5 category=KPS").out)
    every = json.loads(kps(*asked).out)
    assert {row[column] for row in some["answers"]} == {"KPS1420-001"}
    assert (some["standards"], some["slice"]) == (1, "category=KPS level=5")
    assert (every["standards"], every["slice"]) == (every["of"], "status=any")
    assert len(every["answers"]) > len(some["answers"])


def test_findings_are_asked_of_a_slice(kps, example_store):
    def asked(*part):
        done = kps("findings", "--store", example_store, "--format", "json", *part)
        return json.loads(done.out)["answers"]

    some = asked("--in", "code=KPS*")
    assert some
    assert some == [f for f in asked() if f["standard"] == "KPS1420-001v2"]
    assert kps("findings", "--store", example_store, "--in", "code=QQQ*").code == 2


#: Asking commands whose answers are tables, with every form of file.
TABLES = [c for c in ASKED if c[0] != "findings"]


def commands(command, path=()):
    """Every command below one, by its words."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))
    else:
        yield " ".join(path), command


def test_every_command_of_rows_has_every_form_and_a_mark_for_excel():
    asked = 0
    for name, command in commands(cli):
        forms = {
            str(form)
            for option in command.params
            if option.name == "style"
            for form in getattr(option.type, "choices", ())
        }
        if "tsv" in forms:
            asked += 1
            assert forms >= {"csv", "json", "markdown", "arrow", "parquet"}, name
            assert "excel" in {option.name for option in command.params}, name
    assert asked > 15


def test_findings_are_rows_for_other_programs(kps, example_store, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
    path = tmp_path / "findings.parquet"
    assert kps("findings", "--store", example_store, "-o", path).code == 0
    found = json.loads(kps("findings", "--store", example_store, "-f", "json").out)["answers"]
    rows = parquet.read_table(path).to_pylist()
    assert [row["standard"] for row in rows] == [f["standard"] for f in found]


@pytest.mark.parametrize("command", TABLES, ids=" ".join)
def test_every_table_opens_in_other_programs_with_its_types(example_store, capfdbinary, command):
    pd = pytest.importorskip("pandas", reason="the extra data is not installed")
    pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
    from kps_graph.cli import main

    def file(*form):
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as done:
            main([*command, "--store", str(example_store), "-f", *form])
        assert not done.value.code
        return capfdbinary.readouterr().out

    whole = list(csv.DictReader(io.StringIO(file("csv").decode())))
    table = parquet.read_table(io.BytesIO(file("parquet")))
    assert pa.ipc.open_file(io.BytesIO(file("arrow"))).read_all() == table
    assert table.column_names == list(whole[0])
    for name in {"occupations", "shared", "size", "used_by", "level"} & set(table.column_names):
        texts = [row[name] for row in whole if row[name]]
        if all(text.isdecimal() for text in texts):
            assert str(table.schema.field(name).type) == "int64", name
    excel = file("csv", "--excel")
    assert excel.startswith(BOM_UTF8)
    assert list(pd.read_csv(io.BytesIO(excel), encoding="utf-8-sig").columns) == list(whole[0])


def test_changes_are_written_to_a_parquet_file(kps, example_store, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
    path = tmp_path / "changes.parquet"
    assert kps("changes", "--store", example_store, "-o", path).code == 0
    rows = csv.DictReader(io.StringIO(kps("changes", "--store", example_store, "-f", "csv").out))
    assert [r["date"] for r in parquet.read_table(path).to_pylist()] == [r["date"] for r in rows]
    assert json.loads(kps("changes", "--store", example_store, "-f", "json").out)["answers"]


def test_a_difference_in_english_has_english_brackets(kps):
    told = kps("diff", SEED, EXAMPLES / "ZZZ4323-901v2.yaml", "--lang", "en").out
    assert "re-worded name (words)" in told
    assert "（words" not in told
