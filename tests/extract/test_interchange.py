"""The interchange shape, as JSON and as YAML: lossless, strict, exact about what is wrong where."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from kps_graph import resources
from kps_graph.errors import SourceError, TooLarge, Undecodable
from kps_graph.exports.yaml import to_yaml
from kps_graph.extract import extract
from kps_graph.extract.interchange import to_data
from kps_graph.model import Element, Standard, Unit, place_of, references
from kps_graph.readers import read
from tests.support import wild
from tests.support.generate import standards

EXAMPLES = sorted(resources.folder("examples").glob("*-*v*.*"))
some = settings(
    max_examples=settings.default.max_examples * 3 // 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def as_json(standard):
    return json.dumps(to_data(standard), ensure_ascii=False).encode()


def as_yaml(standard):
    return to_yaml(standard).encode()


def back(data, name):
    """The standard in a file of this content and name."""
    return extract(read(data, name)).standard


def refused(text, name="a.yaml"):
    """The error that reading a file of this text ends in."""
    with pytest.raises(SourceError) as caught:
        read(text.encode(), name)
    return caught.value


@pytest.fixture(params=EXAMPLES, ids=lambda p: p.name)
def example(request) -> Standard:
    return back(request.param.read_bytes(), request.param.name)


def test_there_are_examples_in_both_forms():
    assert {path.suffix for path in EXAMPLES} == {".md", ".yaml"}


# -- round trips -----------------------------------------------------------------------------


def test_an_example_comes_back_from_json_and_from_yaml(example):
    assert back(as_json(example), "a.json") == example
    assert back(as_yaml(example), "a.yaml") == example


def test_writing_what_was_read_gives_the_same_bytes(example):
    for write, name in ((as_json, "a.json"), (as_yaml, "a.yaml")):
        assert write(back(write(example), name)) == write(example)


def test_an_example_keeps_to_the_schema_that_ships(example):
    schema = json.loads((resources.folder("ontology") / "standard.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(to_data(example), schema)


@given(standards())
@some
def test_a_standard_as_authors_write_it_comes_back(standard):
    assert back(as_json(standard), "a.json") == standard
    assert back(as_yaml(standard), "a.yaml") == standard


@given(wild.standards())
@some
def test_a_standard_of_any_texts_and_codes_comes_back(standard):
    assert back(as_json(standard), "a.json") == standard
    assert back(as_yaml(standard), "a.yaml") == standard


def test_elements_of_one_code_and_of_none_are_referred_to_apart():
    elements = tuple(Element(code, str(n)) for n, code in enumerate(["K1", "K1", None, None]))
    standard = Standard(
        None, "甲", tasks=(Unit("T1", "乙", knowledge=("K1~2", "#2")),), knowledge=elements
    )
    assert references(elements) == ["K1", "K1~2", "#1", "#2"]
    assert back(as_yaml(standard), "a.yaml") == standard


def test_a_reference_is_never_the_code_of_another_element():
    elements = [Element(code, "") for code in ["K1", "K1", "K1~2", None, "#1"]]
    assert len(set(references(elements))) == len(elements)


# -- what is a text and what a number --------------------------------------------------------


@pytest.mark.parametrize("code", ["1420", "0123", "1e3", "0x1F", "2024-01-02", "true", "no", "1_0"])
def test_a_bare_code_in_yaml_is_a_text_however_it_looks(code):
    text = f"name: 甲\ncode: {code}\nclassification:\n  occupation: [{{code: {code}, name: 乙}}]\n"
    standard = back(text.encode(), "a.yaml")
    assert standard.code == code
    assert standard.classification.occupation[0].code == code


@pytest.mark.parametrize("nothing", ["", "null", "~", "''", "Null"])
def test_a_blank_code_is_none(nothing):
    assert back(f"name: 甲\ncode: {nothing}\n".encode(), "a.yaml").code is None


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("4", 4),
        ("34", 34),
        ("-1", -1),
        ("'4'", "4"),
        ("3-4", "3-4"),
        ("4.5", "4.5"),
        ("", None),
        ("1" * 5000, "1" * 5000),
    ],
)
def test_only_whole_numbers_are_levels_and_the_rest_stays_as_printed(written, level):
    assert back(f"name: 甲\nlevel: {written}\n".encode(), "a.yaml").level == level


def test_a_name_that_is_a_number_is_a_text_except_in_json_where_quotes_say_so():
    assert back(b"name: 1420\n", "a.yaml").name == "1420"
    assert "is not of type 'string'" in refused('{"name": 1420}', "a.json").message


# -- breaches --------------------------------------------------------------------------------


def test_an_unknown_key_names_its_line_and_what_may_have_been_meant():
    error = refused("name: 甲\ntasks:\n  - code: T1\n    name: 乙\n    skils: [S1]\n")
    assert (error.source, error.line) == ("a.yaml", 3)
    assert "line 3: tasks.0: unknown key 'skils', did you mean 'skills'?" in error.message


def test_json_names_the_line_too_also_if_it_is_indented_by_tabs():
    error = refused('{\n\t"name": "甲",\n\t"level": [4]\n}', "a.json")
    assert error.line == 3
    assert "level: [4] is not of type" in error.message


def test_every_breach_is_named_at_once():
    error = refused("name: 甲\nnote: []\nskills:\n  - code: S1\nnameKind: 其他\n")
    assert "unknown key 'note', did you mean 'notes'?" in error.message
    assert "line 4: skills.0: 'name' is a required property" in error.message
    assert "line 5: nameKind: '其他' is not one of" in error.message


def test_a_missing_name_is_a_breach_of_the_whole():
    assert "'name' is a required property" in refused("code: ZZZ1234-001v1\nlevel: 4\n").message


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("a.yaml", "name: 甲\ntasks: [\n", 3, "not valid YAML"),
        ("a.yaml", "name: 甲\n\tlevel: 4\n", 2, "not valid YAML"),
        ("a.yaml", "name: 甲\n---\nname: 乙\n", 2, "another document"),
        ("a.yaml", "name: 甲\n? [a, b]\n: c\n", 2, "a key must be a text"),
        ("a.yaml", "- name: 甲\n", 1, "a mapping with code, name, tasks"),
        ("a.json", '{"name": "甲",\n "level": }', 2, "not valid JSON"),
        ("a.json", '[{"name": "甲"}]', 1, "a JSON object was expected"),
    ],
)
def test_what_is_no_yaml_or_json_is_refused_at_its_line(name, text, line, message):
    error = refused(text, name)
    assert isinstance(error, Undecodable)
    assert (error.line, message in error.message) == (line, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "name: 甲\nlevel: 4\nname: 乙\n"),
        ("a.json", '{"name": "甲",\n"level": 4,\n"name": "乙"}'),
    ],
)
def test_a_key_that_stands_twice_is_refused_since_one_value_would_be_lost(name, text):
    error = refused(text, name)
    assert "'name' stands twice" in error.message
    assert error.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "name: &a [x]\n"
        + "".join(
            f"k{n}: &{b} [{', '.join([f'*{a}'] * 10)}]\n"
            for n, (a, b) in enumerate(zip("abcdefgh", "bcdefghi", strict=True))
        ),
        "name: &a [*a]\n",
        "name: " + "[" * 100 + "]" * 100,
    ],
    ids=["laughs", "loop", "deep"],
)
def test_aliases_and_nesting_beyond_any_standard_are_refused(text):
    assert isinstance(refused(text), TooLarge)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"name": ' + "[" * 100_000, TooLarge),
        ('{"name": "甲", "level": ' + "1" * 5000 + "}", Undecodable),
        ('{"name": "\\ud800"}', Undecodable),
    ],
    ids=["deep", "endless number", "half a character"],
)
def test_json_that_no_text_or_number_can_hold_is_refused(text, kind, request):
    before = sys.get_int_max_str_digits()  # the command line has numbers of any length read
    request.addfinalizer(lambda: sys.set_int_max_str_digits(before))
    sys.set_int_max_str_digits(4300)
    assert isinstance(refused(text, "a.json"), kind)


def test_a_pair_of_halves_is_a_character():
    assert back(b'{"name": "\\ud83d\\ude00"}', "a.json").name == "😀"


def test_a_yaml_tag_makes_nothing_but_text():
    assert back("name: !!python/name:os.getcwd 甲\n".encode(), "a.yaml").name == "甲"
    assert "is not of type" in refused("name: !!python/object/apply:os.getcwd [甲]\n").message


# -- places and remarks ----------------------------------------------------------------------


def test_every_value_knows_its_line():
    text = (
        "name: 甲\nlevel: 4\ntasks:\n  - code: T1\n    name: 乙\n    indicators:\n"
        "      - code: P1\n        text: 丙\nknowledge:\n  - name: 丁\n    items:\n      - 戊\n"
    )
    standard = back(text.encode(), "a.yaml")
    task = standard.tasks[0]
    assert place_of(standard, "level").line == 2
    assert (task.span.line, task.indicators[0].span.line) == (4, 7)
    assert standard.knowledge[0].items[0].span.line == 12
    assert standard.knowledge[0].span.source == "a.yaml"


def test_what_the_model_has_no_place_for_is_reported():
    text = (
        "name: 甲\ncounts: {T: 5}\nclassification:\n"
        "  industry: [{code: H52, name: 甲／乙, path: [丙]}]\n"
    )
    found = extract(read(text.encode(), "a.yaml")).findings
    assert [(f.rule, f.value) for f in found] == [("E01", "counts"), ("E01", "丙")]


def test_the_seed_has_the_shape_of_its_record():
    seed = next(p for p in EXAMPLES if p.suffix == ".md")
    data = to_data(back(Path(seed).read_bytes(), seed.name))
    assert list(data) == [
        "code",
        "name",
        "nameKind",
        "layout",
        "versions",
        "classification",
        "description",
        "level",
        "tasks",
        "knowledge",
        "skills",
        "attitudes",
        "notes",
    ]
    first = data["tasks"][0]
    assert (first["code"], list(first)[-2:]) == ("T1", ["knowledge", "skills"])
    assert first["activities"][0]["indicators"][0]["code"] == "P1.1.1"
