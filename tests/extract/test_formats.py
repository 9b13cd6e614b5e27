"""One extract for all: a standard gives itself back from every format it is set in."""

from __future__ import annotations

import pytest

from kps_graph.extract import extract
from kps_graph.readers import read
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import grid, to_html
from tests.support.variety import CASES


@pytest.fixture(scope="module")
def rendered(office):
    """Every case as HTML and ODT, and as DOCX and PDF made by LibreOffice."""
    grids = {name: grid(standard, style) for name, (standard, style) in CASES.items()}
    odt = {name: to_odt(blocks) for name, blocks in grids.items()}
    sources = {f"{name}.odt": data for name, data in odt.items()}
    made = {kind: convert(sources, kind) for kind in ("docx", "pdf")}
    return {
        name: {
            "html": to_html(blocks).encode(),
            "odt": odt[name],
            **{kind: _of(found, name) for kind, found in made.items()},
        }
        for name, blocks in grids.items()
    }


def _of(found, name):
    return next(data for key, data in found.items() if key.rsplit(".", 1)[0] == name)


@pytest.mark.parametrize("kind", ["html", "odt", "docx", "pdf"])
@pytest.mark.parametrize("name", CASES)
def test_every_format_gives_back_the_same_standard(rendered, name, kind):
    extraction = extract(read(rendered[name][kind], f"{name}.{kind}"))
    assert extraction.standard == CASES[name][0]
    assert extraction.read == extraction.placed + extraction.unplaced
