"""Real LibreOffice: converts many files in one process, and none of them twice."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support import marks
from tests.support.project import ROOT

SOFFICE = shutil.which("soffice")
#: What has been converted before, in this run or an earlier one, by its content.
CACHE = ROOT / ".pytest_cache" / "office"
#: One process gives up after some 240 files.
_AT_ONCE = 100
_KEPT_DAYS = 14


def convert(files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """``{"a.odt": bytes}`` to ``{"a.pdf": bytes}``; skips the test without LibreOffice."""
    marks.needs("office")
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    CACHE.mkdir(parents=True, exist_ok=True)
    kept = {name: CACHE / _key(name, data, to) for name, data in files.items()}
    # of the processes that run tests one converts what several ask for, and the others wait
    batch = hashlib.sha256("".join(sorted(p.name for p in kept.values())).encode()).hexdigest()
    with FileLock(CACHE / f"{batch}.lock"):
        missing = iter([name for name, path in kept.items() if not path.exists()])
        while some := list(islice(missing, _AT_ONCE)):
            for name, data in _converted({n: files[n] for n in some}, to):
                part = kept[name].with_suffix(f".{os.getpid()}")
                part.write_bytes(data)
                part.replace(kept[name])
        for path in kept.values():
            path.touch()
    _forget()
    return {f"{Path(name).stem}.{to}": path.read_bytes() for name, path in kept.items()}


def _key(name: str, data: bytes, to: str) -> str:
    """The name of a conversion: by this LibreOffice, of this content, to that format."""
    program = Path(SOFFICE or "").resolve().stat()
    how = f"{program.st_mtime_ns} {program.st_size} {Path(name).suffix} {to} "
    return f"{hashlib.sha256(how.encode() + data).hexdigest()}.{to}"


def _converted(files: Mapping[str, bytes], to: str) -> Iterator[tuple[str, bytes]]:
    """Each file's name with what LibreOffice makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
        subprocess.run(
            [
                SOFFICE,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                to,
                "--outdir",
                target,
                *(source / name for name in files),
            ],
            check=True,
            timeout=300,
            capture_output=True,
        )
        for name in files:
            made = target / f"{Path(name).stem}.{to}"
            assert made.exists(), f"LibreOffice did not convert {name}"
            yield name, made.read_bytes()


def _forget() -> None:
    """Removes what no test has asked for in a while."""
    for path in CACHE.glob("*.*"):
        if time.time() - path.stat().st_mtime > _KEPT_DAYS * 86400:
            path.unlink(missing_ok=True)
