"""Real LibreOffice: converts many files in one process, with a profile of its own."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

#: One process gives up after some 240 files.
_AT_ONCE = 100
SOFFICE = shutil.which("soffice")


def convert(files: dict[str, bytes], to: str, timeout: float = 240) -> dict[str, bytes]:
    """``{"a.odt": bytes}`` to ``{"a.pdf": bytes}``; skips the test without LibreOffice."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    if len(files) > _AT_ONCE:
        names = list(files)
        parts = [names[n : n + _AT_ONCE] for n in range(0, len(names), _AT_ONCE)]
        return {
            k: v
            for part in parts
            for k, v in convert({n: files[n] for n in part}, to, timeout).items()
        }
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
                str(target),
                *(str(source / name) for name in files),
            ],
            check=True,
            timeout=timeout,
            capture_output=True,
        )
        made = {path.name: path.read_bytes() for path in target.iterdir()}
    missing = {Path(n).stem for n in files} - {Path(n).stem for n in made}
    assert not missing, f"LibreOffice did not convert {missing}"
    return made
