"""Hypothesis profiles, and where the shared material is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.project import ROOT

settings.register_profile(
    "dev", max_examples=50, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The folder of third-party extractions; its siblings hold gold labels and catalogues."""
    folder = os.environ.get("KPS_CORPUS_DIR")
    if not folder or not Path(folder).is_dir():
        pytest.skip("KPS_CORPUS_DIR is not set: the corpus is not part of the project")
    return Path(folder)


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example standards."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def example_store(tmp_path_factory, examples) -> Path:
    """A store of the example standards, to be read only."""
    from kps_graph.pipeline import build, find

    store = tmp_path_factory.mktemp("examples") / "kps.store"
    build(find([examples]), store)
    return store


@pytest.fixture
def kps(capsys, monkeypatch):
    """Runs ``kps-graph ARGS``: ``kps("parse", file).out``; its messages are in English."""
    from tests.support.command import invoke

    monkeypatch.setenv("KPS_LANG", "en")
    return lambda *args, **more: invoke(capsys, monkeypatch, *args, **more)
