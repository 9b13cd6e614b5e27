"""Real LibreOffice: converts many files in one process, with a profile of its own."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")


def convert(files: dict[str, bytes], to: str, timeout: float = 240) -> dict[str, bytes]:
    """``{"a.odt": bytes}`` to ``{"a.pdf": bytes}``; skips the test without LibreOffice."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for name, data in files.items():
            (source / name).write_bytes(data)
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
             "--norestore", "--convert-to", to, "--outdir", str(target),
             *(str(source / name) for name in files)],
            check=True, timeout=timeout, capture_output=True)
        made = {path.name: path.read_bytes() for path in target.iterdir()}
    missing = {Path(n).stem for n in files} - {Path(n).stem for n in made}
    assert not missing, f"LibreOffice did not convert {missing}"
    return made
