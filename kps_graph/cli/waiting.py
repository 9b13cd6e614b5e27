"""The progress bar of a long command: one bar over all its stages, and when it will have ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kps_graph.words import Language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kps_graph.pipeline.interrupt import Progress

__all__ = ["BUILDING", "CHECKING", "Course", "progress"]

#: Roughly the parts of the time that the stages of a command take on eight hundred documents.
CHECKING: Final[Mapping[str, float]] = {"read": 0.65, "check": 0.35}
BUILDING: Final[Mapping[str, float]] = {
    "read": 0.35,
    "check": 0.1,
    "align": 0.1,
    "index": 0.05,
    "write": 0.4,
}
#: A stage that takes longer than expected stands here until it has ended.
_NEARLY: Final = 0.95
_STAGES: Final = {
    "read": ("讀取文件", "reading"),
    "check": ("檢核規則", "checking"),
    "align": ("比對職能", "matching"),
    "write": ("寫入圖譜庫", "writing"),
    "send": ("傳送", "sending"),
    "links": ("讀取連結", "reading links"),
    "index": ("建立索引", "indexing"),
}


class Course:
    """How far several stages have come, the first of which counts what it does.

    A stage that counts nothing is taken to move on as its part of the time says.

    Attributes:
        stage: the one that goes on.
    """

    __slots__ = ("_clock", "_counted", "_ended", "_parts", "_since", "_start", "stage")

    def __init__(
        self, parts: Mapping[str, float], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._parts = parts
        self._clock = clock
        self._start = self._since = clock()
        self._ended = 0.0
        self._counted = 0.0
        self.stage = next(iter(parts), "read")

    def begin(self, stage: str) -> None:
        """The next stage begins; those between are left out."""
        names = list(self._parts)
        if stage in names:
            whole = sum(self._parts.values())
            self._ended = sum(self._parts[n] for n in names[: names.index(stage)]) / whole
        self.stage, self._since, self._counted = stage, self._clock(), 0.0

    def count(self, done: int, total: int) -> None:
        """So many of all things of this stage are done."""
        self._counted = done / total

    @property
    def done(self) -> float:
        """The part of the whole that is done, from 0 to 1."""
        part = self._parts.get(self.stage, 0.0) / sum(self._parts.values(), start=1e-9)
        taken, before = self._clock() - self._since, self._since - self._start
        within = self._counted
        if not within and self._ended and before:
            within = min(_NEARLY, taken / (before * part / self._ended))
        return min(1.0, self._ended + part * within)

    @property
    def remaining(self) -> float | None:
        """The seconds that are left; None while nothing is known."""
        done = self.done
        return (self._clock() - self._start) * (1 - done) / done if done else None


@contextmanager
def progress(lang: Language, parts: Mapping[str, float] = CHECKING) -> Iterator[Progress | None]:
    """A progress bar on standard error with rate and remaining time; None if it is no terminal.

    Args:
        lang: the language of the stages.
        parts: the stages in their order, and the part of the time that each takes.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from kps_graph.cli.terminal import console

    course = Course(parts)

    class Moving(Bar):
        """Moves on between the reports of a stage too."""

        def get_renderables(self) -> Iterable[RenderableType]:
            left = course.remaining
            shown = "" if left is None else f"{int(left) // 60}:{int(left) % 60:02}"
            name = lang.pick(_STAGES[course.stage])
            for task in self.tasks:
                task.description, task.completed = name, course.done
                task.total = 1.0 if left is not None else None
                task.fields["left"] = shown
            return super().get_renderables()

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[files]}"),
        TimeElapsedColumn(),
        TextColumn("→ {task.fields[left]}"),
    )
    with Moving(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, files="", left="")
        start = time.monotonic()

        def update(done: int, total: int, name: str) -> None:
            if not total:
                course.begin(name)
                return
            course.count(done, total)
            speed = done / max(time.monotonic() - start, 1e-9)
            bar.update(task, files=f"{done}/{total} {speed:.0f}/s")

        yield update
