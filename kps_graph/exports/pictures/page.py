"""Writes a scene as a page that can be explored: one file, no request to anywhere."""

from __future__ import annotations

from markupsafe import Markup

from kps_graph.exports import pages
from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.render import dark, figure, shown_size
from kps_graph.exports.pictures.scene import Scene
from kps_graph.exports.pictures.sheets import MARGIN, paged, sheets
from kps_graph.exports.wrapping import clean

__all__ = ["html"]


def html(scene: Scene) -> str:
    """``scene`` as a page: pointing or focusing lights up what belongs together, a click pins it.

    A search box finds texts and codes; arrow keys move between things; every picture opens at the
    size of the window and can be zoomed and moved.
    """
    return pages.render(
        "picture.html",
        style=pages.asset("picture.css") + dark(scene) + _paper(scene),
        sheets=[Markup(sheet) for sheet in sheets(scene)],
        script=pages.asset("picture.js"),
        lang=scene.lang,
        own=words(scene.lang),
        title=clean(scene.title),
        zoomable=scene.zoomable,
        picture=Markup(figure(scene)),
    )


def _paper(scene: Scene) -> str:
    """A4 for what is printed in sheets, else a page just larger than the picture.

    So print cuts through nothing.
    """
    if paged(scene):
        return f"@page{{size:A4 landscape;margin:{MARGIN}mm}}"
    wide, high = shown_size(scene)
    return f"@page{{size:{wide + 40:.0f}px {high + 44:.0f}px;margin:20px}}"
