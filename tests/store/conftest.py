"""The kinds of stores, each with its way to be filled and asked."""

from contextlib import ExitStack

import pytest

from kps_graph.store import Addresses, Manifest, at, memory, opened, writing
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


class Server:
    """A store on a server: written by one client, asked by another."""

    def __init__(self, address):
        self._address = Addresses(address)
        self.store = at(self._address)
        self.store.remove(self.store.graphs())
        self._asking = None

    def reading(self):
        self._asking = at(self._address)
        return self._asking

    def close(self):
        self.store.close()
        if self._asking:
            self._asking.close()


KINDS = {"memory": Memory, "disk": Disk}


@pytest.fixture(
    params=[*KINDS, *(pytest.param(s, marks=pytest.mark.oracle) for s in ("oxigraph", "virtuoso"))],
    ids=str,
)
def kind(request, tmp_path, monkeypatch):
    """An empty store of each kind: ``store`` to write to, ``reading()`` to ask it afterwards."""
    if request.param in KINDS:
        made = KINDS[request.param](tmp_path)
    else:
        monkeypatch.setenv("KPS_STORE_USER", "dba")
        monkeypatch.setenv("KPS_STORE_PASSWORD", "dba")
        made = Server(request.getfixturevalue(f"{request.param}_server"))
    made.name = request.param
    yield made
    made.close()


@pytest.fixture
def store(kind):
    """An empty store of each kind, to write to."""
    return kind.store


@pytest.fixture
def deviates(request, kind):
    """Says that these servers are known to do otherwise (``docs/stores.md``), and where."""

    def say(reason, *names, when=True):
        if when and kind.name in names:
            request.applymarker(pytest.mark.xfail(reason=reason, strict=True))

    return say
