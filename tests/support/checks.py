"""Runs checks for tests of reports, and makes the documents that they are about."""

from dataclasses import replace

from kps_graph.document import Span
from kps_graph.exports.reports import Checked
from kps_graph.extract import extract
from kps_graph.pipeline.reported import reported
from kps_graph.pipeline.sources import find
from kps_graph.readers import read
from kps_graph.report import Finding, Report, Severity
from kps_graph.rules.catalogue import rules
from kps_graph.store import Source
from kps_graph.words import Sentence
from tests.support.odt import to_odt
from tests.support.office import convert
from tests.support.render import grid

#: Texts that do harm where they are not made harmless.
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A0",
    "＝1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\x1b[31mred\x07\x00",
    "a\u202eb",
    "&amp;\"'<b>",
    "]]>",
    "長" * 40_000,
)


def checked(*paths, tables=False, **more):
    """The outcome of checking ``paths``; ``tables`` to have their documents too."""
    return replace(reported(find(paths), tables=tables), **{"said": (), "off": {}, **more})


def hostile(**more):
    """The outcome of a check that found each of :data:`HOSTILE` in a document."""
    found = [
        Finding(
            "R10",
            Severity.WARNING,
            {"zh-Hant": f"不好：{t}", "en": f"bad: {t}"},
            standard="ZZZ1000-001v1",
            code=t[:20],
            value=t,
            focus="https://w3id.org/kps-graph/id/ZZZ1000-001v1/P1",
            path="http://www.w3.org/2004/02/skos/core#prefLabel",
            span=Span(f"{t[:20]}.md", table=1, row=n, column=1, line=n),
        )
        for n, t in enumerate(HOSTILE, 1)
    ]
    sources = [Source(f.span.source, "", "loaded", name=f.value) for f in found]
    broken = Source("=1.md", "", "failed", message=Sentence("{text}", text="=1.md: <b>\x1b[0m"))
    return Checked(
        Report.of(found, [s.path for s in sources]),
        (*sources, broken),
        {r.number: r for r in rules()},
        **more,
    )


def seed_odt(examples, **changes):
    """The seed as an ODT file, with other values of some of its fields."""
    data = (examples / "KPS1420-001v2.md").read_bytes()
    return to_odt(grid(replace(extract(read(data, "KPS1420-001v2.md")).standard, **changes)))


def seed_docx(examples):
    """The seed as a Word file that LibreOffice made."""
    return convert({"seed.odt": seed_odt(examples)}, "docx")["seed.docx"]
