"""What is dropped on a page as files that are gone when it has been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Final

from kps_graph.pipeline.sources import SourceFile
from kps_graph.printable import one_line
from kps_graph.workers.limits import Limits

__all__ = ["LARGEST", "LIMITS", "put"]

#: The bytes of one file, at most.
LARGEST: Final = 20 * 2**20
#: What reading one file may use.
LIMITS: Final = Limits(60.0, 2**30)
#: The bytes of a file's name, at most.
_NAME: Final = 200


@contextmanager
def put(given: Sequence[tuple[str, bytes]]) -> Iterator[list[SourceFile]]:
    """Names and contents as files, which are gone afterwards; of two of one name the second is numbered."""
    with TemporaryDirectory(prefix="kps-graph-") as place:
        files: list[SourceFile] = []
        taken: set[str] = set()
        for number, (name, data) in enumerate(given, 1):
            shown = one_line(PurePath(name.replace("\\", "/")).name) or "draft"
            if shown in taken:
                end = PurePath(shown)
                shown = f"{end.stem} ({number}){end.suffix}"
            taken.add(shown)
            own = Path(place) / str(number)
            own.mkdir()
            path = own / (shown if len(shown.encode()) < _NAME else f"draft{shown[-8:]}")
            path.write_bytes(data)
            files.append(SourceFile(shown, path))
        yield files
