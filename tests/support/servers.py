"""Real servers to test against, each started for a session on 127.0.0.1 and ended with it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
#: The limit that it comes with.
VIRTUOSO_ROWS = 10_000
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 20000
MaxDirtyBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = {rows}
DefaultQuery = ASK {{}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(address, process):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{address} never answered")


@contextmanager
def _running(command, address, **more):
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more
    )
    try:
        _wait(address, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder):
    """The Oxigraph server; its address."""
    if not OXIGRAPH.exists():
        pytest.skip("the package oxigraph is not installed")
    address = f"http://127.0.0.1:{free_port()}"
    bind = address.removeprefix("http://")
    command = [OXIGRAPH, "serve", "--bind", bind, "--location", folder / "oxigraph"]
    with _running(command, address):
        yield address


@contextmanager
def virtuoso(folder):
    """Virtuoso 7, which may use 4 GiB; its address. Its user is dba, with the password dba."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("Virtuoso (virtuoso-opensource-7) is not installed")
    home = folder / "virtuoso"
    home.mkdir()
    http = free_port()
    ini = home / "virtuoso.ini"
    ini.write_text(
        _INI.format(folder=home, sql=free_port(), http=http, rows=VIRTUOSO_ROWS), "utf-8"
    )
    address = f"http://127.0.0.1:{http}/sparql"
    command = ["sh", "-c", 'ulimit -v 4194304; exec "$0" "$@"', program, "+configfile", str(ini)]
    with _running([*command, "+foreground"], address, cwd=home, env={**os.environ}):
        yield address
