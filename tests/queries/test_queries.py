"""What the query library is: complete, described, exact, safe to ask and quick."""

import json
import re
import subprocess
import sys
import warnings

import pyoxigraph as ox
import pytest
import rdflib

from kps_graph import sparql
from kps_graph.errors import BadHeader, BadParameter, QuerySyntax, UnknownQuery
from kps_graph.queries import library as queries
from kps_graph.queries import page as page_of_queries
from kps_graph.queries.library import Query
from kps_graph.terms import kps
from tests.support import query_cases
from tests.support.project import ROOT

NAMES = sorted(queries.library())
CASES = [
    pytest.param(case, id=f"{name}-{number}")
    for name in query_cases.names()
    for number, case in enumerate(query_cases.cases(name), 1)
]
REQUIRED = {
    "overview",
    "task-tree",
    "unit",
    "trace",
    "needs",
    "shared",
    "shared-between",
    "gap",
    "nearest",
    "where",
    "level-profile",
    "once",
    "duplicates",
    "attitudes",
    "versions",
}
EVIL = ['" } . DROP ALL #', "\\", "'''", '"""', "?s", "\\u0022 } #", "\n} DROP ALL", "{{x}}"]


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    for path in query_cases.data():
        store.load(path=str(path), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture(scope="module")
def dataset():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of what rdflib calls itself
        dataset = rdflib.Dataset(default_union=True)
        for path in query_cases.data():
            dataset.parse(path, format="trig")
    return dataset


def ask(store, text):
    """Columns and rows of a query, as cases write them."""
    found = store.query(text, use_default_graph_as_union=True)
    columns = [variable.value for variable in found.variables]
    return columns, [[query_cases.cell(term) for term in row] for row in found]


# -- the library ---------------------------------------------------------------------------


def test_the_library_answers_the_questions_it_must():
    assert set(NAMES) >= REQUIRED
    assert len(NAMES) >= 18


def test_every_query_has_cases_and_every_case_a_query():
    assert query_cases.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_shown_answering_and_finding_nothing(name):
    found = [case.rows for case in query_cases.cases(name)]
    assert any(found)
    # the language of names narrows nothing
    if any(p.name != "language" for p in queries.get(name).parameters):
        assert not all(found)


@pytest.mark.parametrize("case", CASES)
def test_a_query_answers_on_oxigraph(case, store):
    assert ask(store, queries.get(case.query).bind(**case.params).text) == (case.columns, case.rows)


@pytest.mark.oracle
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("case", CASES)
def test_a_query_answers_alike_on_rdflib(case, dataset):
    found = dataset.query(queries.get(case.query).bind(**case.params).text)
    assert [[query_cases.cell(term) for term in row] for row in found] == case.rows


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_gives_no_rows(name):
    text = queries.get(name).bind(**query_cases.cases(name)[0].params).text
    assert ask(ox.Store(), text)[1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_legal_sparql_before_its_parameters_are_bound(name, store):
    columns, _ = ask(store, queries.get(name).text)
    assert columns == [column.name for column in queries.get(name).columns]


@pytest.mark.parametrize("name", NAMES)
def test_rows_come_in_a_stated_order(name):
    assert re.search(r"\n}?\s*ORDER BY [^{}]+$", queries.get(name).text)


def test_an_unknown_query_is_refused_with_the_nearest_names():
    with pytest.raises(UnknownQuery, match="did you mean shared"):
        queries.get("shard")


def test_the_page_of_queries_is_up_to_date():
    page = ROOT / "docs" / "queries.md"
    assert page.read_text(encoding="utf-8") == page_of_queries.page()


def test_importing_the_library_loads_no_engine():
    code = "import sys, json, kps_graph.queries.library; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {"rdflib", "pyoxigraph", "networkx"}.isdisjoint(json.loads(done.stdout))


# -- headers -------------------------------------------------------------------------------

HEADER = """\
# title: 名稱 | Title
# row: 一列 | a row
# param: word text -- 字 | word
# param: least integer = 2 -- 至少 | at least
# column: s -- 節點 | node
SELECT ?s WHERE { ?s ?p ?word FILTER(?least > 1) }
"""


def test_a_header_describes_the_query():
    query = queries.parse(HEADER, "name", "group")
    assert query.title == {"zh-Hant": "名稱", "en": "Title"}
    assert query.row["en"] == "a row"
    assert [(p.name, p.kind, p.default) for p in query.parameters] == [
        ("word", "text", None),
        ("least", "integer", "2"),
    ]
    assert [(c.name, c.description["zh-Hant"]) for c in query.columns] == [("s", "節點")]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (HEADER, "SELECT ?s WHERE { ?s ?p ?o }", 1, "lacks"),
        ("# title: 名稱 | Title\n", "", 4, "lacks '# title"),
        ("# row: 一列 | a row\n", "", 4, "lacks '# row"),
        ("# row: 一列 | a row", "# rows: 一列 | a row", 2, "expected '# title:'"),
        ("# row: 一列 | a row", "# title: 一列 | a row", 2, "stands twice"),
        ("# row: 一列 | a row", "# row: 一列", 2, "one Chinese and one English"),
        ("# row: 一列 | a row", "# row: 一 | a | b", 2, "one Chinese and one English"),
        ("word text --", "word text:", 3, "expected '# param"),
        ("word text", "word string", 3, "'string' is no kind"),
        ("integer = 2", "integer = two", 4, "default does not fit"),
        ("word text", "other text", 3, "'other' must stand once, be used"),
        ("least integer", "word integer", 4, "'word' must stand once"),
        ("word text", "s text", 3, "be no column"),
        ("# column: s -- 節點 | node\n", "", 4, "lists the columns (), SELECT has (s)"),
        ("# column: s ", "# column: o ", 5, "lists the columns (o), SELECT has (s)"),
        (
            "# column: s -- 節點 | node",
            "# column: s -- 節 | n\n# row: 一 | a",
            6,
            "'row' stands after",
        ),
    ],
)
def test_a_malformed_header_is_refused_with_its_line(old, new, line, says):
    with pytest.raises(BadHeader, match=re.escape(says)) as caught:
        queries.parse(HEADER.replace(old, new), "name", source="group/name.rq")
    assert (caught.value.source, caught.value.line) == ("group/name.rq", line)


def test_two_files_of_one_name_are_refused(tmp_path):
    for group in ("a", "b"):
        (tmp_path / group).mkdir()
        (tmp_path / group / "same.rq").write_text(HEADER, encoding="utf-8")
    with pytest.raises(BadHeader, match="a/ has a query of this name too"):
        queries.collect(tmp_path.rglob("*.rq"))


# -- parameters ----------------------------------------------------------------------------


def test_defaults_are_applied_and_bindings_told():
    bound = queries.get("shared").bind(kind="K")
    same = f"<{kps.usesRepresentative}>"
    assert dict(bound.bindings) == {"min_occupations": "2", "kind": '"K"', "include": same}


def test_a_number_may_be_given_as_a_number():
    assert queries.get("shared").bind(min_occupations=3).bindings["min_occupations"] == "3"


def test_a_misspelled_parameter_is_refused_with_what_is_known():
    with pytest.raises(BadParameter, match="no parameter 'min_ocupations'") as caught:
        queries.get("shared").bind(min_ocupations=3)
    assert caught.value.hint == (
        "did you mean min_occupations? its parameters: min_occupations, kind, include"
    )


def test_a_missing_parameter_is_refused_with_its_meaning():
    with pytest.raises(BadParameter, match="task-tree needs the parameter 'standard'"):
        queries.get("task-tree").bind()


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("shared", {"min_occupations": "two"}),
        ("shared", {"min_occupations": "2 } DROP"}),
        ("shared", {"min_occupations": True}),
        ("shared", {"min_occupations": "２"}),
        ("shared", {"kind": "X"}),
        ("task-tree", {"standard": ""}),
        ("task-tree", {"standard": "two words"}),
        ("where", {"word": "half \ud800"}),
        ("by-category", {"category": "KPSX"}),
        ("by-category", {"category": "> } DROP ALL"}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(name, params):
    with pytest.raises(BadParameter, match=next(iter(params))):
        queries.get(name).bind(**params)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("standard", "KPS1420-001v2", '"KPS1420-001v2"'),
        ("code", " T1.1 ", '"T1.1"'),
        ("label", "溝通能力", '"溝通能力"@zh-Hant'),
        ("integer", "-1", '"-1"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("iri", "https://example.org/a", "<https://example.org/a>"),
        ("level", "5", "<https://w3id.org/kps-graph/scheme/level/5>"),
        ("category", "KPS", "<https://w3id.org/kps-graph/scheme/category/KPS>"),
        ("occupation", "1420", "<https://w3id.org/kps-graph/scheme/occupation/1420>"),
        ("industry", "H5210", "<https://w3id.org/kps-graph/scheme/industry/5210>"),
        ("yes/no", "no", '"no"'),
    ],
)
def test_the_kind_decides_the_term(kind, value, term):
    assert queries.Parameter("p", kind, None, {}).term(value) == term


def marks(bound):
    """How many punctuation marks a bound query has: a value must never bring any."""
    return [w.kind for w in sparql.words(bound.text)].count("mark")


@pytest.mark.parametrize("name", [n for n in NAMES if queries.get(n).parameters])
@pytest.mark.parametrize("evil", EVIL)
def test_a_hostile_value_is_refused_or_finds_nothing(name, evil, store):
    query = queries.get(name)
    for parameter in query.parameters:
        params = {**query_cases.cases(name)[0].params, parameter.name: evil}
        before = len(store)
        try:
            bound = query.bind(**params)
        except BadParameter:
            continue
        harmless = query.bind(**query_cases.cases(name)[0].params)
        assert marks(bound) == marks(harmless)
        assert ask(store, bound.text)[1] == []
        assert len(store) == before


@pytest.mark.parametrize(
    ("include", "uses", "expresses"),
    [
        ("identical", "kps:uses", "kps:expresses"),
        ("same", "kps:usesRepresentative", "kps:expresses/kps:representative"),
    ],
)
def test_what_counts_as_one_competency_is_a_path_of_the_query(include, uses, expresses):
    bound = queries.get("gap").bind(a="A", b="B", include=include).bindings
    expected = {"include": uses, "include_own": uses, "include_part_own": expresses}
    for name, path in expected.items():
        assert bound[name] == re.sub(r"kps:(\w+)", lambda m: f"<{kps[m[1]]}>", path)


def test_an_unknown_way_to_share_is_refused():
    with pytest.raises(BadParameter, match="'alike' is none of identical, same, related"):
        queries.get("shared").bind(include="alike")


# -- queries that somebody typed -----------------------------------------------------------


def test_a_query_without_a_header_takes_its_variables_as_parameters(store):
    query = Query.adhoc("SELECT ?name WHERE { ?s skos:notation ?code ; skos:prefLabel ?name }")
    assert ask(store, query.bind(code="ZZZ2222-002v1").text)[1] == [["咖啡師"], ["咖啡師"]]


def test_its_misspelled_variable_is_refused():
    with pytest.raises(BadParameter, match="no parameter 'cod'") as caught:
        Query.adhoc("SELECT * { ?s skos:notation ?code }").bind(cod="x")
    assert "did you mean code? its variables: code, s" in caught.value.hint


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("K1", '"K1"'),
        ("2", "2"),
        (2, "2"),
        ('"2"', '"2"'),
        ('"能力"@zh-Hant', '"能力"@zh-Hant'),
        ('"a" . "b"', '"a\\" . \\"b"'),
        ("<urn:x:y>", "<urn:x:y>"),
        ("https://w3id.org/kps-graph/id/X", "<https://w3id.org/kps-graph/id/X>"),
    ],
)
def test_the_form_of_a_value_decides_its_term(value, term):
    bound = Query.adhoc("SELECT * { ?s ?p ?x }").bind(x=value)
    assert bound.text == f"SELECT * {{ ?s ?p {term} }}"


def test_a_typed_query_with_a_header_is_held_to_it():
    assert Query.adhoc(HEADER, "mine").parameters[0].name == "word"
    with pytest.raises(BadHeader):
        Query.adhoc(HEADER.replace("# row", "# rows"), "mine")


def test_an_update_is_refused_as_a_query():
    with pytest.raises(QuerySyntax, match="DROP is an update") as caught:
        Query.adhoc("# tidy up\nPREFIX a: <urn:a>\n DROP ALL")
    assert (caught.value.line, caught.value.column) == (3, 2)


# -- shapes that an engine plans badly -----------------------------------------------------


def groups(text, keyword):
    """The bodies of the groups that ``keyword`` opens."""
    found = []
    for match in re.finditer(keyword + r"\s*{", text):
        depth, at = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        found.append(text[match.end() : at - 1])
    return found


def triples(body):
    """How many triple patterns stand in a group, not counting groups in it."""
    flat = re.sub(r"\([^()]*\)", "", body)
    while re.search(r"{[^{}]*}", flat):
        flat = re.sub(r"{[^{}]*}", "{", flat).replace("{", "")
    marks = [w.text for w in sparql.words(flat) if w.text in (".", ";")]
    return len(marks) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_nested_pattern_is_one_triple(name):
    """NOT EXISTS is evaluated per row; OPTIONAL of two triples joins the whole store."""
    text = queries.get(name).text
    for body in groups(text, "EXISTS"):
        assert triples(body) == 1, body
    for body in groups(text, "OPTIONAL"):
        if "SELECT" not in body:
            assert triples(body) == 1, body


@pytest.mark.parametrize("name", NAMES)
def test_having_repeats_the_aggregate(name):
    """On an alias, HAVING silently gives no rows."""
    for condition in re.findall(r"HAVING \((.*)\)", queries.get(name).text):
        assert re.match(r"(COUNT|SUM)\(", condition)


@pytest.mark.parametrize("name", NAMES)
def test_no_constant_is_compared_where_it_could_be_matched(name):
    text = queries.get(name).text
    assert not re.search(r"FILTER\s*\(\s*STR\(\?\w+\)\s*=", text)
    for parameter in queries.get(name).parameters:
        if parameter.kind == "standard":
            assert f"skos:notation ?{parameter.name} " in text


SCALED = """
import sys, time
import pyoxigraph as ox
from kps_graph.queries import library as queries
from tests.support import query_cases
small = ox.Store()
for path in query_cases.data():
    small.load(path=str(path), format=ox.RdfFormat.TRIG)
text = small.dump(format=ox.RdfFormat.N_QUADS).decode()
store = ox.Store()
for n in range(200):
    copy = text if n == 0 else text.replace("ZZZ", f"Y{n:03}").replace("draft-", f"draft-{n}")
    store.bulk_load(copy.encode(), ox.RdfFormat.N_QUADS)
for name in queries.library():
    query = queries.get(name).bind(**query_cases.cases(name)[0].params)
    start = time.perf_counter()
    rows = len(list(store.query(query.text, use_default_graph_as_union=True)))
    print(name, rows, round(time.perf_counter() - start, 3), sep="\t", flush=True)
"""


def test_no_query_explodes_in_a_store_of_eight_hundred_standards():
    """A badly planned query takes minutes here, a good one milliseconds."""
    done = subprocess.run(
        [sys.executable, "-c", SCALED],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=ROOT,
    )
    timed = {name: float(took) for name, _, took in map(str.split, done.stdout.splitlines())}
    assert list(timed) == list(queries.library())
    assert {name: took for name, took in timed.items() if took > 3} == {}
