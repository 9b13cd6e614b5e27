"""The marks of the slow halves are true: what needs LibreOffice, Chromium or a referee says so."""

import pytest

#: The test that runs now, by its process; a fixture is made for the test that asked first.
_running: list[pytest.Item] = []


def running(item: pytest.Item | None) -> None:
    """Notes which test runs."""
    _running[:] = [item] if item else []


def needs(mark: str) -> None:
    """Fails in a test without ``mark``."""
    if _running and not _running[0].get_closest_marker(mark):
        pytest.fail(f"mark this test with @pytest.mark.{mark}: it needs what the mark stands for")
