"""The example store behind the web, asked without a network."""

import pytest
from starlette.testclient import TestClient

from kps_graph.web.app import application
from kps_graph.web.served import Settings


@pytest.fixture(scope="session")
def web(example_store):
    """A client of a server over the example standards; it follows no redirect."""
    with TestClient(application(Settings(example_store)), follow_redirects=False) as client:
        yield client
