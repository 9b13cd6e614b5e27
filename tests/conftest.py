"""Hypothesis profiles, where the shared material is, and what is made once for all tests."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.support import marks, servers
from tests.support.project import ROOT

#: What a test that asks for a fixture is marked with.
_MARKS = {
    "office": "office",
    "oracle": "oracle",
    "virtuoso_server": "oracle",
    "corpus_dir": "sweep",
    "gold_dir": "sweep",
}

settings.register_profile(
    "dev", max_examples=10, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "ci", max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
# documents are read in the process of the test, unless it asks for workers
os.environ["KPS_WORKERS"] = "0"

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_configure() -> None:
    """Gives Ctrl-C back its meaning, which a shell takes from what it starts in the background.

    The tests send it to themselves and to the commands that they start, which inherit it.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for the processes that they start."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spares the collector of garbage the thousands of tests, which all stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Marks the tests that ask for a slow component, or for all of the corpus, through whichever fixture."""
    for item in items:
        for fixture in _MARKS.keys() & set(item.fixturenames):
            item.add_marker(_MARKS[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    marks.running(item)
    try:
        return (yield)
    finally:
        marks.running(None)


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The folder of third-party extractions."""
    return _outside("KPS_CORPUS_DIR")


@pytest.fixture(scope="session")
def gold_dir() -> Path:
    """The folder of the pairs that people judged."""
    return _outside("KPS_GOLD_DIR")


def _outside(variable: str) -> Path:
    """The folder that an environment variable names, of texts that are not ours; else skips."""
    folder = os.environ.get(variable)
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"{variable} names no folder: what it holds is not part of the project")
    return Path(folder)


@pytest.fixture(scope="session")
def office() -> None:
    """LibreOffice, which :func:`tests.support.office.convert` uses."""


@pytest.fixture(scope="session")
def oracle() -> None:
    """A referee, with which what we find is compared."""


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example standards."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory) -> Path:
    """One folder for all processes that run the tests of this session."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@pytest.fixture(scope="session")
def example_store(shared_folder, examples) -> Path:
    """A store of the example standards, to be read only: built once for all processes."""
    from tests.support.stores import built

    store = shared_folder / "example_store" / "kps.store"
    store.parent.mkdir(exist_ok=True)
    with FileLock(f"{store}.lock"):
        if not store.exists():
            built(store, examples, check=True)
    return store


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory):
    """The address of an Oxigraph server."""
    with servers.oxigraph(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory):
    """The address of a Virtuoso."""
    with servers.virtuoso(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def workers(monkeypatch) -> None:
    """Documents are read in worker processes, as users have it."""
    monkeypatch.setenv("KPS_WORKERS", "1")


@pytest.fixture
def kps(capsys, monkeypatch):
    """Runs ``kps-graph ARGS``: ``kps("parse", file).out``; its messages are in English."""
    from tests.support.command import invoke

    monkeypatch.setenv("KPS_LANG", "en")
    return lambda *args, **more: invoke(capsys, monkeypatch, *args, **more)
