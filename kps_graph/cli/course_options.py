"""What the commands of a course share: its table, its standard, the tasks that it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

__all__ = ["listed", "standard_option", "table_argument", "tasks_option"]

table_argument: Final = click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
standard_option: Final = click.option(
    "--standard",
    "--in",
    "standard",
    metavar="STANDARD",
    help="The standard: its code or name in the store, or a document.  "
    "[default: the one that TABLE names]",
)
tasks_option: Final = click.option(
    "--tasks",
    metavar="T1,T3",
    help="The tasks or activities that the course is for.  [default: all]",
)


def listed(tasks: str | None) -> tuple[str, ...]:
    """The codes in ``T1,T3``."""
    return tuple(
        code.strip() for code in (tasks or "").replace("、", ",").split(",") if code.strip()
    )
