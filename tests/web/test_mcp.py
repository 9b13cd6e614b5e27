"""The tools for assistants: thirty questions that they alone answer, checked against the store."""

import json
import subprocess
import sys
from functools import cache

import anyio
import pytest
from mcp import Client

import kps_graph
from kps_graph.exports.yaml import to_yaml
from kps_graph.queries.library import library
from kps_graph.web.mcp.server import server
from kps_graph.web.served import Served, Settings

SEED = "KPS1420-001v2"
BASE = "https://w3id.org/kps-graph/id/"


@pytest.fixture(scope="module")
def ask(example_store):
    """Calls a tool: its answer as data, and whether it is an error."""
    served = Served(Settings(example_store))

    def call(tool, **arguments):
        async def once():
            async with Client(server(served)) as client:
                return await client.call_tool(tool, arguments)

        result = anyio.run(once)
        return json.loads(result.content[0].text), result.is_error

    yield call
    served.close()


@pytest.fixture(scope="module")
def graph(example_store):
    with kps_graph.open(example_store) as opened:
        yield opened


def one(graph, text):
    """The single value that a query gives."""
    return next(iter(graph.rows(text)[0].values()))


def _column(said, name):
    return [row.get(name) for row in said["rows"]]


def _count(cls):
    return (
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ GRAPH <{BASE}{SEED}> {{ ?x a kps:{cls} }} }}"
    )


#: What is asked, of which tool, what the answer says, and what the store says.
QUESTIONS = {
    "which standard is 貿易經理": (
        ("find_names", {"text": "貿易經理", "kind": "standard"}),
        lambda said: said["rows"][0]["code"],
        lambda graph: graph.identity("貿易經理"),
    ),
    "what is KPS1420-001v2": (
        ("standard", {"name": SEED}),
        lambda said: said["name"],
        lambda graph: graph.standard(SEED).name,
    ),
    "its base level": (
        ("standard", {"name": "貿易經理"}),
        lambda said: said["level"],
        lambda graph: graph.standard(SEED).level,
    ),
    "its versions": (
        ("standard", {"name": SEED}),
        lambda said: [v["code"] for v in said["versions"]],
        lambda graph: [v.code for v in graph.standard(SEED).versions],
    ),
    "its description": (
        ("standard", {"name": SEED}),
        lambda said: said["description"],
        lambda graph: graph.standard(SEED).description,
    ),
    "how many tasks it has": (
        ("standard", {"name": SEED}),
        lambda said: said["counts"]["tasks"],
        lambda graph: one(graph, _count("Task")),
    ),
    "its knowledge": (
        ("standard", {"name": SEED, "part": "knowledge", "max_bytes": 100_000}),
        lambda said: _column(said, "text"),
        lambda graph: [k.name for k in graph.standard(SEED).knowledge],
    ),
    "its skills": (
        ("standard", {"name": SEED, "part": "skills", "max_bytes": 100_000}),
        lambda said: _column(said, "text"),
        lambda graph: [s.name for s in graph.standard(SEED).skills],
    ),
    "its attitudes": (
        ("standard", {"name": SEED, "part": "attitudes"}),
        lambda said: _column(said, "text"),
        lambda graph: [a.name for a in graph.standard(SEED).attitudes],
    ),
    "how many indicators it has": (
        ("standard", {"name": SEED, "part": "indicators"}),
        lambda said: said["total"],
        lambda graph: one(graph, _count("Indicator")),
    ),
    "how many outputs it has": (
        ("standard", {"name": SEED, "part": "outputs"}),
        lambda said: said["total"],
        lambda graph: one(graph, _count("Output")),
    ),
    "where K1 is needed": (
        ("trace", {"name": SEED, "code": "K1", "max_bytes": 100_000}),
        lambda said: said["total"],
        lambda graph: len(graph.trace(SEED, "K1").rows()),
    ),
    "what T1.1 needs": (
        ("trace", {"name": SEED, "code": "t1.1", "max_bytes": 100_000}),
        lambda said: [c for c in _column(said, "code") if c],
        lambda graph: [r["code"] for r in graph.trace(SEED, "T1.1").rows() if r["code"]],
    ),
    "who says the same as A01": (
        ("trace", {"name": SEED, "code": "A1"}),
        lambda said: said["shared_with"],
        lambda graph: len(graph.trace(SEED, "A01").sharers),
    ),
    "which competencies are shared": (
        ("shared", {"max_bytes": 100_000}),
        lambda said: said["total"],
        lambda graph: len(graph.shared(2)),
    ),
    "which skills three occupations share": (
        ("shared", {"least": 3, "kind": "S", "max_bytes": 100_000}),
        lambda said: _column(said, "iri"),
        lambda graph: [s.competency.id for s in graph.shared(3, kind="S")],
    ),
    "which the most used competency is": (
        ("shared", {}),
        lambda said: said["rows"][0]["iri"],
        lambda graph: graph.shared(2)[0].competency.id,
    ),
    "who uses it": (
        ("shared", {"competency": "<most>"}),
        lambda said: said["users"],
        lambda graph: len(graph.shared(2)[0].users),
    ),
    "which occupations are nearest": (
        ("compare", {"occupations": [SEED], "question": "nearest"}),
        lambda said: _column(said, "code"),
        lambda graph: [n.occupation.code for n in graph.nearest(SEED)],
    ),
    "what two share": (
        ("compare", {"occupations": [SEED, "ZZZ1499-903v1"]}),
        lambda said: said["shared"],
        lambda graph: len(graph.compare(SEED, "ZZZ1499-903v1").shared),
    ),
    "how alike two are": (
        ("compare", {"occupations": [SEED, "ZZZ2431-902v1"]}),
        lambda said: said["similarity"],
        lambda graph: round(graph.compare(SEED, "ZZZ2431-902v1").similarity, 3),
    ),
    "what a move needs": (
        ("compare", {"occupations": ["ZZZ1499-903v1", SEED], "question": "gap"}),
        lambda said: said["missing"],
        lambda graph: len(graph.gap("ZZZ1499-903v1", SEED).missing),
    ),
    "how many steps it takes": (
        ("compare", {"occupations": ["ZZZ1499-903v1", SEED], "question": "path"}),
        lambda said: said["steps"],
        lambda graph: len(graph.path("ZZZ1499-903v1", SEED)),
    ),
    "which queries there are": (
        ("library_query", {"max_bytes": 100_000}),
        lambda said: said["total"],
        lambda graph: len(library()),
    ),
    "all standards": (
        ("library_query", {"name": "standards"}),
        lambda said: _column(said, "code"),
        lambda graph: [r["code"] for r in graph.rows("standards")],
    ),
    "standards by level": (
        ("library_query", {"name": "levels"}),
        lambda said: _column(said, "standards"),
        lambda graph: [r["standards"] for r in graph.rows("levels")],
    ),
    "its classes": (
        ("library_query", {"name": "classification", "parameters": {"standard": SEED}}),
        lambda said: said["total"],
        lambda graph: len(graph.rows("classification", standard=SEED)),
    ),
    "how many standards there are": (
        ("sparql", {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s a kps:Standard }"}),
        lambda said: said["rows"][0]["n"],
        lambda graph: len(graph.identities()),
    ),
    "whether a skill ends in 能力": (
        (
            "sparql",
            {"query": "ASK { ?s a kps:Skill ; skos:prefLabel ?l FILTER(STRENDS(?l, '能力')) }"},
        ),
        lambda said: said["rows"][0]["answer"],
        lambda graph: any(s.name.endswith("能力") for s in graph.standard(SEED).skills),
    ),
    "whether a copy of it is a good standard": (
        ("validate_draft", {"text": "<seed>", "format": "yaml", "max_bytes": 100_000}),
        lambda said: {"R08", "R07"} <= set(_column(said, "rule")),
        lambda graph: True,
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_by_a_tool_alone(question, ask, graph):
    (tool, arguments), in_answer, in_store = QUESTIONS[question]
    if arguments.get("competency") == "<most>":
        arguments = {"competency": graph.shared(2)[0].competency.id}
    if arguments.get("text") == "<seed>":
        arguments = {**arguments, "text": to_yaml(graph.standard(SEED))}
    said, failed = ask(tool, **arguments)
    assert not failed, said
    assert in_answer(said) == in_store(graph)
    assert said["sources"] or tool in ("library_query", "validate_draft")


def test_there_are_thirty_questions_and_eight_tools(ask, example_store):
    assert len(QUESTIONS) == 30
    assert len(_tools(example_store)) == 8


@cache
def _tools(store):
    async def listed():
        async with Client(server(Served(Settings(store)))) as client:
            return (await client.list_tools()).tools

    return anyio.run(listed)


def test_every_tool_says_what_it_does_and_that_it_only_reads(example_store):
    for tool in _tools(example_store):
        assert tool.description
        assert tool.annotations.read_only_hint


def test_a_source_names_standard_version_and_cell(ask):
    said, _ = ask("trace", name=SEED, code="K1")
    cell = said["sources"][0]
    assert (cell["standard"], cell["version"]) == (SEED, "v2")
    assert cell["document"].endswith(".md")
    assert {"table", "row", "column"} <= set(cell)


def test_an_answer_is_at_most_eight_kilobytes_and_says_what_was_cut(ask):
    said, _ = ask("sparql", query="SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 1500")
    assert len(json.dumps(said, ensure_ascii=False).encode()) <= 8192
    assert said["total"] == 1500
    assert f"{len(said['rows'])} of 1500 rows" in said["truncated"]["en"]
    more, _ = ask("sparql", query="SELECT ?s WHERE { ?s a kps:Skill }", max_bytes=262_144)
    assert "truncated" not in more


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("standard", {"name": "貿易經里"}),
        ("trace", {"name": "KPS1420-001v9", "code": "K1"}),
        ("compare", {"occupations": [SEED, "貿易經裡"]}),
        ("shared", {"competency": "國際貿易實務的概念"}),
    ],
)
def test_an_unknown_name_is_answered_with_candidates(ask, tool, arguments):
    said, failed = ask(tool, **arguments)
    assert failed
    assert said["error"]["zh-Hant"] != said["error"]["en"]
    assert any(said["candidates"].values())


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("trace", {"name": SEED, "code": "K999"}),
        ("find_names", {"text": "zzzzqqqq"}),
        ("library_query", {"name": "no-such"}),
        ("library_query", {"name": "levels", "parameters": {"no": 1}}),
        ("sparql", {"query": "SELECT ?x WHERE {"}),
        ("sparql", {"query": "SELECT"}),
        ("sparql", {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}),
        ("sparql", {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        ("validate_draft", {"text": "no standard"}),
    ],
)
def test_what_cannot_be_answered_is_an_error_and_no_empty_success(ask, tool, arguments):
    said, failed = ask(tool, **arguments)
    assert failed
    assert said["error"]["en"]
    assert "/tmp" not in json.dumps(said)


def test_a_right_query_without_rows_says_so(ask):
    said, failed = ask("sparql", query="SELECT ?s WHERE { ?s a kps:Standard FILTER(false) }")
    assert not failed
    assert said["total"] == 0
    assert said["note"]


def test_shapes_and_prefixes_are_resources(example_store):
    async def read():
        async with Client(server(Served(Settings(example_store)))) as client:
            names = [str(r.uri) for r in (await client.list_resources()).resources]
            return {n: (await client.read_resource(n)).contents[0].text for n in names}

    texts = anyio.run(read)
    assert "@prefix kps:" in texts["kps://prefixes"]
    assert "sh:NodeShape" in texts["kps://shapes"]


def _posted(web, method, **params):
    meta = {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    headers = {
        "MCP-Protocol-Version": "2026-07-28",
        "Mcp-Method": method,
        "Accept": "application/json, text/event-stream",
        "Host": "localhost",
    } | ({"Mcp-Name": params["name"]} if "name" in params else {})
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"_meta": meta, **params}}
    return web.post("/mcp", json=body, headers=headers)


def test_over_http_each_request_stands_alone(web):
    found = _posted(web, "server/discover")
    assert found.status_code == 200, found.text
    assert "2026-07-28" in found.text
    assert "mcp-session-id" not in found.headers
    called = _posted(web, "tools/call", name="standard", arguments={"name": SEED})
    assert "貿易經理" in called.json()["result"]["content"][0]["text"]


def test_over_http_an_unknown_method_or_tool_is_an_error(web):
    assert "error" in _posted(web, "no/such").json()
    assert "error" in json.dumps(_posted(web, "tools/call", name="no", arguments={}).json()).lower()


@pytest.mark.oracle
def test_on_stdio_a_client_is_answered(example_store):
    from mcp import StdioServerParameters

    command = ["-m", "kps_graph", "mcp", "--store", str(example_store)]

    async def asked():
        async with Client(StdioServerParameters(command=sys.executable, args=command)) as client:
            return await client.call_tool("standard", {"name": SEED})

    assert "貿易經理" in anyio.run(asked).content[0].text


def test_nothing_else_imports_the_protocol():
    code = (
        "import sys, kps_graph, kps_graph.cli.serve, kps_graph.web.app, kps_graph.web.running;"
        "sys.exit('mcp' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
