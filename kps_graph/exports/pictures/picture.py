"""A picture to look at in a notebook, or to save."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kps_graph.errors import SourceError
from kps_graph.exports.pictures import page, render
from kps_graph.exports.pictures.scene import Scene
from kps_graph.saving import replace_file

__all__ = ["ENDINGS", "KINDS", "Picture"]

#: What the name of a picture's file may end in.
ENDINGS: Final = (".svg", ".html", ".htm")
#: What can be drawn of a store, beside one standard.
KINDS: Final = ("overlap", "map", "competency")


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """What was drawn; a notebook shows it."""

    scene: Scene

    def svg(self) -> str:
        """The picture as an SVG file."""
        return render.svg(self.scene)

    def html(self) -> str:
        """The picture as a page that can be searched and explored without a network."""
        return page.html(self.scene)

    def save(self, path: str | Path) -> None:
        """Writes the picture into a file, by the ending of its name: .svg or .html.

        Raises:
            SourceError: for another ending, or if the file cannot be written.
        """
        file = Path(path)
        ending = file.suffix.lower()
        if ending not in ENDINGS:
            raise SourceError("{file} is neither .svg nor .html", file=file.name)
        replace_file(file, (self.svg() if ending == ".svg" else self.html()).encode())

    def _repr_svg_(self) -> str:
        return render.figure(self.scene).replace(
            "<svg ", '<svg style="max-width:100%;height:auto" ', 1
        )

    def __repr__(self) -> str:
        return f"<Picture: {self.scene.title}>"
