"""Looks at scenes and their renderings: geometry, markup, and a real browser."""

import json
import re
import shutil
import subprocess
from xml.etree import ElementTree

import pypdfium2
import pytest

from kps_graph.exports.pictures.scene import Box, Node, Text
from kps_graph.exports.wrapping import width
from tests.support import marks

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    """The root of an SVG, or an error if it is not well-formed."""
    return ElementTree.fromstring(svg)


def words_in(svg):
    """Every text that is drawn, one a line, wrapped lines joined."""
    return "\n".join("".join(t.itertext()) for t in parsed(svg).iter(f"{SVG}text"))


def texts(node):
    """The texts of a node with the box that each covers."""
    for shape in node.shapes:
        if isinstance(shape, Text) and not shape.angle:
            wide = max(width(line, shape.size) for line in shape.lines)
            x = {"start": shape.x, "middle": shape.x - wide / 2, "end": shape.x - wide}
            high = shape.size * shape.leading * (len(shape.lines) - 1)
            yield (
                shape,
                Box(x[shape.anchor], shape.y - 0.9 * shape.size, wide, high + 1.15 * shape.size),
            )


def spilling(scene):
    """The texts that do not lie inside the box of their node."""
    return [
        (node.id, text.lines)
        for node in scene.nodes
        for text, box in texts(node)
        if not node.box.holds(box)
    ]


def outside(scene):
    """The nodes that do not lie inside the picture."""
    paper = Box(0, 0, scene.width, scene.height)
    return [node.id for node in scene.nodes if not paper.holds(node.box)]


def colliding(nodes):
    """The pairs of nodes whose boxes overlap though neither holds the other."""
    boxes = [(n.id, n.box) for n in nodes if isinstance(n, Node)]
    return [
        (a, b)
        for i, (a, one) in enumerate(boxes)
        for b, other in boxes[:i]
        if one.meets(other) and not one.holds(other) and not other.holds(one)
    ]


def browser():
    """The command of a Chromium, or skip."""
    marks.needs("browser")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium here to open the page in")


def run(page, script, folder, *options):
    """What ``script`` returns inside ``page``, opened in a real browser from a file.

    The policy of the page is taken out, since it rightly forbids a script that is not its own.
    """
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    probe = (
        "<script>const probe = document.createElement('pre'); probe.id = 'probe';"
        f"probe.textContent = JSON.stringify((() => {{ {script} }})());"
        "document.body.append(probe);</script>"
    )
    dom = opened(page.replace("</body>", probe + "</body>"), folder, *options)
    found = re.search(r'<pre id="probe">(.*?)</pre>', dom, re.S)
    assert found, "the script did not run to its end"
    return json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def opened(page, folder, *options):
    """The document after a real browser has opened ``page``."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    return _chromium(folder, *options, "--virtual-time-budget=2000", "--dump-dom", file.as_uri())


def printed(page, folder):
    """The PDF that a real browser prints of ``page``."""
    file, made = folder / "page.html", folder / "page.pdf"
    file.write_text(page, encoding="utf-8")
    _chromium(folder, "--no-pdf-header-footer", f"--print-to-pdf={made}", file.as_uri())
    return made


def pages(pdf):
    """How many pages ``pdf`` has."""
    document = pypdfium2.PdfDocument(pdf)
    return len(document)


def _chromium(folder, *arguments):
    """What a real browser prints on standard output."""
    done = subprocess.run(
        [
            browser(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/p",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout
