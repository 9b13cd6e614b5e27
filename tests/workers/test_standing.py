"""Workers that stand ready before they are needed."""

import os
import time

import pytest

from kps_graph.workers.limits import Cause, Died, Limits
from kps_graph.workers.standing import Standing

LIMITS = Limits(60.0, 2**30)


def process(job):
    return os.getpid()


def prepared(job):
    return os.environ.get("PREPARED")


def prepare():
    os.environ["PREPARED"] = "yes"


def sleep(job):
    time.sleep(60)


def hoard(job):
    return len(bytearray(2**31))


@pytest.fixture
def standing(monkeypatch):
    monkeypatch.delenv("KPS_WORKERS", raising=False)
    workers = Standing(prepare, LIMITS.memory)
    yield workers
    workers.close()


def do(standing, function, limits=LIMITS):
    ((_, said),) = standing(function, [None], 1, limits)
    return said


def test_a_worker_that_stands_ready_was_prepared_and_takes_one_job_after_the_other(standing):
    standing.prepare()
    assert do(standing, prepared) == "yes"
    one, other = do(standing, process), do(standing, process)
    assert one == other != os.getpid()


def test_a_worker_that_takes_too_long_is_ended_and_another_does_the_next_job(standing):
    before = do(standing, process)
    said = do(standing, sleep, LIMITS._replace(seconds=0.2))
    assert isinstance(said, Died)
    assert said.cause is Cause.TIME
    assert do(standing, process) != before


def test_a_worker_gets_no_more_memory_than_it_may_use(standing):
    assert isinstance(do(standing, hoard), Died)


def test_workers_end_when_they_are_closed(standing):
    worker = do(standing, process)
    standing.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
