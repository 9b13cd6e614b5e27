"""A worker that an event loop waits for, and the lanes in which such workers answer."""

import asyncio
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kps_graph.oxigraph.counting import counter
from kps_graph.workers.awaited import Awaited
from kps_graph.workers.frames import Frame
from kps_graph.workers.limits import Cause, Died

MEDIA_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
#: What could be taken for the end of a row.
TEXTS = st.sampled_from(
    ["x", 'a,{"', '"},{"', "\\", '\\\\"', "l\nm", "\r\n", "<result>", "[{", '""\n"']
)


class Echo:
    """Says a job in as many parts as it is long; ``sleep`` says nothing, ``die`` ends."""

    def __call__(self, job, say):
        if job == "die":
            raise SystemExit(3)
        if job == "sleep":
            time.sleep(60)
        say(Frame.FIRST, b"")
        for letter in job:
            say(Frame.MORE, letter.encode() * 100_000)
        say(Frame.END, b"")


async def heard(worker):
    said = [await worker.said()]
    while not isinstance(said[-1], Died) and said[-1][0] is not Frame.END:
        said.append(await worker.said())
    return said


def with_worker(use):
    async def run():
        worker = await Awaited.start(Echo())
        assert (await worker.said())[0] is Frame.READY
        try:
            return await use(worker)
        finally:
            worker.stop()

    return asyncio.run(run())


def test_it_answers_in_parts_as_many_as_it_likes():
    async def use(worker):
        found = []
        for job in ("abc", "", "defghijklmnop"):
            worker.give(job)
            said = await heard(worker)
            found.append("".join(chr(c[0]) for k, c in said if k is Frame.MORE))
            assert all(len(c) == 100_000 for k, c in said if k is Frame.MORE)
        return found

    assert with_worker(use) == ["abc", "", "defghijklmnop"]


def test_who_waits_no_longer_may_wait_again():
    async def use(worker):
        worker.give("sleep")
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await worker.said(asyncio.get_running_loop().time() + 0.05)

    with_worker(use)


def test_what_became_of_one_that_dies_is_said():
    async def use(worker):
        worker.give("die")
        return await worker.said()

    died = with_worker(use)
    assert isinstance(died, Died)
    assert died.cause is Cause.FAULT


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@given(
    rows=st.lists(st.tuples(st.none() | TEXTS, st.none() | TEXTS), max_size=6),
    size=st.integers(1, 40),
)
def test_rows_are_counted_in_the_bytes_in_which_they_are_written(media_type, rows, size):
    def term(text):
        return "UNDEF" if text is None else str(ox.Literal(text))

    data = " ".join(f"({term(a)} {term(b)})" for a, b in rows)
    answer = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {data} }} }}")
    written = bytes(answer.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)))
    count, found = counter(media_type), 0
    for place in range(0, len(written), size):
        found = count(written[place : place + size])
    assert found == len(rows)
