"""A server of ours, started as people start it, and a client that sends exactly what it is told."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

KPS = Path(sys.executable).with_name("kps-graph")
TOKEN = "a token for tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Answer:
    """What came: ``headers`` by their names in lower case; ``whole`` unless it was cut."""

    status: int
    headers: dict
    body: bytes
    whole: bool = True

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def media_type(self):
        return self.headers.get("content-type", "").partition(";")[0]


class Asking:
    """What can be asked of an endpoint that has ``ask``."""

    def query(self, text, accept="*/*", **more):
        """The answer to a query by GET."""
        return self.ask(
            "GET",
            f"/sparql?{urlencode({'query': text, **more}, doseq=True)}",
            headers={"Accept": accept},
        )

    def update(self, text, headers=BEARER):
        """The answer to an update."""
        return self.ask(
            "POST",
            "/sparql",
            urlencode({"update": text}),
            {"Content-Type": "application/x-www-form-urlencoded", **headers},
        )


@dataclass
class InProcess(Asking):
    """An endpoint in this process, over a client of Starlette's: what it answers, not how."""

    client: object

    def ask(self, method, path, body=None, headers=()):
        """The answer to one request."""
        given = {"Accept-Encoding": "identity", **dict(headers)}
        came = self.client.request(method, path, content=body, headers=given)
        return Answer(came.status_code, dict(came.headers), came.content)


@dataclass
class Server(Asking):
    """A running server: its address, and the log that it writes."""

    address: str
    process: subprocess.Popen
    log: Path
    headers: dict = field(default_factory=dict)

    def ask(self, method, path, body=None, headers=(), timeout=60):
        """The answer to one request over a connection of its own."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)
        try:
            connection.request(method, path, body, {**self.headers, **dict(headers)})
            response = connection.getresponse()
            fields = {name.lower(): value for name, value in response.getheaders()}
            try:
                return Answer(response.status, fields, response.read())
            except http.client.IncompleteRead as cut:
                return Answer(response.status, fields, cut.partial, whole=False)
        finally:
            connection.close()

    def logged(self):
        """The lines of its log."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def serving(store, folder, *options, token=TOKEN):
    """``kps-graph serve`` on any free port."""
    log = folder / f"serve-{os.urandom(4).hex()}.log"
    environment = {**os.environ, "KPS_LANG": "en", "KPS_TOKEN": token, "PYTHONUNBUFFERED": "1"}
    environment.pop("KPS_WORKERS", None)
    command = [KPS, "serve", "--store", str(store), "--port", "0", *map(str, options)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment)
    try:
        said = process.stdout.readline().decode()
        address = re.search(r"(?<=served at )http://\S+/", said)
        if not address:
            process.wait(10)
            raise RuntimeError(said + log.read_text("utf-8"))
        yield Server(address[0].rstrip("/"), process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
