"""Writes a scene as a page that can be explored: one file, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib import resources

from kps_graph.exports.pictures.captions import words
from kps_graph.exports.pictures.render import dark, figure
from kps_graph.exports.pictures.scene import Scene
from kps_graph.exports.wrapping import clean

__all__ = ["asset", "html", "policy"]


def html(scene: Scene) -> str:
    """``scene`` as a page: pointing or focusing lights up what belongs together, a click pins it.

    A search box finds texts and codes; arrow keys move between things; every picture opens at the
    size of the window and can be zoomed and moved.
    The page's policy allows its own script and style by their digests and nothing else, so that
    no text of a document could run or load anything even if it were not escaped.
    """
    own = words(scene.lang)
    style = asset("picture.css") + dark(scene) + _paper(scene)
    script = asset("picture.js")
    zoom = "".join(
        f'<button type="button" id="{key}" title="{escape(own[key])}" '
        f'aria-label="{escape(own[key])}">{sign}</button>'
        for key, sign in (("zoom-in", "+"), ("zoom-out", "−"), ("zoom-all", "⤢"))
    )
    hint = own["map-help" if scene.zoomable else "help"]
    picture = figure(scene)
    return f"""<!DOCTYPE html>
<html lang="{scene.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="kps-graph">
<title>{escape(clean(scene.title))}</title>
<style>{style}</style>
</head>
<body{' class="zoomable"' if scene.zoomable else ""}>
<header>
<h1 class="unseen" lang="zh-Hant">{escape(clean(scene.title))}</h1>
<input type="search" id="search" placeholder="{escape(own["search"])}" \
aria-label="{escape(own["search"])}">
<span id="found" role="status" data-word="{escape(own["found"])}"></span>
<span class="group" role="group">{zoom}</span>\
<button type="button" id="print">{escape(own["print"])}</button>
<span class="help">{escape(hint)}</span>
</header>
<main tabindex="-1">
{picture}
</main>
<p id="detail" role="status" lang="zh-Hant" hidden></p>
<script>{script}</script>
</body>
</html>
"""


def _paper(scene: Scene) -> str:
    """A page just larger than the picture, so that print cuts through nothing."""
    return f"@page{{size:{scene.width + 40:.0f}px {scene.height + 44:.0f}px;margin:20px}}"


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page that may use this style and script alone."""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; "
        f"script-src 'sha256-{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def asset(name: str) -> str:
    """A style sheet or script that comes with the package."""
    return resources.files("kps_graph.exports.pictures").joinpath("assets", name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
