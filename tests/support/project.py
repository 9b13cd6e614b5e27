"""Where the project stands, wherever in ``tests/`` it is asked."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
