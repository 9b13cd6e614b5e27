"""Servers to test against, each started once for all tests of a process."""

import pytest
from starlette.testclient import TestClient

from kps_graph.web.app import application
from kps_graph.web.served import Settings
from tests.support.served import InProcess, serving
from tests.support.stores import built, document, write


@pytest.fixture(scope="session")
def web(example_store):
    """A client of a server over the example standards; it follows no redirect."""
    with TestClient(application(Settings(example_store)), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def endpoint(web):
    """The same server, asked as a real one is asked."""
    return InProcess(web)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory):
    """Makes a new store of one small standard, which may be written to."""

    def made():
        folder = tmp_path_factory.mktemp("small")
        write(folder, one=document())
        built(folder / "kps.store", folder)
        return folder / "kps.store"

    return made


@pytest.fixture(scope="session")
def server(example_store, tmp_path_factory):
    """A server of the examples, which only reads."""
    with serving(example_store, tmp_path_factory.mktemp("server"), "--timeout", 3) as running:
        yield running


@pytest.fixture(scope="session")
def writable(small_store, tmp_path_factory):
    """A server of a small store, which takes updates."""
    with serving(small_store(), tmp_path_factory.mktemp("writable"), "--writable") as running:
        yield running
