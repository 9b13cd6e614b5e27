"""A query ends at its limits, whatever it asks, and the store is unharmed."""

import signal
import subprocess
import sys
import threading
import time

import pytest

import kps_graph as kps
from kps_graph.errors import QuerySyntax, QueryTimeout, QueryTooLarge, StoreError
from kps_graph.store import Bounds, GraphStream, RowStream
from tests.support.hostile import HOSTILE

LITTLE = 256 * 2**20
pytestmark = pytest.mark.usefixtures("workers")


@pytest.fixture
def graph(example_store):
    """The examples; what is asked of them in SPARQL is asked in a worker."""
    with kps.open(example_store) as graph:
        yield graph


def read(answer):
    """How many parts an answer has."""
    return 1 if isinstance(answer, bool) else sum(1 for _ in answer.parts)


def test_there_are_twelve_hostile_queries():
    assert len(HOSTILE) == 12
    assert len(HOSTILE["a megabyte of query"]) > 2**20


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_ends_at_its_limits(graph, name):
    graph.store.stream("ASK {}")  # the worker has started
    before = time.monotonic()
    with pytest.raises((QueryTimeout, QueryTooLarge)) as caught:
        read(graph.store.stream(HOSTILE[name], Bounds(0.5, LITTLE)))
    # far more than the limit and a second: this machine may be busy
    assert time.monotonic() - before < 30
    assert caught.value.hint
    assert graph.store.stream("ASK { ?s ?p ?o }") is True


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere memory is watched")
def test_memory_stays_under_its_bound(example_store):
    """Asked of a process of its own, which knows the most that its workers ever had."""
    script = f"""
import resource
from kps_graph.errors import QueryTooLarge
from kps_graph.store import Bounds, opened
store = opened({str(example_store)!r}).store
try:
    store.stream({HOSTILE["cross join, ordered"]!r}, Bounds(60, {LITTLE}))
except QueryTooLarge as error:
    print(error.message)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    said, most = done.stdout.splitlines()
    assert said == "the query was ended: it needs more than 256 MiB of memory"
    assert int(most) * 1024 < LITTLE + 100 * 2**20
    assert done.stderr == ""


def test_what_took_too_long_says_so_and_what_to_try(graph):
    with pytest.raises(QueryTimeout, match=r"longer than 0\.2 seconds") as caught:
        graph.bounded(timeout=0.2).query(HOSTILE["cross join, counted"])
    assert "LIMIT" in caught.value.hint


@pytest.mark.sweep
def test_the_time_that_the_reader_takes_does_not_count(graph):
    answer = graph.store.stream("SELECT ?s ?o { ?s ?p ?o }", Bounds(3.0))
    time.sleep(3.1)
    assert len(answer.rows()) > 1000


def test_no_more_rows_are_asked_for_than_are_wanted(graph):
    endless = HOSTILE["cross join, streamed"]
    assert len(graph.bounded(timeout=60, rows=7).query(endless)) == 7
    assert len(graph.bounded(rows=7).query(HOSTILE["cross join, constructed"]).splitlines()) <= 7


def test_other_queries_go_on_beside_a_hostile_one(graph):
    ended = []

    def hostile():
        with pytest.raises(QueryTimeout):
            graph.bounded(timeout=1.0).query(HOSTILE["nine VALUES blocks"])
        ended.append(True)

    thread = threading.Thread(target=hostile)
    thread.start()
    while not ended:
        assert graph.query("ASK { ?s a kps:Standard }") is True
    thread.join()


def test_two_answers_are_read_side_by_side(graph):
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    one, other = graph.stream(text), graph.stream(text)
    pairs = list(zip(one, other, strict=True))
    assert len(pairs) > 5000
    assert all(a == b for a, b in pairs)


def test_an_answer_that_is_left_is_not_an_answer_to_the_next(graph):
    next(iter(graph.stream("SELECT ?s { ?s ?p ?o }")))
    assert graph.query("SELECT ?n { VALUES ?n { 1 } }").to_dicts() == [{"n": 1}]


def test_a_worker_is_kept_for_the_next_question(graph):
    def worker():
        graph.store.stream("ASK {}")
        (kept,) = graph.store._apart._idle
        return kept

    assert worker() is worker()


def test_an_answer_is_the_same_in_a_worker_and_here(graph):
    for text in (
        "SELECT ?s ?o { ?s a kps:Task ; ?p ?o } ORDER BY ?s ?o",
        "SELECT ?a ?b { VALUES (?a ?b) { (UNDEF 1.50) ('x'@zh-Hant true) } }",
        "CONSTRUCT { ?s a ?o } { ?s a ?o }",
        "ASK { ?s ?p <https://example.org/none> }",
    ):
        found, here = graph.query(text), graph.store.query(kps_text(text))
        if hasattr(found, "terms"):
            assert (found.columns, found.terms) == (here.columns, here.terms)
        else:
            assert found == here


def kps_text(text):
    """A query as the graph declares it."""
    from kps_graph.queries.library import Query

    return Query.adhoc(text).bind().text


def test_each_form_of_query_has_its_kind_of_stream(graph):
    assert isinstance(graph.stream("SELECT * { ?s a kps:Standard }"), RowStream)
    assert isinstance(graph.stream("CONSTRUCT WHERE { ?s a kps:Standard }"), GraphStream)
    assert graph.stream("ASK {}") is True


def test_a_syntax_error_has_its_place(graph):
    with pytest.raises(QuerySyntax) as caught:
        graph.query("SELECT ?x {")
    assert (caught.value.line, caught.value.column) == (1, 12)


def test_a_query_whose_process_dies_breaks_nothing_else(graph):
    assert graph.query("ASK {}") is True
    (kept,) = graph.store._apart._idle
    kept._worker._process.kill()
    with pytest.raises(StoreError, match="the engine broke off"):
        graph.query("ASK {}")
    assert graph.query("ASK {}") is True


def test_a_closed_store_has_no_worker_left(example_store):
    graph = kps.open(example_store)
    rest = graph.stream("SELECT ?s { ?s ?p ?o }")
    next(rest.parts)
    graph.close()
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK {}")
    rest.parts.close()
    assert graph.store._apart._idle == []


# -- at the command line ---------------------------------------------------------------------


def start(store, *args):
    return subprocess.Popen(
        [sys.executable, "-m", "kps_graph", "query", *args, "--store", str(store), "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_ends_at_its_limit(example_store):
    asked = start(example_store, HOSTILE["cross join, counted"], "--timeout", "0.5")
    out, err = asked.communicate(timeout=60)
    assert (asked.returncode, out) == (2, "")
    assert "longer than 0.5 seconds" in err
    assert "--timeout" in err


def test_the_command_ends_at_its_memory(example_store):
    asked = start(example_store, HOSTILE["cross join, ordered"], "--memory", "200")
    _, err = asked.communicate(timeout=60)
    assert asked.returncode == 2
    assert "more than 200 MiB" in err


def test_limit_stops_an_endless_answer(example_store):
    asked = start(example_store, HOSTILE["cross join, streamed"], "--limit", "3", "-f", "ndjson")
    out, _ = asked.communicate(timeout=60)
    assert (asked.returncode, len(out.splitlines())) == (0, 3)


def test_a_reader_who_has_seen_enough_ends_the_query(example_store):
    with start(example_store, HOSTILE["cross join, streamed"], "-f", "csv") as asked:
        assert asked.stdout.readline().startswith("o0,")
        asked.stdout.close()
        assert asked.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the signal is another one there")
def test_ctrl_c_ends_the_query_and_its_worker(example_store):
    with start(example_store, HOSTILE["cross join, counted"], "--timeout", "0") as asked:
        workers = wait_for(lambda: children(asked.pid))
        asked.send_signal(signal.SIGINT)
        assert asked.wait(timeout=30) == 130
    wait_for(lambda: not any(alive(pid) for pid in workers))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_worker_does_not_outlive_the_one_who_asked(example_store):
    with start(example_store, HOSTILE["cross join, counted"], "--timeout", "0") as asked:
        workers = wait_for(lambda: children(asked.pid))
        asked.kill()
    wait_for(lambda: not any(alive(pid) for pid in workers))


def wait_for(what):
    """What ``what`` comes to, once it comes to something."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if came := what():
            return came
        time.sleep(0.02)
    raise AssertionError("it never came")


def children(pid):
    import psutil

    return [child.pid for child in psutil.Process(pid).children()]


def alive(pid):
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
