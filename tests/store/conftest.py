"""The kinds of stores, each with its way to be filled and asked."""

from contextlib import ExitStack

import pytest

from kps_graph.store import Manifest, memory, opened, writing
from kps_graph.terms import DEFAULT_BASE


class Memory:
    """A store in memory."""

    def __init__(self, folder):
        self.store = memory()

    def reading(self):
        """The store as one that only asks has it."""
        return self.store

    def close(self):
        self.store.close()


class Disk:
    """A store in a directory: written by one, opened again by the one who asks."""

    def __init__(self, folder):
        self._place = folder / "kps.store"
        self._closing = ExitStack()
        self._writing = self._closing.enter_context(writing(self._place))
        self.store = self._writing.begin()

    def reading(self):
        self._writing.finish(Manifest({}, DEFAULT_BASE, "1.2.3"))
        self._closing.close()
        graph = opened(self._place)
        self._closing.callback(graph.close)
        return graph.store

    def close(self):
        self._closing.close()


KINDS = {"memory": Memory, "disk": Disk}


@pytest.fixture(params=KINDS, ids=str)
def kind(request, tmp_path):
    """An empty store of each kind: ``store`` to write to, ``reading()`` to ask it afterwards."""
    made = KINDS[request.param](tmp_path)
    yield made
    made.close()


@pytest.fixture
def store(kind):
    """An empty store of each kind, to write to."""
    return kind.store
