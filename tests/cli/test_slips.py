"""A slip of the hand is answered, never with an empty answer that reads as "nothing is missing"."""

import pytest

import kps_graph
from kps_graph.errors import BadParameter, ResourceError


@pytest.fixture
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def test_a_query_takes_the_name_of_a_standard_for_its_code(graph):
    by_name = graph.rows("gap", a="貿易經理", b="國際物流專員")
    assert len(by_name) > 10
    assert by_name.to_dicts() == graph.rows("gap", a="KPS1420-001v2", b="ZZZ4323-901v2").to_dicts()


def test_a_query_about_a_standard_that_is_not_there_is_an_error(graph):
    with pytest.raises(ResourceError, match="貿易經里") as caught:
        graph.rows("gap", a="貿易經里", b="國際物流專員")
    assert "貿易經理" in caught.value.hint


@pytest.mark.parametrize(
    "ask",
    [
        lambda g: g.gap("貿易經理", "國際物流專員", kind="Q"),
        lambda g: g.gap("貿易經理", "國際物流專員", include="x"),
        lambda g: g.network("occupation"),
        lambda g: g.shared(3, by="levle"),
        lambda g: g.shared(0),
    ],
    ids=["kind", "include", "network", "by", "least"],
)
def test_an_option_that_does_not_exist_is_refused_in_python(graph, ask):
    with pytest.raises(BadParameter):
        ask(graph)


def test_sparql_may_stand_on_the_command_line(kps, example_store):
    done = kps(
        "query",
        "SELECT (COUNT(?s) AS ?n) { ?s a kps:Standard }",
        "--store",
        example_store,
        "--format",
        "csv",
    )
    assert (done.code, done.out.split()) == (0, ["n", "6"])


@pytest.mark.parametrize(
    "command", [("export", "KPS1420-001v2", "-o"), ("draw", "KPS1420-001v2", "-o")]
)
def test_a_folder_that_is_not_there_is_no_fault_of_ours(kps, example_store, tmp_path, command):
    suffix = ".ttl" if command[0] == "export" else ".svg"
    done = kps(*command, tmp_path / "nowhere" / f"a{suffix}", "--store", example_store)
    assert done.code == 2
    assert "cannot be written" in done.err


def test_the_ending_of_a_review_says_its_format(kps, examples, tmp_path):
    page = tmp_path / "review.html"
    kps("review", examples / "ZZZ4323-901v2.yaml", "-o", page)
    assert page.read_text("utf-8").startswith("<!")
    assert kps("review", examples / "ZZZ4323-901v2.yaml", "-o", tmp_path / "a.pdf").code == 2


def test_an_old_word_file_in_a_folder_is_named_with_what_to_do(kps, tmp_path, examples):
    (tmp_path / "draft.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    (tmp_path / "a.yaml").write_bytes((examples / "ZZZ4323-901v2.yaml").read_bytes())
    done = kps("validate", tmp_path, "--lang", "zh")
    assert done.code == 2
    assert "draft.doc：舊版 Word 檔" in done.err
    assert "另存為 ODT 或 DOCX" in done.err


def test_a_slip_on_the_command_line_is_answered_in_chinese(kps):
    assert "缺少引數" in kps("nearest", "--lang", "zh").err
    assert "沒有這個選項" in kps("shared", "--mni", "3", "--lang", "zh").err


@pytest.mark.parametrize(
    ("query", "params", "meant"),
    [
        ("by-category", {"category": "KPX"}, "KPS"),
        ("usage", {"label": "外語表達與溝通"}, "外語表達與溝通能力"),
        ("trace", {"standard": "KPS1420-001v2", "code": "S133"}, "S13"),
    ],
    ids=["category", "label", "code"],
)
def test_a_value_that_the_store_does_not_hold_is_named_with_what_may_be_meant(
    graph, query, params, meant
):
    with pytest.raises(ResourceError) as caught:
        graph.rows(query, **params)
    assert list(params.values())[-1] in caught.value.message
    assert meant in caught.value.hint


@pytest.mark.parametrize("code", ["s13", "S013", "S13.", " s 13"])
def test_a_code_may_be_written_in_any_case_and_padding(graph, code):
    exact = graph.rows("trace", standard="KPS1420-001v2", code="S13")
    assert exact
    assert list(graph.rows("trace", standard="KPS1420-001v2", code=code)) == list(exact)


def test_trace_takes_a_code_in_any_case(kps, example_store):
    shown = kps("trace", "s13", "--standard", "KPS1420-001v2", "--store", example_store)
    assert "S13 外語表達與溝通能力" in shown.out


@pytest.mark.parametrize(
    ("command", "meant"),
    [
        (("draw", "mapp", "-o", "a.svg"), "map"),
        (("export", "occupation", "-o", "a.graphml"), "occupations"),
    ],
)
def test_a_misspelled_picture_or_network_is_recognised(kps, example_store, command, meant):
    done = kps(*command, "--store", example_store)
    assert done.code == 2
    assert f"did you mean {meant}?" in done.err


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("SELECT ?s { ?s a kps:Standrad }", "did you mean kps:Standard"),
        ("SELECT ?s { ?s a skso:Concept }", "did you mean skos:"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "the store is read-only"),
    ],
)
def test_a_slip_in_sparql_gets_a_hint_that_helps(kps, example_store, sparql, said):
    done = kps("query", sparql, "--store", example_store)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "sparql",
    [
        "PREFIX kps: <https://example.org/other#> SELECT ?s { ?s a kps:Anything }",
        "PREFIX my: <https://example.org/> SELECT ?s { ?s my:own _:b }",
    ],
)
def test_prefixes_that_a_query_declares_are_its_own(kps, example_store, sparql):
    assert kps("query", sparql, "--store", example_store).code == 0
