"""Workers may hang, starve or die: each job ends in a result or a reason, and the rest goes on."""

import ctypes
import os
import signal
import subprocess
import sys
import time

import pytest

from kps_graph.workers.limits import Died, Limits
from kps_graph.workers.pool import run
from tests.support.sweeps import now_and_then


def work(job):
    """What a job is asked to do, by name."""
    match job:
        case "hang":
            time.sleep(60)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "crash":
            ctypes.string_at(0)
        case "exit":
            os._exit(7)
        case "starve":
            return len(bytearray(2**40))
        case "fail":
            raise ValueError("a fault of ours")
        case "refuse":
            return lambda: None
        case "pid":
            return os.getpid()
        case "swell":
            kept = []
            for _ in range(600):
                kept.append(bytearray(os.urandom(2**10) * 2**10))
                time.sleep(0.01)
            return len(kept)
        case "print":
            os.write(1, b"noise")
        case "huge":
            return "x" * 2**24
    return f"done {job}"


def results(jobs, workers=1, **limits):
    return dict(run(work, jobs, workers, Limits(**{"seconds": 30.0, **limits})))


def test_every_job_has_its_result():
    jobs = [str(n) for n in range(7)]
    assert results(jobs, 2) == {job: f"done {job}" for job in jobs}


def test_no_jobs_start_no_worker():
    assert results([]) == {}


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (
            "die",
            "the worker that read it died (signal 9), most likely for want of memory; allow more with --memory",
        ),
        ("crash", "the worker that read it died (signal 11), most likely for want of memory"),
        ("exit", "the worker that read it died (exit code 7)"),
        ("starve", "it needs more memory than one file may use"),
        ("fail", "kps-graph failed on it (ValueError: a fault of ours)"),
    ],
)
def test_a_job_that_loses_its_worker_has_a_reason_and_the_others_are_done(job, reason, capfd):
    done = results(["1", job, "2"])
    assert str(done.pop(job).reason).startswith(reason)
    assert done == {"1": "done 1", "2": "done 2"}
    assert "Traceback" not in capfd.readouterr().err


def test_a_job_that_hangs_is_stopped_and_the_others_are_done():
    found = results(["hang", "1"], seconds=2.0)
    assert str(found.pop("hang").reason) == "it took longer than 2 seconds"
    assert found == {"1": "done 1"}


def test_the_start_of_a_worker_is_not_on_the_account_of_its_job():
    assert results(["1"], seconds=0.2) == {"1": "done 1"}


def test_a_result_that_cannot_be_sent_loses_only_its_job():
    found = results(["refuse", "1"])
    assert isinstance(found["refuse"], Died)
    assert found["1"] == "done 1"


def test_a_result_of_any_size_arrives():
    assert len(results(["huge"])["huge"]) == 2**24


def test_no_worker_outlives_its_pool():
    made = run(work, ["pid", "1", "2"], 1, Limits(30.0))
    _, pid = next(made)
    os.kill(pid, 0)
    made.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_that_is_killed_from_outside_costs_one_job_at_most():
    made = run(work, ["pid", "1", "2", "3"], 1, Limits(30.0))
    _, pid = next(made)
    os.kill(pid, signal.SIGKILL)
    rest = dict(made)
    assert rest.keys() == {"1", "2", "3"}
    assert sum(isinstance(result, Died) for result in rest.values()) <= 1


@pytest.mark.parametrize("how", now_and_then(["script", "standard input", "option"], 3))
def test_a_script_needs_no_guard_to_start_workers(how, tmp_path, examples):
    code = (
        "from pathlib import Path\nfrom kps_graph.pipeline.build import build\n"
        "from kps_graph.pipeline.sources import find\n"
        f"print(build(find([{str(examples)!r}]), Path('kps.store'), jobs=2).changed)\n"
    )
    (tmp_path / "unguarded.py").write_text(code, "utf-8")
    arguments = {"script": ["unguarded.py"], "standard input": ["-"], "option": ["-c", code]}[how]
    done = subprocess.run(
        [sys.executable, *arguments],
        input=code,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=tmp_path,
    )
    assert "KPS1420-001v2.md" in done.stdout
    assert done.stderr == ""


def test_where_memory_cannot_be_bounded_it_is_watched(monkeypatch):
    monkeypatch.setattr("kps_graph.workers.process.bounds_itself", lambda: False)
    monkeypatch.setattr("kps_graph.workers.pool.bounds_itself", lambda: False)
    done = results(["1", "swell"], memory=300 * 2**20)
    assert done["1"] == "done 1"
    assert str(done["swell"].reason).startswith(
        "it needs more memory than one file may use; allow more with --memory"
    )


def test_what_a_library_prints_is_not_taken_for_a_result(capfd):
    assert results(["print", "1"]) == {"print": "done print", "1": "done 1"}
