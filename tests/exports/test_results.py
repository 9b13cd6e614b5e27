"""Answers in the formats of the W3C, and as tables for people."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from kps_graph.errors import ResourceError
from kps_graph.exports.columnar import COLUMNAR, write_columnar
from kps_graph.exports.results import graph_as_turtle, rows_as, streamed, truth_as
from kps_graph.formats import ResultFormat
from kps_graph.store import Rows, Term, memory

VALUES = """SELECT ?iri ?text ?tagged ?whole ?part ?yes ?day ?odd {
  VALUES (?iri ?text ?tagged ?whole ?part ?yes ?day ?odd) {
  (<https://example.org/甲> "a,\\"b\\"\\n<c>\\t\\\\" "字"@zh-Hant 42 4.5 true
   "2024-01-02"^^<http://www.w3.org/2001/XMLSchema#date>
   "07"^^<http://www.w3.org/2001/XMLSchema#int>)
  (UNDEF "" UNDEF -7 1.0e3 false UNDEF "x"^^<https://example.org/type>)
} }"""
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
STANDARD = {
    ResultFormat.JSON: ox.QueryResultsFormat.JSON,
    ResultFormat.TSV: ox.QueryResultsFormat.TSV,
    ResultFormat.XML: ox.QueryResultsFormat.XML,
}


@pytest.fixture(scope="module")
def answer():
    rows = memory().select(VALUES)
    return Rows([*rows.columns, "blank"], [(*row, Term("bnode", "b0")) for row in rows.terms])


@pytest.mark.parametrize("format", STANDARD, ids=str)
def test_every_format_says_to_another_library_what_was_found(answer, format):
    expected = list(ox.Store().query(VALUES))
    found = ox.parse_query_results(rows_as(answer, format), format=STANDARD[format])
    assert [v.value for v in found.variables] == list(answer.columns)
    listed = list(found)
    assert [list(s)[:-1] for s in listed] == [list(s) for s in expected]
    assert all(isinstance(s["blank"], ox.BlankNode) for s in listed)


def test_csv_is_what_the_specification_says(answer):
    expected = ox.Store().query(VALUES).serialize(format=ox.QueryResultsFormat.CSV).decode()
    found = rows_as(
        Rows(answer.columns[:-1], [r[:-1] for r in answer.terms]), ResultFormat.CSV
    ).decode()
    assert _csv(found) == _csv(expected)
    assert found.startswith("iri,text,tagged,whole,part,yes,day,odd\r\n")
    assert rows_as(answer, ResultFormat.CSV).splitlines()[-1].endswith(b",_:b0")


def _csv(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_markdown_is_one_line_a_row_whatever_a_text_holds():
    rows = Rows(["a", "b"], [(Term("literal", "x|y\nz"), None)])
    assert rows_as(rows, ResultFormat.MARKDOWN) == b"| a | b |\n|---|---|\n| x\\|y<br>z |  |\n"


def test_no_rows_still_have_their_columns():
    empty = Rows(["a", "b"], [])
    assert rows_as(empty, ResultFormat.CSV) == b"a,b\r\n"
    assert rows_as(empty, ResultFormat.TSV) == b"?a\t?b\n"
    assert json.loads(rows_as(empty, ResultFormat.JSON)) == {
        "head": {"vars": ["a", "b"]},
        "results": {"bindings": []},
    }


def test_a_table_may_have_columns_that_are_no_variables():
    rows = Rows(["type", "KPS1420-001v2", 'a "b", c'], [(Term("literal", "K"), None, None)])
    assert rows_as(rows, ResultFormat.CSV).decode() == 'type,KPS1420-001v2,"a ""b"", c"\r\nK,,\r\n'
    assert rows_as(rows, ResultFormat.TSV).decode() == '?type\t?KPS1420-001v2\t?a "b", c\n"K"\t\t\n'


@pytest.mark.parametrize("said", [True, False])
def test_a_truth_is_said_in_every_format_that_has_one(said):
    for format in (ResultFormat.JSON, ResultFormat.XML):
        assert bool(ox.parse_query_results(truth_as(said, format), format=STANDARD[format])) is said
    assert truth_as(said, ResultFormat.CSV) == f"{str(said).lower()}\n".encode()


def test_a_graph_is_the_same_graph_in_turtle():
    ntriples = (
        b'<https://w3id.org/kps-graph/id/X> <http://www.w3.org/2004/02/skos/core#prefLabel> "a"@zh .\n'
        b"<https://w3id.org/kps-graph/id/X> <http://www.w3.org/2000/01/rdf-schema#seeAlso> _:b .\n"
    )
    written = graph_as_turtle(ntriples)
    assert b"skos:prefLabel" in written
    assert b"prefix kps:" not in written
    assert isomorphic(
        Graph().parse(data=written, format="turtle"), Graph().parse(data=ntriples, format="nt")
    )


def test_an_empty_graph_is_an_empty_document():
    assert len(Graph().parse(data=graph_as_turtle(b""), format="turtle")) == 0


@pytest.mark.parametrize("format", [f for f in ResultFormat if f not in COLUMNAR], ids=str)
def test_rows_that_come_in_parts_are_written_as_if_they_came_at_once(answer, format):
    row = list(answer.terms)
    whole = rows_as(Rows(answer.columns, row * 3), format)
    parts = [row, [], row * 2]
    assert b"".join(streamed(answer.columns, parts, format)) == whole


def test_a_part_is_written_before_the_next_is_asked_for(answer):
    asked = []

    def parts():
        for n in range(3):
            asked.append(n)
            yield list(answer.terms)

    written = streamed(answer.columns, parts(), ResultFormat.CSV)
    next(written), next(written)
    assert asked == [0]


def test_json_lines_hold_plain_values(answer):
    first, second = rows_as(answer, ResultFormat.NDJSON).splitlines()
    assert json.loads(first) == dict(answer[0])
    assert json.loads(second)["iri"] is None


class TestColumnar:
    """Arrow and Parquet: columns have types."""

    @pytest.fixture(autouse=True)
    def pyarrow(self):
        pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

    def table(self, parts, format, columns=("a",)):
        import pyarrow as pa
        import pyarrow.parquet as pq

        out = io.BytesIO()
        write_columnar(columns, parts, format, out)
        out.seek(0)
        if format is ResultFormat.PARQUET:
            return pq.read_table(out)
        return pa.ipc.open_file(out).read_all()

    @pytest.mark.parametrize("format", COLUMNAR, ids=str)
    def test_values_are_what_python_has(self, answer, format):
        rows = Rows(answer.columns, answer.terms[:1])
        table = self.table([rows.terms, [], rows.terms], format, rows.columns)
        assert table.to_pylist() == [dict(rows[0])] * 2
        kinds = {f.name: str(f.type) for f in table.schema}
        assert kinds["whole"] == "int64"
        assert kinds["part"] == "double"
        assert kinds["yes"] == "bool"
        assert kinds["text"] == kinds["iri"] == kinds["day"] == "string"

    @pytest.mark.parametrize("format", COLUMNAR, ids=str)
    def test_a_column_without_any_value_holds_what_its_name_says(self, format):
        columns = ("level", "similarity", "note")
        table = self.table([[(None, None, None)]], format, columns)
        assert [str(f.type) for f in table.schema] == ["int64", "double", "string"]
        assert self.table([], format, columns).schema == table.schema

    def test_a_column_of_two_kinds_holds_texts(self, answer):
        whole, text = (Term("literal", "1", INTEGER),), (Term("literal", "x"),)
        assert self.table([[whole, text]], ResultFormat.ARROW).to_pylist() == [
            {"a": "1"},
            {"a": "x"},
        ]

    def test_a_value_of_another_kind_that_comes_later_is_an_error(self):
        parts = [[(Term("literal", "1", INTEGER),)], [(Term("literal", "x"),)]]
        with pytest.raises(ResourceError, match="after values of another kind"):
            self.table(parts, ResultFormat.PARQUET)

    def test_no_rows_still_have_their_columns(self):
        assert self.table([], ResultFormat.PARQUET, ("a", "b")).column_names == ["a", "b"]
